/**
 * ceremonies: a challenge is given to one browser, is good for five minutes, and is answered once,
 * however the answer turns out.
 */
export { addCeremony, ceremonyMs, dropEnded, takeCeremony, type Ceremony } from './store.ts'
