import { startOfDay, timeOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { PostId } from '../../../kernel/ids.ts'
import {
  chosenHows,
  limits,
  type Known,
  type LookFacts,
  type NewLook,
  type ReviewReason,
} from './types.ts'

/** Why a look is unusual; nothing: it is not. Lists are not chosen, so nobody is in one of them. */
export function reasonsOf(look: NewLook, facts: LookFacts): ReviewReason[] {
  if (look.by.kind !== 'post' || look.by.person === look.person) return []
  const isChosen = chosenHows.includes(look.how)
  return [
    ...(isChosen && isMany(facts) ? (['many'] as const) : []),
    ...(isChosen && facts.isKin ? (['kin'] as const) : []),
    ...(isAtNight(look.at) && !facts.isOpenTask && !facts.isOnDuty ? (['night'] as const) : []),
  ]
}

/** More than a full day at a counter, or far more than this post ever does. */
function isMany({ peopleToday, usual }: LookFacts): boolean {
  if (peopleToday > limits.peopleADay) return true
  if (usual.days < limits.usualDaysMin || peopleToday < limits.peopleMin) return false
  return peopleToday >= limits.timesUsual * usual.people
}

export function isAtNight(at: Instant): boolean {
  const time = timeOf(at)
  return time >= limits.nightFrom || time < limits.nightTo
}

/** The days before this one by which a post's usual day is known. */
export function usualSpan(at: Instant): { from: Instant; to: Instant } {
  const to = startOfDay(at)
  return { from: to - limits.usualDays * dayMs, to }
}

/**
 * Whether a look is drawn. Its salt is made by the database as the look is written: nobody can
 * choose it, and nobody sees it before.
 */
export function isDrawn({ salt }: Pick<NewLook, 'salt'>): boolean {
  return Number.parseInt(salt.slice(0, 8), 16) % limits.drawnOneIn === 0
}

/**
 * What of a verdict is new: looks of a post for the same reasons within an hour are one review. Of
 * what one press made many of, a list or an export, one is drawn; of looks that were chosen all.
 */
export function newOf(
  look: NewLook,
  verdict: { reasons: readonly ReviewReason[]; isDrawn: boolean },
  known: readonly Known[],
): { reasons: readonly ReviewReason[]; isDrawn: boolean } | undefined {
  const byPost = look.by.kind === 'post' ? look.by.post : null
  const near = known.filter(
    (one) => one.byPost === byPost && Math.abs(look.at - one.at) < limits.alikeMs,
  )
  const isKnown = near.some(({ reasons }) => isSame(reasons, verdict.reasons))
  const isOneOfMany =
    !chosenHows.includes(look.how) &&
    near.some((one) => one.isDrawn && one.how === look.how && one.label === look.label)
  const reasons = isKnown ? [] : verdict.reasons
  const drawn = verdict.isDrawn && !isOneOfMany
  return reasons.length > 0 || drawn ? { reasons, isDrawn: drawn } : undefined
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((reason) => other.includes(reason))
}

/** Who may review: never the post whose look it was, nor anybody of its body. */
export function mayReview(
  byPost: PostId | null,
  reviewer: { post: PostId; body: string },
  bodyOf: ReadonlyMap<PostId, string>,
): boolean {
  if (byPost === null) return true
  return byPost !== reviewer.post && bodyOf.get(byPost) !== reviewer.body
}
