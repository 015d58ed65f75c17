import type { Output } from '../../../src/kernel/endpoint.ts'
import type { tryRule } from '../../../src/watch/scenarios/api.ts'

export type Trial = NonNullable<Output<typeof tryRule>['result']>
export type Both = { draft: number; inForce: number }
/** `isSimulated`: some of its input did not really happen. */
export type Day = Both & { day: string; isSimulated: boolean }
export type Week = Both & { week: number }

/** Visits of the whole street by day, oldest first. */
export function daysOf(trial: Pick<Trial, 'days'>): Day[] {
  const days = new Map<string, Day>()
  for (const { day, draft, inForce, source } of trial.days) {
    const sum = days.get(day) ?? { draft: 0, inForce: 0, isSimulated: false }
    days.set(day, {
      day,
      draft: sum.draft + draft,
      inForce: sum.inForce + inForce,
      isSimulated: sum.isSimulated || source === 'simulated',
    })
  }
  return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

/** Visits by neighbourhood, in the order of their codes. */
export function committeesOf(trial: Pick<Trial, 'days'>): (Both & { committee: string })[] {
  const sums = new Map<string, Both>()
  for (const { committee, draft, inForce } of trial.days) {
    const sum = sums.get(committee) ?? { draft: 0, inForce: 0 }
    sums.set(committee, { draft: sum.draft + draft, inForce: sum.inForce + inForce })
  }
  return [...sums]
    .map(([committee, sum]) => ({ committee, ...sum }))
    .toSorted((a, b) => (a.committee < b.committee ? -1 : 1))
}

/** Worker hours of each whole week; the days left over at the end are no week. */
export function weeksOf(days: readonly Day[], minutes: Both): Week[] {
  const weeks = Array.from({ length: Math.floor(days.length / 7) }, (_, at) => at)
  return weeks.map((at) => {
    const seven = days.slice(at * 7, at * 7 + 7)
    const visits = (side: keyof Both) => seven.reduce((sum, one) => sum + one[side], 0)
    return {
      week: at + 1,
      draft: (visits('draft') * minutes.draft) / 60,
      inForce: (visits('inForce') * minutes.inForce) / 60,
    }
  })
}
