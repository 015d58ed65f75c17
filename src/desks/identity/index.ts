/**
 * identity: who asks. One-time links and opaque sessions, kept as hashes only; no password exists.
 * Roles come from where the person lives and which post they hold, never from the request.
 * Keeps: links 24 hours, sessions 30 days.
 */
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { deleteExpired } from './sessions/index.ts'
import { deleteLinks } from './store.ts'

export { enter, isOpenLink, leave } from './actions.ts'
export { accountOfPerson, addAccount, proveStanding, resealAccounts } from './accounts/index.ts'
export { lookOn, openSession, stepUp, whoAsks } from './sessions/index.ts'
export { openRoutes } from './routes.ts'

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'sign-in',
      what: 'used and expired links',
      expire: (now) => given.db.asOwner((tx) => deleteLinks(tx, now)),
    },
    {
      purpose: 'sign-in',
      what: 'sessions that are over',
      expire: (now) => given.db.asOwner((tx) => deleteExpired(tx, now)),
    },
  ]
}
