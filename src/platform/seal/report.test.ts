import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptRing, newRing, readRing, saveRing, sealWith } from './index.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lilong-ring-'))
  file = join(folder, 'keys.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const cell = 'privacy.reporter:1'

test('what is sealed for a reporter opens with the key of reporters, and with no other', () => {
  const ring = newRing()
  const seal = sealWith(() => ring)
  const { sealed, key } = seal.report.close(cell, '鹂鸣燕')
  expect(seal.report.open(cell, sealed, key)).toBe('鹂鸣燕')
  expect(() => seal.open(cell, sealed, key)).toThrow(/not in the ring/)
  // Not even under its name, nor with the register's key under the name of this one.
  const [own] = ring.report
  const swapped = sealWith(() => ({
    ...{ seal: ring.seal, find: ring.find },
    report: ring.seal.map(({ bytes }) => ({ id: own!.id, bytes })),
  }))
  expect(() => swapped.report.open(cell, sealed, key)).toThrow()
  expect(() => seal.report.open('privacy.reporter:2', sealed, key)).toThrow()
})

test('a ring without the key of reporters opens nothing of them, and seals nothing', () => {
  const ring = newRing()
  const { sealed, key } = sealWith(() => ring).report.close(cell, '鹂鸣燕')
  const without = sealWith(() => ({ ...ring, report: [] }))
  expect(without.report.open(cell, sealed, key)).toBeUndefined()
  expect(() => without.report.close(cell, '鹂鸣燕')).toThrow(/empty/)
  expect(without.open('x', ...both(without.close('x', 'a')))).toBe('a')
})

function both({ sealed, key }: { sealed: Buffer; key: string }): [Buffer, string] {
  return [sealed, key]
}

test('a file from before reporters were sealed gets its key once, and keeps what it had', () => {
  const old = newRing()
  saveRing(file, old)
  const { seal, find } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ seal, find }), { mode: 0o600 })
  expect(readRing(file)).toEqual({ ...old, report: [] })
  const first = keptRing(file)
  expect(first.report).toHaveLength(1)
  expect({ seal: first.seal, find: first.find }).toEqual({ seal: old.seal, find: old.find })
  expect(keptRing(file)).toEqual(first)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a file with a short key of reporters is damaged, not read', () => {
  saveRing(file, newRing())
  const text = JSON.parse(readFileSync(file, 'utf8'))
  text.report[0].key = 'AAAA'
  writeFileSync(file, JSON.stringify(text))
  expect(() => readRing(file)).toThrow()
})
