import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { operatorKey } from '../../../../tests/rig/program.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ neighbours: true })
  // Months go by in which nobody has to sign in anew.
  await town.owner("update identity.session set expires_at = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

async function comes(count: number, bornOn: string): Promise<string[]> {
  const { officer, homes } = town.a
  const one = { name: '来客', bornOn, phone: null, home: homes[2]!, livesAlone: false }
  const people = Array.from({ length: count }, () => one)
  const { status, body } = await officer.post('/api/people/many', { people })
  expect(status).toBe(200)
  return body.people
}

const report = async () => (await town.a.officer.get('/api/people/counts')).body
const shown = (body: any, ageBand: string): number | null =>
  body.committees
    .find(({ committee }: any) => committee === town.a.committee)
    .cells.find((one: any) => one.ageBand === ageBand && one.tenure === 'other').shown

const nextMonth = () => town.clock.set({ at: town.clock.now() + 31 * 24 * 3_600_000 })

test('figures of a month are made once, in tens, from ten on', async () => {
  await comes(23, '2012-02-29')
  const first = await report()
  expect(first.month).toBe('2026-07')
  expect(shown(first, '0-17')).toBe(20)
  // Two of eighty and more live there: fewer than ten.
  expect(shown(first, '80+')).toBe(null)
  expect(first.total).toBe(20)
  await comes(60, '2012-02-29')
  expect(await report()).toEqual(first)
})

test('a month later sixty more are seen; one who moved in is not', async () => {
  nextMonth()
  const second = await report()
  expect(second.month).toBe('2026-08')
  expect(shown(second, '0-17')).toBe(80)
  await comes(1, '2012-02-29')
  nextMonth()
  const third = await report()
  expect(third).toEqual({ ...second, month: third.month })
})

test('many who ask at once in a new month are told the same', async () => {
  nextMonth()
  const all = await Promise.all(Array.from({ length: 6 }, report))
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
  const [rows] = await town.owner(
    'select count(*) as n, count(distinct month) as months from people.month_shown',
  )
  expect(Number(rows.n)).toBeGreaterThan(0)
})

test('an officer has their own street, the operator each, nobody else any', async () => {
  const { officer, worker, elder } = town.a
  const theirs = `/api/people/counts?street=${town.b.street}`
  expect(await officer.get(theirs)).toMatchObject({ status: 404 })
  expect(await officer.get('/api/people/counts?street=310199999')).toMatchObject({ status: 404 })
  expect(await town.call(operatorKey, 'GET', theirs)).toMatchObject({ status: 200 })
  expect(await worker.get('/api/people/counts')).toMatchObject({ status: 403 })
  expect(await elder.get('/api/people/counts')).toMatchObject({ status: 403 })
})
