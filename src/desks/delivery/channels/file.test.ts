import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hourMs, type Instant } from '../../../kernel/clock.ts'
import { codeFile, fileChannel, letGoOfLines, readOutbox } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'lilong-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `${files++}.jsonl`)

const day = 24 * hourMs
const now = Date.parse('2026-07-09T00:00:00Z')
const code = (file: string, at: Instant, id = '1') =>
  codeFile(file)({ id, phone: '13800000000', code: '123456', at })
const timesIn = (path: string): number[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).at)

test('lines go after a day and not a moment before, also of the file before this one', async () => {
  const file = newFile()
  for (const at of [now - day - 1, now - day, now - day + 1, now]) await code(file, at)
  writeFileSync(`${file}.1`, readFileSync(file))
  expect(await letGoOfLines(file, now)).toBe(4)
  expect(timesIn(file)).toEqual([now - day + 1, now])
  expect(timesIn(`${file}.1`)).toEqual([now - day + 1, now])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await letGoOfLines(file, now)).toBe(0)
  expect(await letGoOfLines(file, now + day)).toBe(4)
  expect([...timesIn(file), ...timesIn(`${file}.1`)]).toEqual([])
})

test('what nobody can read has no day on which it would go, and goes', async () => {
  const file = newFile()
  await code(file, now)
  writeFileSync(file, 'broken\n{"at":1}\n', { flag: 'a' })
  expect(await letGoOfLines(file, now)).toBe(2)
  expect(await readOutbox(file)).toMatchObject([{ at: now, code: '123456' }])
})

test('a line that is written meanwhile stays', async () => {
  const file = newFile()
  const sms = fileChannel('sms', file)
  for (let n = 0; n < 200; n++) await code(file, now - 2 * day, String(n))
  const message = { phone: '13800000000', says: 'task', urgency: 'usual', link: null, at: now }
  const acts = Array.from({ length: 100 }, (_, n) =>
    n % 5 === 0 ? letGoOfLines(file, now) : sms.send(message as never),
  )
  await Promise.all(acts)
  expect(timesIn(file)).toHaveLength(80)
})

test('where nothing goes the file is left as it is, and none is made', async () => {
  const none = newFile()
  expect(await letGoOfLines(none, now)).toBe(0)
  expect(existsSync(none)).toBe(false)
  const file = newFile()
  await code(file, now)
  const { ino } = statSync(file)
  await letGoOfLines(file, now)
  expect(statSync(file).ino).toBe(ino)
})
