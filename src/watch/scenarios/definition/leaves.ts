import {
  dailySums,
  measures,
  moments,
  purposesFor,
  readingStates,
  type DeviceKind,
  type Measure,
} from '../../devices/index.ts'
import type { PlaceCode } from '../../../kernel/ids.ts'
import { under } from './field.ts'
import type { Problem } from './types.ts'
import type { Definition, Leaf, Signal, When } from './schema.ts'

/** A leaf and where it stands: `when.of.1`. */
export type Placed = { leaf: Leaf; field: string }

/** Every leaf of a condition, in reading order. */
export function leavesOf(when: When, field = 'when'): Placed[] {
  switch (when.is) {
    case 'all':
    case 'any':
      return when.of.flatMap((one, at) => leavesOf(one, under(under(field, 'of'), at)))
    case 'not':
      return [{ leaf: when.of, field: under(field, 'of') }]
    default:
      return [{ leaf: when, field }]
  }
}

/** Every signal that a leaf names. */
export function signalsOf({ leaf, field }: Placed): { signal: Signal; field: string }[] {
  switch (leaf.is) {
    case 'state':
    case 'count':
      return [{ signal: leaf.signal, field: under(field, 'signal') }]
    case 'sequence':
      return [
        { signal: leaf.first, field: under(field, 'first') },
        { signal: leaf.then, field: under(field, 'then') },
      ]
    case 'silence':
      return (leaf.signs ?? []).map((signal, at) => ({
        signal,
        field: under(under(field, 'signs'), at),
      }))
    case 'habit':
      return leaf.signal ? [{ signal: leaf.signal, field: under(field, 'signal') }] : []
    case 'threshold':
    case 'health':
    case 'peers':
      return []
    default:
      return leaf satisfies never
  }
}

/** Signs of life, which only an agreement makes known. */
export function isOfLife(leaf: Leaf): boolean {
  if (leaf.is === 'silence') return leaf.signs === null
  return leaf.is === 'habit' && leaf.signal === null
}

/** Numbers measured: in a home they tell of who lives there. */
export function isOfNumbers(leaf: Leaf): boolean {
  return leaf.is === 'threshold' || (leaf.is === 'habit' && leaf.of === 'use')
}

const used = ['water-litres', 'current-ma', 'power-w', 'energy-wh']

/** What is used tells who is in, wherever a home's own meter may stand. */
export function isOfUse(leaf: Leaf): boolean {
  if (leaf.is === 'threshold') return used.includes(leaf.measure)
  return leaf.is === 'habit' && leaf.of === 'use'
}

/** Only ever grow, so that a day's use is the newest less the first. */
const growing = ['water-litres', 'energy-wh']

/** What a leaf says that no device could say, or that could never be true. */
export function wrongLeaf(placed: Placed, definition: Definition): Problem[] {
  const { leaf, field } = placed
  return [
    ...signalsOf(placed).flatMap((one) => wrongSignal(one, leaf, definition)),
    ...wrongNumbers(leaf, field, definition),
  ]
}

function wrongSignal(
  { signal: { kind, states }, field }: { signal: Signal; field: string },
  leaf: Leaf,
  definition: Definition,
): Problem[] {
  const said = leaf.is === 'habit' && leaf.of === 'use' ? measuresOf(kind) : readingStates[kind]
  const known: readonly string[] = said
  const more = known.join(' ')
  return [
    ...states.flatMap((state, at): Problem[] => {
      if (known.includes(state)) return []
      return [{ field: under(under(field, 'states'), at), because: 'unknown-state', more }]
    }),
    ...wrongKind(kind, under(field, 'kind'), definition),
  ]
}

function wrongNumbers(leaf: Leaf, field: string, definition: Definition): Problem[] {
  switch (leaf.is) {
    case 'state':
      return leaf.minutes > 0 && leaf.signal.states.some((state) => moments.has(state))
        ? [{ field: under(field, 'minutes'), because: 'moment-cannot-last', more: 0 }]
        : []
    case 'threshold':
      return wrongThreshold(leaf.measure, under(field, 'measure'), definition)
    case 'habit':
      return wrongHabit(leaf, field)
    case 'silence':
    case 'count':
    case 'sequence':
    case 'health':
    case 'peers':
      return []
    default:
      return leaf satisfies never
  }
}

function wrongThreshold(measure: string, field: string, definition: Definition): Problem[] {
  const known = Object.keys(measures).filter((one) => !isDaySum(one))
  if (!known.includes(measure))
    return [{ field, because: 'unknown-measure', more: known.join(' ') }]
  return wrongKind(measures[measure as Measure], field, definition)
}

type Habit = Extract<Leaf, { is: 'habit' }>
function wrongHabit({ of, side, signal, percent }: Habit, field: string): Problem[] {
  const problems: Problem[] = []
  if (of === 'gap' && side === 'below') {
    problems.push({ field: under(field, 'side'), because: 'gap-above-only', more: 'above' })
  }
  // Beyond its own usual it would be true on every other day.
  if (side === 'above' && percent <= 100) {
    problems.push({ field: under(field, 'percent'), because: 'too-small', more: 101 })
  }
  if (side === 'below' && percent >= 100) {
    problems.push({ field: under(field, 'percent'), because: 'too-large', more: 99 })
  }
  if (of !== 'use') return problems
  const place = under(field, 'signal')
  if (!signal) return [...problems, { field: place, because: 'missing' }]
  const odd = signal.states.some(
    (state) => measuresOf(signal.kind).includes(state) && !growing.includes(state),
  )
  const more = growing.join(' ')
  return odd
    ? [...problems, { field: under(place, 'states'), because: 'measure-not-counting', more }]
    : problems
}

function measuresOf(kind: DeviceKind): string[] {
  return Object.entries(measures)
    .filter(([measure, of]) => of === kind && !isDaySum(measure))
    .map(([measure]) => measure)
}

function isDaySum(measure: string): boolean {
  return (dailySums as readonly string[]).includes(measure)
}

const aHome = '310000000001-01-1-101' as PlaceCode
const elsewhere = '310000000001-01-1' as PlaceCode

/** No sensor of such a kind serves the purpose where the rule would look for it. */
function wrongKind(kind: DeviceKind, field: string, { purpose, per }: Definition): Problem[] {
  if (purpose === 'device-operation' || purpose === 'crowding-check') return []
  const places = per === 'home' ? [aHome] : [aHome, elsewhere]
  const isThere = places.some((place) => purposesFor(kind, place).includes(purpose))
  return isThere ? [] : [{ field, because: 'kind-not-of-purpose', more: kind }]
}
