import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operatorKey } from '../../../../tests/rig/program.ts'
import { impactWords, switchOn } from '../../../../tests/rig/purposes.ts'
import { longHeartbeat, openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { openWorkshop } from '../../../../tests/rig/workshop.ts'
import { isInForce, overcrowding } from '../../../watch/scenarios/index.ts'
import { offerVisits } from '../../../watch/care/index.ts'
import { findConsent, giveConsent, holdPurpose, isAgreed, liveConsents } from '../consents/index.ts'
import type { SensitivePurpose } from '../types.ts'
import { switchPurpose, writeImpact } from './purposes.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets(longHeartbeat)
})
afterAll(() => town[Symbol.asyncDispose]())

const here = async (who = town.a.officer) =>
  new Map<string, any>(
    (await who.get('/api/privacy/purposes')).body.purposes.map((one: any) => [one.purpose, one]),
  )
const turn = (purpose: SensitivePurpose, isOn: boolean, impact: string | null = null) =>
  town.a.officer.post('/api/privacy/purposes/switch', { purpose, isOn, impact })
const agree = (who = town.a.elder) => who.post('/api/care/agree', { textVersion: 2, contacts: [] })
const live = () =>
  town.owner('select purpose from privacy.consent where street = $1 and ended_at is null', [
    town.a.street,
  ])

describe('a new street', () => {
  test('has everything sensitive off, and the rest without a switch', async () => {
    const founded = await town.ask(operatorKey, 'POST', '/api/duties/streets', {
      ...{ street: '310104013', officer: '长官丙', phone: '021-5550-0100' },
    })
    expect(founded.person).toBeDefined()
    const token = await town.tokenOf('长官丙')
    const { purposes } = (await town.call(token, 'GET', '/api/privacy/purposes')).body
    const on = purposes.filter((one: any) => one.isOn).map((one: any) => one.purpose)
    const off = purposes.filter((one: any) => !one.isOn).map((one: any) => one.purpose)
    expect(off).toEqual(['agreed-care', 'wandering-guard', 'crowding-check'])
    expect(on).toContain('agreed-calls')
    const asked = { purpose: 'agreed-care', isOn: true, impact: null }
    const refused = await town.call(token, 'POST', '/api/privacy/purposes/switch', asked)
    expect(refused).toMatchObject({ status: 409, body: { fault: 'impact-missing' } })
  })

  test('says so to everybody, with what is kept, why, how long and who sees it', async () => {
    const open = (street?: string) =>
      town.ask('', 'GET', `/api/privacy/kept${street ? `?street=${street}` : ''}`)
    const care = (kept: any) => kept.purposes.find((one: any) => one.purpose === 'agreed-care')
    expect(care(await open('310104013'))).toMatchObject({ isOn: false, streetsOn: 2 })
    expect(care(await open(town.a.street))).toMatchObject({ isOn: true, isByConsent: true })
    expect(care(await open())).toMatchObject({ isOn: null })
    const { seenBy } = care(await open())
    expect(seenBy.map((one: any) => one.role).toSorted()).toEqual(['committee', 'street'])
    expect(seenBy[0].fields).toContain('contacts')
  })
})

describe('while it is off', () => {
  beforeAll(async () => {
    expect(await turn('agreed-care', false)).toMatchObject({ status: 200 })
    await town.settled()
  })

  test('nobody can agree to it, by page or by paper, and calls are as they were', async () => {
    expect(await agree()).toMatchObject({ status: 409, body: { fault: 'purpose-off' } })
    expect((await town.a.elder.get('/api/care/mine')).body.isOn).toBe(false)
    const { street, elder, homes } = town.a
    const wish = { street, person: elder.person, home: homes[0]!, purpose: 'agreed-care' } as const
    const { given } = town.program
    expect(await given.db.inStreet({ street }, (tx) => giveConsent(given, tx, wish))).toBe(
      undefined,
    )
    expect(await live()).toEqual([])
    const calls = { textVersion: 1, contacts: [], way: 'call' }
    expect((await elder.post('/api/care/agree', calls)).status).toBe(200)
    expect((await elder.post('/api/care/end', {})).status).toBe(200)
    await town.settled()
  })

  test('nobody is sent to ask for it', async () => {
    town.clock.set({ at: Date.parse('2026-07-07T10:00:00+08:00') })
    expect(await offerVisits(town.program)).toBeGreaterThan(0)
    const offered = await town.owner('select distinct street from care.offer')
    expect(offered).toEqual([{ street: town.b.street }])
  })

  test('a row that lives all the same opens nothing: the gate asks in its own statement', async () => {
    const { street, elder, homes } = town.a
    const { given } = town.program
    const now = town.clock.now()
    const [row] = await town.owner(
      `insert into privacy.consent (street, id, person, home, purpose, text_version, given_at,
         until, given_by, is_on_paper)
       values ($1, gen_random_uuid(), $2, $3, 'agreed-care', 2, $4, $5, 'person', false)
       returning id`,
      [street, elder.person, homes[0], new Date(now), new Date(now + 1_000_000)],
    )
    const person = { person: elder.person }
    const consent = { consent: row.id }
    await given.db.inStreet({ street }, async (tx) => {
      expect(await findConsent(tx, 'agreed-care', person, now)).toBeUndefined()
      expect(await findConsent(tx, 'agreed-care', consent, now)).toBeUndefined()
      expect(await isAgreed(tx, 'agreed-care', elder.person, now)).toBe(false)
    })
    const all = await given.db.asOwner((tx) => liveConsents(tx, 'agreed-care', now))
    expect(all.filter((one) => one.street === street)).toEqual([])
    await town.owner('delete from privacy.consent where id = $1', [row.id])
  })

  test('the newest assessment alone switches it on, and one an upgrade wrote does not', async () => {
    const written = async (words = {}) =>
      (
        await town.a.officer.post('/api/privacy/impacts', {
          ...{ purpose: 'agreed-care', ...impactWords, ...words },
        })
      ).body.impact
    const before = (await here()).get('agreed-care')!.impact.impact
    town.clock.set({ at: town.clock.now() + 1_000 })
    const newest = await written({ risks: '想过了，还有别的风险，都写在这里。' })
    expect(await turn('agreed-care', true, before)).toMatchObject({ body: { fault: 'moved-on' } })
    await town.owner(
      `update privacy.impact set by_person = '00000000-0000-0000-0000-000000000000'
       where id = $1`,
      [newest],
    )
    const refused = await turn('agreed-care', true, newest)
    expect(refused).toMatchObject({ body: { fault: 'impact-missing' } })
    town.clock.set({ at: town.clock.now() + 1_000 })
    expect(await turn('agreed-care', true, await written())).toMatchObject({ status: 200 })
    expect((await here()).get('agreed-care')).toMatchObject({ isOn: true, agreements: null })
  })

  test('an assessment has ten letters at least in each part, spaces around them left out', async () => {
    const ask = (more: object) =>
      town.a.officer.post('/api/privacy/impacts', {
        ...{ purpose: 'crowding-check', ...impactWords, ...more },
      })
    for (const part of ['necessity', 'risks', 'measures']) {
      const short = await ask({ [part]: '九个字不够写清楚。'.padEnd(14) })
      expect(short).toMatchObject({ body: { fault: 'bad-input', field: part } })
      expect((await ask({ [part]: '十个字刚好写得清楚。' })).status).toBe(200)
    }
  })

  test('another street’s officer sees and switches their own alone', async () => {
    const impact = (await here()).get('agreed-care')!.impact.impact
    const theirs = (await here(town.b.officer)).get('agreed-care')!
    expect(theirs.impact.impact).not.toBe(impact)
    expect(theirs.isOn).toBe(true)
  })
})

describe('switched off', () => {
  test('ends every agreement and the guard beside it, tells how many, and brings none back', async () => {
    expect((await agree()).status).toBe(200)
    const guard = { agrees: { textVersion: 2, by: 'guardian' } }
    expect((await town.a.elder.post('/api/care/wandering', guard)).status).toBe(200)
    await town.settled()
    expect(await live()).toHaveLength(2)
    const off = await turn('agreed-care', false)
    expect(off).toMatchObject({ status: 200, body: { isOn: false, ended: null, least: 10 } })
    expect(await live()).toEqual([])
    await town.settled()
    const { elder } = town.a
    for (const table of ['care.plan', 'scenarios.watch']) {
      expect(await town.owner(`select 1 from ${table} where person = $1`, [elder.person])).toEqual(
        [],
      )
    }
    const erased = await town.owner("select 1 from privacy.erasure where kind = 'consent'")
    expect(erased.length).toBeGreaterThanOrEqual(2)
    await switchOn(town.a.officer.post, ['agreed-care'])
    await town.settled()
    expect(await live()).toEqual([])
    expect((await elder.get('/api/care/mine')).body.plan.is).toBe('offered')
  })

  test('of those who agree at that very moment none is left behind', async () => {
    const { street, homes, compound } = town.a
    const { given } = town.program
    expect(compound).toBeDefined()
    for (let round = 0; round < 8; round++) {
      const people = Array.from({ length: 6 }, () => given.newId<typeof town.a.elder.person>())
      const gives = people.map((person) =>
        given.db.inStreet({ street }, (tx) =>
          giveConsent(given, tx, { street, person, home: homes[0]!, purpose: 'wandering-guard' }),
        ),
      )
      const [off] = await Promise.all([turn('wandering-guard', false), ...gives])
      expect(off).toMatchObject({ status: 200 })
      expect(await live()).toEqual([])
      await switchOn(town.a.officer.post, ['wandering-guard'])
    }
    await town.settled()
  })

  test('the comparing of homes stops: rule, meters, sums and leads', async () => {
    const workshop = await openWorkshop(town)
    await workshop.switchOn(overcrowding, 1)
    const { street, homes, committee } = town.a
    const asked = { name: 'gw-9', format: 'canonical', place: committee }
    const gateway = await town.ask(town.a.officer.token, 'POST', '/api/devices/gateways', asked)
    const meter = { kind: 'water-meter', place: homes[1], purpose: 'crowding-check' }
    const add = () =>
      town.a.officer.post('/api/devices/add', { ...meter, gateway: gateway.gateway })
    const { device } = (await add()).body
    await town.settled()
    const wire = await town.connect(gateway)
    const at = town.clock.now()
    const sum = { device, seq: 1, at, state: 'water-litres-day', value: 900 }
    const topic = `lilong/${street}/${gateway.gateway}/batch`
    await wire.publishAsync(topic, JSON.stringify([sum]), { qos: 1 })
    await town.settled()
    const sums = () =>
      town.owner("select 1 from sensing.lasting_reading where purpose = 'crowding-check'")
    expect(await sums()).toHaveLength(1)
    await town.owner(
      `insert into scenarios.finding (street, id, rule, rule_version, subject, place, found_at,
         facts, step) values ($1, gen_random_uuid(), 'overcrowding', 1, $2, $2, now(), '{}', 0)`,
      [street, homes[1]],
    )
    expect(isInForce(town.program.scenarios, street, overcrowding)).toBe(true)

    expect(await turn('crowding-check', false)).toMatchObject({ status: 200 })
    const leads = () => town.owner("select 1 from scenarios.finding where rule = 'overcrowding'")
    expect(await leads()).toEqual([])
    await town.settled()
    expect(isInForce(town.program.scenarios, street, overcrowding)).toBe(false)
    expect(await sums()).toEqual([])
    expect(await add()).toMatchObject({ status: 409, body: { fault: 'rule-off' } })
    await workshop.act('officer', overcrowding, 1, 'retire')
    await town.settled()
    expect(await workshop.act('second', overcrowding, 1, 'roll-back')).toMatchObject({
      ...{ status: 409, body: { fault: 'purpose-off' } },
    })
    await town.restart()
    expect(isInForce(town.program.scenarios, street, overcrowding)).toBe(false)
  })
})

test('only somebody in a post writes and switches, whatever a door let through', async () => {
  const { given } = town.program
  const { street, elder } = town.a
  const resident: any = { kind: 'person', street, person: elder.person, post: null }
  const purpose = 'crowding-check'
  for (const asker of [{ kind: 'nobody' } as const, { kind: 'operator' } as const, resident]) {
    const written = await writeImpact(given, asker, { purpose, ...impactWords })
    const off = { purpose, isOn: false, impact: null } as const
    const switched = await switchPurpose(given, asker, off, async () => undefined)
    expect([written, switched]).toEqual([{ fault: 'not-allowed' }, { fault: 'not-allowed' }])
  }
})

describe('at the same time', () => {
  /** Waits until somebody stands before a lock that another transaction holds. */
  const oneWaits = async () => {
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`
    while ((await town.owner(waiting)).length === 0)
      await new Promise((done) => setTimeout(done, 5))
  }

  test('whoever agrees before it is switched off is ended with the others', async () => {
    const { street, elder, homes } = town.a
    const { given } = town.program
    const wish = { street, person: elder.person, home: homes[0]!, purpose: 'agreed-care' } as const
    if (!(await here()).get('agreed-care').isOn)
      await switchOn(town.a.officer.post, ['agreed-care'])
    const off = await given.db.inStreet({ street }, async (tx) => {
      expect(await giveConsent(given, tx, wish)).toBeDefined()
      const switching = turn('agreed-care', false)
      await oneWaits()
      return { switching }
    })
    expect(await off.switching).toMatchObject({ status: 200, body: { isOn: false } })
    expect(await live()).toEqual([])
    await town.settled()
  })

  test('of two who switch it, one does, and the other is told that it is so', async () => {
    if (!(await here()).get('agreed-care').isOn)
      await switchOn(town.a.officer.post, ['agreed-care'])
    const both = await Promise.all([turn('agreed-care', false), turn('agreed-care', false)])
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 409,
    ])
    await town.settled()
  })

  test('an assessment waits for the switch that is being turned', async () => {
    const { street } = town.a
    const purpose = 'crowding-check'
    const newest = async () => (await here()).get(purpose).impact
    const before = await newest()
    const written = await town.program.given.db.inStreet({ street }, async (tx) => {
      await holdPurpose(tx, street, purpose, 'switcher')
      const writing = town.a.officer.post('/api/privacy/impacts', { purpose, ...impactWords })
      await oneWaits()
      expect(await newest()).toEqual(before)
      return { writing }
    })
    expect((await written.writing).status).toBe(200)
    expect(await newest()).not.toEqual(before)
  })
})
