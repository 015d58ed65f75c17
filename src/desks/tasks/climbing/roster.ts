import {
  isOnLeave,
  ladderAmong,
  onDutyAmong,
  type HeldPost,
  type Known,
} from '../../../ground/duties/index.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PlaceCode } from '../../../kernel/ids.ts'
import type { Capacity, Matter } from '../../../kernel/matter.ts'
import type { Candidate, Ladders, Owner } from './types.ts'

/** What the street's duties say now, asked many times for many tasks. */
export type Roster = {
  laddersAt(matter: Matter, place: PlaceCode): Ladders
  ownerOf(person: PersonId): Owner
}

export function rosterOf(known: Known, now: Instant): Roster {
  const onDuty = new Set(onDutyAmong(known, now).map(({ id }) => id))
  const isThere = ({ id }: HeldPost) => !isOnLeave(known, id, now)
  const candidateOf = (post: HeldPost): Candidate => {
    const { id, person, title, unit } = post
    return { post: id, person, title, unit, isOnDuty: onDuty.has(id), isThere: isThere(post) }
  }
  const posts = new Map<PersonId, HeldPost>(known.posts.map((post) => [post.person, post]))
  return {
    laddersAt(matter, place) {
      const made = new Map<Capacity, Candidate[]>()
      return (as) => {
        const before = made.get(as)
        if (before) return before
        const ladder = ladderAmong(known, { matter, place, as }, now)
        const there = ladder.filter(isThere)
        // Whoever is on leave is asked only where nobody else is left.
        const candidates = (there.length > 0 ? there : ladder).map(candidateOf)
        made.set(as, candidates)
        return candidates
      }
    },
    ownerOf(person) {
      const post = posts.get(person)
      return {
        holdsPost: post !== undefined,
        isThere: post !== undefined && isThere(post),
        isOnDuty: post !== undefined && onDuty.has(post.id),
      }
    },
  }
}
