/** A person, their home and the people they name. */
export const people: typeof import('../zh-CN/people.ts').people = {
  contacts: 'My contacts',
  contactsNone: 'None written yet. You need not write any.',
  toPerson: {
    help: 'They are asked by a message or a call when you cannot be reached. We have not checked with them: please tell them first. Up to 3; the first is asked first.',
    relation: 'Who they are to you',
    callsMe: 'What they call you',
    hasKey: 'Has a key to my home',
  },
  contact: (number) => `Contact ${number}`,
  contactName: 'Name',
  contactRelationHelp: 'Such as: daughter, neighbour',
  contactPhone: 'Phone',
  callsMeHelp:
    'The message to them says this name. If left empty: the given name, without the surname.',
  keyHead: 'Key',
  keyKept: 'has a key',
  addContact: 'Add another',
  removeContact: (number) => `Remove contact ${number}`,
  change: 'Change contacts',
  add: 'Add contacts',
  nameNeeded: 'Please write a name of at most 40 letters.',
  relationNeeded: 'Please write who they are, in at most 20 letters, such as: daughter.',
  phoneNeeded: 'Please write a phone number: digits only, 5 to 20 of them.',
  callsMeNeeded: 'At most 20 letters.',
}
