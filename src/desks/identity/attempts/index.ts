/**
 * attempts: how often something may be tried: by telephone, address, browser, account, home. What
 * is kept is a keyed hash and a time, for a day.
 */
export { mayTry, mayTryIn, networkOf, type Tried } from './attempts.ts'
export { deleteAttempts } from './store.ts'
