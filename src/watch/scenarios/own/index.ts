/** For whom rules judge, for themself; and how it ends. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { copyOut, forget } from './own.ts'

export const keeper: Keeper = { copyOut, forget }
