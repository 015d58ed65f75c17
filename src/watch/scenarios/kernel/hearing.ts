import type { Instant } from '../../../kernel/clock.ts'
import { expectMessage } from './loss.ts'
import { addGap, lookAgain, seeLife } from './silence.ts'
import {
  lastSign,
  none,
  sensorAwaited,
  sensorBack,
  sensorChanged,
  sensorPending,
  sensorTold,
  sensorWatched,
} from './state.ts'
import type { State } from './state.ts'

/** The hot path: a message writes when its sensor was heard, and touches no timer. */
export function heard(state: State, sensor: string, at: Instant, arrivedAt: Instant): boolean {
  const id = state.sensors.slots.idOf.get(sensor)
  if (id === undefined || (state.sensors.flags[id]! & sensorWatched) === 0) return false
  hear(state, id, Math.min(at, arrivedAt), arrivedAt)
  return true
}

export function signOfLife(state: State, sensor: string, at: Instant, arrivedAt: Instant): boolean {
  const id = state.sensors.slots.idOf.get(sensor)
  if (id === undefined || (state.sensors.flags[id]! & sensorWatched) === 0) return false
  const seenAt = Math.min(at, arrivedAt)
  hear(state, id, seenAt, arrivedAt)
  const plan = state.sensors.plan[id]!
  if (plan !== none && seenAt > state.plans.since[plan]!) {
    seeLife(state.plans, plan, seenAt, arrivedAt)
  }
  return true
}

function hear(state: State, id: number, at: Instant, arrivedAt: Instant): void {
  const { sensors } = state
  const before = sensors.heardAt[id]!
  if (at <= before) return
  const plan = sensors.plan[id]!
  // Written so that a first message, where `before` is NaN, closes a gap too.
  if (plan !== none && !(at - before <= sensors.limitMs[id]!)) {
    addGap(state.plans, plan, { from: lastSign(sensors, id), to: at })
  }
  const flags = sensors.flags[id]!
  sensors.heardAt[id] = at
  sensors.flags[id] = flags | sensorChanged
  if ((flags & (sensorAwaited | sensorTold)) !== 0) comeBack(state, id, at, arrivedAt)
  // A first message may be older than the registration, and so be due earlier.
  if (Number.isNaN(before) && (flags & (sensorTold | sensorPending)) === 0) {
    expectMessage(sensors, id)
  }
}

/** A message that was already older than the limit when it arrived is no proof of being back. */
function comeBack(state: State, id: number, at: Instant, arrivedAt: Instant): void {
  const { sensors, plans, backs } = state
  const flags = sensors.flags[id]!
  if ((flags & sensorAwaited) !== 0) {
    sensors.flags[id]! &= ~sensorAwaited
    const plan = sensors.plan[id]!
    if (plan !== none) lookAgain(plans, plan)
  }
  const isFresh = arrivedAt - at <= sensors.limitMs[id]!
  if (isFresh && (flags & sensorTold) !== 0 && (flags & sensorBack) === 0) {
    sensors.flags[id]! |= sensorBack
    backs.push(id)
  }
}
