import { startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { Definition, Step } from '../definition/index.ts'

/** What a finding leads to. An ask that nobody answers ends without a visit. */
export type Going = { isVisit: boolean; at: Instant; endsAt: Instant }

/** Who gets up and goes; the others are asked. */
const goes = new Set<Step['tell']>(['volunteer', 'worker', 'property', 'duty-officer'])

/**
 * When somebody goes for it. Nobody before them is taken to have answered, so the visits are the
 * most that this rule can cause. Quiet hours are waited for.
 */
export function goingFor(definition: Definition, place: string, raisedAt: Instant): Going {
  const { workMinutes, local } = definition
  const own = local.find((one) => place.startsWith(one.place))
  const { steps, quiet } = own ?? definition
  const first = steps.findIndex(({ tell }) => goes.has(tell))
  const before = first < 0 ? steps : steps.slice(0, first)
  const waited = before.reduce((sum, { withinMinutes }) => sum + withinMinutes, 0)
  const at = raisedAt + waited * minuteMs
  if (first < 0) return { isVisit: false, at: raisedAt, endsAt: at }
  const begins = quiet === null ? at : afterQuiet(at, quiet)
  return { isVisit: true, at: begins, endsAt: begins + workMinutes * minuteMs }
}

/** People in one visit: a home is checked by two (rules §8). */
export function workersOf({ act }: Definition): number {
  return act === 'check-home' ? 2 : 1
}

function afterQuiet(at: Instant, { from, to }: { from: string; to: string }): Instant {
  const midnight = startOfDay(at)
  const begin = midnight + minutesOf(from) * minuteMs
  const end = midnight + minutesOf(to) * minuteMs
  if (begin < end) return at >= begin && at < end ? end : at
  if (at < end) return end
  return at >= begin ? end + dayMs : at
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
