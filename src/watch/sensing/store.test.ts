import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../kernel/clock.ts'
import {
  home,
  openRegistry,
  otherStreet,
  secondHome,
  stair,
  street,
  type Registry,
} from '../devices/testing/index.ts'
import { dayTable } from './shelves/index.ts'
import { sumsOf } from './store.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
  for (const day of [0, 1, 2]) await town.rows(dayTable(first + day * dayMs))
})
afterAll(() => town[Symbol.asyncDispose]())

const first = Date.parse('2026-07-07T00:00:00+08:00')
const deviceOf = (n: number) => `01890000-0000-7000-8000-00000000000${n}`
let position = 0

async function said(
  n: number,
  value: number,
  at: number,
  more: { state?: string; of?: string; purpose?: string } = {},
) {
  const { state = 'water-litres-day', of = street, purpose = 'crowding-check' } = more
  const when = new Date(at)
  await town.rows(
    `insert into sensing.lasting_reading values ($1, $2, $3, $4, $4, $3, 'water-meter', $5, $6, $7)`,
    [of, deviceOf(n), ++position, when, state, value, purpose],
  )
}

const stood = (n: number, place: string, from: number, to: number, of: string = street) =>
  town.rows(`insert into sensing.coverage values ($1, $2, $3, $4, $5)`, [
    ...[of, deviceOf(n), place, new Date(from), new Date(to)],
  ])

const sums = (sinceDay = '2026-07-07', of = street) =>
  town.given.db.inStreet({ street: of }, (tx) => sumsOf(tx, of, sinceDay))

test('sums belong to the home where the meter stood then; several meters of a home add up', async () => {
  const noon = first + 12 * hourMs
  await stood(1, home, first, noon)
  // It moved to the other home, and spoke there the next day.
  await stood(1, secondHome, noon + dayMs, noon + 2 * dayMs)
  await stood(2, home, first, noon + 2 * dayMs)
  await said(1, 100, noon)
  await said(1, 40, noon + dayMs)
  await said(2, 7, noon)
  await said(2, 30, noon, { state: 'door-openings-day' })
  expect(await sums()).toEqual([
    { home, day: '2026-07-07', measure: 'door-openings-day', value: 30 },
    { home, day: '2026-07-07', measure: 'water-litres-day', value: 107 },
    { home: secondHome, day: '2026-07-08', measure: 'water-litres-day', value: 40 },
  ])
  expect(await sums('2026-07-08')).toHaveLength(1)
  expect(await sums('2026-07-09')).toEqual([])
})

test('nothing but sums of homes is read, and nothing of another street', async () => {
  const before = await sums()
  await stood(3, stair, first, first + dayMs)
  await said(3, 5, first + hourMs)
  await stood(4, home, first, first + dayMs)
  await said(4, 5, first + hourMs, { purpose: 'home-safety' })
  await stood(5, home, first, first + dayMs, otherStreet)
  await said(5, 5, first + hourMs, { of: otherStreet })
  // Whose place nobody knows.
  await said(6, 5, first + hourMs)
  expect(await sums()).toEqual(before)
})
