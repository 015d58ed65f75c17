import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs } from '../../../kernel/clock.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { numberOf } from '../numbers/index.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const old = '13800000000'
const ask = async (who: Actor, number: string, kind = 'phone') =>
  who.post('/api/people/numbers', { person: town.a.elder.person, kind, number })
const decide = (who: Actor, change: string, approves = true) =>
  who.post('/api/people/numbers/decide', { change, approves })
const kept = (kind: 'phone' | 'id-number' = 'phone') => {
  const { given } = town.program
  return given.db.inStreet({ street: town.a.street, committees: '*' }, (tx) =>
    numberOf(given, tx, town.a.elder.person, kind),
  )
}

test('a changed number stands when a second worker approves, and not before', async () => {
  const { worker, deputy } = town.a
  const { change } = (await ask(worker, '+86 139 1111 2222')).body
  expect(await kept()).toBe(old)
  const own = await decide(worker, change)
  expect([own.status, own.body.fault]).toEqual([409, 'second-worker'])
  expect(await kept()).toBe(old)
  const { changes } = (await deputy.get('/api/people/numbers/waiting')).body
  expect(changes).toMatchObject([{ change, name: '老人甲', masked: '139****2222', isOwn: false }])
  expect((await decide(deputy, change)).body).toEqual({ verdict: 'approved' })
  expect(await kept()).toBe('13911112222')
  expect((await decide(deputy, change)).status).toBe(404)
  // Found by the new one, and not by the old one.
  const { request } = (await worker.post('/api/privacy/requests', { reason: 'in-writing' })).body
  const search = async (words: string) =>
    (await worker.post('/api/people/search', { words, request })).body.hits.length
  // The elder's old number was everybody's of this town, who keep it.
  expect(await search('老人 0000')).toBe(0)
  expect(await search('老人 2222')).toBe(1)
  expect(await town.tablesHolding('13911112222')).toEqual([])
})

test('or when the person themself says that it is right; a refused one leaves nothing', async () => {
  const first = (await ask(town.a.worker, '13922223333')).body.change
  const change = (await ask(town.a.worker, '13933334444')).body.change
  expect((await decide(town.a.deputy, first)).status).toBe(404)
  const confirm = (who: Actor, isRight: boolean) =>
    who.post('/api/people/numbers/confirm', { change, isRight })
  expect((await confirm(town.a.neighbour, true)).status).toBe(404)
  const { changes } = (await town.a.elder.get('/api/people/my-home')).body
  expect(changes).toEqual([{ change, kind: 'phone', masked: '139****4444' }])
  expect((await confirm(town.a.elder, true)).body).toEqual({ verdict: 'confirmed' })
  expect(await kept()).toBe('13933334444')
  const again = (await ask(town.a.worker, '13955556666')).body.change
  expect((await decide(town.a.deputy, again, false)).body).toEqual({ verdict: 'refused' })
  expect(await kept()).toBe('13933334444')
  const rows = await town.owner('select sealed from people.number_change where sealed is not null')
  expect(rows).toEqual([])
})

test('what cannot be a number is refused, and an identity number is checked', async () => {
  const { worker, deputy } = town.a
  for (const [number, kind] of [
    ['abcdef', 'phone'],
    ['110105194912310021', 'id-number'],
  ] as const) {
    const { status, body } = await ask(worker, number, kind)
    expect([status, body.field]).toEqual([400, 'number'])
  }
  const { change } = (await ask(worker, '11010519491231002x', 'id-number')).body
  await decide(deputy, change)
  expect(await kept('id-number')).toBe('11010519491231002X')
  // Whoever asks for the number that is kept learns nothing of it.
  const same = await ask(worker, '１１０１０５１９４９１２３１００２Ｘ', 'id-number')
  const other = await ask(worker, '440524188001010014', 'id-number')
  expect(Object.keys(same.body)).toEqual(Object.keys(other.body))
  expect([same.status, other.status]).toEqual([200, 200])
})

test('nobody decided for a week: it lapses, its number goes, and later its row', async () => {
  const { change } = (await ask(town.a.worker, '13977778888')).body
  town.clock.set({ at: town.clock.now() + 7 * dayMs })
  expect((await decide(town.a.deputy, change)).status).toBe(404)
  await town.program.letGo()
  const row = () => town.owner('select * from people.number_change where id = $1', [change])
  expect(await row()).toMatchObject([{ verdict: 'lapsed', sealed: null }])
  town.clock.set({ at: town.clock.now() + 91 * dayMs })
  await town.program.letGo()
  expect(await row()).toEqual([])
})
