/**
 * delivery: notes in inboxes, live on open pages, then by push, message and call until somebody
 * acknowledges. Attempted, delivered and acknowledged are three facts; nothing counts as delivered
 * because it was sent. A note and a nudge hold ids only; a message says one sentence of a closed
 * list and where to read more, never personal data.
 * Keeps: notes and their attempts one year; a browser's address while it is used; what was written
 * into a file, where there is no provider, one day.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { letGoOfLines } from './channels/index.ts'
import { deleteBefore, deleteBrowsersBefore } from './store.ts'

export {
  endNotes,
  officersOf,
  put,
  tellOfficers,
  tellPages,
  wasAcknowledged,
  wereSent,
} from './actions.ts'
export { listens } from './listens.ts'
export type { CodeWay, Provider, WordWay } from './channels/index.ts'
export { decideNext, type Next, type Quiet, type WaysOpen } from './decide.ts'
export { notesOf } from './store.ts'
export { openRoutes, type Out } from './routes.ts'
export { openSending, openWays } from './sending/index.ts'
export { keeper } from './own/index.ts'
export { notesAbout, type Told } from './told/index.ts'
export type { AddressOf, Sending, Ways, WaysWish } from './sending/index.ts'
export type { Attempt, ChannelName, Note, Result, Says, Topic, Urgency } from './types.ts'

const browserDays = 180

/** `outboxFile`: where messages become lines; null: nowhere. */
export function keeps(given: Given, outboxFile: string | null): Keeps[] {
  return [
    {
      purpose: 'task',
      what: 'notes older than a year',
      expire: (now) => given.db.asOwner((tx) => deleteBefore(tx, now - 365 * dayMs)),
    },
    {
      purpose: 'task',
      what: 'browsers that nobody has used for half a year',
      expire: (now) =>
        given.db.asOwner((tx) => deleteBrowsersBefore(tx, now - browserDays * dayMs)),
    },
    {
      purpose: 'task',
      what: 'messages and codes in outbox.jsonl, where there is no provider, after 24 hours',
      expire: async (now) => (outboxFile === null ? 0 : letGoOfLines(outboxFile, now)),
    },
  ]
}
