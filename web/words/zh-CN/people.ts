/** A person, their home and the people they name. */
export const people = {
  contacts: '我的联系人',
  contactsNone: '还没有写。可以不写。',
  /** To the person, who writes themselves. */
  toPerson: {
    help: '找不到您时，会发消息或打电话问他们。我们没有跟他们核对过，请您先说一声。最多 3 位，第一位先问。',
    relation: '和您的关系',
    callsMe: '怎么称呼您',
    hasKey: '有我家的钥匙',
  },
  contact: (number: number) => `第 ${number} 位`,
  contactName: '姓名',
  contactRelationHelp: '如：女儿、邻居',
  contactPhone: '电话',
  callsMeHelp: '发给这一位的消息里用这个称呼。不写，就只用名，不带姓。',
  keyHead: '钥匙',
  keyKept: '有钥匙',
  addContact: '再加一位',
  removeContact: (number: number) => `去掉第 ${number} 位`,
  change: '改联系人',
  add: '写联系人',
  nameNeeded: '请写姓名，最多 40 个字。',
  relationNeeded: '请写关系，最多 20 个字，如：女儿。',
  phoneNeeded: '请写电话，只用数字，5 到 20 位。',
  callsMeNeeded: '称呼最多 20 个字。',
}
