/** How somebody signs in and who may act for them, for themself; and how it ends. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { closed, closeOwn, copyOut, forget, signOutEverywhere } from './own.ts'

export const keeper: Keeper = {
  ...{ copyOut, forget, account: closed },
  ends: { 'signed-in': signOutEverywhere, account: closeOwn },
}
export { personOf } from './store.ts'
