/** trying: what a street's officer asks of a trial: this street's devices, homes and kept days. */
export { tryRule } from './actions.ts'
