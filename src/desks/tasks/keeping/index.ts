/** How long tasks are kept, and what of them goes before. */
export { forget, forgetChecks, forgetOlder, forgetProofs, openChecksBefore } from './store.ts'
