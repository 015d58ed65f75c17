/** card: what a worker sees of a person, from an open visit of their own. This folder's door. */
export { personCard, showPhone } from './card.ts'
