import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { isFault } from '../../kernel/fault.ts'
import { bookOf, isUnread, readSheet, readXlsx, writeCsv, writeXlsx, type Cell } from './index.ts'
import { packed, packedByTurns, unpacked, unpackedByTurns } from './packing.ts'
import { SheetThreads } from './threads.ts'
import { csvOf } from './written.ts'

const bounds = { linesMax: 21_000, unfoldedBytesMax: 64 * 1024 * 1024 }
const rows = Array.from({ length: 20_000 }, (_, n) => [
  ...[`长岭新村${n % 7}`, `${n % 80}号`, `${n % 20}01室`, `=王${n}`, `31010419600101${n % 10_000}`],
  ...['13800000000', n % 3 === 0 ? '' : '子女', '\'租客, "一"'],
])
const expected = rows.map((row) => row.map((cell) => (cell === '' ? null : cell)))
const book = { sheets: [{ name: '居民', rows, widths: rows[0]!.map(() => 12), titleLines: 1 }] }
const files: Record<'csv' | 'xlsx', Buffer> = { csv: Buffer.of(), xlsx: Buffer.of() }

beforeAll(async () => {
  files.csv = csvOf(rows)
  files.xlsx = await bookOf(book)
})

/** Which part of the time this thread was at work, from 0 to 1. */
async function shareOf<Made>(work: () => Promise<Made>): Promise<{ made: Made; share: number }> {
  await nextTurn()
  const before = performance.eventLoopUtilization()
  const made = await work()
  return { made, share: performance.eventLoopUtilization(before).utilization }
}

async function cells(bytes: Buffer): Promise<Cell[][]> {
  const read = await readSheet(bytes, bounds)
  if (isUnread(read)) throw new Error(read.unread)
  return read
}

describe('20,000 rows are read and written while everybody else goes on', () => {
  test.each(['csv', 'xlsx'] as const)('a %s is read', async (format) => {
    const { made, share } = await shareOf(() => cells(files[format]))
    expect(made).toEqual(expected)
    // In this thread it is all of the time.
    expect(share).toBeLessThan(0.6)
  })

  test('an .xlsx is written', async () => {
    const { made, share } = await shareOf(() => writeXlsx(book))
    if (isFault(made)) throw new Error(made.fault)
    expect(share).toBeLessThan(0.6)
    expect(await cells(made)).toEqual(expected)
  })

  test('a CSV is written, byte for byte as in one go', async () => {
    const made = await writeCsv(rows)
    if (isFault(made)) throw new Error(made.fault)
    expect(made.equals(files.csv)).toBe(true)
  })

  test('what is refused is refused from a thread, too', async () => {
    const tooMany = { ...bounds, linesMax: 19_999 }
    expect(await readSheet(files.csv, tooMany)).toMatchObject({ unread: 'too-large' })
    expect(await readXlsx(files.xlsx, tooMany)).toMatchObject({ unread: 'too-large' })
    const small = { ...bounds, unfoldedBytesMax: 1_000_000 }
    expect(await readXlsx(files.xlsx, small)).toMatchObject({ unread: 'too-large' })
    const open = Buffer.concat([files.csv, Buffer.from('"open')])
    expect(await readSheet(open, bounds)).toMatchObject({ unread: 'quotes' })
  })
})

test('cells go from thread to thread as they are', async () => {
  const all: Cell[][] = [
    [null, '', 'a', 0, -1.5, true, false, new Date('2026-07-07T00:00:00Z'), '{"day":1}'],
    ...Array.from({ length: 1_201 }, (_, n) => [n, `${n}`]),
  ]
  expect(unpacked(packed(all))).toEqual(all)
  expect(await unpackedByTurns(packed(all))).toEqual(all)
  const texts = all.map((row) => row.map(String))
  expect(await packedByTurns(texts)).toEqual(packed(texts))
  // What no cell can be computed to is a word, and never an empty cell.
  expect(unpacked(packed([[Infinity, NaN]]))).toEqual([['Infinity', 'NaN']])
})

describe('a thread', () => {
  const work = () =>
    ({ does: 'read', bytes: new Uint8Array(8), limits: bounds, isXlsxOnly: false }) as const
  const script = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`)
  const answers = `
    import { parentPort } from 'node:worker_threads'
    parentPort.postMessage({ cells: [] })`

  test('that ends before it answers is a refusal, and the next one works', async () => {
    for (const code of ['process.exit(1)', 'process.exit(0)', 'export {}']) {
      await using threads = new SheetThreads({ script: script(code) })
      expect(await threads.workOn(work())).toEqual({ refused: 'stopped' })
      // No place is lost by it.
      for (let n = 0; n < 5; n++) expect(await threads.workOn(work())).toHaveProperty('refused')
    }
  })

  test('that cannot even begin is thrown as the bug that it is, and takes no place', async () => {
    await using threads = new SheetThreads({ script: script('throw new Error("broken")') })
    for (let n = 0; n < 5; n++) await expect(threads.workOn(work())).rejects.toThrow('broken')
    await using missing = new SheetThreads({ script: new URL('./nowhere.ts', import.meta.url) })
    for (let n = 0; n < 5; n++) await expect(missing.workOn(work())).rejects.toThrow(/nowhere/)
  })

  test('that never ends is stopped', async () => {
    await using threads = new SheetThreads({ limitMs: 300, script: script('for (;;) {}') })
    expect(await threads.workOn(work())).toEqual({ refused: 'stopped' })
  })

  test('that wants too much memory is stopped, and the program lives', async () => {
    const code = 'const all = []; for (;;) all.push(new Array(10_000).fill(Math.random()))'
    await using threads = new SheetThreads({ heapMegabytes: 32, script: script(code) })
    expect(await threads.workOn(work())).toEqual({ refused: 'too-large' })
  })

  test('is one of two; four wait, and who comes then is refused at once', async () => {
    const slow = `setTimeout(() => import('node:worker_threads').then(({ parentPort }) =>
      parentPort.postMessage({ cells: [] })), 400)`
    await using threads = new SheetThreads({ script: script(slow) })
    const asked = Array.from({ length: 8 }, () => threads.workOn(work()))
    const said = await Promise.all(asked)
    expect(said.filter((one) => 'cells' in one)).toHaveLength(6)
    expect(said.slice(6)).toEqual([{ refused: 'busy' }, { refused: 'busy' }])
    // Afterwards there is room again.
    expect(await threads.workOn(work())).toEqual({ cells: [] })
  })

  test('answers as soon as it has something to say', async () => {
    await using threads = new SheetThreads({ script: script(answers) })
    expect(await threads.workOn(work())).toEqual({ cells: [] })
  })
})
