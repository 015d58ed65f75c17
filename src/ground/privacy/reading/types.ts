import { outcomes, type Outcome } from '../../../kernel/event.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

/** How the task of a look stands; of one about another only whether it ended. */
export type TaskEnd = Outcome | 'open' | 'closed'

/** What whoever ended a request on record said of it, with one press. */
export const results = ['done', 'handed-on', 'explained', 'not-needed'] as const
export type Result = (typeof results)[number]

/** Of a look beyond somebody's reach: whether a second person found it right, or has yet to. */
const reviewed = ['in-review', 'found-right', 'found-wrong'] as const

/** What came of a look: of its task, its request, its review; `given`: to an authority. */
export const lookOutcomes = [
  ...outcomes,
  ...(['open', 'closed'] as const),
  ...results,
  ...reviewed,
  'given',
] as const
export type LookOutcome = (typeof lookOutcomes)[number]

/** How these tasks stand; what became of a person is said only to that person. `tasks` knows it. */
export type TaskEnds = (
  tx: Tx,
  reader: PersonId,
  tasks: readonly string[],
) => Promise<ReadonlyMap<string, TaskEnd>>

/** What somebody is called; `people` knows it. */
export type NameOf = (tx: Tx, person: PersonId) => Promise<string | undefined>

/** A page holds so many lines. */
export const pageRows = 50
