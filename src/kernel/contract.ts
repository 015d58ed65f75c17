/** What an `api.ts` needs to write a contract, in one place. */
export { closed, endpoint, hows, instant, maybe, oneOf, staffRoles, text } from './endpoint.ts'
export { id, rowId } from './ids.ts'
