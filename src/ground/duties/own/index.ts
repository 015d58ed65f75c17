/** Which posts somebody held, for themself; and how they go when nothing needs them any more. */
import type { Keeper } from '../../privacy/index.ts'
import { copyOut, forget } from './own.ts'
import { holdsOf } from './store.ts'

export const keeper: Keeper = { copyOut, holds: holdsOf, forget }
