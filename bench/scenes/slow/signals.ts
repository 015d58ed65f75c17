import type { Instant } from '../../../src/kernel/clock.ts'
import { moments } from '../../../src/watch/devices/index.ts'
import type { Signalled, When } from '../../../src/watch/scenarios/index.ts'
import { compare, type Bound, type Simple } from './history.ts'
import { countedIn, holds, missingSince, turnedOn } from './leaves.ts'
import { heardOf, type View } from './view.ts'

/** What makes a rule true: by which sensor alone, and facts that do it only together. */
/** `own`: by leaf, sensor and when it came. */
export type Shown = { own: Map<string, Signalled>; together: Signalled[] }

/** A sensor that was put elsewhere and came back is another one. */
export function whoOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1)
}

const signalsMax = 20

/** Leaves under *not* show nothing: what did not happen cannot be named. */
export function shownAt(when: When, view: View, at: Instant): Shown {
  const shown: Shown = { own: new Map(), together: [] }
  for (const [number, leaf] of positiveLeaves(when, true).entries()) {
    for (const one of view.bound) {
      const fact = factOf(leaf, view, one, at)
      if (fact) shown.own.set(`${number} ${one.sensor.sensor} ${one.began}`, fact)
    }
    if (!holds(leaf, view, at)) continue
    if (leaf.is === 'count') shown.together.push(...countedIn(leaf, view, at))
    const missing = leaf.is === 'sequence' ? missingSince(leaf, view, at) : undefined
    if (missing) shown.together.push(missing)
  }
  return shown
}

/** By time, sensor and word, each once; the newest of them. */
export function inOrder(signals: readonly Signalled[]): Signalled[] {
  const sorted = signals.toSorted(
    (a, b) => a.at - b.at || compare(a.sensor, b.sensor) || compare(a.state, b.state),
  )
  const once = sorted.filter((one, i) => {
    const before = sorted[i - 1]
    return before?.at !== one.at || before.sensor !== one.sensor || before.state !== one.state
  })
  return once.slice(-signalsMax)
}

function positiveLeaves(when: When, isPositive: boolean): Simple[] {
  switch (when.is) {
    case 'all':
    case 'any':
      return when.of.flatMap((part) => positiveLeaves(part, isPositive))
    case 'not':
      return positiveLeaves(when.of, !isPositive)
    default:
      return isPositive ? [when] : []
  }
}

/** The fact by which a sensor came to make a leaf true by itself. */
function factOf(leaf: Simple, view: View, one: Bound, at: Instant): Signalled | undefined {
  const alone = { ...view, bound: [one] }
  if (leaf.is === 'health') return turnedOn(leaf.condition, view, one, at)
  if (leaf.is !== 'state' && leaf.is !== 'threshold') return undefined
  if (!holds(leaf, alone, at)) return undefined
  let moment: Signalled | undefined
  let entered: Signalled | undefined
  for (const { at: said, message } of heardOf(view, one, at)) {
    for (const { kind, state, value } of message.facts) {
      const known = Math.floor(said)
      const fact: Signalled = { sensor: message.sensor, kind, state, value, at: known }
      if (leaf.is === 'threshold') {
        if (state !== leaf.measure || value === null) continue
        const isMeant = leaf.side === 'above' ? value > leaf.number : value < leaf.number
        entered = isMeant ? (entered ?? fact) : undefined
      } else if (kind === leaf.signal.kind && value === null) {
        const isMeant = leaf.signal.states.includes(state)
        if (!moments.has(state)) entered = isMeant ? (entered ?? fact) : undefined
        else if (isMeant && at < said + 60_000) moment = fact
      }
    }
  }
  return moment ?? entered
}
