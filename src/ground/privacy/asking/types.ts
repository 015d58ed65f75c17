import type { StaffRole } from '../../../kernel/access.ts'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

/** An answer is due after so many working days (product). */
export const answerDays = 5
/** So many may wait for their answer at once, a person (product). */
export const openMax = 10
/** A desk shows so many. */
export const listed = 50

/** A post with who holds it, in which body and as the how-many-th. */
export type Held = {
  id: PostId
  person: PersonId
  role: StaffRole
  body: string
  rank: number
}

/** Every post of the street that somebody holds; `duties` knows it. */
export type PostsHeld = (tx: Tx) => Promise<readonly Held[]>

/** Who asks, and whose look it was; no post: a rule's, the operator's, or somebody's without one. */
export type Asking = { asker: PersonId; ofPost: PostId | null; ofPerson: PersonId | null }

export type Counts = {
  asked: number
  inTime: number
  late: number
  /** Not answered now; `overdue`: and past their day. */
  open: number
  overdue: number
}
