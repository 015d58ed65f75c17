import { createDeflateRaw, crc32, inflateRawSync } from 'node:zlib'

export type Entry = {
  name: string
  /** What it unfolds to, piece by piece: nobody holds the whole. */
  pieces: readonly { text: string | Buffer; times: number }[]
  /** What the directory claims it to be, where that is a lie. */
  claims?: number
}

/** A zip file as a program that means harm writes it. */
export async function zipOf(entries: readonly Entry[]): Promise<Buffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { body, size, sum } = await folded(entry)
    const name = Buffer.from(entry.name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(sum, 10)
    facts.writeUInt32LE(body.length, 14)
    facts.writeUInt32LE(entry.claims ?? size, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([mark(0x04034b50), facts, name])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(mark(0x02014b50), Buffer.from([20, 0]), facts, rest, name)
    parts.push(local, body)
    at += local.length + body.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length % 65_536, 8)
  end.writeUInt16LE(entries.length % 65_536, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}

async function folded({ pieces }: Entry): Promise<{ body: Buffer; size: number; sum: number }> {
  const pack = createDeflateRaw({ level: 9 })
  const body: Buffer[] = []
  pack.on('data', (part: Buffer) => void body.push(part))
  const ended = new Promise<void>((done) => void pack.once('end', done))
  let size = 0
  let sum = 0
  for (const { text, times } of pieces) {
    const bytes = Buffer.from(text)
    for (let time = 0; time < times; time++) {
      size += bytes.length
      sum = crc32(bytes, sum)
      if (!pack.write(bytes)) await new Promise<void>((done) => void pack.once('drain', done))
    }
  }
  pack.end()
  await ended
  return { body: Buffer.concat(body), size, sum }
}

function mark(signature: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return bytes
}

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
const rels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const book = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`
const bookRels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`

export function plain(name: string, text: string): Entry {
  return { name, pieces: [{ text, times: 1 }] }
}

/** A table program's file around one sheet and its texts. */
export function workbook(sheet: Entry['pieces'], strings = '<sst/>', more: Entry[] = []): Entry[] {
  return [
    plain('[Content_Types].xml', types),
    plain('_rels/.rels', rels),
    plain('xl/workbook.xml', book),
    plain('xl/_rels/workbook.xml.rels', bookRels),
    plain('xl/sharedStrings.xml', strings),
    { name: 'xl/worksheets/sheet1.xml', pieces: sheet },
    ...more,
  ]
}

export const sheetOf = (cells: string) =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`

/** The parts of a zip file of ours, as text. */
export function partsOf(file: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  const end = file.lastIndexOf(mark(0x06054b50))
  let at = file.readUInt32LE(end + 16)
  for (let seen = 0; seen < file.readUInt16LE(end + 10); seen++) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((from) =>
      from === 20 ? file.readUInt32LE(at + from) : file.readUInt16LE(at + from),
    ) as [number, number, number, number]
    const local = file.readUInt32LE(at + 42)
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const body = file.subarray(from, from + packed)
    const isPacked = file.readUInt16LE(at + 10) === 8
    const words = isPacked ? inflateRawSync(body) : body
    parts.set(file.toString('utf8', at + 46, at + 46 + name), words.toString('utf8'))
    at += 46 + name + extra + comment
  }
  return parts
}
