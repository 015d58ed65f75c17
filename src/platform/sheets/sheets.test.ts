import { deflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readSheet as readForeign } from 'read-excel-file/universal'
import { bookOf, isUnread, readSheet, readXlsx, type Cell } from './index.ts'
import { csvOf } from './written.ts'

const bounds = { linesMax: 1_000, unfoldedBytesMax: 4_000_000 }

async function read(bytes: Buffer): Promise<Cell[][]> {
  const cells = await readSheet(bytes, bounds)
  if (isUnread(cells)) throw new Error(cells.unread)
  return cells
}

async function unread(bytes: Buffer) {
  const cells = await readSheet(bytes, bounds)
  return isUnread(cells) ? cells.unread : 'read'
}

/** Cells as our own files hold them: the ends of a line and of a cell are kept in a CSV alone. */
const letters = fc.constantFrom(
  ...[
    '=',
    '+',
    '-',
    '@',
    "'",
    '"',
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '＝',
    '＠',
    'a',
    '王',
    '𠮷',
    ' ',
  ],
)
const cell = fc.array(letters, { maxLength: 6 }).map((all) => all.join(''))

test('a CSV is read back as it was, and no table program computes a cell of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }).chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          ...{ minLength: 1, maxLength: 5 },
        }),
      ),
      async (rows) => {
        const titled = [rows[0]!.map((_, at) => `t${at}`), ...rows]
        const bytes = csvOf(titled)
        const back = await read(bytes)
        expect(back).toEqual(titled.map((row) => row.map((one) => (one === '' ? null : one))))
        const seen: string[][] = parse(bytes, { bom: true })
        expect(seen.flat().filter((one) => /^[=+\-@\t\r\n＝＋－＠]/.test(one))).toEqual([])
      },
    ),
    { numRuns: 300 },
  )
})

test('an .xlsx is read back as it was, by us and by another reader, and holds no formula', async () => {
  const rows = [
    ['标题 & <x>', 'B'],
    ['=1+1', '310104196001010011'],
    ["'=a", '𠮷䶮·'],
    ['', '007'],
  ]
  const bytes = await bookOf({
    sheets: [
      { name: '一 & 二', rows, widths: [10, 20], titleLines: 1 },
      { name: '说明', rows: [['x']], widths: [9] },
    ],
  })
  const expected = rows.map((row) => row.map((one) => (one === '' ? null : one)))
  expect(await read(bytes)).toEqual(expected)
  expect(await readForeign(new Blob([new Uint8Array(bytes)]))).toEqual(expected)
  const again = await bookOf({
    sheets: [{ name: '一', rows: [['\u0000\u0008a\ud800b']], widths: [] }],
  })
  expect(await read(again)).toEqual([['ab']])
})

test('UTF-8, GBK, GB18030 and UTF-16 are told apart; bytes of none of them are refused', async () => {
  const text = '姓名,小区\r\n王·五,长岭\r\n'
  const cells = [
    ['姓名', '小区'],
    ['王·五', '长岭'],
  ]
  for (const encoding of ['utf-8', 'gbk', 'gb18030', 'utf-16le', 'utf-16be']) {
    const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') })
    expect([encoding, await read(bytes)]).toEqual([encoding, cells])
  }
  expect(await read(iconv.encode('𠮷䶮,a', 'gb18030'))).toEqual([['𠮷䶮', 'a']])
  expect(await unread(Buffer.from([0x61, 0x2c, 0xff, 0xfe]))).toBe('no-text')
  expect(await unread(Buffer.from('a,b\0c'))).toBe('no-table')
})

test('separators are those of the first line; one in quotes is none', async () => {
  expect(await read(Buffer.from('"a,a,a,a";b\r\n1;2'))).toEqual([
    ['a,a,a,a', 'b'],
    ['1', '2'],
  ])
  expect(await read(Buffer.from('a\tb\n1\t2'))).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(await read(Buffer.from('sep=;\na;b,c'))).toEqual([['a', 'b,c']])
})

test('what is too long, too wide or does not close its quotes is refused', async () => {
  const rows = (count: number) => Buffer.from(`a\n${'b\n'.repeat(count - 1)}`)
  expect(await unread(rows(1_000))).toBe('read')
  expect(await unread(rows(1_001))).toBe('too-large')
  expect(await unread(rows(1_000_000))).toBe('too-large')
  expect(await unread(Buffer.from(`${'a,'.repeat(200)}a`))).toBe('too-large')
  expect(await unread(Buffer.from(`a\n${'x'.repeat(900_000)}`))).toBe('too-large')
  expect(await readSheet(Buffer.from('a,b\n1,2\n"3,4\n5,6'), bounds)).toMatchObject({
    unread: 'quotes',
  })
})

test('an .xlsx whose rows or columns lie too far out never reaches the reader', async () => {
  const sheetOf = (address: string) =>
    zipOf('xl/worksheets/sheet1.xml', `<worksheet><sheetData><c r="${address}"/></sheetData>`)
  for (const address of ['A1001', 'GS1', 'XFD1', 'A0', 'A1e3']) {
    expect([address, await unread(sheetOf(address))]).toEqual([address, 'too-large'])
  }
  const bomb = zipOf('xl/worksheets/sheet1.xml', ' '.repeat(5_000_000))
  expect(await unread(bomb)).toBe('too-large')
  const csv = await readXlsx(Buffer.from('a,b'), bounds)
  expect(csv).toMatchObject({ unread: 'no-table' })
})

function zipOf(name: string, text: string): Buffer {
  const packed = deflateRawSync(text)
  const local = Buffer.alloc(30 + name.length)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(name.length, 26)
  local.write(name, 30)
  const entry = Buffer.alloc(46 + name.length)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(text.length, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.write(name, 46)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(local.length + packed.length, 16)
  return Buffer.concat([local, packed, entry, end])
}
