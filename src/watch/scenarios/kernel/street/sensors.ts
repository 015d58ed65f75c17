import { freeSlot, takeSlot } from '../slots.ts'
import type { StreetSensor } from '../street-types.ts'
import { bindSensor, homeOf, unbindSensor } from './binding.ts'
import { armAll, tickCore, watchInCore } from './core.ts'
import { setLossTimer } from './losing.ts'
import { waiting } from './queue.ts'
import { growSensors, isOverdue, isTold, type Street } from './state.ts'

/** A sensor that is known and stands elsewhere now leaves its subjects and comes to others. */
export function addSensor(street: Street, sensor: StreetSensor): void {
  const { sensors, settled, prompt } = street
  const known = sensors.slots.idOf.get(sensor.sensor)
  if (known !== undefined) return changeSensor(street, known, sensor)
  const id = takeSlot(sensors.slots, sensor.sensor)
  growSensors(street, id)
  const { heardAt, limitMs, since, lost = null } = sensor
  sensors.known[id] = sensor
  settleIn(street, id, sensor)
  sensors.settled[id] = []
  sensors.prompt[id] = []
  const last = heardAt ?? Number.NaN
  settled.newest[id] = last
  settled.heardAt[id] = last
  prompt.newest[id] = last
  settled.heardBefore[id] = last
  settled.limitMs[id] = limitMs
  sensors.coveredFrom[id] = Number.NaN
  sensors.flags[id] = lost === null ? 0 : isTold | isOverdue
  if (lost === null) setLossTimer(street, id, (heardAt ?? since) + limitMs + 1)
  bindSensor(street, id)
  watchInCore(street, id, sensor)
}

export function removeSensor(street: Street, name: string): void {
  const { sensors, queue } = street
  const id = sensors.slots.idOf.get(name)
  if (id === undefined) return
  // What a dead one did not cover is known up to here.
  if (street.core) tickCore(street, street.settledAt)
  unbindSensor(street, id)
  // Its plans first, so that no gap of it is left to them.
  armAll(street)
  street.core?.unwatch(name)
  for (const row of waiting(queue)) if (queue.sensor[row] === id) queue.sensor[row] = -1
  street.turns = street.turns.filter((one) => one.sensor !== name)
  moveOut(street, id)
  sensors.known[id] = undefined
  sensors.lossAt[id] = Number.NaN
  sensors.flags[id] = 0
  freeSlot(sensors.slots, id)
}

function changeSensor(street: Street, id: number, sensor: StreetSensor): void {
  const { sensors, settled } = street
  const before = sensors.known[id]
  const lost = before?.lost ?? null
  const isSame =
    before?.street === sensor.street &&
    before.place === sensor.place &&
    before.kind === sensor.kind &&
    before.purpose === sensor.purpose
  if (!isSame) unbindSensor(street, id)
  moveOut(street, id)
  const { since, thereFrom = since } = before ?? sensor
  sensors.known[id] = { ...sensor, since, thereFrom, lost }
  settleIn(street, id, sensor)
  settled.limitMs[id] = sensor.limitMs
  if (!Number.isNaN(sensors.lossAt[id]!)) {
    const heard = settled.heardAt[id]!
    const last = Number.isNaN(heard) ? (before?.since ?? sensor.since) : heard
    setLossTimer(street, id, last + sensor.limitMs + 1)
  }
  if (!isSame) bindSensor(street, id)
  watchInCore(street, id, sensor)
  street.isTickWanted = true
}

/** Who stands in which home and behind which gateway, so that nobody walks all sensors. */
function settleIn({ behind, atHome }: Street, id: number, { gateway, place }: StreetSensor): void {
  const home = homeOf(place)
  if (home !== undefined) join(atHome, home, id)
  if (gateway !== null) join(behind, gateway, id)
}

function moveOut({ behind, atHome, sensors }: Street, id: number): void {
  const { gateway = null, place = '' } = sensors.known[id] ?? {}
  const home = homeOf(place)
  if (home !== undefined) leave(atHome, home, id)
  if (gateway !== null) leave(behind, gateway, id)
}

function join(groups: Map<string, Set<number>>, group: string, id: number): void {
  const members = groups.get(group)
  if (members) members.add(id)
  else groups.set(group, new Set([id]))
}

function leave(groups: Map<string, Set<number>>, group: string, id: number): void {
  const members = groups.get(group)
  members?.delete(id)
  if (members?.size === 0) groups.delete(group)
}
