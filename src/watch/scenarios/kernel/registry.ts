import type { Instant } from '../../../kernel/clock.ts'
import { limitId } from './limits.ts'
import { plansOf, sensorsOf, tie, untieAll } from './links.ts'
import { expectMessage, markBack, membersOf } from './loss.ts'
import { addGap, gapsOf, lookAgain } from './silence.ts'
import {
  allFlags,
  clear,
  firstLinkOf,
  flagsOf,
  has,
  mark,
  setLimit,
  setTime,
  unmark,
} from './rows.ts'
import { freeSlot, nameOf, none, takeSlot } from './slots.ts'
import {
  isAlive,
  heardAtOf,
  lastSign,
  planChanged,
  planHasGaps,
  planRaised,
  sensorAwaited,
  sensorBack,
  sensorChanged,
  sensorPending,
  sensorTold,
  sensorToldDevice,
  sensorToldGateway,
  sensorWatched,
  sinceOf,
  takePlanRow,
  takeSensorRow,
} from './state.ts'
import type { Sensors, State } from './state.ts'
import type {
  AgreedPlan,
  Gap,
  Loss,
  NamelessPlan,
  NamelessSensor,
  SensorState,
  WatchedSensor,
} from './types.ts'
import { remove } from './wheel.ts'

export function watch(state: State, watched: WatchedSensor): void {
  const { sensors } = state
  const limit = limitId(sensors.limits, 'limitMs', watched.limitMs)
  const id = sensors.slots.idOf.get(watched.sensor) ?? takeUnwatched(sensors, watched.sensor)
  watchRow(state, id, watched, limit)
}

export function addSensor(state: State, watched: NamelessSensor): number {
  const limit = limitId(state.sensors.limits, 'limitMs', watched.limitMs)
  const id = takeUnwatched(state.sensors, null)
  watchRow(state, id, watched, limit)
  return id
}

function watchRow(state: State, id: number, watched: NamelessSensor, limit: number): void {
  const { sensors } = state
  if (!has(sensors.rows, id, sensorWatched)) begin(state, id, watched)
  setLimit(sensors.rows, id, limit)
  joinGateway(state, id, watched.gateway)
  unmark(sensors.rows, id, sensorPending)
  remove(sensors.wheel, id)
  if (!has(sensors.rows, id, sensorTold)) expectMessage(sensors, id)
  else if (isAlive(sensors, id, state.tickedAt)) markBack(state, id, heardAtOf(sensors, id))
  for (const plan of plansOf(state, id)) lookAgain(state.plans, plan)
}

export function unwatch(state: State, sensor: string): boolean {
  const { sensors } = state
  const id = sensors.slots.idOf.get(sensor)
  if (id === undefined || !has(sensors.rows, id, sensorWatched)) return false
  leaveGateway(state, id)
  remove(sensors.wheel, id)
  unmark(sensors.rows, id, allFlags)
  if (firstLinkOf(sensors.rows, id) < 0) freeSensor(sensors, id)
  return true
}

export function arm(state: State, agreed: AgreedPlan): void {
  const { plans, sensors } = state
  const limit = limitId(plans.limits, 'silentMs', agreed.silentMs)
  const names = [...new Set(agreed.sensors)]
  const old = leftBehind(state, agreed.plan, new Set(names))
  disarm(state, agreed.plan)
  const plan = takePlanRow(plans, agreed.plan)
  setTime(plans.rows, plan, Math.max(agreed.since, old.since))
  setLimit(plans.rows, plan, limit)
  if (agreed.awayUntil !== null) plans.awayUntil.set(plan, agreed.awayUntil)
  for (const gap of [...(agreed.gaps ?? []), ...old.gaps]) addGap(plans, plan, gap)
  unmark(plans.rows, plan, allFlags & ~planHasGaps)
  if (agreed.raised === true) mark(plans.rows, plan, planRaised)
  if (old.since > agreed.since || old.gaps.length > 0) mark(plans.rows, plan, planChanged)
  for (const name of names.toReversed()) {
    tie(state, sensors.slots.idOf.get(name) ?? takeUnwatched(sensors, name), plan)
  }
  lookAgain(plans, plan)
}

export function addPlan(state: State, agreed: NamelessPlan): number {
  const { plans } = state
  const limit = limitId(plans.limits, 'silentMs', agreed.silentMs)
  const plan = takePlanRow(plans, null)
  setTime(plans.rows, plan, agreed.since)
  setLimit(plans.rows, plan, limit)
  for (const sensor of agreed.sensors) tie(state, sensor, plan)
  lookAgain(plans, plan)
  return plan
}

export function disarm(state: State, name: string): boolean {
  const { plans, sensors } = state
  const plan = plans.slots.idOf.get(name)
  if (plan === undefined) return false
  const served = sensorsOf(state, plan)
  untieAll(state, plan)
  for (const id of served) stopServing(sensors, id)
  remove(plans.wheel, plan)
  clear(plans.rows, plan, 0)
  plans.awayUntil.delete(plan)
  plans.gaps.delete(plan)
  freeSlot(plans.slots, plan)
  return true
}

/** Sensors with a change mark, which this clears. */
export function changedSensors(sensors: Sensors): SensorState[] {
  const changed: SensorState[] = []
  for (let id = 0; id < sensors.slots.size; id++) {
    const flags = flagsOf(sensors.rows, id)
    if ((flags & sensorChanged) === 0) continue
    unmark(sensors.rows, id, sensorChanged)
    const heardAt = heardAtOf(sensors, id)
    changed.push({
      sensor: nameOf(sensors.slots, id),
      heardAt: Number.isNaN(heardAt) ? null : heardAt,
      lost: lossOf(flags),
    })
  }
  return changed
}

function lossOf(flags: number): Loss | null {
  if ((flags & sensorToldDevice) !== 0) return 'device'
  return (flags & sensorToldGateway) !== 0 ? 'gateway' : null
}

/** While nobody watched it, a sensor that a plan names covered nothing. */
function begin(state: State, id: number, watched: NamelessSensor): void {
  const { sensors } = state
  const gap = { from: lastSign(sensors, id), to: watched.heardAt ?? watched.since }
  for (const plan of plansOf(state, id)) addGap(state.plans, plan, gap)
  setTime(sensors.rows, id, watched.heardAt ?? Number.NaN)
  sensors.since[id] = watched.since
  unmark(sensors.rows, id, allFlags)
  mark(sensors.rows, id, sensorWatched)
  if (watched.lost === 'device') mark(sensors.rows, id, sensorToldDevice)
  if (watched.lost === 'gateway' && watched.gateway !== null)
    mark(sensors.rows, id, sensorToldGateway)
}

/** A sensor told as lost with its gateway is judged anew when it moves to another. */
function joinGateway(state: State, id: number, name: string | null): void {
  const { sensors, gateways } = state
  const old = sensors.gateway[id]!
  if (old !== none && nameOf(gateways.slots, old) === name) return
  if (old !== none) {
    leaveGateway(state, id)
    if (has(sensors.rows, id, sensorToldGateway)) {
      unmark(sensors.rows, id, sensorToldGateway | sensorBack)
      mark(sensors.rows, id, sensorChanged)
    }
  }
  if (name === null) return
  const gateway = gateways.slots.idOf.get(name) ?? takeSlot(gateways.slots, name)
  sensors.gateway[id] = gateway
  sensors.nextOfGateway[id] = gateways.firstSensor[gateway] ?? none
  gateways.firstSensor[gateway] = id
}

function leaveGateway(state: State, id: number): void {
  const { sensors, gateways } = state
  const gateway = sensors.gateway[id]!
  if (gateway === none) return
  const after = sensors.nextOfGateway[id]!
  const before = membersOf(state, gateway).find((one) => sensors.nextOfGateway[one] === id)
  if (before === undefined) gateways.firstSensor[gateway] = after
  else sensors.nextOfGateway[before] = after
  sensors.gateway[id] = none
  sensors.nextOfGateway[id] = none
  if (gateways.firstSensor[gateway]! < 0) freeSlot(gateways.slots, gateway)
}

/**
 * What arming anew must not forget: the last sign of life or end of away, the known gaps, and the
 * open gaps of sensors that leave, both as of the last tick.
 */
function leftBehind(
  state: State,
  name: string,
  staying: ReadonlySet<string>,
): { since: Instant; gaps: Gap[] } {
  const { plans, sensors, tickedAt } = state
  const plan = plans.slots.idOf.get(name)
  if (plan === undefined) return { since: -Infinity, gaps: [] }
  const awayUntil = Math.min(plans.awayUntil.get(plan) ?? -Infinity, tickedAt)
  const gone = sensorsOf(state, plan).filter((id) => !staying.has(nameOf(sensors.slots, id)))
  const lost = gone.filter((id) => !isAlive(sensors, id, tickedAt))
  const open = lost.map((id) => ({ from: lastSign(sensors, id), to: tickedAt }))
  return {
    since: Math.max(sinceOf(plans, plan), awayUntil),
    gaps: [...gapsOf(plans, plan), ...open],
  }
}

/** A row for a sensor that is not watched (yet): it never covered anything. */
function takeUnwatched(sensors: Sensors, name: string | null): number {
  const id = takeSensorRow(sensors, name)
  sensors.since[id] = -Infinity
  return id
}

function stopServing(sensors: Sensors, id: number): void {
  if (firstLinkOf(sensors.rows, id) >= 0) return
  unmark(sensors.rows, id, sensorAwaited)
  if (!has(sensors.rows, id, sensorWatched)) freeSensor(sensors, id)
}

function freeSensor(sensors: Sensors, id: number): void {
  clear(sensors.rows, id, Number.NaN)
  sensors.since[id] = 0
  freeSlot(sensors.slots, id)
}
