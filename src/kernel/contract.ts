/** What an `api.ts` needs to write a contract, in one place. */
export { everyStaff, levels, staffRoles } from './access.ts'
export { closed, endpoint, hows, instant, line, maybe, oneOf, text } from './endpoint.ts'
export { id, rowId } from './ids.ts'
