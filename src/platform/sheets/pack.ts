import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)

export type Part = { name: string; text: string }

/** A ZIP file (PKWARE APPNOTE 6.3.10) without times: the same parts give the same bytes. */
export async function packed(parts: readonly Part[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, text } of parts) {
    const whole = Buffer.from(text)
    const body = await deflate(whole)
    const facts = factsOf(name, whole, body.length)
    const local = Buffer.concat([mark(0x04034b50), facts, Buffer.from(name)])
    const entry = Buffer.concat([
      mark(0x02014b50),
      Buffer.from([20, 0]),
      facts,
      where(at),
      Buffer.from(name),
    ])
    pieces.push(local, body)
    entries.push(entry)
    at += local.length + body.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, directory, end])
}

function mark(signature: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return bytes
}

/** What the local header and the directory say alike: from `version needed` to the extra length. */
function factsOf(name: string, whole: Buffer, packedLength: number): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  // Names in UTF-8.
  facts.writeUInt16LE(0x0800, 2)
  facts.writeUInt16LE(8, 4)
  // 1 January 1980, the first day that the format knows.
  facts.writeUInt16LE(0x21, 8)
  facts.writeUInt32LE(crc32(whole), 10)
  facts.writeUInt32LE(packedLength, 14)
  facts.writeUInt32LE(whole.length, 18)
  facts.writeUInt16LE(Buffer.byteLength(name), 22)
  return facts
}

/** No comment, first disk, no attributes, and where the part begins. */
function where(at: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(at, 10)
  return rest
}
