/**
 * attempts: how often something may be tried: by telephone, address, browser, account, home. What
 * is kept is a keyed hash and a time, for a day; and which browser signed in with which telephone,
 * as one keyed hash of both, for 90 days.
 */
export { mayTry, mayTryIn, type Tried } from './attempts.ts'
export { isKnownHere, knowHere } from './known.ts'
export { knownMs } from './decide.ts'
export { deleteAttempts } from './store.ts'
