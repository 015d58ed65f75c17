/** What somebody agreed to and whom they chose, for themself; and how it goes. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { copyOut, forget } from './own.ts'

export const keeper: Keeper = { copyOut, forget }
