/**
 * bringing: matters that ended before this program ran, from another system or a made-up year. They
 * come in closed, of nobody and of no home: what counts of them is where, how long and what came of
 * it. Nobody is told, no rule judges by them, and they are let go like every other.
 */
export { bringIn } from './bring.ts'
export { broughtMax, type Ended } from './types.ts'
