import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callersOf, every, inputs, isOpenTo, requestOf } from '../rig/contracts.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { plain, sheetOf, workbook, zipOf, type Entry } from './zips.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ everyRole: true })
})
afterAll(() => town[Symbol.asyncDispose]())

const mb = 1_048_576
const zeros = Buffer.alloc(mb, 0x20)

/** Every endpoint that takes a file. */
const takers = every.filter(({ endpoint }) => 'base64' in (endpoint.input as any).properties)

async function give(one: (typeof takers)[number], base64: string) {
  const caller = callersOf(town.a).find((each) => isOpenTo(one.endpoint, each))!
  const { path, ...request } = requestOf(one.endpoint, {
    ...inputs[one.name]!(town.a),
    base64,
  })
  const answer = await fetch(`${town.program.url}${path}`, {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${caller.token}` },
  })
  return { status: answer.status, text: await answer.text() }
}

const inline = (text: string) =>
  `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
const half = (text: string) => text.split('@').map((part) => ({ text: part, times: 1 }))

const laughs = Array.from(
  { length: 12 },
  (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
).join('')

const bombs: [string, () => Entry[]][] = [
  [
    'a sheet of half a gigabyte of nothing',
    () => {
      const [head, tail] = half(sheetOf(inline('a@b')))
      return workbook([head!, { text: zeros, times: 512 }, tail!])
    },
  ],
  [
    'a picture of half a gigabyte beside a small sheet',
    () =>
      workbook([{ text: sheetOf(inline('a')), times: 1 }], '<sst/>', [
        { name: 'xl/media/image1.png', pieces: [{ text: zeros, times: 512 }] },
      ]),
  ],
  [
    'texts of half a gigabyte, with a directory that says 10 bytes',
    () =>
      workbook([{ text: sheetOf(inline('a')), times: 1 }]).map((entry) =>
        entry.name === 'xl/sharedStrings.xml'
          ? { ...entry, claims: 10, pieces: [{ text: zeros, times: 512 }] }
          : entry,
      ),
  ],
  [
    'a sheet under a name in capitals',
    () => [
      ...workbook([{ text: sheetOf(inline('a')), times: 1 }]),
      { name: 'xl/worksheets/SHEET2.XML', pieces: [{ text: zeros, times: 512 }] },
    ],
  ],
  [
    'ten thousand parts',
    () => [
      ...workbook([{ text: sheetOf(inline('a')), times: 1 }]),
      ...Array.from({ length: 10_000 }, (_, n) => plain(`xl/worksheets/sheet${n + 2}.xml`, '<a/>')),
    ],
  ],
  [
    'a billion laughs',
    () =>
      workbook([
        {
          text: `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${sheetOf(inline('&l12;'))}`,
          times: 1,
        },
      ]),
  ],
  [
    'elements in elements, 200,000 deep',
    () => workbook([{ text: sheetOf('<a>'.repeat(200_000)), times: 1 }]),
  ],
  [
    'a cell at the end of the largest sheet',
    () =>
      workbook([
        { text: sheetOf('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), times: 1 },
      ]),
  ],
]

describe.each(bombs)('%s', (_what, entries) => {
  test.each(takers)('is refused by $name, without being unfolded', async (one) => {
    const limit = one.endpoint.bodyBytesMax ?? 0
    const base64 = (await zipOf(entries())).toString('base64')
    expect(base64.length).toBeLessThan(limit)
    const before = process.resourceUsage().maxRSS
    const { status, text } = await give(one, base64)
    expect(status).toBeLessThan(500)
    expect(text.length).toBeLessThan(100_000)
    // In kilobytes: a half of what it would unfold to has never been there.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(256 * 1024)
    expect((await fetch(`${town.program.url}/health`)).status).toBe(200)
  })
})

test.each(takers)('$name reads no file of this machine and asks nobody', async (one) => {
  const entity = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${sheetOf(inline('&f;'))}`
  const files = [
    await zipOf(workbook([{ text: entity, times: 1 }])),
    await zipOf([
      ...workbook([{ text: sheetOf(inline('a')), times: 1 }]),
      plain('../../../../tmp/lilong-escaped.xml', '<a/>'),
    ]),
    Buffer.from('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'),
  ]
  for (const file of files) {
    const { status, text } = await give(one, file.toString('base64'))
    expect(status).toBeLessThan(500)
    expect(text).not.toContain('root:')
  }
})

const start = [0xff, 0xd8]
const table = [0xff, 0xdb, 0, 3, 0]
const frame = (width: number, height: number) => [
  ...[0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
]
const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34]
const end = [0xff, 0xd9]
const jpeg = (width = 800, height = 600) =>
  Buffer.from([...start, ...table, ...frame(width, height), ...scan, ...end])

const webp = (kind: string, body: number[]) => {
  const chunk = Buffer.concat([Buffer.from(kind), length32(body.length), Buffer.from(body)])
  return Buffer.concat([
    Buffer.from('RIFF'),
    length32(chunk.length + 4),
    Buffer.from('WEBP'),
    chunk,
  ])
}
const length32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}

describe('what is given as a picture', () => {
  const nowhere = '00000000-0000-7000-8000-000000000000'
  const add = async (bytes: Buffer | string) =>
    (
      await town.a.worker.post('/api/tasks/photo', {
        ...{ task: nowhere, says: '漏水', bytes: Buffer.from(bytes).toString('base64') },
      })
    ).body.fault

  test('a plain one goes on to be looked at further', async () => {
    expect(await add(jpeg())).toBe('not-found')
  })

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['SVG with a declaration', '<?xml version="1.0"?><svg><script>1</script></svg>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['AVIF', '\0\0\0\x18ftypavif\0\0\0\0mif1avif'],
    ['GIF', 'GIF89a\x01\0\x01\0\0\0\0;'],
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['PDF', '%PDF-1.7'],
    ['ZIP', 'PK\x03\x04'],
    ['TIFF', 'II*\0'],
    ['a script', 'alert(1)'],
    ['nothing', ''],
  ])('%s is none', async (_what, bytes) => {
    expect(await add(Buffer.from(bytes, 'latin1'))).toMatch(/^(not-a-picture|bad-input)$/)
  })

  const script = Buffer.from('<script>alert(1)</script>')
  test.each([
    ['a page behind its end', Buffer.concat([jpeg(), script])],
    ['a ZIP behind its end', Buffer.concat([jpeg(), Buffer.from('PK\x03\x04')])],
    [
      'a page in a comment',
      Buffer.concat([
        ...[Buffer.from([...start, 0xff, 0xfe, 0, script.length + 2]), script, jpeg().subarray(2)],
      ]),
    ],
    [
      'a page in a segment of its own',
      Buffer.concat([
        ...[Buffer.from([...start, 0xff, 0xe9, 0, script.length + 2]), script, jpeg().subarray(2)],
      ]),
    ],
    ['a page in front', Buffer.concat([script, jpeg()])],
  ])('one with %s is none', async (_what, bytes) => {
    expect(await add(bytes)).toMatch(/^(not-a-picture|picture-tells)$/)
  })

  test.each([
    ['a JPEG of 65,535 × 65,535', jpeg(65_535, 65_535)],
    ['a JPEG of 65,535 × 1', jpeg(65_535, 1)],
    ['a JPEG of no height', jpeg(100, 0)],
    [
      'two frames, of which the second is huge',
      Buffer.from([
        ...[...start, ...table, ...frame(8, 8), ...frame(60_000, 60_000), ...scan, ...end],
      ]),
    ],
    ['a WebP of 16,384 × 16,384, lossless', webp('VP8L', [0x2f, 0xff, 0xff, 0xff, 0x0f, 0])],
    ['a WebP of 16,383 × 16,383', webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0xff, 0x3f, 0xff, 0x3f])],
    ['a WebP with a huge canvas', webp('VP8X', [0, 0, 0, 0, ...[255, 255, 255, 255, 255, 255]])],
  ])('%s is not unfolded by anybody', async (_what, bytes) => {
    expect(await add(bytes)).toBe('not-a-picture')
  })
})
