/** How somebody signs in and who may act for them, for themself; and how it ends. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { copyOut, forget, signOutEverywhere } from './own.ts'

export const keeper: Keeper = { copyOut, forget, ends: { 'signed-in': signOutEverywhere } }
export { personOf } from './store.ts'
