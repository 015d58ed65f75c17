import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ neighbours: true })
  await town.owner("update identity.session set expires_at = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

/** Homes that take part from now on; which ones does not matter here. */
async function takePart(count: number): Promise<void> {
  const { street, homes } = town.a
  await town.owner(
    `insert into care.plan (street, id, consent, person, home, agreed_at, contacts, way)
     select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $2 || n, now(), '[]', 'sensor'
     from generate_series(1, $3::int) as n`,
    [street, `${homes[0]!}-${made++}-`, count],
  )
}
let made = 0

const asked = async (who = town.a.worker) =>
  (await who.get(`/api/care/count?committee=${town.a.committee}`)).body.homes
const nextMonth = () => town.clock.set({ at: town.clock.now() + 31 * dayMs })

test('fewer than ten are no number', async () => {
  await takePart(9)
  expect(await asked()).toBe(null)
  // Nor are they one later in the month: that would say that a tenth came.
  await takePart(1)
  expect(await asked()).toBe(null)
})

test('two reports around one arrival are the same, in the month and in the next', async () => {
  await takePart(19)
  nextMonth()
  const before = await asked()
  expect(before).toBe(20)
  await takePart(1)
  expect(await asked()).toBe(before)
  expect(await asked(town.a.officer)).toBe(before)
  nextMonth()
  // 30 take part by now: one more than was counted, and not ten.
  expect(await asked()).toBe(before)
})

test('ten more are seen in the next month, in tens', async () => {
  await takePart(10)
  expect(await asked()).toBe(20)
  nextMonth()
  expect(await asked()).toBe(40)
})

test('many who ask first in a month are told the same', async () => {
  nextMonth()
  const all = await Promise.all(Array.from({ length: 6 }, () => asked()))
  expect(new Set(all)).toEqual(new Set([40]))
})

test('another’s neighbourhood, and one that is not there, are no number and leave nothing', async () => {
  const count = async () =>
    (await town.owner('select count(*)::int as n from care.month_shown'))[0].n
  const before = await count()
  for (const committee of [town.b.committee, town.a.next!.committee, `${town.a.street}999`]) {
    const { body } = await town.a.worker.get(`/api/care/count?committee=${committee}`)
    expect(body.homes).toBe(null)
  }
  await town.a.officer.get(`/api/care/count?committee=${town.a.street}999`)
  expect(await count()).toBe(before)
})
