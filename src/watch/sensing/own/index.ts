/** What sensors said under somebody's agreement, for themself. It goes with the agreement. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { copyOut } from './own.ts'

export const keeper: Keeper = { copyOut }
