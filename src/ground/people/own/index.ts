/** What the register has of one person, for themself; and how it forgets them. */
import type { Keeper } from '../../privacy/index.ts'
import { copyOut, forget } from './own.ts'
import { holdsOf } from './store.ts'

export const keeper: Keeper = { copyOut, holds: holdsOf, forget }
