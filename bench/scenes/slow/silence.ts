import type { Instant } from '../../../src/kernel/clock.ts'
import type { StreetFinding } from '../../../src/watch/scenarios/index.ts'
import { holesOf } from './coverage.ts'
import { leavesOf, type History } from './history.ts'
import { holds } from './leaves.ts'
import { lifeAt } from './view.ts'

type Silence = Extract<StreetFinding, { is: 'raised' }>['silence']

/** How a silence of life came to be; null where it is none. */
export function silenceAt(history: History, at: Instant): Silence {
  const view = { history, bound: history.bound.filter((one) => one.from <= at && at < one.to) }
  const isTold = leavesOf(history.rule.definition.when).some(
    (leaf) => leaf.is === 'silence' && leaf.signs === null && holds(leaf, view, at),
  )
  if (!isTold) return null
  const since = lifeAt(view, at)
  const gaps = holesOf(view, since, at)
  const gapMs = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)
  return { since, silentMs: Math.floor(at) - since - gapMs, gapMs, gaps }
}
