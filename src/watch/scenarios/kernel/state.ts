import type { Instant } from '../../../kernel/clock.ts'
import type { Gaps } from './gaps.ts'
import { createSlots, firstRows, grown, takeSlot } from './slots.ts'
import type { Slots } from './slots.ts'
import { createWheel, growWheel } from './wheel.ts'
import type { Wheel } from './wheel.ts'

/**
 * Plans by dense id: 23 bytes each. Away and gaps are rare, so they are Maps. An armed plan that is
 * neither raised nor waiting for a lost sensor is always in the wheel.
 */
export type Plans = {
  slots: Slots
  wheel: Wheel
  since: Float64Array
  limit: Uint16Array
  firstSensor: Int32Array
  flags: Uint8Array
  limits: number[]
  limitOf: Map<number, number>
  awayUntil: Map<number, Instant>
  gaps: Map<number, Gaps>
}

export const planRaised = 1
export const planChanged = 2
export const planHasGaps = 4

/**
 * Sensors by dense id. `heardAt` is NaN before the first message. A slot that a plan names and
 * nobody watches stays, without the flag `sensorWatched`. A watched sensor of which nothing is
 * told or pending is always in the wheel.
 */
export type Sensors = {
  slots: Slots
  wheel: Wheel
  heardAt: Float64Array
  since: Float64Array
  limitMs: Float64Array
  plan: Int32Array
  gateway: Int32Array
  nextOfPlan: Int32Array
  nextOfGateway: Int32Array
  flags: Uint8Array
}

export const sensorWatched = 1
export const sensorChanged = 2
/** Its plan waits for it: the next message makes the plan look again. */
export const sensorAwaited = 4
export const sensorToldDevice = 8
export const sensorToldGateway = 16
export const sensorTold = sensorToldDevice | sensorToldGateway
/** Overdue, but it is not yet clear whether it is the sensor or the gateway. */
export const sensorPending = 32
/** Heard again after a told loss; said at the next tick. */
export const sensorBack = 64

/** Gateways by dense id; `undecided` have pending sensors. */
export type Gateways = { slots: Slots; firstSensor: number[]; undecided: Set<number> }

export type State = {
  plans: Plans
  sensors: Sensors
  gateways: Gateways
  /** Sensors with `sensorBack`; some may have been unwatched since. */
  backs: number[]
  tickedAt: Instant
}

/** The end of a list of sensors, and "no plan", "no gateway". */
export const none = -1

export function createState(start: Instant): State {
  return {
    plans: createPlans(start),
    sensors: createSensors(start),
    gateways: { slots: createSlots(), firstSensor: [], undecided: new Set() },
    backs: [],
    tickedAt: start,
  }
}

export function takePlanRow(plans: Plans, name: string): number {
  const id = takeSlot(plans.slots, name)
  const rows = plans.since.length
  if (id < rows) return id
  plans.since = grown(plans.since, rows * 2, 0)
  plans.limit = grown(plans.limit, rows * 2, 0)
  plans.firstSensor = grown(plans.firstSensor, rows * 2, none)
  plans.flags = grown(plans.flags, rows * 2, 0)
  growWheel(plans.wheel, rows * 2)
  return id
}

export function takeSensorRow(sensors: Sensors, name: string): number {
  const id = takeSlot(sensors.slots, name)
  const rows = sensors.heardAt.length
  if (id < rows) return id
  sensors.heardAt = grown(sensors.heardAt, rows * 2, Number.NaN)
  sensors.since = grown(sensors.since, rows * 2, 0)
  sensors.limitMs = grown(sensors.limitMs, rows * 2, 0)
  sensors.plan = grown(sensors.plan, rows * 2, none)
  sensors.gateway = grown(sensors.gateway, rows * 2, none)
  sensors.nextOfPlan = grown(sensors.nextOfPlan, rows * 2, none)
  sensors.nextOfGateway = grown(sensors.nextOfGateway, rows * 2, none)
  sensors.flags = grown(sensors.flags, rows * 2, 0)
  growWheel(sensors.wheel, rows * 2)
  return id
}

export function bytesPerPlan({ wheel, since, limit, firstSensor, flags }: Plans): number {
  const columns = [since, limit, firstSensor, flags, wheel.next, wheel.prev]
  return columns.reduce((sum, column) => sum + column.byteLength, 0) / since.length
}

/** The last message, or where there was none, the registration. */
export function lastSign(sensors: Sensors, id: number): Instant {
  const heardAt = sensors.heardAt[id]!
  return Number.isNaN(heardAt) ? sensors.since[id]! : heardAt
}

/** It spoke no longer ago than its limit. One that never spoke is not alive. */
export function isAlive(sensors: Sensors, id: number, now: Instant): boolean {
  const watched = (sensors.flags[id]! & sensorWatched) !== 0
  return watched && now - sensors.heardAt[id]! <= sensors.limitMs[id]!
}

/** The sensors of a plan, in the order of arming. */
export function sensorsOf(state: State, plan: number): number[] {
  const ids: number[] = []
  let id = state.plans.firstSensor[plan]!
  while (id !== none) {
    ids.push(id)
    id = state.sensors.nextOfPlan[id]!
  }
  return ids
}

function createPlans(start: Instant): Plans {
  return {
    slots: createSlots(),
    wheel: createWheel(start),
    since: new Float64Array(firstRows),
    limit: new Uint16Array(firstRows),
    firstSensor: new Int32Array(firstRows).fill(none),
    flags: new Uint8Array(firstRows),
    limits: [],
    limitOf: new Map(),
    awayUntil: new Map(),
    gaps: new Map(),
  }
}

function createSensors(start: Instant): Sensors {
  return {
    slots: createSlots(),
    wheel: createWheel(start),
    heardAt: new Float64Array(firstRows).fill(Number.NaN),
    since: new Float64Array(firstRows),
    limitMs: new Float64Array(firstRows),
    plan: new Int32Array(firstRows).fill(none),
    gateway: new Int32Array(firstRows).fill(none),
    nextOfPlan: new Int32Array(firstRows).fill(none),
    nextOfGateway: new Int32Array(firstRows).fill(none),
    flags: new Uint8Array(firstRows),
  }
}
