import type { Instant } from '../../../kernel/clock.ts'
import type { Due } from './silence.ts'
import { nameOf } from './slots.ts'
import {
  lastSign,
  none,
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
export function findLosses(state: State, now: Instant): Due[] {
  const found: Due[] = []
  takeBacks(state, now, found)
  for (const id of takeOut(state.sensors.wheel, now)) {
    if (!isOverdue(state.sensors, id, now)) expectMessage(state.sensors, id)
    else if (state.sensors.gateway[id]! >= 0) hold(state, id)
    else tellDevice(state.sensors, id, now, found)
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

function takeBacks(state: State, now: Instant, found: Due[]): void {
  const { sensors, backs } = state
  for (const id of backs.splice(0)) {
    if ((sensors.flags[id]! & sensorBack) === 0) continue
    const gateway = sensors.gateway[id]!
    if (gateway !== none) tellGatewayBack(state, gateway, now, found)
    if ((sensors.flags[id]! & sensorToldDevice) !== 0) {
      const sensor = nameOf(sensors.slots, id)
      const finding = { kind: 'device-back', sensor, at: now } as const
      found.push({ due: sensors.heardAt[id]!, id: sensor, finding })
    }
    judgeAnew(sensors, id)
  }
}

function tellGatewayBack(state: State, gateway: number, now: Instant, found: Due[]): void {
  const { sensors } = state
  const members = membersOf(state, gateway)
  const silenced = members.filter((id) => (sensors.flags[id]! & sensorToldGateway) !== 0)
  if (silenced.length === 0) return
  const back = members.filter((id) => (sensors.flags[id]! & sensorBack) !== 0)
  const id = nameOf(state.gateways.slots, gateway)
  const due = Math.min(...back.map((member) => sensors.heardAt[member]!))
  found.push({ due, id, finding: { kind: 'gateway-back', gateway: id, at: now } })
  for (const member of silenced) judgeAnew(sensors, member)
}

function judgeAnew(sensors: Sensors, id: number): void {
  sensors.flags[id]! &= ~(sensorTold | sensorBack)
  sensors.flags[id]! |= sensorChanged
  expectMessage(sensors, id)
}

function hold(state: State, id: number): void {
  state.sensors.flags[id]! |= sensorPending
  state.gateways.undecided.add(state.sensors.gateway[id]!)
}

/**
 * Whose loss is it? A sibling heard when the sensor was overdue already shows that the gateway
 * worked: the sensor itself is lost. All of two or more lost: the gateway. Else it stays open until
 * the next tick. Siblings may promise heartbeats of different length.
 */
function decide(state: State, gateway: number, now: Instant, found: Due[]): void {
  const { sensors, gateways } = state
  const members = membersOf(state, gateway)
  const workedUntil = Math.max(...members.map((id) => heardOf(sensors, id)))
  const areAllOverdue = members.every((id) => isOverdue(sensors, id, now))
  const held: number[] = []
  for (const id of members) {
    if ((sensors.flags[id]! & sensorPending) === 0) continue
    if (!isOverdue(sensors, id, now)) release(sensors, id)
    else if (members.length > 1 && workedUntil <= dueOf(sensors, id)) held.push(id)
    else tellDevice(sensors, id, now, found)
  }
  if (held.length > 0 && !areAllOverdue) return
  gateways.undecided.delete(gateway)
  if (held.length > 0) tellGateway(state, gateway, held, now, found)
}

/** A gateway that is already told only takes the held sensors in. */
function tellGateway(
  state: State,
  gateway: number,
  held: number[],
  now: Instant,
  found: Due[],
): void {
  const { sensors } = state
  const members = membersOf(state, gateway)
  const isTold = members.some((id) => (sensors.flags[id]! & sensorToldGateway) !== 0)
  for (const id of held) tell(sensors, id, sensorToldGateway)
  if (isTold) return
  const heard = members.map((id) => sensors.heardAt[id]!).filter((at) => !Number.isNaN(at))
  const signs = heard.length > 0 ? heard : members.map((id) => lastSign(sensors, id))
  const id = nameOf(state.gateways.slots, gateway)
  const names = members.map((member) => nameOf(sensors.slots, member)).toSorted()
  const heardAt = Math.max(...signs)
  const due = Math.max(...members.map((member) => dueOf(sensors, member)))
  const finding = { kind: 'gateway-lost', gateway: id, sensors: names, heardAt, at: now } as const
  found.push({ due, id, finding })
}

function tellDevice(sensors: Sensors, id: number, now: Instant, found: Due[]): void {
  tell(sensors, id, sensorToldDevice)
  const sensor = nameOf(sensors.slots, id)
  const heard = sensors.heardAt[id]!
  const heardAt = Number.isNaN(heard) ? null : heard
  const finding = { kind: 'device-lost', sensor, heardAt, at: now } as const
  found.push({ due: dueOf(sensors, id), id: sensor, finding })
}

function tell(sensors: Sensors, id: number, told: number): void {
  sensors.flags[id]! &= ~sensorPending
  sensors.flags[id]! |= told | sensorChanged
}

function release(sensors: Sensors, id: number): void {
  sensors.flags[id]! &= ~sensorPending
  expectMessage(sensors, id)
}

function heardOf(sensors: Sensors, id: number): Instant {
  const heardAt = sensors.heardAt[id]!
  return Number.isNaN(heardAt) ? -Infinity : heardAt
}

function isOverdue(sensors: Sensors, id: number, now: Instant): boolean {
  return now - lastSign(sensors, id) > sensors.limitMs[id]!
}

function dueOf(sensors: Sensors, id: number): Instant {
  return lastSign(sensors, id) + sensors.limitMs[id]!
}
