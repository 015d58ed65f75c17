/**
 * identity: who asks. One-time links and opaque sessions, kept as hashes only; no password exists.
 * Roles come from where the person lives and which post they hold, never from the request.
 * Keeps: links 24 hours, sessions 30 days.
 */
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { deleteExpired } from './store.ts'

export { enter, isOpenLink, leave, whoAsks } from './actions.ts'
export { openRoutes } from './routes.ts'

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'sign-in',
      what: 'used and expired links and sessions',
      expire: (now) => given.db.asOwner((tx) => deleteExpired(tx, now)),
    },
  ]
}
