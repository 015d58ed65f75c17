/** The two days before the town opens: everybody's life over MQTT, and three things to be found. */
import { setTimeout as pause } from 'node:timers/promises'
import { dayMs, hourMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { CommitteeCode } from '../src/kernel/ids.ts'
import type * as care from '../src/watch/care/api.ts'
import {
  firstSequence,
  lastHeartbeat,
  openSensors,
  stepMsMax,
  type Said,
} from '../simulator/devices.ts'
import { makeGood } from '../simulator/life.ts'
import { openWire, type Wire } from '../simulator/wire.ts'
import { openWorkers, stepFor } from '../simulator/workers.ts'
import type { TownApi } from '../simulator/call.ts'
import type { TownElder, TownMap } from './map.ts'
import { callerOf, moveClock, statusOf } from './calling.ts'
import { buildTown, livedMs, type TownWish } from './open.ts'
import { bringPulse } from './pulse.ts'
import { deadGateway, planStreet, type PlannedElder } from './street.ts'

export type LifeWish = {
  mqttUrl: string
  /** The town's time at the end; its clock must stand at least `livedMs` before. */
  until: Instant
}

/** 48 covered hours of silence, and in their middle a time that no sensor covered. */
const silentMs = 48 * hourMs
const gapMs = 2 * hourMs + 40 * minuteMs
/** A heartbeat confirms the silence, and what is said is judged in order, some seconds behind. */
const foundBeforeMs = 9 * minuteMs
const gapBeforeMs = 27 * hourMs
/** Its last words are taken in up to a step of the clock later, and it is shown as three hours. */
const deadMs = 3 * hourMs + 12 * minuteMs
const awayBeforeMs = 26 * hourMs
const awayMs = 7 * dayMs

/**
 * A town that stands open: built, lived in until now, and with its three situations: a silent
 * elder whose visit was just asked for, one who is away, and a dead gateway.
 */
export async function openDemoTown(api: TownApi, wish: LifeWish & TownWish): Promise<TownMap> {
  const map = await buildTown(api, wish)
  await liveUntilNow(api, map, wish)
  if (wish.whole) await bringPulse(api, map, wish.until)
  return map
}

/**
 * Lives the town's days from its clock's time until `until`, moving the clock step by step, and
 * writes what it planted into the map. Takes some seconds; the clock ends where `until` is by then.
 */
async function liveUntilNow(api: TownApi, map: TownMap, wish: LifeWish): Promise<void> {
  const began = performance.now()
  const { now: start } = await statusOf(api)
  const { until } = wish
  if (until - start < livedMs) throw new Error('the town’s clock stands too late for its history')
  plant(map, until)
  const wire = await openWire(wish.mqttUrl, map)
  try {
    const agreed = map.elders.filter(({ plan }) => plan === 'agreed')
    await untilHeard(api, wire, map, agreed)
    await liveSteps(api, wire, map, until)
  } finally {
    await wire.close()
  }
  await moveClock(api, until + Math.round(performance.now() - began))
}

/** What comes up from then on where visitors play the workers is left to them. */
const leftToVisitorsMs = 4 * hourMs

/** At the end everything is said, so that nothing is quiet when somebody looks. */
const wholeMs = 2 * hourMs

async function liveSteps(api: TownApi, wire: Wire, map: TownMap, until: Instant): Promise<void> {
  const thin = openSensors(map, { thinly: true })
  const whole = openSensors(map)
  const notAgreed = new Set<string>(
    map.elders.filter(({ plan }) => plan !== 'agreed').map(({ home }) => home),
  )
  const live = async (from: Instant, to: Instant) => {
    await moveClock(api, to)
    const said = (to < until - wholeMs ? thin : whole).between(from, to)
    // Where nobody agreed, what the sensors see is refused; two days of it would only be counted.
    await wire.publish(
      said.filter(({ device, state }) => state === 'heartbeat' || !notAgreed.has(device.place)),
    )
  }
  const work = openWork(api, map, until - leftToVisitorsMs)
  const [away] = map.planted.away
  const stepMs = stepMsMax(map)
  let at = (await statusOf(api)).now
  let needed = stepMs
  for (const stop of [away?.from ?? at, until]) {
    while (at < stop) {
      const to = Math.min(stop, at + Math.min(stepMs, needed))
      await live(at, to)
      needed = await work(to)
      at = to
    }
    if (away && stop === away.from) await sayAway(api, away)
  }
}

/** In a town with rosters everybody works. Answers how far time may go before they look again. */
function openWork(api: TownApi, map: TownMap, leftFrom: Instant) {
  if (map.rosters.length === 0) return async () => Infinity
  const { seed } = map
  const all = openWorkers(api, map, { who: 'all', seed })
  const elsewhere = openWorkers(api, map, { who: 'elsewhere', seed })
  return async (now: Instant): Promise<number> => {
    const worked = await (now < leftFrom ? all : elsewhere).look()
    for (const matter of worked.ended) makeGood(map, matter, now)
    return stepFor(worked)
  }
}

/** What will be found, by the elders' parts in the plan of the street. */
function plant(map: TownMap, until: Instant): void {
  const [beat] = map.devices
  if (!beat) return
  const silent = playing(map, 'silent')
  const away = playing(map, 'away')
  if (silent) {
    const since = until - foundBeforeMs - silentMs - gapMs
    map.planted.silent.push({ name: silent.name, home: silent.home, since })
    const device = map.devices.find(({ place }) => place === silent.home) ?? beat
    // From heartbeat to heartbeat, so that the gap is as long as it says.
    const from = lastHeartbeat(device, until - gapBeforeMs)
    map.planted.outages.push({ gateway: device.gateway ?? '', from, to: from + gapMs })
  }
  if (away) {
    const from = until - awayBeforeMs
    map.planted.away.push({ name: away.name, home: away.home, from, until: until + awayMs })
  }
  const committee = beat.place.slice(0, 12) as CommitteeCode
  map.planted.outages.push({ gateway: deadGateway, committee, from: until - deadMs, to: null })
}

function playing(map: TownMap, part: PlannedElder['part']): TownElder | undefined {
  const planned = planStreet(map.seed, Infinity).flatMap(({ elders }) => elders)
  const name = planned.find((elder) => elder.part === part)?.name
  return map.elders.find((elder) => elder.name === name)
}

async function sayAway(api: TownApi, away: { name: string; until: Instant }): Promise<void> {
  const asElder = await callerOf(api, away.name)
  await asElder<typeof care.setAway>('/care/away', { until: away.until })
}

/** A consent is heard of a moment after it was given; until then its home's signs are refused. */
async function untilHeard(
  api: TownApi,
  wire: Wire,
  map: TownMap,
  elders: readonly TownElder[],
): Promise<void> {
  const sensors = map.devices.filter(
    ({ kind, place }) => kind === 'motion' && elders.some((elder) => elder.home === place),
  )
  for (let tries = 0; ; tries++) {
    const { now: at, eventsRefused: before } = await statusOf(api)
    const sequence = firstSequence(at - hourMs) + tries
    const said: Said[] = sensors.map((device) => ({ device, at, sequence, state: 'occupied' }))
    await wire.publish(said)
    if ((await statusOf(api)).eventsRefused === before) return
    await pause(100)
  }
}
