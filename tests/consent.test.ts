/**
 * Ending an agreement, whichever way: nothing more is judged, asked or sent, in the transaction
 * that ends it. With the whole program, on a home that a rule is asking about.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import { shippedRules, type Definition } from '../src/watch/scenarios/index.ts'
import { openHome, type Home } from './rig/quiet-home.ts'
import { switchOn } from './rig/purposes.ts'

const daughter = { name: '女儿甲', relation: '女儿', phone: '13955550001', callsMe: '阿妈' }
const minutes = { person: 60, contact: 40, worker: 120 }

function inTurn(): Definition {
  const found = shippedRules().find(({ definition }) => definition.rule === 'care-silence')!
  const { person, contact, worker } = minutes
  return {
    ...found.definition,
    ...{ clearsAfterMinutes: 0, cooldownMinutes: 0 },
    steps: [
      { tell: 'person', withinMinutes: person },
      { tell: 'contact', withinMinutes: contact },
      { tell: 'worker', withinMinutes: worker },
    ],
  }
}

let home: Home
beforeAll(async () => {
  home = await openHome({ contacts: [daughter] })
  await home.workshop.switchOn('care-silence', await home.workshop.draft(inTurn()))
}, 120_000)
afterAll(() => home[Symbol.asyncDispose]())

/** Fresh ones: days go by in these tests. */
const as = async (name: string) => {
  const token = await home.town.tokenOf(name)
  return {
    get: (path: string) => home.town.call(token, 'GET', path),
    post: (path: string, body: unknown) => home.town.call(token, 'POST', path, body),
  }
}
const elder = () => as(home.elder.name)
const officer = () => as(home.town.a.officer.name)

/** Everything that stands open about the elder: asked, found, queued, on the way. */
async function open() {
  const { owner } = home.town
  const { person } = home.elder
  const count = async (statement: string, values: unknown[] = []) =>
    Number((await owner(`select count(*)::int as n from ${statement}`, values))[0].n)
  return {
    questions: await count('care.question where person = $1', [person]),
    found: await count("scenarios.finding where rule like 'care-%' and ended_at is null"),
    visits: await count("tasks.task where kind = 'care-visit' and state <> 'closed'"),
    queued: await count(
      `delivery.note where ended_at is null and (topic in ('care', 'contact') or matter in
        (select id from tasks.task where kind = 'care-visit'))`,
    ),
  }
}
/** Every try, by any way out, to tell anybody of it; repairs of devices are another matter. */
const tries = () =>
  home.town.owner(
    `select attempt.id from delivery.attempt join delivery.note
       on note.street = attempt.street and note.id = attempt.note
     where topic in ('care', 'contact') or matter in
       (select id from tasks.task where kind = 'care-visit') order by attempt.id`,
  )
const nothing = { questions: 0, found: 0, visits: 0, queued: 0 }

/** The rule asks; and so far on: the person, then the contact, then somebody is sent. */
async function silentUntil(step: 'person' | 'contact' | 'worker') {
  await home.moves()
  await home.town.silent(home.town.a, 49)
  await home.look()
  if (step === 'person') return
  await home.wait((minutes.person + 1) * minuteMs)
  if (step === 'contact') return
  await home.wait((minutes.contact + 1) * minuteMs)
}

const ways = {
  'their own tap': async () =>
    (await elder()).post('/api/privacy/consents/end', { purpose: 'agreed-care' }),
  'the care page': async () => (await elder()).post('/api/care/end', {}),
  'a clerk at the station': async () => {
    const clerk = await as(home.worker.name)
    const { request } = (await clerk.post('/api/privacy/requests', { reason: 'at-the-counter' }))
      .body
    const asked = { request, person: home.elder.person, purpose: 'agreed-care' }
    return clerk.post('/api/privacy/consents/end-at-station', asked)
  },
  'the street, which switches the purpose off': async () => {
    const turn = { purpose: 'agreed-care', isOn: false, impact: null }
    return (await officer()).post('/api/privacy/purposes/switch', turn)
  },
} satisfies Record<string, () => Promise<{ status: number }>>

const steps = ['person', 'contact', 'worker'] as const
const everyWay = (Object.keys(ways) as (keyof typeof ways)[]).flatMap((way) =>
  steps.map((step) => ({ way, step })),
)

describe('while a rule has gone on to', () => {
  beforeEach(async () => {
    const post = (await officer()).post
    const { purposes } = (await (await officer()).get('/api/privacy/purposes')).body
    const off = purposes.filter((one: any) => one.isSensitive && !one.isOn)
    await switchOn(
      post,
      off.map((one: any) => one.purpose),
    )
    await (await elder()).post('/api/care/agree', { textVersion: 2, contacts: [daughter] })
    await home.town.settled()
    // By day: nothing waits for the end of quiet hours.
    home.clockTo(9, 1)
    await home.beats()
  })

  test.each(everyWay)('the $step, $way ends all of it at once', async ({ way, step }) => {
    await silentUntil(step)
    const before = await open()
    expect(before.questions + before.visits).toBeGreaterThan(0)
    expect(before.queued).toBeGreaterThan(0)
    const told = await tries()

    expect(await ways[way]()).toMatchObject({ status: 200 })
    // Nothing was heard of it yet: no tick, no round. This is what the transaction itself did.
    expect(await open()).toEqual(nothing)

    for (const _ of Array(6)) await home.wait(hourMs)
    await home.town.silent(home.town.a, 49)
    await home.look()
    expect(await tries()).toEqual(told)
    expect(await open()).toEqual(nothing)
    const { scenarios, sensing } = home.town.program
    expect([...scenarios.plans.values()].map((one) => one.person)).toEqual([])
    expect([...sensing.memory.all()].filter(({ consent }) => consent !== null)).toEqual([])
  })
})

describe('an end that nobody has heard of yet', () => {
  test('shuts the gate to whoever judges and whoever sends', async () => {
    const post = (await officer()).post
    const { purposes } = (await (await officer()).get('/api/privacy/purposes')).body
    const off = purposes.filter((one: any) => one.isSensitive && !one.isOn)
    await switchOn(
      post,
      off.map((one: any) => one.purpose),
    )
    await (await elder()).post('/api/care/agree', { textVersion: 2, contacts: [daughter] })
    await home.town.settled()
    home.clockTo(9, 1)
    await home.beats()
    await silentUntil('person')
    expect((await open()).queued).toBeGreaterThan(0)
    const told = await tries()
    // The row alone, as a restored backup or a crash between two steps would leave it.
    await home.town.owner('update privacy.consent set ended_at = now() where ended_at is null')
    for (const _ of Array(5)) await home.wait(30 * minuteMs)
    expect(await tries()).toEqual(told)
    expect(await open()).toMatchObject({ visits: 0, queued: 0 })
  })
})
