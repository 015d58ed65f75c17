import type { Purpose } from '../../../kernel/purpose.ts'

/** Why something went: its term, an agreement that ended, the person's own wish, a restore. */
type Because = 'term' | 'withdrawal' | 'own-request' | 'restore'

/** That something was deleted: for which purpose it was kept, what, and how much. Never of whom. */
export type Deletion = { purpose: Purpose; what: string; because: Because; rows: number }
