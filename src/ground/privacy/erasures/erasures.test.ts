import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Erasure } from '../types.ts'
import { appendErasures, readErasures } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'lilong-erasures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const erasure = (n: number): Erasure => ({
  street: '310104011' as Erasure['street'],
  kind: 'consent',
  id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  at: Date.parse('2026-07-07T00:00:00Z') + n,
})

test('what is written is read, in order; no file is no erasure; nobody else may read it', async () => {
  const path = join(folder, 'written')
  expect(await readErasures(path)).toEqual([])
  await appendErasures(path, [erasure(1), erasure(2)])
  await appendErasures(path, [])
  await appendErasures(path, [erasure(3)])
  expect(await readErasures(path)).toEqual([erasure(1), erasure(2), erasure(3)])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a person who had everything erased is a line as well', async () => {
  const path = join(folder, 'person')
  await appendErasures(path, [{ ...erasure(1), kind: 'person' }])
  expect(await readErasures(path)).toEqual([{ ...erasure(1), kind: 'person' }])
})

test('a line that a crash cut off is left out, and does not swallow the next', async () => {
  const path = join(folder, 'torn')
  await appendErasures(path, [erasure(1)])
  appendFileSync(path, '{"street":"3101040')
  expect(await readErasures(path)).toEqual([erasure(1)])
  await appendErasures(path, [erasure(2)])
  expect(await readErasures(path)).toEqual([erasure(1), erasure(2)])
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3)
})

test.each([
  'no erasure at all',
  '{"street":"310104011","kind":"home","id":"00000000-0000-7000-8000-000000000001","at":"2026-07-07"}',
  '{"street":"310104011","kind":"consent","id":"1","at":"2026-07-07"}',
])('a line in the middle that cannot be read is said, with its place: %s', async (line) => {
  const path = join(folder, `damaged-${line.length}`)
  await appendErasures(path, [erasure(1)])
  appendFileSync(path, `${line}\n`)
  await appendErasures(path, [erasure(2)])
  await expect(readErasures(path)).rejects.toThrow(':2 is no erasure')
})
