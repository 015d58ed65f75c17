/**
 * delivery: notes in inboxes, live on open pages. Attempted, delivered and acknowledged are three
 * facts. A note and a nudge hold ids only, never personal data. Push and other channels come later.
 * Keeps: notes one year.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { deleteBefore } from './store.ts'

export { put, tellPages, wasAcknowledged, wasSent } from './actions.ts'
export { notesOf } from './store.ts'
export { openRoutes } from './routes.ts'

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'task',
      what: 'notes older than a year',
      expire: (now) => given.db.asOwner((tx) => deleteBefore(tx, now - 365 * dayMs)),
    },
  ]
}
