import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import type { HomeCode, PlaceCode } from '../../../kernel/ids.ts'
import { doorsOf, hoursOf, opens } from './decide.ts'

let town: Streets
let stair = ''
let gate = ''

beforeAll(async () => {
  town = await openStreets({ everyRole: true })
  ;[stair = '', gate = ''] = doorsOf(town.a.homes[1]!)
})
afterAll(() => town[Symbol.asyncDispose]())

async function made(wish: { door?: string; inMs?: number; hours?: number } = {}) {
  const { door = stair, inMs = 0, hours = 2 } = wish
  const from = town.clock.now() + inMs
  const { status, body } = await town.a.neighbour.post('/api/identity/passes', {
    ...{ door, from, hours },
  })
  expect(status).toBe(200)
  return { ...body, secret: body.url.split('#')[1] as string }
}

const guard = () => town.a.others.find(({ role }) => role === 'property')!.actor
const check = async (secret: string, door: string | null = stair, who = guard()) => {
  const { status, body } = await who.post('/api/identity/passes/check', { secret, door })
  expect(status).toBe(200)
  return body
}
const passes = async () => (await town.a.neighbour.get('/api/identity/passes')).body.passes

test('a pass opens its one door in its hours, and no other', async () => {
  const { secret } = await made({ inMs: hourMs, hours: 2 })
  expect(await check(secret)).toEqual({ state: 'not-valid' })
  town.clock.set({ at: town.clock.now() + hourMs })
  expect(await check(secret)).toEqual({ state: 'valid' })
  expect(await check(secret, null)).toEqual({ state: 'valid' })
  expect(await check(secret, gate)).toEqual({ state: 'not-valid' })
  town.clock.set({ at: town.clock.now() + 2 * hourMs - 1 })
  expect(await check(secret)).toEqual({ state: 'valid' })
  town.clock.set({ at: town.clock.now() + 1 })
  expect(await check(secret)).toEqual({ state: 'not-valid' })
})

test('every staff role learns one word and nothing of anybody; nobody else may ask', async () => {
  const { secret } = await made()
  const { officer, worker, elder, others } = town.a
  for (const who of [officer, worker, ...others.map(({ actor }) => actor)]) {
    expect(await check(secret, stair, who)).toEqual({ state: 'valid' })
  }
  const asked = { secret, door: null }
  expect((await elder.post('/api/identity/passes/check', asked)).status).toBe(403)
  expect((await town.call('', 'POST', '/api/identity/passes/check', asked)).status).toBe(401)
})

test('another street’s, an invented and a revoked pass are one answer', async () => {
  const { secret, pass } = await made()
  expect(await check(secret, stair, town.b.worker)).toEqual({ state: 'not-valid' })
  expect(await check('x'.repeat(43))).toEqual({ state: 'not-valid' })
  const revoke = (who: typeof town.a.elder) => who.post('/api/identity/passes/revoke', { pass })
  expect((await revoke(town.a.elder)).status).toBe(404)
  expect(await check(secret)).toEqual({ state: 'valid' })
  expect((await revoke(town.a.neighbour)).status).toBe(200)
  expect(await check(secret)).toEqual({ state: 'not-valid' })
  expect((await revoke(town.a.neighbour)).status).toBe(404)
})

test('whoever holds the link sees the door and the hours, and not whose pass it is', async () => {
  const { secret, pass, until } = await made({ inMs: hourMs })
  const show = () => town.call('', 'POST', '/api/identity/passes/show', { secret })
  const { status, body } = await show()
  expect(status).toBe(200)
  expect(body).toMatchObject({ until, from: town.clock.now() + hourMs })
  expect(body.place).toMatchObject({ compound: '新村甲', stair: '26', room: null, floor: null })
  expect(body.svg).toMatch(/^<svg /)
  const said = JSON.stringify(body)
  for (const word of [town.a.neighbour.name, town.a.neighbour.person, town.a.homes[1]!, pass]) {
    expect(said).not.toContain(word)
  }
  await town.a.neighbour.post('/api/identity/passes/revoke', { pass })
  expect(await show()).toMatchObject({ status: 404, body: { field: 'secret' } })
})

test('only a door of one’s own stair or compound, in hours that make sense, ten at a time', async () => {
  const ask = (wish: object) => {
    const usual = { door: stair, from: town.clock.now(), hours: 2 }
    return town.a.neighbour.post('/api/identity/passes', { ...usual, ...wish })
  }
  for (const door of [town.b.homes[0]!, town.a.homes[0]!, `${gate}-27`, town.a.committee]) {
    expect(await ask({ door })).toMatchObject({ status: 404, body: { field: 'door' } })
  }
  const now = town.clock.now()
  for (const from of [now - 2 * hourMs, now + 14 * dayMs + 1]) {
    expect(await ask({ from })).toMatchObject({ status: 400, body: { field: 'from' } })
  }
  for (const hours of [0, 25]) expect((await ask({ hours })).status).toBe(400)
  const before = (await passes()).filter(({ isRevoked }: any) => !isRevoked).length
  for (let n = before; n < 10; n++) expect((await ask({})).status).toBe(200)
  expect(await ask({})).toMatchObject({ status: 429 })
})

test('24 hours after its end nothing of a pass is left; its secret was never there', async () => {
  town.clock.set({ at: town.clock.now() + 30 * hourMs })
  await town.program.letGo()
  const { secret, pass } = await made({ hours: 1 })
  for (const plain of [secret, Buffer.from(secret).toString('hex')]) {
    expect(await town.tablesHolding(plain)).toEqual([])
  }
  expect(await town.tablesHolding(pass)).toEqual(['identity.pass'])
  town.clock.set({ at: town.clock.now() + 25 * hourMs - minuteMs })
  await town.program.letGo()
  expect(await town.tablesHolding(pass)).toEqual(['identity.pass'])
  town.clock.set({ at: town.clock.now() + minuteMs })
  await town.program.letGo()
  expect(await town.tablesHolding(pass)).toEqual([])
})

describe('decide', () => {
  const home = '310104011013-01-26-501' as HomeCode
  const pass = { door: '310104011013-01-26' as PlaceCode, from: 10, until: 20, isRevoked: false }

  test('the doors of a home are its stair’s and its compound’s', () => {
    expect(doorsOf(home)).toEqual(['310104011013-01-26', '310104011013-01'])
  })

  test.each([
    [9, false],
    [10, true],
    [19, true],
    [20, false],
  ])('at %d it opens: %s', (now, does) => {
    expect(opens(pass, pass.door, now)).toBe(does)
    expect(opens({ ...pass, isRevoked: true }, pass.door, now)).toBe(false)
  })

  test('a pass that would be over before it is made is none', () => {
    expect(hoursOf(0, 1, hourMs)).toBeUndefined()
    expect(hoursOf(0, 1, hourMs - 1)).toEqual({ from: 0, until: hourMs })
  })
})
