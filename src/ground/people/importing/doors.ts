import type { Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import type { Tx } from '../../../platform/sql.ts'

export type BodyKind =
  | 'street'
  | 'committee'
  | 'village-committee'
  | 'property'
  | 'police'
  | 'clinic'
  | 'volunteers'

export type NewBody = {
  body: string
  kind: BodyKind
  committee: CommitteeCode | null
  name: string
  phone: string | null
  opensAt: string | null
  closesAt: string | null
}
export type Body = NewBody

export type NewPost = {
  post: PostId
  body: string
  title: string
  person: PersonId
  rank: number
  since: Instant
  until: Instant | null
}
export type HeldPost = NewPost & { name: string }

/**
 * What bodies and posts are to an import and an export. They stand above the register of people, so
 * the program hands them in.
 */
export type StaffDoor = {
  bodiesIn(tx: Tx): Promise<Body[]>
  /** With those that have ended. */
  postsIn(tx: Tx): Promise<NewPost[]>
  /** Who holds these, where they are posts. */
  holdersOf(tx: Tx, posts: readonly string[]): Promise<PersonId[]>
  addBodies(tx: Tx, street: StreetCode, bodies: readonly NewBody[]): Promise<void>
  addPosts(tx: Tx, street: StreetCode, posts: readonly NewPost[]): Promise<void>
  /** From which tables an import may be taken back, what leans on others first. */
  takenFrom: readonly TakenFrom[]
}
