/**
 * The year that the whole street has behind it: what its rules found in each week, who answered and
 * after how long, and what came of it. All of it is made up, by shares that stand here and were
 * measured nowhere; each matter says so in its words.
 */
import { dayOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { Input } from '../src/kernel/endpoint.ts'
import type { CommitteeCode, PostId } from '../src/kernel/ids.ts'
import type { bringHistory } from '../src/outlook/demo/api.ts'
import { found } from '../simulator/found.ts'
import { seeded, type Seeded } from '../simulator/seeded.ts'

export type PastMatter = Input<typeof bringHistory>['matters'][number]

/** 52 weeks, so that the same weekday is a year ago. */
export const yearDays = 364

/** A rule that the street switched on, or changed, so many days before the town opens. */
export type RuleStep = { daysBefore: number; rule: string; minutes?: number; reason: string }

/** Oldest first. `minutes`: a second version that waits so long; it takes the place of the first. */
export const ruleSteps: readonly RuleStep[] = [
  { daysBefore: 330, rule: 'fire-lane', reason: '示例：消防演练后全街道开启。' },
  { daysBefore: 300, rule: 'bins', reason: '示例：和物业约定了清运时间以后开启。' },
  { daysBefore: 280, rule: 'e-bike-in-lift', reason: '示例：加装电梯启用，一起开启。' },
  { daysBefore: 250, rule: 'door-held-open', reason: '示例：冬天请大家随手关门。' },
  { daysBefore: 150, rule: 'overcrowding', reason: '示例：吴中一幢楼试行，影响评估已公示。' },
  {
    ...{ daysBefore: 120, rule: 'door-held-open', minutes: 20 },
    reason: '示例：搬家和送货也会撑门，白跑太多，改成 20 分钟。',
  },
]
/** Since when which version was in force, in days before the town opens. */
const secondVersions = new Map(
  ruleSteps.filter(({ minutes }) => minutes).map((one) => [one.rule, one.daysBefore]),
)
const firstVersions = new Map(
  ruleSteps.filter(({ minutes }) => !minutes).map((one) => [one.rule, one.daysBefore]),
)

type Kind = PastMatter['kind']
type As = 'worker' | 'property'

/** A rule in this street: how often a week, at which hours, by whom, how soon. */
type Habit = {
  rule: string
  kind: Kind
  as: As
  perWeek: number
  /** Of a second version, where there is one. */
  perWeekAfter?: number
  hours: readonly [number, number]
  isEmergency?: true
  answerMs: number
  dueMs: number
}

const quick = {
  ...({ kind: 'hazard', as: 'worker', isEmergency: true } as const),
  answerMs: 5 * minuteMs,
}
const guard = {
  ...({ kind: 'hazard', as: 'property', isEmergency: true } as const),
  answerMs: 10 * minuteMs,
}
const round = {
  ...({ kind: 'hazard', as: 'property' } as const),
  ...{ answerMs: 30 * minuteMs, dueMs: hourMs },
}
const repair = {
  ...({ kind: 'device-repair', as: 'worker', hours: [6, 22] } as const),
  answerMs: 4 * hourMs,
}

const habits: readonly Habit[] = [
  {
    ...{ rule: 'care-silence', kind: 'care-visit', as: 'worker', perWeek: 4, hours: [8, 20] },
    ...{ answerMs: 15 * minuteMs, dueMs: 2 * hourMs },
  },
  {
    ...{ rule: 'care-offer', kind: 'care-offer', as: 'worker', perWeek: 70, hours: [9, 17] },
    ...{ answerMs: dayMs, dueMs: 14 * dayMs },
  },
  { ...quick, rule: 'sos', perWeek: 2.5, hours: [0, 24], dueMs: 30 * minuteMs },
  { ...quick, rule: 'smoke', perWeek: 1.2, hours: [6, 22], dueMs: 20 * minuteMs },
  { ...quick, rule: 'gas', perWeek: 0.8, hours: [6, 22], dueMs: 20 * minuteMs },
  { ...quick, rule: 'water-leak', perWeek: 1.6, hours: [0, 24], dueMs: 40 * minuteMs },
  { ...quick, rule: 'electrical', perWeek: 1, hours: [10, 23], dueMs: 40 * minuteMs },
  { ...quick, rule: 'manhole', perWeek: 0.4, hours: [6, 20], dueMs: 40 * minuteMs },
  { ...guard, rule: 'door-forced', perWeek: 0.9, hours: [0, 24], dueMs: 20 * minuteMs },
  { ...guard, rule: 'e-bike-in-lift', perWeek: 5, hours: [17, 23], dueMs: 30 * minuteMs },
  { ...round, rule: 'door-held-open', perWeek: 20, perWeekAfter: 9, hours: [7, 22] },
  { ...round, rule: 'fire-lane', perWeek: 11, hours: [15, 23] },
  { ...round, rule: 'bins', perWeek: 13, hours: [7, 20], answerMs: 4 * hourMs, dueMs: 4 * hourMs },
  {
    ...{ rule: 'overcrowding', kind: 'home-check', as: 'worker', perWeek: 0.7, hours: [9, 18] },
    ...{ answerMs: 72 * hourMs, dueMs: 7 * dayMs },
  },
  { ...repair, rule: 'device-silence', perWeek: 9, dueMs: 24 * hourMs },
  { ...repair, rule: 'device-battery-low', perWeek: 4, dueMs: 72 * hourMs },
  { ...repair, rule: 'device-tampered', perWeek: 0.5, dueMs: 24 * hourMs },
  { ...repair, rule: 'device-clock-wrong', perWeek: 0.3, dueMs: 72 * hourMs },
]

/** Heat and rain, New Year’s Eve: `daily` is a usual day of that rule. */
const seasons: readonly { rule: string; months: readonly number[]; times: number }[] = [
  { rule: 'electrical', months: [7, 8], times: 2.6 },
  { rule: 'water-leak', months: [6, 7, 8, 9], times: 1.8 },
  { rule: 'gas', months: [12, 1, 2], times: 1.6 },
  { rule: 'care-silence', months: [1, 2, 7, 8], times: 1.3 },
]

export type Answerers = {
  /** By rank; the first is asked first. */
  workers: ReadonlyMap<CommitteeCode, readonly PostId[]>
  property: ReadonlyMap<CommitteeCode, readonly PostId[]>
  officers: readonly PostId[]
}

/** In the order in which they were opened. All are closed before the town opens. */
export function pastMatters(seed: number, opensAt: Instant, who: Answerers): PastMatter[] {
  const committees = [...who.workers.keys()]
  return habits
    .flatMap((habit) =>
      Array.from({ length: yearDays }, (_, nth) => {
        const daysBefore = yearDays - nth
        const chance = seeded(seed, 'year', habit.rule, daysBefore)
        const day = opensAt - daysBefore * dayMs
        return Array.from({ length: timesOn(habit, day, daysBefore, chance) }, () => {
          const committee = committees[chance.between(0, committees.length - 1)]
          return committee ? matterOf(habit, committee, day, daysBefore, who, chance) : []
        }).flat()
      }).flat(),
    )
    .filter(({ closedAt }) => closedAt < opensAt)
    .toSorted((a, b) => a.openedAt - b.openedAt)
}

function isAfter({ rule }: Habit, daysBefore: number): boolean {
  return daysBefore < (secondVersions.get(rule) ?? -1)
}

function timesOn(habit: Habit, day: Instant, daysBefore: number, chance: Seeded): number {
  if (daysBefore >= (firstVersions.get(habit.rule) ?? Infinity)) return 0
  const month = Number(dayOf(day).slice(5, 7))
  const season = seasons.find(({ rule, months }) => rule === habit.rule && months.includes(month))
  const perWeek = (isAfter(habit, daysBefore) && habit.perWeekAfter) || habit.perWeek
  const expected = (perWeek / 7) * (season?.times ?? 1)
  const whole = Math.floor(expected)
  return whole + Number(chance.isLucky(expected - whole))
}

const walkMs: [number, number] = [3 * minuteMs, 25 * minuteMs]
const runMs: [number, number] = [minuteMs, 7 * minuteMs]
/** One in so many answers late, and the next tier is asked. */
const lateShare = 0.06
const officerShare = 0.15
const words = '（示例）'

function matterOf(
  habit: Habit,
  committee: CommitteeCode,
  day: Instant,
  daysBefore: number,
  who: Answerers,
  chance: Seeded,
): PastMatter[] {
  const after = isAfter(habit, daysBefore)
  const [from, to] = habit.hours
  const midnight = Date.parse(`${dayOf(day)}T00:00:00+08:00`)
  const openedAt = midnight + chance.between(from * 3_600, to * 3_600 - 1) * 1_000
  const answers = who[habit.as === 'property' ? 'property' : 'workers'].get(committee) ?? []
  const isLate = chance.isLucky(lateShare)
  const isOfficers = isLate && chance.isLucky(officerShare)
  const among = isOfficers ? who.officers : answers
  const post = among[Math.floor(chance.next() ** 2 * among.length)]
  if (!post) return []
  const ruleVersion = after ? 2 : 1
  const outcome = found({ ...habit, version: ruleVersion }, chance)
  return [
    {
      ...{ kind: habit.kind, rule: habit.rule, ruleVersion, committee, post },
      ...{ urgency: habit.isEmergency ? 'emergency' : 'usual', outcome, words, openedAt },
      tier: isOfficers ? 3 : isLate ? 2 : 1,
      ...timesOf(habit, openedAt, isLate, chance),
    },
  ]
}

/** Mostly far before the deadline, with a long tail: the square of a chance, twice. */
function timesOf(habit: Habit, openedAt: Instant, isLate: boolean, of: Seeded) {
  const { answerMs, dueMs, kind, isEmergency = false } = habit
  const soon = Math.round(answerMs * (0.02 + 0.9 * of.next() ** 3))
  const acknowledgedAt = openedAt + (isLate ? answerMs + Math.round(answerMs * of.next()) : soon)
  const idleShare = kind === 'device-repair' ? 2 : isEmergency ? 24 : 8
  const idleMs = Math.round((dueMs / idleShare) * of.next() ** 2)
  const setOutAt = acknowledgedAt + idleMs + 30_000
  const arrivedAt = setOutAt + of.between(...(isEmergency ? runMs : walkMs))
  const closedAt = arrivedAt + of.between(2, isEmergency ? 12 : 35) * minuteMs
  const isPhoned = kind === 'care-visit' && of.isLucky(0.15)
  return {
    ...{ acknowledgeBy: openedAt + answerMs, dueAt: openedAt + dueMs, acknowledgedAt },
    ...(isPhoned ? { setOutAt: null, arrivedAt: null } : { setOutAt, arrivedAt }),
    closedAt,
  }
}
