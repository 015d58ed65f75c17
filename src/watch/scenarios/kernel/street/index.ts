/**
 * street: the rules of any set of streets over one stream of messages. It binds sensors to rules,
 * keeps order, and asks the patterns and the core of silence. Nothing here judges by itself.
 */
export { createStreetKernel, type ReplayKernel, type StreetOptions } from './street.ts'
