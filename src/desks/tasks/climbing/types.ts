import type { Capacity } from '../../../kernel/matter.ts'
import type { Somebody } from '../types.ts'

/**
 * Somebody who can be asked now. `isOnDuty`: by the roster, not only because nobody else is left;
 * `isThere`: not on leave.
 */
export type Candidate = Somebody & { isOnDuty: boolean; isThere: boolean }

/** Who is asked in a capacity at the task's place now, one after the other. */
export type Ladders = (as: Capacity) => readonly Candidate[]

/** How whoever has a task stands: in a post at all, not on leave, on duty. */
export type Owner = { holdsPost: boolean; isThere: boolean; isOnDuty: boolean }
