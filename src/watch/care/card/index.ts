/** card: what a worker sees of a person, from an open visit of their own. The door of this folder. */
export { personCard, showPhone } from './card.ts'
