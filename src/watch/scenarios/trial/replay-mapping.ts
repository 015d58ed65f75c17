import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { closed, oneOf } from '../../../kernel/contract.ts'
import type { HomeCode, PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import { readJson } from '../../../platform/json.ts'
import { deviceKinds, measures, readingStates, type DeviceKind } from '../../devices/index.ts'
import { ReplayRefusalError } from './replay-refusal.ts'

/** `heartbeatSeconds` null: the log has none, so the sensor is taken to have worked all the time. */
export type OwnSensor = {
  name: string
  kind: DeviceKind
  state: string | null
  place: PlaceCode
  /** As its owner calls it. */
  placeName: string
  heartbeatSeconds: number | null
}

/** A street that no division has: what a file says stays apart from every real street. */
export const ownStreet = '999900000' as StreetCode
const ownCompound = `${ownStreet}001-01`
const sensorsMax = 10_000
const bytesMax = 4 * 1_048_576

const entry = closed({
  kind: oneOf(deviceKinds),
  state: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  place: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  heartbeat: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 604_800 })),
})
type Entry = Static<typeof entry>
export type OwnMapping = { sensors: OwnSensor[]; named(name: string): OwnSensor | undefined }

/**
 * Reads a mapping file: sensor → {kind, state?, place?, heartbeat?}. `place` is the name of a home;
 * those without one are all of the same home.
 * @throws ReplayRefusalError naming the sensor
 */
export function readMapping(text: string): OwnMapping {
  if (text.length > bytesMax) throw refused('对照表超过 4 MB', 'the mapping is over 4 MB')
  const read = readJson(text)
  if ('refused' in read) throw refused('对照表不是 JSON', `the mapping is ${read.refused} JSON`)
  const { value } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused('对照表是 {传感器: {kind}}', 'the mapping is {sensor: {kind}}')
  }
  const entries = Object.entries(value)
  if (entries.length > sensorsMax) {
    throw refused(`传感器超过 ${sensorsMax} 个`, `more than ${sensorsMax} sensors`)
  }
  const homes = new Map<string, HomeCode>()
  const sensors = entries.map(([name, one]) => sensorOf(name, entryOf(name, one), homes))
  const byName = new Map(sensors.map((one) => [one.name, one]))
  return { sensors, named: (name) => byName.get(name) }
}

/**
 * Without a mapping file a sensor's name begins with its kind: `motion`, `door-contact kitchen`.
 * All are of one home.
 */
export function mappingByName(): OwnMapping {
  const byName = new Map<string, OwnSensor>()
  const homes = new Map<string, HomeCode>()
  const sensors: OwnSensor[] = []
  return {
    sensors,
    named: (name) => {
      const known = byName.get(name)
      if (known) return known
      const kind = deviceKinds.find((one) => name === one || /^[^a-z]/.test(after(name, one)))
      if (kind === undefined || sensors.length >= sensorsMax) return undefined
      const sensor = sensorOf(name, { kind }, homes)
      byName.set(name, sensor)
      sensors.push(sensor)
      return sensor
    },
  }
}

function after(name: string, kind: string): string {
  return name.startsWith(kind) ? name.slice(kind.length) : ''
}

function entryOf(name: string, one: unknown): Entry {
  if (Value.Check(entry, one)) {
    const { kind, state } = one
    const sayable: readonly string[] = readingStates[kind]
    if (state === undefined || sayable.includes(state)) return one
    const isMeasure = Object.entries(measures).some(([m, of]) => m === state && of === kind)
    if (isMeasure) return one
    throw refused(`${name}：${kind} 说不出 ${state}`, `${name}: a ${kind} does not say ${state}`)
  }
  const [first] = Value.Errors(entry, one)
  const where = first ? `${first.instancePath} ${first.message}` : ''
  const kinds = deviceKinds.join(', ')
  throw refused(
    `${name}：要有 {kind, state?, place?, heartbeat?}，kind 是 ${kinds} ${where}`,
    `${name}: needs {kind, state?, place?, heartbeat?}, kind being one of ${kinds} ${where}`,
  )
}

function sensorOf(name: string, one: Entry, homes: Map<string, HomeCode>): OwnSensor {
  const placeName = one.place ?? 'home'
  const place = homes.get(placeName) ?? (`${ownCompound}-1-${homes.size + 1}` as HomeCode)
  homes.set(placeName, place)
  const [usual = null] = readingStates[one.kind]
  return {
    ...{ name, kind: one.kind, place, placeName },
    state: one.state ?? usual,
    heartbeatSeconds: one.heartbeat ?? null,
  }
}

function refused(zh: string, en: string): ReplayRefusalError {
  return new ReplayRefusalError({ zh, en })
}
