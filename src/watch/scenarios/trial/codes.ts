import { measures, readingStates, type DeviceKind } from '../../devices/index.ts'
import { isSignOfLife } from '../../sensing/index.ts'

/** One thing that a kind can say, by number: typed arrays of a day carry it so. */
export type Coded = { kind: DeviceKind; state: string; isSignOfLife: boolean }

/** In an order of its own, which nobody keeps: a number means something in this run alone. */
export const codes: readonly Coded[] = [
  ...entriesOf(readingStates).flatMap(([kind, states]) =>
    states.map((state) => ({ kind, state, isSignOfLife: isSignOfLife(kind, state) })),
  ),
  ...entriesOf(measures).map(([state, kind]) => ({ kind, state, isSignOfLife: false })),
]

const numbers = new Map(codes.map(({ kind, state }, code) => [`${kind} ${state}`, code]))

/** @throws RangeError where the kind cannot say this */
export function numberOf(kind: DeviceKind, state: string): number {
  const code = numbers.get(`${kind} ${state}`)
  if (code === undefined) throw new RangeError(`a ${kind} does not say ${state}`)
  return code
}

function entriesOf<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][]
}
