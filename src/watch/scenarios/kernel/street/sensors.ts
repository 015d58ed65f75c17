import { freeSlot, takeSlot } from '../slots.ts'
import type { StreetSensor } from '../street-types.ts'
import { bindSensor, unbindSensor } from './binding.ts'
import { armAll, watchInCore } from './core.ts'
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
  joinGateway(street, id, sensor.gateway)
  sensors.settled[id] = []
  sensors.prompt[id] = []
  const last = heardAt ?? Number.NaN
  settled.newest[id] = last
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
  unbindSensor(street, id)
  // Its plans first, so that no gap of it is left to them.
  armAll(street)
  street.core?.unwatch(name)
  for (const row of waiting(queue)) if (queue.sensor[row] === id) queue.sensor[row] = -1
  street.turns = street.turns.filter((one) => one.sensor !== name)
  leaveGateway(street, id)
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
  leaveGateway(street, id)
  sensors.known[id] = { ...sensor, since: before?.since ?? sensor.since, lost }
  joinGateway(street, id, sensor.gateway)
  settled.limitMs[id] = sensor.limitMs
  if (!Number.isNaN(sensors.lossAt[id]!)) {
    const heard = settled.newest[id]!
    const last = Number.isNaN(heard) ? (before?.since ?? sensor.since) : heard
    setLossTimer(street, id, last + sensor.limitMs + 1)
  }
  if (!isSame) bindSensor(street, id)
  watchInCore(street, id, sensor)
  street.isTickWanted = true
}

function joinGateway({ behind }: Street, id: number, gateway: string | null): void {
  if (gateway === null) return
  const members = behind.get(gateway)
  if (members) members.add(id)
  else behind.set(gateway, new Set([id]))
}

function leaveGateway({ behind, sensors }: Street, id: number): void {
  const gateway = sensors.known[id]?.gateway
  const members = gateway ? behind.get(gateway) : undefined
  members?.delete(id)
  if (gateway && members?.size === 0) behind.delete(gateway)
}
