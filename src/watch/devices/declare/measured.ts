import type { Field, Measure } from '../types.ts'
import type { Expose } from './flatten.ts'
import { nothing } from './nothing.ts'

/** Units as makers write them, with what turns one into the whole unit of the measure. */
type Units = Readonly<Record<string, number>>
const amperes: Units = { A: 1000, mA: 1 }
const watts: Units = { W: 1, kW: 1000 }
const energies: Units = { kWh: 1000, Wh: 1 }
const celsius: Units = { '°C': 100 }
const waters: Units = { 'm³': 1000, m3: 1000, L: 1, l: 1 }
const levels: Units = { mm: 1, cm: 10, m: 1000 }
const degrees: Units = { '°': 100 }

const concentration = /^(gas|co|gas_value|gas_density|carbon_monoxide_value)$/
const waterUsed = /(^|_)water_(consumed|consumption|meter)(_|$)/
const volume = /^volume(_\d+)?$/

/**
 * The measure that a numeric field declares by its name and its unit. A number is never an alarm,
 * and a gas meter's cubic metres are no concentration.
 */
export function measureField(expose: Expose, all: readonly Expose[]): Field | undefined {
  const { name } = expose
  if (concentration.test(name)) return inUnit(expose, 'gas-ppm', { ppm: 1 })
  if (waterUsed.test(name)) return inUnit(expose, 'water-litres', waters)
  if (volume.test(name)) return nothing(expose.path, 'volume')
  if (name === 'water_level') return inUnit(expose, 'water-level-mm', levels)
  if (name === 'angle') return inUnit(expose, 'angle-centi-degrees', degrees)
  if (/^angle_[xyz]$/.test(name)) return nothing(expose.path, 'axes')
  if (name === 'current') return inUnit(expose, 'current-ma', amperes)
  if (name === 'power') return inUnit(expose, 'power-w', watts)
  if (name === 'energy') return inUnit(expose, 'energy-wh', energies)
  return heatOf(expose, all)
}

/**
 * A circuit's heat is ours, a room's warmth is not. `temperature` is the thing's own only where
 * the model declares nothing that looks at a room.
 */
function heatOf(expose: Expose, all: readonly Expose[]): Field | undefined {
  const { name, path } = expose
  if (name !== 'device_temperature' && name !== 'temperature') return undefined
  if (!all.some(isElectrical)) return undefined
  const isRoom = name === 'temperature' && all.some((one) => ofRooms.has(one.name))
  return isRoom ? nothing(path, 'heat') : inUnit(expose, 'temperature-centi-c', celsius)
}

const ofRooms = new Set([
  ...['occupancy', 'presence', 'contact', 'smoke', 'gas', 'carbon_monoxide', 'water_leak'],
  ...['vibration', 'humidity', 'local_temperature', 'device_temperature'],
])

function isElectrical({ name, type, unit }: Expose): boolean {
  if (type !== 'numeric' || unit === undefined) return false
  const units = { current: amperes, power: watts, energy: energies }[name]
  return units !== undefined && Object.hasOwn(units, unit)
}

function inUnit({ path, unit = '' }: Expose, measure: Measure, units: Units): Field {
  const per = Object.hasOwn(units, unit) ? units[unit] : undefined
  return per === undefined ? nothing(path, 'unit') : { path, reads: 'measure', measure, per }
}
