import { dayMs, hourMs, minuteMs, type Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myTasks, oneTask, searchTasks } from '../../src/desks/tasks/api.ts'
import type { WorkWords } from '../words/work.ts'
import type { OtherRule } from '../words/zh-CN/tasks.ts'

export type Row = Output<typeof myTasks>['tasks'][number]
export type OneTask = Output<typeof oneTask>
export type Found = Output<typeof searchTasks>['tasks'][number]
type Facts = Row['facts']
export type Signal = NonNullable<Facts['signals']>[number]

/** Where it is, as people say it; a gateway stands in its stair. */
export function placeOf(task: Pick<Row, 'place' | 'facts'>, words: WorkWords): string {
  if (!task.place) return words.places.unknownPlace
  return task.facts.gateway === null
    ? words.places.spot(task.place)
    : words.tasks.gatewayTitle(
        task.place.stair === null
          ? words.places.spot(task.place)
          : words.places.stair(task.place.stair),
      )
}

/** What is known, in facts: never that somebody fell or is in danger. */
export function factOf(task: Pick<Row, 'kind' | 'rule' | 'facts'>, words: WorkWords): string {
  const { facts, rule } = task
  switch (task.kind) {
    case 'care-visit':
      if (facts.help) return words.tasks.helpSaid[facts.help]
      if (facts.silentMs !== null) return words.tasks.silentFor(hoursOf(facts))
      return heardIn(facts, words) ?? words.tasks.ruleName(rule)
    case 'care-offer':
    case 'roster-gap':
      return words.tasks.ruleName(rule)
    case 'hazard':
      return heardIn(facts, words) ?? words.tasks.ruleName(rule)
    case 'home-check':
      return facts.lead
        ? words.tasks.leadFact(facts.lead.days, facts.lead.ofDays)
        : words.tasks.ruleName(rule)
    case 'device-repair':
      return deviceFact(task, words)
    default:
      return task.kind satisfies never
  }
}

/** The newest thing that was heard, as a sentence. */
export function heardIn({ signals = [] }: Facts, words: WorkWords): string | undefined {
  const newest = signals[signals.length - 1]
  return newest && (words.tasks.heard(newest.kind, newest.state) ?? words.sensing.kind(newest.kind))
}

/** How many devices spoke. */
export function probesIn({ signals = [] }: Facts): number {
  return new Set(signals.map(({ device }) => device)).size
}

function deviceFact({ facts, rule }: Pick<Row, 'rule' | 'facts'>, words: WorkWords): string {
  const [first] = facts.devices
  if (isOther(rule)) {
    const what = first && facts.gateway === null ? words.sensing.kind(first.kind) : null
    return words.tasks.deviceFact(rule, what ?? words.tasks.gateway)
  }
  if (facts.gateway !== null) {
    return words.tasks.gatewaySilent(facts.devices.length)
  }
  return facts.devices.length === 1 && first
    ? words.tasks.deviceSilent(words.sensing.kind(first.kind))
    : words.tasks.devicesSilent(facts.devices.length)
}

/** A device that is heard, but with which something is wrong. */
export function isOther(rule: string): rule is OtherRule {
  return otherRules.has(rule)
}
const otherRules = new Set<string>([
  'device-battery-low',
  'device-tampered',
  'device-copied',
  'device-clock-wrong',
])

/** To life and limb, by the rules that ship; others are things to see to. */
export function isAlarm({ kind, rule }: Pick<Row, 'kind' | 'rule'>): boolean {
  return kind === 'hazard' && alarms.has(rule)
}
const alarms = new Set(['sos', 'smoke', 'gas', 'electrical'])

/** Whole hours of silence that counted, rounded down. */
export function hoursOf(facts: Facts): number {
  return Math.floor((facts.silentMs ?? 0) / hourMs)
}

/** The gaps worth a word: below a minute in all they are noise, not drawn and not said. */
export function gapsOf(facts: Facts): { gaps: Facts['gaps']; gapMs: number } {
  const gapMs = facts.gapMs ?? 0
  return gapMs < minuteMs ? { gaps: [], gapMs: 0 } : { gaps: facts.gaps, gapMs }
}

/** Since when a gateway is not heard, in the few letters that stand below a stair. */
export function downFor(facts: Facts, now: Instant, words: WorkWords): string {
  if (facts.heardAt === null) return words.places.neverUp
  const ms = Math.max(0, now - facts.heardAt)
  if (ms < hourMs) return words.places.down(Math.floor(ms / minuteMs), 'minute')
  return ms < 3 * dayMs
    ? words.places.down(Math.floor(ms / hourMs), 'hour')
    : words.places.down(Math.floor(ms / dayMs), 'day')
}

/** The deadline that runs now: to take the task, then to have it done. */
export function deadlineOf(task: Pick<Row, 'state' | 'acknowledgeBy' | 'dueAt'>): Instant {
  return task.state === 'raised' ? Math.min(task.acknowledgeBy, task.dueAt) : task.dueAt
}

export function isLate(
  task: Pick<Row, 'state' | 'acknowledgeBy' | 'dueAt'>,
  now: Instant,
): boolean {
  return task.state !== 'closed' && deadlineOf(task) <= now
}
