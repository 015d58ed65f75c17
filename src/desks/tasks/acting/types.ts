import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { Ladders } from '../climbing/types.ts'
import type { Act, Proof, Somebody, TaskState } from '../types.ts'

/** One act of one person, with what it needs. */
export type Acting = {
  act: Act
  /** The state that the asker saw: if it moved on, nothing is done. */
  from: TaskState
  outcome?: Outcome | undefined
  words?: string | null | undefined
  by: Somebody
  /** A duty officer of the street: may take, reopen, dispatch and oversee what others have. */
  isOfficer?: boolean
  /** Whom the act turns to: for `hand-over`, `ask-help` and `dispatch`. */
  to?: Somebody | undefined
  /** Sets out though somebody else is on the way. */
  anyway?: boolean | undefined
  key?: string | undefined
  proof?: Proof | undefined
  at: Instant
  /** When it was done, where it had to wait for a network. */
  doneAt?: Instant | undefined
  /** Who is next: for `decline`. */
  ladders?: Ladders | undefined
  /** The new deadline: for `reopen`. */
  dueAt?: Instant | undefined
}
