import { startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Problem } from '../definition/index.ts'
import { deviceSilence, ruleOfCondition, type VersionState, type WorkshopAct } from '../types.ts'
import type { Version } from './types.ts'

/** Above this share people stop believing (SEN-22; a parameter of the street later). */
export const misleadingPercentMax = 5

const steps: Partial<Record<WorkshopAct, { from: VersionState[]; to: VersionState }>> = {
  shadow: { from: ['draft'], to: 'shadow' },
  unshadow: { from: ['shadow'], to: 'draft' },
  submit: { from: ['draft', 'shadow'], to: 'review' },
  return: { from: ['review'], to: 'draft' },
  approve: { from: ['review'], to: 'in-force' },
  retire: { from: ['in-force'], to: 'retired' },
  'roll-back': { from: ['retired'], to: 'in-force' },
  drop: { from: ['draft', 'shadow', 'review'], to: 'dropped' },
}

/**
 * What an act makes of a version. Whoever wrote it cannot approve it: a second person looks.
 * Switching off and going back to what was in force before need one person and a reason.
 */
export function decideStep(
  version: Version,
  act: WorkshopAct,
  who: PersonId,
): VersionState | Fault {
  const step = steps[act]
  if (!step?.from.includes(version.state)) return fault('moved-on')
  if (act === 'shadow' && !isStreamed(version.definition)) return fault('not-tried')
  if (act === 'approve' && version.madeBy?.person === who) return fault('second-person')
  if (act === 'roll-back' && version.inForceFrom === null) return fault('moved-on')
  return step.to
}

/**
 * What is wrong with a device is asked for by the rule that is named after it, as sensing finds it;
 * leads come from daily sums: neither is a stream, so in shadow nobody would count them.
 */
export function isStreamed({ rule, when }: Version['definition']): boolean {
  if (when.is !== 'health') return when.is !== 'peers'
  const { condition } = when
  return rule !== (condition === 'silent' ? deviceSilence : ruleOfCondition(condition))
}

type Counts = readonly { outcome: Outcome; count: number }[]

const misleading = new Set<Outcome>(['sensor-fault', 'wrong-home', 'hazard-false'])
const falseVisit = new Set<Outcome>(['fine', 'away', 'sensor-fault', 'wrong-home'])

function sumOf(counts: Counts, among?: ReadonlySet<Outcome>): number {
  return counts.reduce((sum, one) => sum + (!among || among.has(one.outcome) ? one.count : 0), 0)
}

/** In tenths of a percent, as shown; null without any outcome. */
export function misleadingShare(counts: Counts): number | null {
  const all = sumOf(counts)
  return all === 0 ? null : Math.round((sumOf(counts, misleading) * 1_000) / all) / 10
}

export function isFlagged(counts: Counts): boolean {
  return sumOf(counts, misleading) * 100 > sumOf(counts) * misleadingPercentMax
}

/** Visits for nothing, per 1,000 homes and week, to two places. Null where nobody is watched. */
export function falseVisits(counts: Counts, homes: number, days: number): number | null {
  if (homes === 0 || days <= 0) return null
  return Math.round((sumOf(counts, falseVisit) * 1_000 * 7 * 100) / (homes * days)) / 100
}

/**
 * On how many days of a month ('2026-11', in Shanghai) within a span a version judged, begun days
 * counted: a month that has just begun is not spread over thirty days.
 */
export function daysJudged(
  month: string,
  version: Pick<Version, 'inForceFrom' | 'inForceTo'> | undefined,
  span: { from: Instant; to: Instant },
): number {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const [begin, end] = [of - 1, of].map((each) => startOfDay(Date.UTC(year, each, 1)))
  if (begin === undefined || end === undefined) return 0
  const { inForceFrom, inForceTo } = version ?? { inForceFrom: null, inForceTo: null }
  const from = Math.max(
    begin,
    span.from,
    inForceFrom !== null && inForceFrom < end ? inForceFrom : 0,
  )
  const to = Math.min(end, span.to, inForceTo !== null && inForceTo > from ? inForceTo : end)
  return Math.max(1, Math.ceil((to - from) / dayMs))
}

const rulesMax = 200
const versionsMax = 500

/** Whether a street may keep another version of each of these rules; no page shows more. */
export function tooMany(
  kept: readonly Pick<Version, 'rule'>[],
  wanted: readonly string[],
): Problem | undefined {
  const counts = new Map<string, number>()
  for (const { rule } of kept) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  for (const rule of wanted) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  if (counts.size > rulesMax) return { field: '', because: 'too-many', more: rulesMax }
  const isFull = wanted.some((rule) => (counts.get(rule) ?? 0) > versionsMax)
  return isFull ? { field: 'rule', because: 'too-many', more: versionsMax } : undefined
}

/** What one rule’s outcomes come to, added up over neighbourhoods and months. */
export function summed(counts: Counts): { outcome: Outcome; count: number }[] {
  const sums = new Map<Outcome, number>()
  for (const { outcome, count } of counts) sums.set(outcome, (sums.get(outcome) ?? 0) + count)
  return [...sums].map(([outcome, count]) => ({ outcome, count }))
}
