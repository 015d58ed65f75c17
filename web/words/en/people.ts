/** A person, their home and the people they name. */
export const people: typeof import('../zh-CN/people.ts').people = {
  contacts: 'My contacts',
  contactsNone: 'None written yet. You need not write any.',
  contactsHelp:
    'The worker calls them when you cannot be reached. Up to 3; please tell them first.',
  contact: (number) => `Contact ${number}`,
  contactName: 'Name',
  contactRelation: 'Who they are to you',
  contactRelationHelp: 'Such as: daughter, neighbour',
  contactPhone: 'Phone',
  addContact: 'Add another',
  removeContact: (number) => `Remove contact ${number}`,
  change: 'Change contacts',
  add: 'Add contacts',
  nameNeeded: 'Please write a name of at most 40 letters.',
  relationNeeded: 'Please write who they are, in at most 20 letters, such as: daughter.',
  phoneNeeded: 'Please write a phone number: digits only, 5 to 20 of them.',
}
