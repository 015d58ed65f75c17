import { dayMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { HomeCode } from '../../../kernel/ids.ts'
import type { Definition, Leaf } from '../definition/index.ts'

/** What a rule says of it: `peers` of the published schema. */
export type Peers = Extract<Leaf, { is: 'peers' }>
export type StopsBelow = NonNullable<Definition['stopsBelow']>

/** One sum of one home on one day of Shanghai ('2026-11-23'). Finer ones are not taken in. */
export type DailySum = { home: HomeCode; day: string; measure: string; value: number }

/**
 * A home that stood out on `days` of the newest `ofDays` days, against at least `peers` homes of its
 * building. `percent`: how far, on those days, by the measure that stood out less.
 */
export type Lead = {
  home: HomeCode
  days: number
  ofDays: number
  peers: number
  percent: number
}

/** A lead without anybody who verified it is gone after so many days (rules §8). */
const leadDaysMax = 14

type Known = {
  /** Declared occupants; a home that nobody declared counts as one. */
  occupantsOf: (home: HomeCode) => number | undefined
  /** The building's key; a home without one has no peers. */
  buildingOf: (home: HomeCode) => string | undefined
}

/**
 * Which homes might be looked at, the strongest first. Per declared occupant, against the median
 * of the other homes of the same building with that sum on that day, of which there must be enough;
 * on a day that counts, every measure of the rule stands out. `days`: the newest `ofDays` days, all
 * over. Whole numbers only: shares are compared crosswise and never divided.
 */
export function crowdingLeads(
  rule: Peers,
  sums: readonly DailySum[],
  days: readonly string[],
  known: Known,
): Lead[] {
  const wanted = new Set(days.slice(-rule.ofDays))
  const groups = new Map<string, Share[]>()
  for (const sum of sums) {
    const building = known.buildingOf(sum.home)
    if (building === undefined || !wanted.has(sum.day) || !isSum(rule, sum)) continue
    const key = `${sum.day} ${sum.measure} ${building}`
    const group = groups.get(key) ?? []
    const occupants = BigInt(Math.max(1, Math.trunc(known.occupantsOf(sum.home) ?? 1)))
    group.push({ home: sum.home, day: sum.day, value: BigInt(sum.value), occupants })
    groups.set(key, group)
  }
  const above = new Map<HomeCode, Map<string, Standing[]>>()
  for (const group of groups.values()) {
    for (const { home, day, ...standing } of standingOut(rule, group)) {
      const ofHome = above.get(home) ?? new Map<string, Standing[]>()
      above.set(home, ofHome.set(day, [...(ofHome.get(day) ?? []), standing]))
    }
  }
  return [...above]
    .flatMap(([home, ofHome]) => leadOf(rule, home, ofHome))
    .toSorted((a, b) => b.days - a.days || b.percent - a.percent || (a.home < b.home ? -1 : 1))
}

/** One value a home, measure and day: a second one could only be finer. */
type Share = { home: HomeCode; day: string; value: bigint; occupants: bigint }
type Standing = { percent: number; peers: number }

function isSum(rule: Peers, { measure, value }: DailySum): boolean {
  return rule.measures.includes(measure) && Number.isSafeInteger(value) && value >= 0
}

function standingOut(rule: Peers, group: readonly Share[]) {
  const sorted = firstOfEach(group).toSorted(byShare)
  const peers = sorted.length - 1
  if (peers < rule.peersMin) return []
  return sorted.flatMap(({ home, day, value, occupants }, at) => {
    // The half-way mark of the others, as a fraction of two halves.
    const low = without(sorted, at, (peers - 1) >> 1)
    const high = without(sorted, at, peers >> 1)
    const above = low.value * high.occupants + high.value * low.occupants
    const below = 2n * low.occupants * high.occupants
    // Where the others use nothing, nothing can be said of anybody.
    if (above === 0n) return []
    const isAbove = value * below * 100n > BigInt(rule.percent) * above * occupants
    const percent = Number((value * below * 100n) / (above * occupants))
    return isAbove ? [{ home, day, percent, peers }] : []
  })
}

function firstOfEach(group: readonly Share[]): Share[] {
  const first = new Map<HomeCode, Share>()
  for (const share of group) if (!first.has(share.home)) first.set(share.home, share)
  return [...first.values()]
}

function byShare(a: Share, b: Share): number {
  const [left, right] = [a.value * b.occupants, b.value * a.occupants]
  return left === right ? (a.home < b.home ? -1 : 1) : left < right ? -1 : 1
}

/** The n-th of the others. */
function without(sorted: readonly Share[], self: number, n: number): Share {
  const one = sorted[n < self ? n : n + 1]
  if (!one) throw new Error(`no ${n}-th of ${sorted.length - 1} others`)
  return one
}

function leadOf(rule: Peers, home: HomeCode, ofHome: ReadonlyMap<string, Standing[]>): Lead[] {
  const counted = [...ofHome.values()].filter((all) => all.length === rule.measures.length)
  if (counted.length < rule.days) return []
  const percents = counted.map((all) => Math.min(...all.map(({ percent }) => percent)))
  const percent = Math.floor(percents.reduce((sum, one) => sum + one, 0) / percents.length)
  const peers = Math.min(...counted.flat().map((one) => one.peers))
  return [{ home, days: counted.length, ofDays: rule.ofDays, peers, percent }]
}

type Found = { foundAt: Instant; endedAt: Instant | null }

/**
 * When nothing of a lead is kept any more: where nobody verified it, when its time is over, which
 * the rule may shorten and not prolong; where somebody looked, when the rule's pause is over.
 */
export function keptUntil(
  { foundAt, endedAt }: Found,
  { expiresDays, cooldownMinutes }: Pick<Definition, 'expiresDays' | 'cooldownMinutes'>,
): Instant {
  if (endedAt !== null) return endedAt + cooldownMinutes * minuteMs
  return foundAt + Math.min(expiresDays ?? leadDaysMax, leadDaysMax) * dayMs
}

/**
 * How many checks were right, of those that found something out. Whoever was away or let nobody in
 * has told nothing, for or against.
 */
export function hitsOf(outcomes: readonly Outcome[]): { right: number; checked: number } {
  const checked = outcomes.filter((one) => isCheck(one))
  return { right: checked.filter((one) => hits.has(one)).length, checked: checked.length }
}

/** What the rule was there for: something was wrong, or somebody needed help. */
const hits = new Set<Outcome>(['hazard-real', 'needed-help'])

function isCheck(outcome: Outcome): boolean {
  switch (outcome) {
    case 'away':
    case 'refused':
      return false
    case 'hazard-real':
    case 'hazard-false':
    case 'wrong-home':
    case 'sensor-fault':
    case 'fine':
    case 'needed-help':
      return true
    default:
      return outcome satisfies never
  }
}

/** `outcomes`: of one version, newest first. Below its floor among the newest checks, it stops. */
export function isStopped(outcomes: readonly Outcome[], floor: StopsBelow | null): boolean {
  if (!floor) return false
  const newest = outcomes.filter((one) => isCheck(one)).slice(0, floor.ofChecks)
  if (newest.length < floor.ofChecks) return false
  return hitsOf(newest).right * 100 < floor.percent * newest.length
}
