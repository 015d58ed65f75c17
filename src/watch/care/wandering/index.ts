/**
 * wandering: the separate agreement that somebody is told when the person leaves at night or does
 * not come back. It lives beside agreed care only and ends with it. The door of this folder.
 */
export { endGuard, guardOf, setWandering } from './wandering.ts'
