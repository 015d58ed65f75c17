/** A person, their home and the people they name. */
export const people = {
  contacts: '我的联系人',
  contactsNone: '还没有写。可以不写。',
  contactsHelp:
    '找不到您时，会发消息或打电话问他们。我们没有跟他们核对过，请您先说一声。最多 3 位，第一位先问。',
  contact: (number: number) => `第 ${number} 位`,
  contactName: '姓名',
  contactRelation: '和您的关系',
  contactRelationHelp: '如：女儿、邻居',
  contactPhone: '电话',
  addContact: '再加一位',
  removeContact: (number: number) => `去掉第 ${number} 位`,
  change: '改联系人',
  add: '写联系人',
  nameNeeded: '请写姓名，最多 40 个字。',
  relationNeeded: '请写关系，最多 20 个字，如：女儿。',
  phoneNeeded: '请写电话，只用数字，5 到 20 位。',
}
