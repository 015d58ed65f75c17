import type { Look, Seen } from '../../kernel/book.ts'
import { dayMs, minuteMs, type Clock, type Instant } from '../../kernel/clock.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { StreetCode } from '../../kernel/ids.ts'
import type { MovableClock } from '../../platform/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { heldPosts, streetsOpen } from '../../ground/duties/index.ts'
import { everybody } from '../../ground/people/index.ts'
import { divisionNamed, placesOf } from '../../ground/places/index.ts'
import * as tasks from '../../desks/tasks/index.ts'
import { isHome } from '../../watch/devices/index.ts'
import { allSensors, gatewayAt, type Sensing } from '../../watch/sensing/index.ts'
import { addEnded, findingsWithoutTask, type Scenarios } from '../../watch/scenarios/index.ts'
import type { Pulse } from '../overview/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

/** What this room is told of the running program. `clock` is movable only in the demo town. */
export type Running = {
  version: string
  town: 'demo' | 'empty'
  clock: Clock | MovableClock
  real: Clock
  mqttConnected(): number
  pagesConnected(): number
  reset(): void
}

export type DemoGiven = {
  given: Given
  sensing: Sensing
  scenarios: Scenarios
  pulse: Pulse
  running: Running
}

const aheadKey = 'clock-ahead-ms'
const holdMs = 5_000
/** Further than a year ahead no calendar is known. */
const leapDaysMax = 366

/** How far the demo town's clock was ahead when it was last saved. */
export async function savedAheadMs(tx: Tx): Promise<number> {
  return (await store.setting<number>(tx, aheadKey)) ?? 0
}

export async function saveAhead(given: Given, real: Clock): Promise<void> {
  const ahead = given.clock.now() - real.now()
  await given.db.asOwner((tx) => store.saveSetting(tx, aheadKey, ahead))
}

export async function townIsOpen(tx: Tx): Promise<boolean> {
  return (await store.setting<boolean>(tx, 'town-open')) ?? false
}

export async function markTownOpen(tx: Tx): Promise<void> {
  await store.saveSetting(tx, 'town-open', true)
}

export async function listTown({
  given,
  sensing,
}: DemoGiven): Promise<Seen<Output<typeof api.listTown>>> {
  const [street] = await given.db.asOwner((tx) => streetsOpen(tx))
  if (!street) {
    return { answer: { street: null, people: [], homes: [], devices: [] }, looks: [] }
  }
  return given.db.inStreet({ street }, async (tx) => {
    const posts = new Map((await heldPosts(tx, 'all')).map((post) => [post.person, post]))
    const sensors = allSensors(sensing).filter((sensor) => sensor.street === street)
    const equipped = sensors.map((sensor) => sensor.place).filter(isHome)
    const people = await everybody(tx, { people: [...posts.keys()], homes: equipped })
    const homes = [...new Set([...people.flatMap((one) => one.home ?? []), ...equipped])]
    const places = await placesOf(tx, homes)
    const answer = {
      street: (await divisionNamed(tx, street)) ?? street,
      people: people.map(({ person, name, home }) => {
        const post = posts.get(person)
        const role = post?.role ?? ('resident' as const)
        return { name, role, unit: post?.unit ?? null, title: post?.title ?? null, home }
      }),
      homes: places.map((place) => ({
        home: place.place,
        place: `${place.compound} ${place.stair}号${place.room}室`,
        devices: sensors.filter((sensor) => sensor.place === place.place).length,
      })),
      devices: sensors.map(({ device, kind, place, label, gateway, state }) => ({
        ...{ device, kind, place, label, state },
        gateway: (gateway && gatewayAt(sensing, gateway)?.name) ?? null,
      })),
    }
    return { answer, looks: people.map(({ person }) => listed(street, person)) }
  })
}

function listed(street: StreetCode, person: Look['person']): Look {
  const matter = { kind: 'operation', id: null, label: 'town-list' } as const
  return { street, person, fields: ['name', 'address', 'post'], matter }
}

export async function status({
  given,
  sensing,
  scenarios,
  running,
}: DemoGiven): Promise<Output<typeof api.status>> {
  const { intake } = sensing
  return given.db.asOwner(async (tx) => ({
    version: running.version,
    town: running.town,
    now: running.clock.now(),
    clockSpeed: 'speed' in running.clock ? running.clock.speed : 1,
    migration: await store.newestMigration(tx),
    mqttConnected: running.mqttConnected(),
    pagesConnected: running.pagesConnected(),
    eventsAcknowledged: intake.counts.acknowledged,
    eventsRefused: intake.counts.refused,
    plansWatched: scenarios.plans.size,
    sensorsWatched: scenarios.sensors.size,
    tasksOpen: await tasks.countOpen(tx),
    findingsWithoutOwner: (await findingsWithoutTask(tx)).length,
    memoryMb: Math.round(process.memoryUsage().rss / 1_048_576),
  }))
}

export async function setClock(
  rooms: DemoGiven,
  input: Input<typeof api.setClock>,
): Promise<Output<typeof api.setClock> | Fault> {
  const { clock } = rooms.running
  if (!('speed' in clock)) return fault('not-allowed')
  const now = clock.now()
  const isFar = input.at !== undefined && (input.at < now || input.at > now + leapDaysMax * dayMs)
  if (isFar) return fault('bad-input', 'at')
  // What was heard until now is judged as of now; a leap must not make it late.
  await rooms.scenarios.tick()
  if (input.at !== undefined) await passDeadlines(rooms.given, clock, input.at)
  clock.set(input)
  await saveAhead(rooms.given, rooms.running.real)
  return { now: clock.now(), speed: clock.speed }
}

const stopsMax = 500

/** Time that is moved stops at every task's next look: nobody is asked later because of it. */
async function passDeadlines(given: Given, clock: MovableClock, until: Instant): Promise<void> {
  let before: Instant | undefined
  for (let stops = 0; stops < stopsMax; stops++) {
    const next = await given.db.asOwner((tx) => tasks.nextLook(tx))
    // Twice the same: it is somebody else's to take, this moment.
    if (next === undefined || next > until || next === before) return
    before = next
    clock.set({ at: next })
    await tasks.climb(given)
  }
}

export async function openMatters({
  given,
}: DemoGiven): Promise<Output<typeof api.openMatters> | Fault> {
  const [street] = await given.db.asOwner((tx) => streetsOpen(tx))
  if (!street) return fault('not-found')
  return given.db.inStreet({ street }, async (tx) => {
    const matters = (await tasks.openMatters(tx)).map((one) => {
      const { task, kind, rule, urgency, state, committee, post, openedAt, deadline } = one
      return { task, kind, rule, urgency, state, committee, post, openedAt, deadline }
    })
    return { matters, now: given.clock.now() }
  })
}

/** What a street lived through before: its matters, and with them the scores of its rules. */
export async function bringHistory(
  { given, running }: DemoGiven,
  { matters }: Input<typeof api.bringHistory>,
): Promise<Output<typeof api.bringHistory> | Fault> {
  if (!('speed' in running.clock)) return fault('not-allowed')
  const [street] = await given.db.asOwner((tx) => streetsOpen(tx))
  if (!street) return fault('not-found')
  return given.db.inStreet({ street }, async (tx) => {
    const brought = await tasks.bringIn(given, tx, street, matters)
    if (isFault(brought)) return brought
    const ended = matters.flatMap(({ openedAt: foundAt, closedAt: at, ...one }, nth) => {
      const task = brought[nth]
      return task ? [{ ...one, street, task, foundAt, at }] : []
    })
    await addEnded(tx, ended)
    return { brought: brought.length }
  })
}

/** How the street was heard before, so that a day can be called usual from the beginning. */
export async function bringPulse(
  { given, running, pulse }: DemoGiven,
  { from, heard }: Input<typeof api.bringPulse>,
): Promise<Output<typeof api.bringPulse> | Fault> {
  if (!('speed' in running.clock)) return fault('not-allowed')
  const [street] = await given.db.asOwner((tx) => streetsOpen(tx))
  if (!street) return fault('not-found')
  const isPast = from + heard.length * minuteMs <= running.clock.now()
  if (from % minuteMs !== 0 || !isPast) return fault('bad-input', 'from')
  await pulse.replace(street, from, heard)
  return { brought: heard.length }
}

/** Who lives the town's days now: the last that asked to be first and has not fallen silent. */
export function openHold(real: Clock) {
  let holder = ''
  let heardAt: Instant = 0
  return (input: Input<typeof api.holdTown>): boolean => {
    const now = real.now()
    if (input.isFirst || input.simulator === holder || now - heardAt > holdMs) {
      holder = input.simulator
      heardAt = now
    }
    return holder === input.simulator
  }
}
