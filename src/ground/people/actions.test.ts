import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const person = (name: string, more: object = {}) => ({
  ...{ name, bornOn: null, phone: null, home: null, livesAlone: false, ...more },
})
const count = async () => (await town.owner('select count(*)::int as n from people.person'))[0].n

test('many are registered at once, in the order of the list, each with their home', async () => {
  const { officer, homes } = town.a
  const people = [
    person('甲一', { home: homes[1], bornOn: '1990-02-28', livesAlone: true }),
    person('e\u0301'),
    person('甲一'),
  ]
  const { status, body } = await officer.post('/api/people/many', { people })
  expect(status).toBe(200)
  const rows = await town.owner(
    `select id, name, born_on::text, home, lives_alone from people.person
     left join people.residence on residence.person = id where id = any($1)`,
    [body.people],
  )
  const told = body.people.map((id: string) => rows.find((row) => row.id === id))
  expect(told).toMatchObject([
    { name: '甲一', born_on: '1990-02-28', home: homes[1], lives_alone: true },
    { name: 'é', born_on: null, home: null },
    { name: '甲一', home: null },
  ])
})

test('all or none: the first that cannot be registered is named, and nobody is', async () => {
  const before = await count()
  const { officer } = town.a
  const refused = async (...wrong: object[]) => {
    const people = [person('好'), ...wrong]
    const { status, body } = await officer.post('/api/people/many', { people })
    return [status, body.fault, body.field]
  }
  expect(await refused(person('明天', { bornOn: '2099-01-01' }))).toEqual([
    ...[400, 'bad-input', 'people.1.bornOn'],
  ])
  const nowhere = { home: `${town.a.committee}-01-99-101` }
  expect(await refused(person('无家', nowhere))).toEqual([404, 'not-found', 'people.1.home'])
  // Another street's home is not there for this one.
  const theirs = { home: town.b.homes[0] }
  expect(await refused(person('别家', theirs))).toEqual([404, 'not-found', 'people.1.home'])
  expect(await count()).toBe(before)
  const alone = await officer.post('/api/people', person('一人', theirs))
  expect([alone.status, alone.body.field]).toEqual([404, 'home'])
})

test('five hundred are taken, and not one more', async () => {
  const people = Array.from({ length: 500 }, (_, n) => person(`众${n}`))
  const { status, body } = await town.a.officer.post('/api/people/many', { people })
  expect([status, new Set(body.people).size]).toEqual([200, 500])
  const more = await town.a.officer.post('/api/people/many', { people: [...people, person('多')] })
  expect(more.status).toBe(400)
})
