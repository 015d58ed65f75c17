/**
 * Declared fields: what a model says about its own messages, as data. `fieldsFromExposes` reads
 * zigbee2mqtt's declarations, `checkFields` a row that somebody wrote, `shippedModels` the file
 * that ships. What a declaration does not say is not guessed: such a field says nothing, and why.
 */
export { checkFields } from './check.ts'
export { fieldsFromExposes } from './exposes.ts'
export { shippedModels } from './shipped.ts'
