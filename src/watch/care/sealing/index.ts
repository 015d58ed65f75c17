/**
 * sealing: the telephones of contacts are sealed where they are kept, in the plan and in who was
 * asked. The door of this folder.
 */
export { openContact, openContacts, sealContact, sealContacts } from './contacts.ts'
export { sealedParts, sealWhatIsClear } from './resealing.ts'
