import type { Instant } from '../../../kernel/clock.ts'
import type { Gaps } from './gaps.ts'
import { createLimits } from './limits.ts'
import type { Limits } from './limits.ts'
import { createLinks } from './links.ts'
import type { Links } from './links.ts'
import { createRows, growRows, has, limitOf, rowCount, timeOf } from './rows.ts'
import type { Rows } from './rows.ts'
import { createSlots, firstRows, grown, moreRows, none, takeSlot } from './slots.ts'
import type { Slots } from './slots.ts'
import { bucketsUsual, createWheel, growWheel } from './wheel.ts'
import type { Wheel } from './wheel.ts'

/**
 * Plans by dense id: 24 bytes each. Away and gaps are rare, so they are Maps. An armed plan that is
 * neither raised nor waiting for a sensor is always in the wheel.
 */
export type Plans = {
  slots: Slots
  wheel: Wheel
  /** The time is the last sign of life, the limit that of silence. */
  rows: Rows
  limits: Limits
  awayUntil: Map<number, Instant>
  gaps: Map<number, Gaps>
}

export const planRaised = 1
export const planChanged = 2
export const planHasGaps = 4

/**
 * Sensors by dense id: 40 bytes each. A slot that a plan names and nobody watches stays, without
 * the flag `sensorWatched`. A watched sensor of which nothing is told or pending is always in the
 * wheel.
 */
export type Sensors = {
  slots: Slots
  wheel: Wheel
  /** The time is that of the last message, NaN before the first; the limit that of loss. */
  rows: Rows
  limits: Limits
  since: Float64Array
  gateway: Int32Array
  nextOfGateway: Int32Array
}

export const sensorWatched = 1
export const sensorChanged = 2
/** A plan waits for it: the next message makes its plans look again. */
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
  /** 16 bytes each. */
  links: Links
  gateways: Gateways
  /** Sensors with `sensorBack`, and since when; some may have been unwatched in the meantime. */
  backs: Map<number, Instant>
  tickedAt: Instant
  /** Says nothing: see `fetchAhead`. */
  fetched: number
}

export function createState(start: Instant, rows = firstRows, buckets = bucketsUsual): State {
  return {
    plans: createPlans(start, rows, buckets),
    sensors: createSensors(start, rows, buckets),
    links: createLinks(rows),
    gateways: { slots: createSlots(), firstSensor: [], undecided: new Set() },
    backs: new Map(),
    tickedAt: start,
    fetched: 0,
  }
}

export function takePlanRow(plans: Plans, name: string | null): number {
  const id = takeSlot(plans.slots, name)
  const count = rowCount(plans.rows)
  if (id < count) return id
  const more = moreRows(count)
  growRows(plans.rows, more, 0)
  growWheel(plans.wheel, more)
  return id
}

export function takeSensorRow(sensors: Sensors, name: string | null): number {
  const id = takeSlot(sensors.slots, name)
  const count = rowCount(sensors.rows)
  if (id < count) return id
  const more = moreRows(count)
  growRows(sensors.rows, more, Number.NaN)
  sensors.since = grown(sensors.since, more, 0)
  sensors.gateway = grown(sensors.gateway, more, none)
  sensors.nextOfGateway = grown(sensors.nextOfGateway, more, none)
  growWheel(sensors.wheel, more)
  return id
}

/** Bytes of typed arrays, unused rows too; the wheels' own 64 KB each and names are not in it. */
export function bytesOf({ plans, sensors, links }: State) {
  const bytes = (columns: { byteLength: number }[]) =>
    columns.reduce((sum, column) => sum + column.byteLength, 0)
  const { since, gateway, nextOfGateway, wheel } = sensors
  return {
    plans: bytes([plans.rows.words, plans.wheel.next, plans.wheel.prev]),
    links: bytes([links.cells]),
    sensors: bytes([sensors.rows.words, since, gateway, nextOfGateway, wheel.next, wheel.prev]),
  }
}

/** The last sign of life that counts, or when the plan was armed. */
export function sinceOf({ rows }: Plans, plan: number): Instant {
  return timeOf(rows, plan)
}

/** NaN before the first message. */
export function heardAtOf({ rows }: Sensors, id: number): Instant {
  return timeOf(rows, id)
}

/** The last message, or where there was none, the registration. */
export function lastSign(sensors: Sensors, id: number): Instant {
  const heardAt = heardAtOf(sensors, id)
  return Number.isNaN(heardAt) ? sensors.since[id]! : heardAt
}

/** It spoke no longer ago than its limit. One that never spoke is not alive. */
export function isAlive(sensors: Sensors, id: number, now: Instant): boolean {
  const watched = has(sensors.rows, id, sensorWatched)
  return watched && now - heardAtOf(sensors, id) <= limitMsOf(sensors, id)
}

export function limitMsOf({ rows, limits }: Sensors, id: number): number {
  return limits.ms[limitOf(rows, id)]!
}

function createPlans(start: Instant, rows: number, buckets: number): Plans {
  return {
    slots: createSlots(),
    wheel: createWheel(start, rows, buckets),
    rows: createRows(rows, 0),
    limits: createLimits(),
    awayUntil: new Map(),
    gaps: new Map(),
  }
}

function createSensors(start: Instant, rows: number, buckets: number): Sensors {
  return {
    slots: createSlots(),
    wheel: createWheel(start, rows, buckets),
    rows: createRows(rows, Number.NaN),
    limits: createLimits(),
    since: new Float64Array(rows),
    gateway: new Int32Array(rows).fill(none),
    nextOfGateway: new Int32Array(rows).fill(none),
  }
}
