/** What an `api.ts` needs to write a contract, in one place. */
export { closed, endpoint, instant, maybe, oneOf, text } from './endpoint.ts'
export { id, rowId } from './ids.ts'
