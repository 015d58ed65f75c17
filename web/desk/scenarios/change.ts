import type { Definition, Leaf, When } from '../../../src/watch/scenarios/definition/types.ts'
import { isMoment } from './said.ts'

type Json = unknown

/** The kinds of condition as one chooses them: three ways to compare with one’s own days. */
export type LeafChoice = Leaf['is'] | 'habit-count' | 'habit-use'

/** What stands at a path like `when.of.1.minutes`; undefined where there is nothing. */
export function valueAt(rule: Definition, field: string): Json {
  return stepsOf(field).reduce<Json>((at, step) => childOf(at, step), rule)
}

/** The rule with another value at a path; everything beside the path stays the same object. */
export function changed(rule: Definition, field: string, value: Json): Definition {
  return settled(put(rule, stepsOf(field), value) as Definition)
}

/** Another condition in place of the one at `node`. */
export function replaced(rule: Definition, node: string, kind: LeafChoice): Definition {
  return changed(rule, node, newLeaf(kind))
}

/** Another condition beside the one at `node`: into the list where it stands, or into a new one. */
export function joined(rule: Definition, node: string, is: 'all' | 'any'): Definition {
  const parent = parentOf(node)
  const around = parent === null ? null : (valueAt(rule, parent) as When)
  const more = newLeaf('state')
  const self = valueAt(rule, node) as When
  if (self.is === is) return changed(rule, `${node}.of`, [...self.of, more])
  if (parent !== null && around?.is === is) {
    return changed(rule, `${parent}.of`, [...around.of, more])
  }
  return changed(rule, node, { is, of: [self, more] })
}

/** Turned round, or back again. Only a single condition can be. */
export function negated(rule: Definition, node: string): Definition {
  const when = valueAt(rule, node) as When
  return changed(rule, node, when.is === 'not' ? when.of : { is: 'not', of: when })
}

/** Without the condition at `node`; a list of one becomes that one. */
export function removed(rule: Definition, node: string): Definition {
  const parent = parentOf(node)
  if (parent === null) return rule
  const around = valueAt(rule, parent) as Extract<When, { is: 'all' | 'any' }>
  const left = around.of.filter((_, at) => `${parent}.of.${at}` !== node)
  const [only] = left
  return changed(rule, parent, left.length === 1 && only ? only : { ...around, of: left })
}

/** The list that holds the condition at `node`, by its path; null for the whole. */
export function parentOf(node: string): string | null {
  return node === 'when' ? null : node.replace(/\.of\.\d+$/, '')
}

export function newLeaf(kind: LeafChoice): Leaf {
  const open = { kind: 'door-contact' as const, states: ['open'] }
  switch (kind) {
    case 'silence':
      return { is: 'silence', signs: null, minutes: 2_880 }
    case 'state':
      return { is: 'state', signal: open, minutes: 0 }
    case 'threshold':
      return {
        ...{ is: 'threshold', measure: 'temperature-centi-c', side: 'above' },
        ...{ number: 6_000, minutes: 0 },
      }
    case 'count':
      return { is: 'count', signal: open, atLeast: 3, minutes: 60 }
    case 'sequence':
      return {
        ...{ is: 'sequence', first: open, minutes: 30 },
        then: { kind: 'motion', states: ['occupied'] },
      }
    case 'habit':
      return { is: 'habit', of: 'gap', signal: null, side: 'above', percent: 300, days: 14 }
    case 'habit-count':
      return { is: 'habit', of: 'count', signal: open, side: 'below', percent: 30, days: 14 }
    case 'habit-use': {
      const signal = { kind: 'water-meter' as const, states: ['water-litres'] }
      return { is: 'habit', of: 'use', signal, side: 'above', percent: 300, days: 14 }
    }
    case 'health':
      return { is: 'health', condition: 'silent' }
    case 'peers':
      return {
        ...{ is: 'peers', measures: ['water-litres-day', 'door-openings-day'], percent: 300 },
        ...{ days: 14, ofDays: 21, peersMin: 10 },
      }
    default:
      return kind satisfies never
  }
}

/** Whether two rules say the same. */
export function isSame(a: Definition, b: Definition): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function stepsOf(field: string): string[] {
  return field === '' ? [] : field.split('.')
}

function childOf(at: Json, step: string): Json {
  return typeof at === 'object' && at !== null && Object.hasOwn(at, step)
    ? (at as Record<string, Json>)[step]
    : undefined
}

function put(at: Json, [step, ...rest]: string[], value: Json): Json {
  if (step === undefined) return value
  const next = put(childOf(at, step), rest, value)
  if (Array.isArray(at)) return at.map((one: Json, index) => (index === Number(step) ? next : one))
  return { ...(at as object), [step]: next }
}

/** What happens in a moment has no length: the token for it is gone, so nobody could mend it. */
function settled(rule: Definition): Definition {
  return { ...rule, when: settledWhen(rule.when) }
}

function settledWhen(when: When): When {
  if (when.is === 'all' || when.is === 'any') {
    return { ...when, of: when.of.map((one) => settledWhen(one as When)) } as When
  }
  if (when.is === 'not') return { ...when, of: settledWhen(when.of) as Leaf }
  return when.is === 'state' && isMoment(when.signal) ? { ...when, minutes: 0 } : when
}
