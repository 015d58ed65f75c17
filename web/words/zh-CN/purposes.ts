import type { Sees } from '../../../src/kernel/endpoint.ts'

const fields: Readonly<Record<Sees, string>> = {
  name: '姓名',
  age: '年龄',
  address: '门牌',
  phone: '电话',
  contacts: '联系人',
  'last-seen': '最后一次动静的时间',
  'care-plan': '关爱提醒的约定',
  consents: '同意过的事',
  looks: '查看记录',
  'visit-outcome': '上门的结果',
  post: '岗位',
  'id-number': '证件号码',
  household: '同住的人',
  ownership: '房屋产权',
  account: '登录方式',
}

/** What a street keeps and why, what it has thought through, and the switches. */
export const purposes = {
  view: '目的',
  title: '街道留了什么，为了什么',
  line: '敏感的事先写影响评估，才能启用。停用时，所有同意马上结束，留下的当场删除。',

  sensitiveHead: '先有评估才能启用的',
  othersHead: '其余的',
  on: '启用中',
  off: '没有启用',
  switchedOn: (who: string, at: string) => `${at} 由${who}启用`,
  switchedOff: (who: string, at: string) => `${at} 由${who}停用`,

  kept: '留多久',
  basis: '依据',
  ownChoice: '产品自己的规定',
  ownAct: '本人自己按的',
  /** 法规的名字，页面上照这里写。 */
  laws: [] as readonly (readonly [string, string])[],
  seenBy: '谁看得到',
  /** 说给岗位听的，不说“您”。 */
  fields,
  seenByNobody: '没有岗位能看到个人',
  roles: {
    committee: '居委',
    street: '街道',
    property: '物业',
    police: '社区民警',
    clinic: '家庭医生',
    volunteer: '志愿者',
  } as Record<string, string>,
  agreements: '现在同意的人',
  agreementsCount: (count: number) => `${count} 人`,
  agreementsFew: (least: number) => `不到 ${least} 人`,

  impactHead: '影响评估',
  impactNone: '还没有写。写好存档，才能启用。',
  impactBy: (who: string, at: string) => `${at} ${who}`,
  carriedOver: '这份是升级时沿用的，没有人想过。请重新写一份。',
  necessity: '为什么非用不可',
  necessityHelp: '别的办法为什么不行',
  risks: '有什么风险',
  risksHelp: '对谁、坏到什么地步、有多可能',
  measures: '怎么保护',
  measuresHelp: '风险各靠什么挡住',
  tooShort: '至少写 10 个字。',
  write: '写影响评估',
  writeAgain: '重新写',
  save: '存档',
  saveLine: '存档后不能改，只能再写一份；至少保存三年。里面不要写任何人的名字。',

  switchOn: '启用',
  switchOff: '停用',
  onAsk: (name: string) => `启用「${name}」？`,
  onEffect: ['从现在起可以问居民同不同意。', '没有人因此已经同意：每个人自己决定。'],
  onEffectHomes: [
    '规则启用后，每户每天的合计数会和同楼比较。',
    '只是线索，两人上门、经同意才核实。',
  ],
  offAsk: (name: string) => `停用「${name}」？`,
  offEnds: (agreements: string) => `现在同意的有${agreements}，他们的同意马上结束。`,
  offEffect: [
    '一秒之内不再判断，不再派人，排着队的消息不再发。',
    '靠它留下的信号、约定、联系人都删掉，恢复不了。',
    '以后再启用，要一个一个重新问。',
  ],
  offEffectHomes: [
    '一秒之内不再比较；没核实的线索和任务都收回。',
    '各户的合计数都删掉，恢复不了。',
  ],
  notNow: '先不',

  /** 本人在柜台前：替本人看，替本人停。 */
  station: {
    title: '本人同意过的',
    line: '本人要看、要停时用。看过、停过，都记给本人看。',
    open: '打开来看',
    names: {
      'agreed-care': '关爱提醒（看动静）',
      'wandering-guard': '防走失提醒',
      'agreed-calls': '电话问候',
    },
    states: {
      live: '已同意',
      refused: '说过不需要',
      off: '街道没有启用',
      ended: '已经停了',
      never: '没有同意过',
    },
    until: (date: string) => `管到 ${date}`,
    notAsked: (date: string) => `${date} 以前不要再问；本人自己要，随时可以`,
    renewBy: (date: string) => `说明改过了：${date} 以前请本人再看一遍`,
    end: '替本人停',
    endLabel: (name: string) => `替本人停：${name}`,
    endAsk: (name: string) => `停止「${name}」？`,
    effect: [
      '先念给本人听，本人说停再停。',
      '马上停止：不再判断，不再派人，排着队的消息不再发。',
      '靠它留下的信号、约定、联系人都删掉，恢复不了。',
      '别的服务一样不少；同意和收回的记录按规定留存。',
    ],
    ended: (name: string) => `「${name}」停了`,
  },
}
