import type { Instant } from '../../../kernel/clock.ts'
import type { Found } from './silence.ts'
import { has, mark, unmark } from './rows.ts'
import { nameOf, none } from './slots.ts'
import {
  heardAtOf,
  lastSign,
  limitMsOf,
  sensorBack,
  sensorChanged,
  sensorPending,
  sensorTold,
  sensorToldDevice,
  sensorToldGateway,
} from './state.ts'
import type { Sensors, State } from './state.ts'
import { place, takeOut } from './wheel.ts'

/** Sensors and gateways that came back or were lost, each told once. */
export function findLosses(state: State, now: Instant): Found[] {
  const found: Found[] = []
  if (state.backs.size > 0) takeBacks(state, found)
  for (const id of takeOut(state.sensors.wheel, now)) {
    if (!isOverdue(state.sensors, id, now)) expectMessage(state.sensors, id)
    else if (state.sensors.gateway[id]! >= 0) hold(state, id)
    else tellDevice(state.sensors, id, found)
  }
  for (const gateway of state.gateways.undecided) decide(state, gateway, now, found)
  return found
}

/** The sensor goes into the wheel, to be looked at when it would be overdue. */
export function expectMessage(sensors: Sensors, id: number): void {
  place(sensors.wheel, id, dueOf(sensors, id))
}

export function membersOf(state: State, gateway: number): number[] {
  const members: number[] = []
  let id = state.gateways.firstSensor[gateway]!
  while (id !== none) {
    members.push(id)
    id = state.sensors.nextOfGateway[id]!
  }
  return members
}

/** Heard again after a loss that was told: said at the next tick, as of the first such message. */
export function markBack(state: State, id: number, at: Instant): void {
  if (has(state.sensors.rows, id, sensorBack)) return
  mark(state.sensors.rows, id, sensorBack)
  state.backs.set(id, at)
}

function takeBacks(state: State, found: Found[]): void {
  const { sensors, backs } = state
  for (const [id, at] of backs) {
    if (!has(sensors.rows, id, sensorBack)) continue
    const gateway = sensors.gateway[id]!
    if (gateway !== none) tellGatewayBack(state, gateway, found)
    if (has(sensors.rows, id, sensorToldDevice)) {
      const sensor = nameOf(sensors.slots, id)
      found.push({ id: sensor, finding: { kind: 'device-back', sensor, at } })
    }
    judgeAnew(sensors, id)
  }
  backs.clear()
}

function tellGatewayBack(state: State, gateway: number, found: Found[]): void {
  const { sensors, backs } = state
  const members = membersOf(state, gateway)
  const silenced = members.filter((id) => has(sensors.rows, id, sensorToldGateway))
  if (silenced.length === 0) return
  const back = members.filter((id) => has(sensors.rows, id, sensorBack))
  const id = nameOf(state.gateways.slots, gateway)
  const at = Math.min(...back.map((member) => backs.get(member)!))
  found.push({ id, finding: { kind: 'gateway-back', gateway: id, at } })
  for (const member of silenced) judgeAnew(sensors, member)
}

function judgeAnew(sensors: Sensors, id: number): void {
  unmark(sensors.rows, id, sensorTold | sensorBack)
  mark(sensors.rows, id, sensorChanged)
  expectMessage(sensors, id)
}

function hold(state: State, id: number): void {
  mark(state.sensors.rows, id, sensorPending)
  state.gateways.undecided.add(state.sensors.gateway[id]!)
}

/**
 * Whose loss is it? A sibling heard when the sensor was overdue already shows that the gateway
 * worked: the sensor itself is lost. All of two or more lost: the gateway. Else it stays open until
 * the next tick. Siblings may promise heartbeats of different length.
 */
function decide(state: State, gateway: number, now: Instant, found: Found[]): void {
  const { sensors, gateways } = state
  const members = membersOf(state, gateway)
  const workedUntil = Math.max(...members.map((id) => heardOf(sensors, id)))
  const areAllOverdue = members.every((id) => isOverdue(sensors, id, now))
  const held: number[] = []
  for (const id of members) {
    if (!has(sensors.rows, id, sensorPending)) continue
    if (!isOverdue(sensors, id, now)) release(sensors, id)
    else if (members.length > 1 && workedUntil <= dueOf(sensors, id)) held.push(id)
    else tellDevice(sensors, id, found)
  }
  if (held.length > 0 && !areAllOverdue) return
  gateways.undecided.delete(gateway)
  if (held.length > 0) tellGateway(state, gateway, held, found)
}

/** A gateway that is already told only takes the held sensors in. */
function tellGateway(state: State, gateway: number, held: number[], found: Found[]): void {
  const { sensors } = state
  const members = membersOf(state, gateway)
  const isTold = members.some((id) => has(sensors.rows, id, sensorToldGateway))
  for (const id of held) tell(sensors, id, sensorToldGateway)
  if (isTold) return
  const heard = members.map((id) => heardAtOf(sensors, id)).filter((at) => !Number.isNaN(at))
  const signs = heard.length > 0 ? heard : members.map((id) => lastSign(sensors, id))
  const id = nameOf(state.gateways.slots, gateway)
  const names = members.map((member) => nameOf(sensors.slots, member)).toSorted()
  const heardAt = Math.max(...signs)
  const at = Math.max(...members.map((member) => dueOf(sensors, member)))
  found.push({ id, finding: { kind: 'gateway-lost', gateway: id, sensors: names, heardAt, at } })
}

function tellDevice(sensors: Sensors, id: number, found: Found[]): void {
  tell(sensors, id, sensorToldDevice)
  const sensor = nameOf(sensors.slots, id)
  const heard = heardAtOf(sensors, id)
  const heardAt = Number.isNaN(heard) ? null : heard
  const at = dueOf(sensors, id)
  found.push({ id: sensor, finding: { kind: 'device-lost', sensor, heardAt, at } })
}

function tell(sensors: Sensors, id: number, told: number): void {
  unmark(sensors.rows, id, sensorPending)
  mark(sensors.rows, id, told | sensorChanged)
}

function release(sensors: Sensors, id: number): void {
  unmark(sensors.rows, id, sensorPending)
  expectMessage(sensors, id)
}

function heardOf(sensors: Sensors, id: number): Instant {
  const heardAt = heardAtOf(sensors, id)
  return Number.isNaN(heardAt) ? -Infinity : heardAt
}

function isOverdue(sensors: Sensors, id: number, now: Instant): boolean {
  return now - lastSign(sensors, id) > limitMsOf(sensors, id)
}

function dueOf(sensors: Sensors, id: number): Instant {
  return lastSign(sensors, id) + limitMsOf(sensors, id)
}
