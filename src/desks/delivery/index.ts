/**
 * delivery: notes in inboxes, live on open pages. Attempted, delivered and acknowledged are three
 * facts. A note and a nudge hold ids only, never personal data. Push and other channels come later.
 * Keeps: notes as long as their matter.
 */
export { put, tellPages, wasAcknowledged, wasSent } from './actions.ts'
export { notesOf } from './store.ts'
export { openRoutes } from './routes.ts'
