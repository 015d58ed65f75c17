import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestProgram, type TestProgram } from '../../../../tests/rig/program.ts'
import { letGo } from '../actions.ts'
import type { Keeps } from '../types.ts'
import { recordDeletion } from './index.ts'

let town: TestProgram

beforeAll(async () => {
  town = await openTestProgram()
})
afterAll(() => town[Symbol.asyncDispose]())

const kept = async (what: string) => {
  const { given } = town.program
  const { rows } = await given.db.ownerPool.query(
    'select purpose, because, rows::int as rows from privacy.deletion where what = $1',
    [what],
  )
  return rows
}
test('what went at its term is recorded, what did not go is not, what failed keeps nobody', async () => {
  const keeps: Keeps[] = [
    { purpose: 'task', what: 'three', expire: async () => 3 },
    { purpose: 'task', what: 'none', expire: async () => 0 },
    { purpose: 'task', what: 'broken', expire: () => Promise.reject(new Error('no')) },
    { purpose: 'sign-in', what: 'one', expire: async () => 1 },
    { purpose: 'task', what: 'an end', ends: true, expire: async () => 1 },
  ]
  expect(await letGo(town.program.given, keeps)).toBe(5)
  expect(await kept('three')).toEqual([{ purpose: 'task', because: 'term', rows: 3 }])
  expect(await kept('one')).toEqual([{ purpose: 'sign-in', because: 'term', rows: 1 }])
  for (const what of ['none', 'broken', 'an end']) expect(await kept(what)).toEqual([])
})

test('nothing gone is no deletion', async () => {
  const { given } = town.program
  const deletion = { purpose: 'register', what: 'a part', because: 'own-request' } as const
  for (const rows of [0, 2]) {
    await given.db.asOwner((tx) => recordDeletion(given, tx, { ...deletion, rows }))
  }
  expect(await kept('a part')).toEqual([{ purpose: 'register', because: 'own-request', rows: 2 }])
})
