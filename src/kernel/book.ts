import type { HandRelation } from './asker.ts'
import type { How, Sees } from './endpoint.ts'
import type { Instant } from './clock.ts'
import type { PersonId, PostId, StreetCode } from './ids.ts'
import type { Purpose } from './purpose.ts'

/** What a look was for: a task, the person's own agreement, or the running of the system. */
export type Matter =
  | { kind: 'task'; id: string; label: string }
  | { kind: 'agreement'; id: string; label: string }
  /** A request on record: who asked, why, and until when; `label` is the reason. */
  | { kind: 'request'; id: string; label: string }
  /** A grant by which somebody acts for the person; `label`: what they did, by its endpoint. */
  | { kind: 'grant'; id: string; label: string }
  | { kind: 'operation'; id: null; label: string }

/** Who looked: a post in a unit, a rule in a version, or the operator's command. */
export type Looker =
  | { kind: 'post'; person: PersonId; post: PostId; title: string; unit: string }
  | { kind: 'resident'; person: PersonId }
  | { kind: 'rule'; rule: string; version: number }
  | { kind: 'operator' }
  /** Somebody signed in by a telephone, who lives nowhere yet as far as we know. */
  | { kind: 'account' }
  /** Somebody who acts for a person by a grant; what they are to them, never who. */
  | { kind: 'helper'; relation: HandRelation; grant: string }
  /** Somebody whom the person chose, asked by a rule: what they are to them, never who. */
  | { kind: 'contact'; relation: string; rule: string; version: number }

/** One look at one person. `fields` are what the answer really held, not what it might have. */
export type Look = {
  street: StreetCode
  person: PersonId
  fields: readonly Sees[]
  matter: Matter
}

/** `shownFrom`: the person sees it from then on; nothing: at once. */
export type WrittenLook = Look & {
  at: Instant
  by: Looker
  how: How
  why: Purpose
  shownFrom?: Instant
}

/** The book of who looked at whom. Bound by main; a failing write keeps the answer in. */
export type Book = { write(looks: readonly WrittenLook[]): Promise<void> }

/** An answer that shows somebody's data, with the looks that it amounts to. */
export type Seen<T> = { readonly answer: T; readonly looks: readonly Look[] }
