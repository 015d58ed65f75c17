import type { Instant } from '../../../kernel/clock.ts'
import { expectMessage, membersOf } from './loss.ts'
import { addGap, gapsOf, lookAgain } from './silence.ts'
import { freeSlot, nameOf, takeSlot } from './slots.ts'
import {
  isAlive,
  lastSign,
  none,
  planChanged,
  planHasGaps,
  planRaised,
  sensorAwaited,
  sensorBack,
  sensorChanged,
  sensorPending,
  sensorsOf,
  sensorTold,
  sensorToldDevice,
  sensorToldGateway,
  sensorWatched,
  takePlanRow,
  takeSensorRow,
} from './state.ts'
import type { Plans, Sensors, State } from './state.ts'
import type { AgreedPlan, Gap, Loss, SensorState, WatchedSensor } from './types.ts'
import { remove } from './wheel.ts'

const limitsMax = 65_536

export function watch(state: State, watched: WatchedSensor): void {
  requirePositive('limitMs', watched.limitMs)
  const { sensors } = state
  const id = sensors.slots.idOf.get(watched.sensor) ?? takeUnwatched(sensors, watched.sensor)
  if ((sensors.flags[id]! & sensorWatched) === 0) begin(state, id, watched)
  sensors.limitMs[id] = watched.limitMs
  joinGateway(state, id, watched.gateway)
  sensors.flags[id]! &= ~sensorPending
  remove(sensors.wheel, id)
  if ((sensors.flags[id]! & sensorTold) === 0) expectMessage(sensors, id)
  else if (isAlive(sensors, id, state.tickedAt)) markBack(state, id)
  const plan = sensors.plan[id]!
  if (plan !== none) lookAgain(state.plans, plan)
}

export function unwatch(state: State, sensor: string): boolean {
  const { sensors } = state
  const id = sensors.slots.idOf.get(sensor)
  if (id === undefined || (sensors.flags[id]! & sensorWatched) === 0) return false
  leaveGateway(state, id)
  remove(sensors.wheel, id)
  sensors.flags[id] = 0
  if (sensors.plan[id]! < 0) freeSensor(sensors, id)
  return true
}

export function arm(state: State, agreed: AgreedPlan): void {
  requirePositive('silentMs', agreed.silentMs)
  const { plans } = state
  const limit = limitOf(plans, agreed.silentMs)
  const names = [...new Set(agreed.sensors)]
  for (const name of names) requireFree(state, name, agreed.plan)
  const old = leftBehind(state, agreed.plan, new Set(names))
  disarm(state, agreed.plan)
  const plan = takePlanRow(plans, agreed.plan)
  plans.since[plan] = Math.max(agreed.since, old.since)
  plans.limit[plan] = limit
  if (agreed.awayUntil !== null) plans.awayUntil.set(plan, agreed.awayUntil)
  for (const gap of [...(agreed.gaps ?? []), ...old.gaps]) addGap(plans, plan, gap)
  plans.flags[plan]! &= planHasGaps
  if (agreed.raised === true) plans.flags[plan]! |= planRaised
  if (old.since > agreed.since || old.gaps.length > 0) plans.flags[plan]! |= planChanged
  for (const sensor of names.toReversed()) serve(state, sensor, plan)
  lookAgain(plans, plan)
}

export function disarm(state: State, name: string): boolean {
  const { plans, sensors } = state
  const plan = plans.slots.idOf.get(name)
  if (plan === undefined) return false
  for (const id of sensorsOf(state, plan)) stopServing(sensors, id)
  remove(plans.wheel, plan)
  plans.since[plan] = 0
  plans.limit[plan] = 0
  plans.firstSensor[plan] = none
  plans.flags[plan] = 0
  plans.awayUntil.delete(plan)
  plans.gaps.delete(plan)
  freeSlot(plans.slots, plan)
  return true
}

/** Sensors with a change mark, which this clears. */
export function changedSensors(sensors: Sensors): SensorState[] {
  const changed: SensorState[] = []
  for (let id = 0; id < sensors.slots.nameOf.length; id++) {
    const flags = sensors.flags[id]!
    if ((flags & sensorChanged) === 0) continue
    sensors.flags[id] = flags & ~sensorChanged
    const heardAt = sensors.heardAt[id]!
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
function begin(state: State, id: number, watched: WatchedSensor): void {
  const { sensors } = state
  const plan = sensors.plan[id]!
  const to = watched.heardAt ?? watched.since
  if (plan !== none) addGap(state.plans, plan, { from: lastSign(sensors, id), to })
  sensors.heardAt[id] = watched.heardAt ?? Number.NaN
  sensors.since[id] = watched.since
  sensors.flags[id] = sensorWatched
  if (watched.lost === 'device') sensors.flags[id] |= sensorToldDevice
  if (watched.lost === 'gateway' && watched.gateway !== null) sensors.flags[id] |= sensorToldGateway
}

function markBack(state: State, id: number): void {
  if ((state.sensors.flags[id]! & sensorBack) !== 0) return
  state.sensors.flags[id]! |= sensorBack
  state.backs.push(id)
}

/** A sensor told as lost with its gateway is judged anew when it moves to another. */
function joinGateway(state: State, id: number, name: string | null): void {
  const { sensors, gateways } = state
  const old = sensors.gateway[id]!
  if (old !== none && nameOf(gateways.slots, old) === name) return
  if (old !== none) {
    leaveGateway(state, id)
    if ((sensors.flags[id]! & sensorToldGateway) !== 0) {
      sensors.flags[id]! &= ~(sensorToldGateway | sensorBack)
      sensors.flags[id]! |= sensorChanged
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
    since: Math.max(plans.since[plan]!, awayUntil),
    gaps: [...gapsOf(plans, plan), ...open],
  }
}

/** A row for a sensor that is named but not watched: it never covered anything. */
function takeUnwatched(sensors: Sensors, name: string): number {
  const id = takeSensorRow(sensors, name)
  sensors.since[id] = -Infinity
  return id
}

function serve({ plans, sensors }: State, sensor: string, plan: number): void {
  const id = sensors.slots.idOf.get(sensor) ?? takeUnwatched(sensors, sensor)
  sensors.plan[id] = plan
  sensors.nextOfPlan[id] = plans.firstSensor[plan]!
  plans.firstSensor[plan] = id
}

function stopServing(sensors: Sensors, id: number): void {
  sensors.plan[id] = none
  sensors.nextOfPlan[id] = none
  sensors.flags[id]! &= ~sensorAwaited
  if ((sensors.flags[id]! & sensorWatched) === 0) freeSensor(sensors, id)
}

function freeSensor(sensors: Sensors, id: number): void {
  sensors.heardAt[id] = Number.NaN
  sensors.since[id] = 0
  sensors.limitMs[id] = 0
  freeSlot(sensors.slots, id)
}

function limitOf(plans: Plans, silentMs: number): number {
  const known = plans.limitOf.get(silentMs)
  if (known !== undefined) return known
  if (plans.limits.length === limitsMax) throw new RangeError('too many different silentMs')
  plans.limitOf.set(silentMs, plans.limits.length)
  return plans.limits.push(silentMs) - 1
}

function requireFree({ plans, sensors }: State, sensor: string, plan: string): void {
  const id = sensors.slots.idOf.get(sensor)
  const serves = id === undefined ? none : sensors.plan[id]!
  if (serves === none || nameOf(plans.slots, serves) === plan) return
  throw new RangeError('a sensor serves one plan at most')
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be a positive number`)
}
