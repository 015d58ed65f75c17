/** The visit that asks at eighty, what it may see, and what is signed on paper there. */
import { expect, test } from 'vitest'
import {
  longHeartbeat,
  openStreets,
  type Actor,
  type Streets,
} from '../../../../tests/rig/streets.ts'
import { dayOf, startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import { offerVisits } from './offering.ts'

type Visit = { task: string; state: string }

async function openTown() {
  const town = await openStreets(longHeartbeat)
  const { elder } = town.a
  // one of all is eighty; by day, when nobody is woken by a task
  await town.owner(
    `update people.person set born_on =
      case when id = $1 then date '1930-05-01' else date '1970-05-01' end`,
    [elder.person],
  )
  town.clock.set({ at: startOfDay(town.clock.now()) + dayMs + 9 * hourMs })
  return town
}

async function offers(town: Streets, who: Actor): Promise<Visit[]> {
  const { tasks } = (await who.get('/api/tasks/mine')).body
  return tasks.filter(({ kind }: { kind: string }) => kind === 'care-offer')
}

/** Whoever of the two has it, and the visit itself. */
async function offered(town: Streets): Promise<{ who: Actor; task: string }> {
  expect(await offerVisits(town.program)).toBe(1)
  for (const who of [town.a.worker, town.a.deputy]) {
    const [visit] = await offers(town, who)
    if (visit) return { who, task: visit.task }
  }
  throw new Error('nobody was sent to ask')
}

const act = (who: Actor, task: string, from: string, done: string, more = {}) =>
  who.post('/api/tasks/act', { task, act: done, from, ...more })

const paper = (town: Streets, task: string, more = {}) => ({
  ...{ task, way: 'sensor', textVersion: 2, contacts: [], signedOn: dayOf(town.clock.now()) },
  ...more,
})
const plans = (town: Streets) =>
  town.owner('select way, to_char(signed_on, $1) as signed, recorded_title from care.plan', [
    'YYYY-MM-DD',
  ])

test('one visit is asked for, not at night, and not once more', async () => {
  await using town = await openTown()
  town.clock.set({ at: town.clock.now() + 12 * hourMs })
  expect(await offerVisits(town.program)).toBe(0)
  town.clock.set({ at: town.clock.now() + 12 * hourMs })
  await offered(town)
  expect(await offerVisits(town.program)).toBe(0)
})

test('only who has the visit, and has taken it, sees whom it is to ask; the person sees that', async () => {
  await using town = await openTown()
  const { who, task } = await offered(town)
  const other = who === town.a.worker ? town.a.deputy : town.a.worker
  const open = (by: Actor) => by.get(`/api/care/offer?task=${task}`)
  expect((await open(who)).body.fault).toBe('no-open-task')
  expect((await act(who, task, 'raised', 'acknowledge')).status).toBe(200)
  for (const by of [other, town.a.officer, town.b.worker]) {
    expect((await open(by)).body.fault).toBe('no-open-task')
  }
  expect((await open(who)).body).toMatchObject({
    ...{ name: town.a.elder.name, hasSensor: true, agreed: null },
    texts: [
      { way: 'call', textVersion: 1 },
      { way: 'sensor', textVersion: 2 },
      { way: 'key-holder', textVersion: 2 },
    ],
  })
  await town.settled()
  const { looks } = (await town.a.elder.get('/api/privacy/looks')).body
  expect(looks).toContainEqual(
    expect.objectContaining({ by: 'post', fields: ['name', 'age', 'care-plan'] }),
  )
})

test('a paper counts like a tap: written down at that visit alone, and said by whom', async () => {
  await using town = await openTown()
  const { elder } = town.a
  const { who, task } = await offered(town)
  const write = async (more = {}) => who.post('/api/care/paper', paper(town, task, more))
  expect((await write()).body.fault).toBe('no-open-task')
  await act(who, task, 'raised', 'acknowledge')
  const on = (days: number) => dayOf(town.clock.now() + days * dayMs)
  for (const [wrong, refused] of [
    [{ textVersion: 1 }, { fault: 'moved-on', field: 'textVersion' }],
    [{ signedOn: on(1) }, { fault: 'bad-input', field: 'signedOn' }],
    [{ signedOn: on(-31) }, { fault: 'bad-input', field: 'signedOn' }],
    [{ way: 'key-holder' }, { fault: 'bad-input', field: 'contacts' }],
  ] as const) {
    expect((await write(wrong)).body).toMatchObject(refused)
  }
  expect(await plans(town)).toEqual([])
  const contacts = [{ name: '女儿', relation: '女儿', phone: '13955550001', hasKey: true }]
  expect((await write({ way: 'key-holder', contacts, signedOn: on(-1) })).status).toBe(200)
  const [kept] = await plans(town)
  expect(kept).toMatchObject({ way: 'key-holder', signed: on(-1) })
  await town.settled()
  const { plan } = (await elder.get('/api/care/mine')).body
  expect(plan).toMatchObject({
    ...{ is: 'agreed', way: 'key-holder', contacts },
    paper: { signedOn: on(-1), title: kept.recorded_title },
  })
  expect((await write()).body.fault).toBe('already-so')
  // without the key's holder it is sensors alone, as it is when they give the key to nobody
  await elder.post('/api/care/contacts', { contacts: [] })
  expect((await plans(town))[0]?.way).toBe('sensor')
})

test('calls alone need no sensor, and give nothing to the judge', async () => {
  await using town = await openTown()
  const { who, task } = await offered(town)
  await act(who, task, 'raised', 'acknowledge')
  const calls = paper(town, task, { way: 'call', textVersion: 1 })
  expect((await who.post('/api/care/paper', calls)).status).toBe(200)
  await town.settled()
  expect(await town.owner('select 1 from scenarios.watch')).toEqual([])
  const { plan } = (await town.a.elder.get('/api/care/mine')).body
  expect(plan).toMatchObject({ is: 'calls', paper: { signedOn: calls.signedOn } })
  expect(plan).not.toHaveProperty('judgement')
})

test('a no that the visit brings home is respected for twelve months', async () => {
  await using town = await openTown()
  const { who, task } = await offered(town)
  await act(who, task, 'raised', 'acknowledge')
  expect((await act(who, task, 'acknowledged', 'find', { outcome: 'refused' })).status).toBe(200)
  await town.settled()
  expect((await town.a.elder.get('/api/care/mine')).body.plan.is).toBe('refused')
  for (const days of [30, 364]) {
    town.clock.set({ at: town.clock.now() + (days === 30 ? 30 : 334) * dayMs })
    expect(await offerVisits(town.program)).toBe(0)
  }
  town.clock.set({ at: town.clock.now() + 3 * dayMs })
  expect(await offerVisits(town.program)).toBe(1)
})

test('who agrees by their own tap is not visited to be asked any more', async () => {
  await using town = await openTown()
  const { who, task } = await offered(town)
  await town.agrees(town.a.elder)
  expect(await offers(town, who)).toEqual([])
  expect((await who.get(`/api/care/offer?task=${task}`)).body.fault).toBe('no-open-task')
})
