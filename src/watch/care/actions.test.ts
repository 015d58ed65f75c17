import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { longHeartbeat, openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { dayMs } from '../../kernel/clock.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets(longHeartbeat)
})
afterAll(() => town[Symbol.asyncDispose]())

const contact = (n: number) => ({ name: `亲友${n}`, relation: '女儿', phone: `1395555000${n}` })
const agreement = { textVersion: 2, contacts: [] }

describe('agreeing', () => {
  const planOf = (person: string) =>
    town.owner('select * from care.plan where person = $1', [person])

  test('needs the text that is in use', async () => {
    for (const textVersion of [1, 99]) {
      const answer = await town.a.elder.post('/api/care/agree', { ...agreement, textVersion })
      expect(answer).toMatchObject({
        status: 409,
        body: { fault: 'moved-on', field: 'textVersion' },
      })
    }
    expect(await planOf(town.a.elder.person)).toEqual([])
  })

  test('needs a sensor, and a revoked one is none', async () => {
    const { officer, homes } = town.a
    const made = await officer.post('/api/people', {
      ...{ name: '无感', bornOn: null, phone: null, home: homes[2], livesAlone: true },
    })
    expect(made.status).toBe(200)
    const token = await town.tokenOf('无感')
    const agree = () => town.call(token, 'POST', '/api/care/agree', agreement)
    const refused = { status: 409, body: { fault: 'no-sensor' } }
    expect(await agree()).toMatchObject(refused)
    const device = await officer.post('/api/devices/add', { kind: 'motion', place: homes[2] })
    await officer.post('/api/devices/revoke', { device: device.body.device })
    expect(await agree()).toMatchObject(refused)
    expect(await town.owner('select 1 from privacy.consent')).toEqual([])
  })

  test('is once a person and once a home, though everybody says it at once', async () => {
    const { officer, homes, elder } = town.a
    await officer.post('/api/people', {
      ...{ name: '老伴', bornOn: null, phone: null, home: homes[0], livesAlone: false },
    })
    const partner = await town.tokenOf('老伴')
    const both = await Promise.all([
      ...[1, 2, 3].map(() => elder.post('/api/care/agree', agreement)),
      ...[1, 2, 3].map(() => town.call(partner, 'POST', '/api/care/agree', agreement)),
    ])
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    await town.settled()
    const plans = await town.owner('select person from care.plan where home = $1', [homes[0]])
    expect(plans).toHaveLength(1)
    expect(await town.owner('select 1 from privacy.consent where ended_at is null')).toHaveLength(1)
    const isElder = plans[0].person === elder.person
    const again = isElder
      ? await town.call(partner, 'POST', '/api/care/agree', agreement)
      : await elder.post('/api/care/agree', agreement)
    expect(again).toMatchObject({ status: 409, body: { fault: 'home-agreed' } })
    await town.call(isElder ? elder.token : partner, 'POST', '/api/care/end', {})
    await town.settled()
  })

  test('takes three contacts at most, then and later', async () => {
    const { elder } = town.a
    const four = [1, 2, 3, 4].map(contact)
    const refused = { status: 400, body: { field: 'contacts' } }
    expect(await elder.post('/api/care/agree', { textVersion: 2, contacts: four })).toMatchObject(
      refused,
    )
    expect(await elder.post('/api/care/contacts', { contacts: [] })).toMatchObject({
      ...{ status: 403, body: { fault: 'no-consent' } },
    })
    await town.agrees(elder, four.slice(0, 3))
    expect((await elder.get('/api/care/mine')).body.plan.contacts).toEqual(four.slice(0, 3))
    expect(await elder.post('/api/care/contacts', { contacts: four })).toMatchObject(refused)
    for (const wrong of [
      { ...contact(1), phone: 'x' },
      { ...contact(1), name: '' },
    ]) {
      const answer = await elder.post('/api/care/contacts', { contacts: [wrong] })
      expect(answer.status).toBe(400)
    }
    expect((await elder.post('/api/care/contacts', { contacts: [contact(4)] })).body).toEqual({
      count: 1,
    })
    expect((await elder.get('/api/care/mine')).body.plan.contacts).toEqual([contact(4)])
    expect(await town.tablesHolding(contact(1).phone)).toEqual([])
  })
})

describe('being away', () => {
  test('is at most 90 days from now, in the future, and one can come back', async () => {
    const { elder } = town.a
    const now = town.clock.now()
    const away = (until: number | null) => elder.post('/api/care/away', { until })
    for (const until of [now, now - 1, 0, now + 90 * dayMs + 1, 8_640_000_000_000_000]) {
      expect(await away(until)).toMatchObject({ status: 400, body: { field: 'until' } })
    }
    const shown = async () => {
      await town.settled()
      const { plan } = (await elder.get('/api/care/mine')).body
      return [plan.judgement, plan.awayUntil]
    }
    for (const until of [now + 1, now + 90 * dayMs]) {
      expect((await away(until)).body).toEqual({ awayUntil: until })
      expect(await shown()).toEqual(['away', until])
    }
    expect((await away(null)).body).toEqual({ awayUntil: null })
    expect((await shown())[0]).not.toBe('away')
  })

  test('needs an agreement', async () => {
    const answer = await town.a.neighbour.post('/api/care/away', { until: town.clock.now() + 1 })
    expect(answer).toMatchObject({ status: 403, body: { fault: 'no-consent' } })
  })
})

test('the card opens only for whom the visit is with, while it is open and agreed to', async () => {
  const { a } = town
  await town.silent(a, 49)
  const { tasks } = (await a.worker.get('/api/tasks/mine')).body
  const [{ task }] = tasks.filter((each: any) => each.kind === 'care-visit')
  const card = (who = a.worker) => who.get(`/api/care/card?task=${task}`)
  expect((await card()).body).toMatchObject({ name: a.elder.name, age: 83, hasPhone: true })
  for (const who of [a.deputy, a.officer, town.b.worker]) {
    expect(await card(who)).toMatchObject({ status: 403, body: { fault: 'no-open-task' } })
  }
  const phone = (n: number) => a.worker.post('/api/care/phone', { task, contact: n })
  expect((await phone(0)).body).toEqual({ name: a.elder.name, phone: '13800000000' })
  expect((await phone(1)).body).toEqual({ name: contact(4).name, phone: contact(4).phone })
  expect(await phone(2)).toMatchObject({ status: 404, body: { field: 'contact' } })

  await town.owner('update privacy.consent set until = $1 where ended_at is null', [
    new Date(town.clock.now()),
  ])
  expect(await card()).toMatchObject({ status: 403, body: { fault: 'no-consent' } })
  await town.owner('update privacy.consent set until = $1 where ended_at is null', [
    new Date(town.clock.now() + 300 * dayMs),
  ])
  expect((await card()).status).toBe(200)
  const act = (done: string, from: string, more: object = {}) =>
    a.worker.post('/api/tasks/act', { task, act: done, from, ...more })
  await act('acknowledge', 'raised')
  await act('find', 'acknowledged', { outcome: 'fine', words: '金丝雀在唱' })
  expect(await card()).toMatchObject({ status: 403, body: { fault: 'no-open-task' } })
  await town.settled()
})

describe('ending it', () => {
  test('erases plan, contacts, watch, findings, readings and what visits wrote, in every table', async () => {
    const { a } = town
    await a.elder.post('/api/care/contacts', { contacts: [contact(5), contact(6)] })
    const wire = await town.connect(a.door)
    await town.says(wire, a.door, 7, 'open')
    await town.silent(a, 49)
    const { tasks } = (await a.worker.get('/api/tasks/mine')).body
    const [{ task }] = tasks.filter((each: any) => each.kind === 'care-visit')
    const act = (done: string, from: string, more: object = {}) =>
      a.worker.post('/api/tasks/act', { task, act: done, from, ...more })
    await act('acknowledge', 'raised')
    await act('phoned', 'acknowledged', { words: '画眉没有接' })
    await town.says(wire, a.door, 8, 'closed')
    const [{ id: plan }] = await town.owner('select id from care.plan')
    const [{ id: consent }] = await town.owner(
      'select id from privacy.consent where ended_at is null',
    )

    // A contact's telephone stands nowhere in clear, not even while it is in use.
    expect(await town.tablesHolding(contact(6).phone)).toEqual([])
    const canaries = ['金丝雀在唱', '画眉没有接', '亲友5']
    for (const canary of canaries) expect(await town.tablesHolding(canary)).not.toEqual([])
    expect(await town.tablesHolding(plan)).toEqual(
      expect.arrayContaining(['care.plan', 'scenarios.finding', 'scenarios.watch', 'tasks.task']),
    )
    expect(await town.tablesHolding(consent)).toContain('sensing.reading')

    expect((await a.elder.post('/api/care/end', {})).status).toBe(200)
    await town.settled()
    for (const canary of canaries) {
      expect({ canary, in: await town.tablesHolding(canary) }).toEqual({ canary, in: [] })
    }
    // The outbox forgets by itself within a day; its events hold ids and nothing else.
    const lasting = async (text: string) =>
      (await town.tablesHolding(text)).filter((name) => !name.startsWith('pgboss.'))
    expect(await lasting(plan)).toEqual([])
    // A tombstone holds nothing but the id: a restored backup must not bring the rest back.
    expect(await lasting(consent)).toEqual(['privacy.consent', 'privacy.erasure', 'privacy.look'])
    expect(await lasting(a.elder.person)).toEqual([
      ...[
        'identity.session',
        'people.number',
        'people.person',
        'people.residence',
        'people.search_entry',
        'privacy.consent',
        'privacy.look',
      ],
    ])
    const rest = await town.owner(
      "select state, subject = id::text as own, place, facts->>'silentMs' as ms from tasks.task where rule = 'care-silence'",
    )
    expect(rest).toHaveLength(2)
    for (const row of rest) {
      expect(row).toEqual({ state: 'closed', own: true, place: a.committee, ms: null })
    }
    const outcomes = await town.owner('select outcome from scenarios.outcome')
    expect(outcomes).toEqual([{ outcome: 'fine' }])
  })

  test('leaves an open visit with nobody, in the same moment', async () => {
    const { b } = town
    await town.agrees(b.elder)
    await town.silent(b, 49)
    expect((await b.worker.get('/api/tasks/mine')).body.tasks).toHaveLength(1)
    expect((await b.elder.post('/api/care/end', {})).status).toBe(200)
    expect((await b.worker.get('/api/tasks/mine')).body.tasks).toEqual([])
    await town.settled()
    const [row] = await town.owner('select person, state from tasks.task where street = $1', [
      b.street,
    ])
    expect(row).toEqual({ person: null, state: 'closed' })
  })

  test('twice is once, and afterwards one may agree again', async () => {
    const { elder } = town.b
    expect(await elder.post('/api/care/end', {})).toMatchObject({
      ...{ status: 403, body: { fault: 'no-consent' } },
    })
    await town.agrees(elder)
    expect((await elder.get('/api/care/mine')).body.plan.is).toBe('agreed')
  })
})

describe('being asked', () => {
  beforeAll(() => town.agrees(town.a.elder))
  const mine = async () => (await town.a.elder.get('/api/care/mine')).body.plan
  const ask = async (purpose: 'agreed-care' | 'wandering-guard', rule: string) => {
    const { given } = town.program
    const [plan] = await town.owner('select id from care.plan where person = $1', [
      town.a.elder.person,
    ])
    const question = given.newId<string>()
    const until = town.clock.now() + dayMs
    await given.db.inStreet({ street: town.a.street }, (tx) =>
      given.tell(tx, {
        ...{ name: 'scenarios.person-asked', street: town.a.street, question, purpose, rule },
        ...{ subject: plan.id, ruleVersion: 2, until, isUrgent: false },
      }),
    )
    await town.settled()
    return { question, until }
  }

  test('shows one question, and one tap answers it', async () => {
    const well = () => town.a.elder.post('/api/care/well', {})
    expect((await mine()).question).toBeNull()
    expect(await well()).toMatchObject({ status: 409, body: { fault: 'moved-on' } })
    const { until } = await ask('agreed-care', 'care-habit')
    expect((await mine()).question).toEqual({
      ...{ asks: 'person', rule: 'care-habit', ruleVersion: 2 },
      ...{ askedAt: town.clock.now(), until },
    })
    expect((await well()).body).toEqual({ answeredAt: town.clock.now() })
    expect((await mine()).question).toBeNull()
    expect(await well()).toMatchObject({ status: 409, body: { fault: 'moved-on' } })
    await town.settled()
  })

  test('needs the agreement that the rule stands on', async () => {
    await ask('wandering-guard', 'wandering-night')
    expect((await mine()).question).toBeNull()
    expect(await town.a.neighbour.post('/api/care/well', {})).toMatchObject({
      ...{ status: 403, body: { fault: 'no-consent' } },
    })
    const agrees = { textVersion: 2, by: 'guardian' }
    const given = await town.a.elder.post('/api/care/wandering', { agrees })
    expect(given.body.wandering).toMatchObject({ by: 'guardian' })
    expect((await mine()).wandering).toEqual(given.body.wandering)
    await ask('wandering-guard', 'wandering-night')
    expect((await mine()).question).toMatchObject({ rule: 'wandering-night' })
    expect((await town.a.elder.post('/api/care/wandering', { agrees: null })).body).toEqual({
      wandering: null,
    })
    await town.settled()
    const plan = await mine()
    expect(plan).toMatchObject({ is: 'agreed', question: null, wandering: null })
    const who = (body: object) => town.a.elder.post('/api/care/wandering', body)
    for (const by of ['somebody', null, undefined]) {
      expect((await who({ agrees: { textVersion: 2, by } })).status).toBe(400)
    }
  })

  test('ends with the agreement, and so does the guard', async () => {
    await town.a.elder.post('/api/care/wandering', { agrees: { textVersion: 2, by: 'person' } })
    await ask('agreed-care', 'care-habit')
    const contacts = (await mine()).contacts
    await town.a.elder.post('/api/care/end', {})
    await town.settled()
    const live = await town.owner(
      'select purpose from privacy.consent where person = $1 and ended_at is null',
      [town.a.elder.person],
    )
    expect(live).toEqual([])
    expect(await town.owner('select 1 from care.question')).toEqual([])
    await town.agrees(town.a.elder, contacts)
    expect(await mine()).toMatchObject({ question: null, wandering: null })
  })
})
