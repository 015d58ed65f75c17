import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { openNext, registered, requestOf, type Next } from './testing/neighbourhood.ts'

let town: Streets
let next: Next
let home: HomeCode
let father: PersonId
let child: PersonId

beforeAll(async () => {
  town = await openStreets()
  next = await openNext(town)
  home = town.a.homes[2]!
  const made = await registered(town, [
    ...[{ name: '父亲', home, bornOn: '1980-05-05', relation: 'head', tenure: 'owner' }],
    ...[{ name: '女儿小', home, bornOn: '2015-05-05', relation: 'child' }],
  ])
  ;[father, child] = made as [PersonId, PersonId]
  const share = { kind: 'person', firm: null, whole: 2, isRegistered: true, source: 'register' }
  const owners = [father, child].map((person) => ({ ...share, person, part: 1 }))
  await town.a.worker.post('/api/people/ownership', { home, on: '2020-01-01', owners })
  for (const [source, area] of [
    ['contract', '90'],
    ['register', '88.8'],
  ]) {
    await town.a.worker.post('/api/people/area', { home, source, area, since: '2020-01-01' })
  }
})
afterAll(() => town[Symbol.asyncDispose]())

const look = (who: Actor, at: string, request: string) =>
  who.get(`/api/people/home?${new URLSearchParams({ home: at, request })}`)
const looksAt = (person: string, request: string) =>
  town.owner(
    'select fields, how, by_person from privacy.look where person = $1 and matter_id = $2',
    [...[person, request]],
  )

test('a home shows who lives there, who owns it and its area; each of them has it in their book', async () => {
  const { worker } = town.a
  const request = await requestOf(worker)
  const { status, body } = await look(worker, home, request)
  expect(status).toBe(200)
  expect(body.residents).toMatchObject([
    { person: father, name: '父亲', relation: 'head', tenure: 'owner' },
    // A child is there without a name, and can still move out.
    { person: child, name: null, relation: 'child' },
  ])
  const owns = (person: string) => body.owners.find((one: any) => one.person === person)
  expect(body.owners).toHaveLength(2)
  expect(owns(father)).toMatchObject({ name: '父亲', part: 1, whole: 2, since: '2020-01-01' })
  expect(owns(child)).toMatchObject({ name: null, part: 1 })
  expect(body.areas).toMatchObject([
    { source: 'register', area: '88.80' },
    { source: 'contract', area: '90.00' },
  ])
  expect(JSON.stringify(body)).not.toContain('女儿小')
  const by = { how: 'page', by_person: worker.person }
  expect(await looksAt(father, request)).toEqual([
    { ...by, fields: ['name', 'address', 'household', 'ownership'] },
  ])
  expect(await looksAt(child, request)).toEqual([
    { ...by, fields: ['address', 'household', 'ownership'] },
  ])
})

test('a request opens one home and none of its people; one for a person opens their home too', async () => {
  const { worker, homes } = town.a
  const request = await requestOf(worker)
  expect((await look(worker, home, request)).status).toBe(200)
  expect((await look(worker, home, request)).status).toBe(200)
  expect((await look(worker, homes[0]!, request)).body.fault).toBe('request-bound')
  const page = (id: string) => worker.get(`/api/people/person?person=${father}&request=${id}`)
  expect((await page(request)).body.fault).toBe('request-bound')
  const other = await requestOf(worker)
  expect((await page(other)).status).toBe(200)
  expect((await look(worker, home, other)).status).toBe(200)
  expect((await look(worker, homes[0]!, other)).body.fault).toBe('request-bound')
})

test('nobody’s home is shown without one’s own request, nor beyond one’s reach', async () => {
  const { worker, deputy, homes } = town.a
  const nothing = '00000000-0000-7000-8000-000000000000'
  expect((await look(worker, home, nothing)).body.fault).toBe('request-needed')
  expect((await look(worker, home, await requestOf(deputy))).body.fault).toBe('request-needed')
  const request = await requestOf(worker)
  const nowhere = await look(worker, `${town.a.committee}-01-99-101`, request)
  expect(nowhere.status).toBe(404)
  for (const theirs of [next.homes[0]!, town.b.homes[0]!]) {
    expect(await look(worker, theirs, request)).toEqual(nowhere)
  }
  // Nor has it bound the request.
  expect((await look(worker, homes[3]!, request)).status).toBe(200)
})

test('compounds are listed for one’s own committee, or the whole street', async () => {
  const listed = async (who: Actor) =>
    (await who.get('/api/places/compounds')).body.compounds.map(({ compound }: any) => compound)
  expect(await listed(town.a.worker)).toEqual([town.a.compound])
  expect(await listed(next.worker)).toEqual([next.compound])
  expect(await listed(town.a.officer)).toEqual([town.a.compound, next.compound].toSorted())
})
