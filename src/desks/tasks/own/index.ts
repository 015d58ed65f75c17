/** Tasks about somebody and those they worked on, for themself; and how they are taken out. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { copyOut, forget } from './own.ts'
import { holdsOf } from './store.ts'

export const keeper: Keeper = { copyOut, holds: holdsOf, forget }
