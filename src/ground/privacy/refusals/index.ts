/**
 * Refusals: who said no, and until when nobody may ask them. Gone when the twelve months are over,
 * or with a yes. The door of this folder.
 */
export { deleteRefusalsOver, dropRefusal, notAsked, notAskedUntil, saveRefusal } from './store.ts'
