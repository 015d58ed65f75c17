import type { DeviceKind } from '../../../src/watch/devices/types.ts'

/** Unit of a measure as it is written, and how many of the rule's whole numbers make one. */
const units: Readonly<Record<string, { unit: string; per: number }>> = {
  'water-litres': { unit: 'L', per: 1 },
  'water-level-mm': { unit: 'mm', per: 1 },
  'gas-ppm': { unit: 'ppm', per: 1 },
  'current-ma': { unit: 'mA', per: 1 },
  'power-w': { unit: 'W', per: 1 },
  'energy-wh': { unit: 'Wh', per: 1 },
  'temperature-centi-c': { unit: '°C', per: 100 },
  'angle-centi-degrees': { unit: '°', per: 100 },
  'water-litres-day': { unit: 'L', per: 1 },
}

export function unitOf(measure: string): { unit: string; per: number } {
  return units[measure] ?? { unit: '', per: 1 }
}

/** Which kinds of device report each number that counts up: what a day's use is made of. */
export const countersUp: Readonly<Partial<Record<DeviceKind, string>>> = {
  'water-meter': 'water-litres',
  electrical: 'energy-wh',
}

/** Happens, and does not last: such a signal has no length. The server knows them as `moments`. */
export const momentStates: ReadonlySet<string> = new Set([
  'granted',
  'refused',
  'revoked-pass',
  'forced',
  'tailgate',
  'pressed',
  'test',
])
