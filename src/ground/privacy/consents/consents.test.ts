import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserOf, newAccount, newGrant } from '../../../../tests/rig/callers.ts'
import { every, inputs, requestOf } from '../../../../tests/rig/contracts.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { noteWords } from './index.ts'
import { endOwn, myConsents, renewOwn } from './own.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

/** A fresh session: months go by in these tests. */
const as = async ({ name }: Pick<Actor, 'name'>) => {
  const token = await town.tokenOf(name)
  return {
    get: (path: string) => town.call(token, 'GET', path),
    post: (path: string, body: unknown) => town.call(token, 'POST', path, body),
  }
}
type Someone = Pick<Actor, 'name'>
const mine = async (who: Someone) => {
  const { consents } = (await (await as(who)).get('/api/privacy/consents')).body
  return new Map<string, any>(consents.map((one: any) => [one.purpose, one]))
}
const agree = async (who: Someone) =>
  (await as(who)).post('/api/care/agree', { textVersion: 2, contacts: [] })
const guard = async (who: Someone, by: 'person' | 'guardian') =>
  (await as(who)).post('/api/care/wandering', { agrees: { textVersion: 2, by } })
const end = async (who: Someone, purpose: string) =>
  (await as(who)).post('/api/privacy/consents/end', { purpose })
const renew = async (who: Someone, purpose: string, textVersion: number) =>
  (await as(who)).post('/api/privacy/consents/renew', { purpose, textVersion })
const passes = (ms: number) => town.clock.set({ at: town.clock.now() + ms })

describe('what I agreed to', () => {
  test('is nobody’s but a person’s, whatever a door let through', async () => {
    const { given } = town.program
    const not = { fault: 'not-allowed' }
    for (const kind of ['nobody', 'operator'] as const) {
      expect(await myConsents(given, { kind })).toEqual(not)
      const ending = await endOwn(given, { kind }, { purpose: 'agreed-care' }, async () => true)
      expect(ending).toEqual(not)
      const words = { purpose: 'agreed-care', textVersion: 2 } as const
      expect(await renewOwn(given, { kind }, words)).toEqual(not)
    }
  })

  test('each stands by itself, with who agreed, how, since when and until when', async () => {
    const { elder } = town.a
    const now = town.clock.now()
    expect([...(await mine(elder)).values()].map((one) => one.is)).toEqual([
      ...['never', 'never', 'never'],
    ])
    await agree(elder)
    await guard(elder, 'guardian')
    const both = await mine(elder)
    expect(both.get('agreed-care')).toMatchObject({
      ...{ is: 'live', since: now, until: now + 365 * dayMs, by: 'person', isOnPaper: false },
      ...{ textVersion: 2, presentVersion: 2, renewBy: null, notAskedUntil: null, before: [] },
    })
    expect(both.get('wandering-guard')).toMatchObject({ is: 'live', by: 'guardian' })
    expect(both.get('agreed-calls')).toMatchObject({ is: 'never', since: null })
  })

  test('the guard ends and care goes on; care ends and all that stood on it', async () => {
    const { elder } = town.a
    expect((await end(elder, 'wandering-guard')).status).toBe(200)
    expect(await end(elder, 'wandering-guard')).toMatchObject({ body: { fault: 'no-consent' } })
    const after = await mine(elder)
    expect(after.get('agreed-care').is).toBe('live')
    expect(after.get('wandering-guard')).toMatchObject({
      ...{ is: 'ended', before: [{ endedAt: town.clock.now(), by: 'guardian' }] },
    })
    await guard(elder, 'person')
    expect((await end(elder, 'agreed-care')).status).toBe(200)
    expect([...(await mine(elder)).values()].map((one) => one.is)).toEqual([
      ...['ended', 'ended', 'never'],
    ])
    expect(await town.owner('select 1 from care.plan')).toEqual([])
    expect((await agree(elder)).status).toBe(200)
    await town.settled()
    expect((await end(elder, 'agreed-care')).status).toBe(200)
    await town.settled()
  })

  test('an end is written down once among the deletions, without whose it was', async () => {
    const { elder } = town.a
    const written = () =>
      town.owner(
        "select to_jsonb(deletion) as row from privacy.deletion where because = 'withdrawal'",
      )
    expect((await agree(elder)).status).toBe(200)
    const before = await written()
    expect((await end(elder, 'agreed-care')).status).toBe(200)
    const after = await written()
    expect(after).toHaveLength(before.length + 1)
    expect(JSON.stringify(after)).toContain('agreed-care')
    expect(JSON.stringify(after)).not.toContain(elder.person)
    await town.settled()
  })

  test('a no is listed with its day, and gives way to a yes at any time', async () => {
    const { elder } = town.b
    const { notAskedUntil } = (await (await as(elder)).post('/api/care/refuse', {})).body
    expect((await mine(elder)).get('agreed-care')).toMatchObject({ is: 'refused', notAskedUntil })
    expect((await agree(elder)).status).toBe(200)
    expect((await mine(elder)).get('agreed-care')).toMatchObject({
      ...{ is: 'live', notAskedUntil: null },
    })
    await end(elder, 'agreed-care')
    await town.settled()
  })
})

describe('words that have changed', () => {
  const old = () => town.owner('update privacy.consent set text_version = 1 where ended_at is null')

  test('ask for one press, and say by when', async () => {
    const { elder } = town.a
    const [words] = await town.owner(
      "select since from privacy.words_in_use where purpose = 'agreed-care' and version = 2",
    )
    await agree(elder)
    await old()
    const { renewBy, is } = (await mine(elder)).get('agreed-care')
    expect(is).toBe('live')
    expect(renewBy).toBe(words.since.getTime() + 30 * dayMs)
    expect(await renew(elder, 'agreed-care', 1)).toMatchObject({
      body: { fault: 'moved-on', field: 'textVersion' },
    })
    expect(await renew(elder, 'agreed-care', 2)).toMatchObject({ status: 200 })
    expect(await renew(elder, 'agreed-care', 2)).toMatchObject({ body: { fault: 'already-so' } })
    expect(await renew(elder, 'agreed-calls', 1)).toMatchObject({ body: { fault: 'no-consent' } })
    expect((await mine(elder)).get('agreed-care')).toMatchObject({
      ...{ is: 'live', textVersion: 2, renewBy: null },
    })
    const renewed = await town.owner('select text_version, at from privacy.renewal')
    expect(renewed).toEqual([{ text_version: 2, at: new Date(town.clock.now()) }])
  })

  test('came into use once, whenever the program starts', async () => {
    const before = await town.owner('select * from privacy.words_in_use order by purpose')
    expect(before).toHaveLength(3)
    passes(dayMs)
    await noteWords(town.program.given)
    expect(await town.owner('select * from privacy.words_in_use order by purpose')).toEqual(before)
  })

  test('the old ones hold to the last moment of thirty days, and not a moment longer', async () => {
    const { elder } = town.a
    await old()
    const { renewBy } = (await mine(elder)).get('agreed-care')
    town.clock.set({ at: renewBy - 1 })
    expect((await mine(elder)).get('agreed-care').is).toBe('live')
    await town.program.letGo()
    expect((await mine(elder)).get('agreed-care').is).toBe('live')
    town.clock.set({ at: renewBy })
    // Before anybody has written it down.
    expect((await mine(elder)).get('agreed-care').is).toBe('ended')
    expect(await renew(elder, 'agreed-care', 2)).toMatchObject({ body: { fault: 'no-consent' } })
    expect((await (await as(elder)).get('/api/care/mine')).body.plan.is).toBe('offered')
    await town.program.letGo()
    await town.settled()
    expect(await town.owner('select 1 from care.plan')).toEqual([])
    expect((await mine(elder)).get('agreed-care').before[0].endedAt).toBe(renewBy)
  })
})

describe('somebody who acts for the person', () => {
  async function acting(relation: string) {
    const account = await newAccount(town)
    const grant = await newGrant(town, town.a, account)
    await town.owner('update identity.grant set relation = $2 where id = $1', [grant, relation])
    const cookie = await browserOf(town, account, { grant })
    return async (method: 'GET' | 'POST', path: string, body?: unknown) => {
      const answer = await fetch(`${town.program.url}${path}`, {
        ...{ method, headers: { cookie, 'content-type': 'application/json' } },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: await answer.json() }
    }
  }

  test('a child may end, and gives nothing; a volunteer may do neither', async () => {
    const { elder } = town.a
    await agree(elder)
    await town.settled()
    const purpose = 'agreed-care'
    const [child, volunteer] = [await acting('child'), await acting('volunteer')]
    const may = async (who: typeof child) => {
      const { mayEnd, mayGive } = (await who('GET', '/api/privacy/consents')).body
      return { mayEnd, mayGive }
    }
    expect(await may(child)).toEqual({ mayEnd: true, mayGive: false })
    expect(await may(volunteer)).toEqual({ mayEnd: false, mayGive: false })
    const renewal = { purpose, textVersion: 2 }
    expect(await child('POST', '/api/privacy/consents/renew', renewal)).toMatchObject({
      body: { fault: 'in-person-only' },
    })
    expect(await volunteer('POST', '/api/privacy/consents/end', { purpose })).toMatchObject({
      body: { fault: 'in-person-only' },
    })
    expect((await mine(elder)).get(purpose).is).toBe('live')
    expect(await child('POST', '/api/privacy/consents/end', { purpose })).toMatchObject({
      status: 200,
    })
    expect((await mine(elder)).get(purpose).is).toBe('ended')
    const looks = await town.owner(
      "select label from privacy.look where by_kind = 'helper' and label = 'privacy.endConsent'",
    )
    expect(looks.length).toBeGreaterThan(0)
    await town.settled()
  })
})

/** Where a no may be read, by the person it is of. */
const tellsOfANo = ['care.myCare', 'privacy.myConsents', 'privacy.myData']

test('a no costs nothing: nobody is answered otherwise than before, but where the no is read', async () => {
  const { neighbour, worker, officer } = town.a
  // A template's file holds the second at which it was packed.
  const asked = every.filter(
    ({ name, endpoint }) => endpoint.get !== undefined && !name.endsWith('.importTemplate'),
  )
  const walk = async () => {
    const said = new Map<string, string>()
    for (const who of [neighbour, worker, officer]) {
      const token = await town.tokenOf(who.name)
      for (const { name, endpoint } of asked) {
        const { path } = requestOf(endpoint, inputs[name]?.(town.a) ?? {})
        const { status, body } = await town.call(token, 'GET', path)
        said.set(`${name} ${who.name}`, JSON.stringify([status, body]))
      }
    }
    return said
  }
  await walk()
  const [before, again] = [await walk(), await walk()]
  expect((await (await as(neighbour)).post('/api/care/refuse', {})).status).toBe(200)
  await town.settled()
  const after = await walk()
  const steady = [...before].filter(([one, said]) => again.get(one) === said)
  expect(steady.length).toBeGreaterThan(asked.length)
  const changed = steady.filter(([one, said]) => after.get(one) !== said).map(([one]) => one)
  expect(
    changed.map((one) => one.split(' ')[0]).filter((one) => !tellsOfANo.includes(one!)),
  ).toEqual([])
  expect(changed).toContain(`care.myCare ${neighbour.name}`)
})
