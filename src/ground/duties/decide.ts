import type { Instant } from '../../kernel/clock.ts'
import type { CommitteeCode } from '../../kernel/ids.ts'
import type { HeldPost } from './types.ts'

/**
 * Who is responsible for a home of this committee now: the committee's posts by rank, those on
 * leave skipped, then the street's duty officers by rank, leave or not: somebody always answers
 * while the street has an officer at all.
 */
export function responsibleAmong(
  posts: readonly HeldPost[],
  committee: CommitteeCode,
  now: Instant,
): HeldPost | undefined {
  const byRank = posts.toSorted((a, b) => a.rank - b.rank)
  const isHere = (post: HeldPost) => post.leaveUntil === null || post.leaveUntil <= now
  const officers = byRank.filter((post) => post.role === 'street')
  return (
    byRank.find((post) => post.committee === committee && isHere(post)) ??
    officers.find(isHere) ??
    officers[0]
  )
}

/** Whether a phone with these hours ('HH:MM', the same day) answers at a time of day. */
export function answersAt(opensAt: string | null, closesAt: string | null, time: string): boolean {
  return opensAt !== null && closesAt !== null && opensAt <= time && time < closesAt
}
