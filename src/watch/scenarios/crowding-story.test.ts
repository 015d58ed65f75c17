/** From the meters of four buildings to a check at a door, and to a rule that stops by itself. */
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../../scripts/build-web.ts'
import { pagesDir } from '../../../tests/rig/pages.ts'
import { longHeartbeat, openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { openWorkshop, type Workshop } from '../../../tests/rig/workshop.ts'
import { dayOf, startOfDay } from '../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { openLeads } from './judging/index.ts'
import { shippedRules } from './index.ts'

type Meter = { device: string; home: string; state: string; usual: number }

const rule = 'overcrowding'
const crowdedIn = [2, 5, 9]
const { definition } = shippedRules().find((one) => one.definition.rule === rule)!

let town: Streets
let workshop: Workshop
let wire: MqttClient
let gateway = ''
let sequence = 0
let version = 0
const meters: Meter[] = []
/** How many times the usual a home uses: of water, and of its door. */
const times = new Map<string, [number, number]>()
/** Three homes in each of four buildings, the strongest first. */
const crowded: string[] = []
let family = ''
let leaking = ''

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ ...longHeartbeat, distDir: pagesDir })
  workshop = await openWorkshop(town)
  const { compound } = town.a
  const post = (path: string, body: object) => town.ask(town.a.officer.token, 'POST', path, body)
  for (const building of [0, 1, 2, 3]) {
    const stairs = [{ number: String(30 + building), floors: 7, homesPerFloor: 2 }]
    const asked = { compound, name: `${building + 2}幢`, stairs }
    const { homes } = await post('/api/places/buildings', asked)
    for (const home of homes) times.set(home, [1, 1])
    for (const at of crowdedIn) crowded.push(homes[at])
    if (building > 0) continue
    ;[family, leaking] = [homes[7], homes[11]]
  }
  for (const [at, home] of crowded.entries()) times.set(home, [9 - at * 0.4, 9 - at * 0.4])
  for (let at = 0; at < 6; at++) {
    const nobody = { bornOn: null, phone: null, livesAlone: false }
    await post('/api/people', { ...nobody, name: `家人${at}`, home: family })
  }
  times.set(family, [6, 6]).set(leaking, [20, 1])
  await agreesIn(crowded[0]!)
})
afterAll(() => town[Symbol.asyncDispose]())

/** Somebody who is looked after lives where a lead will be: that has nothing to do with it. */
async function agreesIn(home: string) {
  const { token } = town.a.officer
  const elder = { name: '邻家老人', bornOn: null, phone: null, home, livesAlone: true }
  await town.ask(token, 'POST', '/api/people', elder)
  await town.ask(token, 'POST', '/api/devices/add', { kind: 'door-contact', place: home })
  await town.settled()
  const who = await town.tokenOf(elder.name)
  await town.ask(who, 'POST', '/api/care/agree', { textVersion: 2, contacts: [] })
  await town.settled()
}

const add = (kind: string, home: string, more: object = {}) =>
  as('officer', 'POST', '/api/devices/add', {
    ...{ kind, place: home, purpose: 'crowding-check', ...longHeartbeat, ...more },
  })

async function putMeters() {
  const asked = { name: 'gw-1', format: 'canonical', place: town.a.committee }
  const made = await town.ask(town.a.officer.token, 'POST', '/api/devices/gateways', asked)
  gateway = made.gateway
  const kinds = [
    ['water-meter', 'water-litres-day', 150],
    ['door-access', 'door-openings-day', 40],
  ] as const
  for (const home of times.keys()) {
    for (const [kind, state, usual] of kinds) {
      const { body } = await add(kind, home, { gateway })
      meters.push({ device: body.device, home, state, usual })
    }
  }
  await town.settled()
  wire = await town.connect(made)
}

/** To an hour of this day or of a later one, with a look at what fell due. */
async function at(hour: number, minute: number, days = 0) {
  const day = startOfDay(town.clock.now()) + days * dayMs
  town.clock.set({ at: day + hour * hourMs + minute * minuteMs })
  await town.program.scenarios.tick()
  await town.settled()
}

async function publish(items: object[]) {
  const topic = `lilong/${town.a.street}/${gateway}/batch`
  await wire.publishAsync(topic, JSON.stringify(items), { qos: 1 })
}

/** Late in the evening every meter says its day's sum; at night the rule looks. */
async function daysPass(count: number) {
  for (let day = 0; day < count; day++) {
    await at(23, 50)
    const now = town.clock.now()
    await publish(
      meters.map(({ device, home, state, usual }, n) => {
        const [water, door] = times.get(home) ?? [1, 1]
        const value = Math.round((usual + (n % 3)) * (state === 'water-litres-day' ? water : door))
        return { device, seq: sequence++, at: now, state, value }
      }),
    )
    await at(4, 10, 1)
  }
}

const refused = 'select sum(count)::int as n from sensing.refusal where reason = $1'
const findings = () =>
  town.owner('select * from scenarios.finding where rule = $1 order by subject', [rule])
const tasks = () =>
  town.owner('select * from tasks.task where rule = $1 order by opened_at, id', [rule])
const open = async () => (await tasks()).filter(({ state }) => state !== 'closed')
const taskAt = async (home: string) => (await open()).find(({ place }) => place === home)
/** A session of one's own each time: weeks go by. */
const as = async (who: 'officer' | 'worker', method: 'GET' | 'POST', path: string, body?: object) =>
  town.call(await town.tokenOf(town.a[who].name), method, path, body)
const shown = async () => (await as('officer', 'GET', `/api/scenarios/rule?rule=${rule}`)).body

/** As the worker sees it. */
async function page(path: string): Promise<string> {
  const cookie = `lilong=${await town.tokenOf(town.a.worker.name)}`
  return (await fetch(`${town.program.url}${path}`, { headers: { cookie } })).text()
}

async function step(home: string, done: string, more: object = {}) {
  const task = await taskAt(home)
  const asked = { task: task.id, act: done, from: task.state, ...more }
  const answer = await as('worker', 'POST', '/api/tasks/act', asked)
  await town.settled()
  return answer
}

async function checked(home: string, outcome: string) {
  await step(home, 'acknowledge')
  expect(await step(home, 'find', { outcome })).toMatchObject({ status: 200 })
}

/** Where a home is still named, but for the registers of places, people and devices. */
async function tracesOf(home: string) {
  const registers = /^(places|people|devices|sensing|care|privacy|pgboss)\./
  return (await town.tablesHolding(home)).filter((table) => !registers.test(table))
}

const usualAgain = (homes: string[]) => homes.forEach((home) => times.set(home, [1, 1]))

describe('before the street has switched it on', () => {
  test('no meter may stand there for it, and no home has a sum', async () => {
    const [home] = crowded
    const off = { status: 409, body: { fault: 'rule-off', field: 'purpose' } }
    expect(await add('water-meter', home!)).toMatchObject(off)
    version = await workshop.draft({ ...definition, stopsBelow: { percent: 20, ofChecks: 10 } })
    expect(await add('water-meter', home!)).toMatchObject(off)
    await workshop.switchOn(rule, version)
    await putMeters()
  })
})

describe('a home that stands out', () => {
  test('is nobody’s matter for thirteen days', async () => {
    await daysPass(13)
    expect(await findings()).toEqual([])
  })

  test('is a lead on the fourteenth, ten a day, the strongest first; at night nobody is sent', async () => {
    await town.owner('revoke insert on scenarios.finding from lilong_app')
    await daysPass(1)
    expect(town.logged.join()).toContain('scenarios.leads-failed')
    expect(await findings()).toEqual([])
    await town.owner('grant insert on scenarios.finding to lilong_app')
    await at(4, 11)
    const found = async () => (await findings()).map(({ subject }) => subject)
    expect(await found()).toEqual(crowded.slice(0, 10).toSorted())
    // As after a restart on the same day: ten are ten.
    const { given, scenarios } = town.program
    await openLeads(given, scenarios.memory).look(town.clock.now())
    expect(await found()).toHaveLength(10)
    expect(await tasks()).toEqual([])
    await at(9, 0)
    const made = await open()
    expect(made).toHaveLength(10)
    for (const task of made) {
      expect(task).toMatchObject({
        ...{ kind: 'home-check', state: 'raised', rule_version: version, person: null },
        ...{ responsible: town.a.worker.person, subject: task.place },
        facts: { lead: { days: 14, ofDays: 21, peers: 13 }, devices: [] },
      })
    }
    await daysPass(1)
    await at(9, 0)
    const places: string[] = (await open()).map(({ place }) => place)
    expect(places.toSorted()).toEqual(crowded.toSorted())
    // A family of six that uses six times as much, and a leak, are none.
    expect(crowded).not.toContain(family)
    expect(crowded).not.toContain(leaking)
  })
})

describe('what is kept', () => {
  test('is one sum a day, measure and home, and nothing finer, by whomever it is said', async () => {
    const [meter] = meters
    const kept =
      "select count(*)::int as n from sensing.lasting_reading where purpose = 'crowding-check'"
    const [before] = await town.owner(kept)
    expect(before.n).toBe(meters.length * 15)
    const now = town.clock.now()
    const finer = {
      device: meter!.device,
      at: now,
      seq: sequence++,
      state: 'water-litres',
      value: 3,
    }
    const again = { ...finer, seq: sequence++, at: now - 10 * hourMs, state: 'water-litres-day' }
    await publish([finer, again])
    expect(await town.owner(refused, ['too-fine'])).toEqual([{ n: 2 }])
    expect(await town.owner(kept)).toEqual([before])
    expect(await town.owner('select 1 from sensing.reading')).toEqual([])
    expect(await town.owner('select 1 from sensing.usage_day')).toEqual([])
  })
})

describe('at the door', () => {
  test('the worker reads how weak it is and that the occupant decides, and no name', async () => {
    const { task } = (await town.a.worker.get('/api/tasks/mine')).body.tasks.find(
      (one: any) => one.kind === 'home-check',
    )
    const { body } = await town.a.worker.get(`/api/tasks/one?task=${task}`)
    expect(body.offers).toEqual(['hazard-real', 'hazard-false', 'away', 'refused', 'wrong-home'])
    const html = await page(`/desk/tasks/${task}`)
    for (const said of ['14 天', '住户同意才进门', '自动作废']) expect(html).toContain(said)
    expect(html).not.toContain('邻家老人')
    const others = await town.a.deputy.get(`/api/tasks/one?task=${task}`)
    expect(others).toMatchObject({ status: 404 })
    expect((await town.b.officer.get(`/api/tasks/one?task=${task}`)).status).toBe(404)
  })

  test('no breach: the lead goes at once, and is a number', async () => {
    for (const home of crowded.slice(3, 10)) await checked(home, 'hazard-false')
    await checked(crowded[10]!, 'wrong-home')
    await checked(crowded[2]!, 'away')
    usualAgain(crowded.slice(3, 12))
    for (const home of crowded.slice(3, 11)) {
      expect(await tracesOf(home)).toEqual(['scenarios.finding'])
      // That somebody was there, so that nobody knocks again soon; and nothing of why.
      const [found] = (await findings()).filter(({ subject }) => subject === home)
      expect(found).toMatchObject({ facts: {}, ended_at: expect.any(Date) })
    }
    expect((await shown()).hitRate).toEqual({ right: 0, checked: 8 })
  })

  test('a breach is somebody’s matter until it is remedied', async () => {
    const [home] = crowded
    await checked(home!, 'hazard-real')
    expect(await taskAt(home!)).toMatchObject({ state: 'found', outcome: 'hazard-real' })
  })

  test('who lets nobody in is asked neither why nor again soon', async () => {
    await daysPass(11)
    await at(9, 0)
    await checked(crowded[1]!, 'refused')
    expect((await shown()).hitRate).toEqual({ right: 0, checked: 8 })
  })
})

describe('a lead that nobody opened', () => {
  test('is gone after fourteen days, and leaves nothing', async () => {
    const home = crowded[11]!
    const waits = await taskAt(home)
    expect(waits).toMatchObject({ state: 'raised' })
    await daysPass(2)
    expect(await tracesOf(home)).toEqual(['scenarios.finding', 'tasks.task'])
    await daysPass(1)
    expect(await tracesOf(home)).toEqual([])
    const gone = (await tasks()).find(({ id }) => id === waits.id)
    expect(gone).toMatchObject({ state: 'closed', outcome: null, place: town.a.committee })
    expect(gone.facts.lead).toBeUndefined()
  })

  test('what was verified does not expire while it is remedied', async () => {
    await town.program.letGo()
    expect(await open()).toMatchObject([{ place: crowded[0], outcome: 'hazard-real' }])
  })

  test('somebody was there: nobody comes again before the rule’s pause is over', async () => {
    expect(dayOf(town.clock.now())).toBe('2026-08-05')
    // Nobody was at home on 22 July; its days still stand out.
    await daysPass(1)
    await at(9, 0)
    expect(await taskAt(crowded[2]!)).toMatchObject({ state: 'raised' })
    // Nobody was let in on 2 August.
    await daysPass(10)
    await at(9, 0)
    expect(await taskAt(crowded[1]!)).toBeUndefined()
    await daysPass(1)
    await at(9, 0)
    expect(await taskAt(crowded[1]!)).toMatchObject({ state: 'raised' })
  })
})

describe('a rule that is wrong too often', () => {
  test('stops by itself at the tenth check, and says so', async () => {
    await checked(crowded[2]!, 'hazard-false')
    expect((await shown()).hitRate).toEqual({ right: 0, checked: 9 })
    const next = await workshop.draft({ ...definition, reason: '以后再试' })
    await step(crowded[0]!, 'close')
    const { versions, hitRate } = await shown()
    expect(hitRate).toEqual({ right: 1, checked: 10 })
    expect(versions.map((one: any) => [one.version, one.state])).toEqual([
      ...[
        [1, 'draft'],
        [version, 'stopped'],
        [next, 'draft'],
      ],
    ])
    expect(versions[1].steps.at(-1)).toMatchObject({
      act: 'stopped',
      by: null,
      reason: '1/10 < 20%',
    })
    const { body } = await as('officer', 'GET', '/api/scenarios/rules')
    expect(body.rules.find((one: any) => one.rule === rule)).toMatchObject({ inForce: null })
    const html = await page(`/desk/scenarios/${rule}/history`)
    for (const said of ['核实过 10 次，对的 1 次', '自己停了']) expect(html).toContain(said)
    expect(await add('water-meter', family)).toMatchObject({ body: { fault: 'rule-off' } })
  })

  test('finds nothing more; what it had found is gone in its time all the same', async () => {
    times.set(crowded[4]!, [9, 9])
    const stoppedAt = town.clock.now()
    await daysPass(15)
    expect(await open()).toEqual([])
    expect(await findings()).toEqual([])
    for (const home of crowded.slice(1)) expect(await tracesOf(home)).toEqual([])
    const taken = 'select 1 from sensing.lasting_reading where arrived_at > $1'
    expect(await town.owner(taken, [new Date(stoppedAt)])).toEqual([])
    expect(await town.owner(refused, ['rule-off'])).toEqual([{ n: meters.length * 15 }])
  })

  test('and the sums that it had go when their thirty days are over', async () => {
    const kept = 'select 1 from sensing.lasting_reading limit 1'
    await town.program.letGo()
    expect(await town.owner(kept)).toHaveLength(1)
    await at(0, 0, 31)
    await town.program.letGo()
    expect(await town.owner(kept)).toEqual([])
  })
})
