/** What a decision changes becomes true: rows, history, notes, pages, at last the event. */
export { makeTrue, type Decided } from './change.ts'
export { begin, concernedIn, hasKey } from './store.ts'
