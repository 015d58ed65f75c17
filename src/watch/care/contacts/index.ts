/**
 * contacts: whoever did not answer is asked after: the contacts whom the person chose get a message
 * with a link, one after the other, and answer without signing in. They learn how the person is
 * called and nothing else. The door of this folder.
 */
export { addressOfContact, askContacts, askNextContacts, dropRemoved } from './asking.ts'
export { answerLink, behindLink, type Behind } from './links.ts'
export { contactsAskedOf } from './store.ts'
