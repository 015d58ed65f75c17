import type { DeviceKind, Field } from '../types.ts'
import { flatten, type Expose } from './flatten.ts'
import { kindsOf } from './kinds.ts'
import { measureField } from './measured.ts'
import { nothing } from './nothing.ts'

type StateField = Extract<Field, { reads: 'state' }>
type Meaning = { kind: DeviceKind; on: string; off: string | null }

/** What a binary says by its own two values. `contact` and `test` have rules of their own. */
const binaries: ReadonlyMap<string, Meaning> = new Map([
  ['occupancy', { kind: 'motion', on: 'occupied', off: 'clear' }],
  ['presence', { kind: 'motion', on: 'occupied', off: 'clear' }],
  ['smoke', { kind: 'smoke', on: 'alarm', off: 'clear' }],
  ['gas', { kind: 'gas', on: 'alarm', off: 'clear' }],
  ['carbon_monoxide', { kind: 'gas', on: 'alarm', off: 'clear' }],
  ['water_leak', { kind: 'water-leak', on: 'wet', off: 'dry' }],
  ['vibration', { kind: 'ground', on: 'moved', off: 'still' }],
  ['tilt', { kind: 'ground', on: 'tilted', off: 'upright' }],
  ['sos', { kind: 'sos-button', on: 'pressed', off: null }],
])
const leakChannel = /(^|_)leak_detect(_|$)/
const batteryLow = /(^|_)battery_low(_\d+)*$/
const batteryPercent = /^battery(_value)?$/
const batteryWord = /^battery_(state|level)$/
const calls = new Set(['sos', 'emergency', 'panic'])
/** A declared list of values may be so long. */
const valuesMax = 50

/**
 * The meaning of what zigbee2mqtt declares: a list as in `bridge/devices` (with `features` and
 * `access`), or already flattened (`property`, `type`, `value_on`, `value_off`, `unit`, `values`).
 * A kind says which field there is, not what the thing is: a heater that declares `occupancy` has
 * a motion field. Without a usable field there are no kinds.
 */
export function fieldsFromExposes(exposes: readonly unknown[]): {
  fields: Field[]
  kinds: DeviceKind[]
} {
  const all = flatten(exposes)
  const read = oncePerPath(all.flatMap((one) => fieldOf(one, all) ?? []))
  const fields = oncePerMeasure(read)
  return { fields, kinds: kindsOf(fields) }
}

function fieldOf(expose: Expose, all: readonly Expose[]): Field | undefined {
  const { name, path, type } = expose
  if (!expose.isPublished) return undefined
  if (name === 'last_seen') return lastSeen(expose)
  if (type === 'binary') return binaryField(expose, all)
  if (type === 'enum') return enumField(expose)
  if (type !== 'numeric') return undefined
  if (batteryPercent.test(name)) {
    if (expose.unit !== '%') return nothing(path, 'unit')
    return { path, reads: 'battery' }
  }
  return measureField(expose, all)
}

function binaryField(expose: Expose, all: readonly Expose[]): Field | undefined {
  const { name, path, on, off } = expose
  if (name === 'contact') return contactField(expose)
  if (name === 'alarm') return nothing(path, 'alarm')
  if (name === 'tamper' || batteryLow.test(name)) {
    if (on === undefined || off === undefined || on === off) return nothing(path, 'values')
    return {
      path,
      reads: name === 'tamper' ? 'tampered' : 'battery-low',
      values: { [on]: true, [off]: false },
    }
  }
  if (leakChannel.test(name)) {
    return stateField(expose, { kind: 'water-leak', on: 'wet', off: 'dry' })
  }
  if (name === 'test' && all.some((one) => one.name === 'smoke')) {
    return stateField(expose, { kind: 'smoke', on: 'test', off: null })
  }
  const meaning = binaries.get(name)
  return meaning && stateField(expose, meaning)
}

function stateField(expose: Expose, { kind, on, off }: Meaning): Field {
  const { path } = expose
  if (expose.isSettable) return nothing(path, 'setting')
  if (expose.on === undefined || expose.off === undefined || expose.on === expose.off) {
    return nothing(path, 'values')
  }
  return { path, reads: 'state', kind, values: { [expose.on]: on, [expose.off]: off } }
}

/** False is open and true is closed where it is declared so, and a door nowhere else. */
function contactField(expose: Expose): Field {
  const { path, on, off } = expose
  if (on === 'true' && off === 'false') return nothing(path, 'polarity')
  if (on !== 'false' || off !== 'true') return nothing(path, 'contact')
  return stateField(expose, { kind: 'door-contact', on: 'open', off: 'closed' })
}

function enumField({ name, path, values }: Expose): Field | undefined {
  if (name === 'vibration') return nothing(path, 'setting')
  if (/^(alarm|alarm_state|smoke_state)$/.test(name)) return nothing(path, 'alarm')
  if (name === 'action') return actionField(path, values)
  if (batteryWord.test(name) && values.includes('low')) {
    const low = values.map((value) => [JSON.stringify(value), value === 'low'])
    return {
      path,
      reads: 'battery-low',
      values: Object.fromEntries(low) as Record<string, boolean>,
    }
  }
  return undefined
}

function actionField(path: string, values: readonly string[]): Field | undefined {
  if (!values.some((value) => calls.has(value))) return undefined
  if (values.length > valuesMax) return nothing(path, 'values')
  const said = values.map((value) => [JSON.stringify(value), calls.has(value) ? 'pressed' : null])
  const states = Object.fromEntries(said) as StateField['values']
  return { path, reads: 'state', kind: 'sos-button', values: states }
}

function lastSeen({ path, type }: Expose): Field {
  return { path, reads: 'time', as: type === 'numeric' ? 'unix-ms' : 'iso' }
}

/** Flattened composites may give one name twice: nobody then knows which of them speaks. */
function oncePerPath(fields: readonly Field[]): Field[] {
  const times = Map.groupBy(fields, ({ path }) => path)
  return [...times].flatMap(([path, same]) => (same.length > 1 ? [nothing(path, 'twice')] : same))
}

/** Ten meters in one box are ten numbers of one name: nobody then knows whose it is. */
function oncePerMeasure(fields: readonly Field[]): Field[] {
  const times = Map.groupBy(fields, (one) => (one.reads === 'measure' ? one.measure : ''))
  return fields.map((field) => {
    const isAlone = field.reads !== 'measure' || times.get(field.measure)?.length === 1
    return isAlone ? field : nothing(field.path, 'several')
  })
}
