import type { Act, DeadlineKind, TaskKind, TaskState } from '../../../src/desks/tasks/types.ts'
import type { Outcome } from '../../../src/kernel/event.ts'

/** A device that is heard, but with which something is wrong. */
export type OtherRule =
  | 'device-battery-low'
  | 'device-tampered'
  | 'device-copied'
  | 'device-clock-wrong'

const badges: Record<string, string> = {
  'care-silence': '关爱 · 没有动静',
  'device-battery-low': '电量低',
  'device-tampered': '设备被动过',
  'device-copied': '凭证可疑',
  'device-clock-wrong': '时钟不准',
}
const rules: Record<string, string> = {
  'care-silence': '关爱静默',
  'device-silence': '设备失联',
  'device-battery-low': '设备电量低',
  'device-tampered': '设备被动过',
  'device-copied': '凭证被复制',
  'device-clock-wrong': '设备时钟不准',
}
const deviceFacts: Record<OtherRule, string> = {
  'device-battery-low': '报了电量低',
  'device-tampered': '被拆开或挪动过',
  'device-copied': '的凭证可能被人复制了',
  'device-clock-wrong': '的时钟不准',
}
const toDo: Record<OtherRule | 'device-silence', string> = {
  'device-silence': '先看有没有通电、联网；一个网关下面都没有消息，先看网关。',
  'device-battery-low': '带同样的电池去换。换好以后它自己会报新的电量，这件事就好了。',
  'device-tampered': '去看它有没有被拆下、打开或挪走；装回原处，外壳合上。',
  'device-copied':
    '同一个凭证从两个地方在用，或者消息的号跳来跳去。请街道在设备页换新凭证，旧的马上作废。',
  'device-clock-wrong': '把设备或网关的时间校准。没校准以前，它的消息按收到的时间算。',
}
const acts: Record<Act, string> = {
  acknowledge: '收到',
  phoned: '先打电话',
  'set-out': '我去',
  arrive: '我到了',
  find: '填结果',
  close: '结案',
  withdraw: '撤回',
}
const states: Record<TaskState, string> = {
  raised: '等您收到',
  acknowledged: '已收到',
  'on-the-way': '在路上',
  'at-the-door': '在门口',
  found: '已有结果',
  closed: '已结案',
}
const done: Record<'raised' | Act, string> = {
  raised: '规则提出任务',
  acknowledge: '收到',
  phoned: '打过电话',
  'set-out': '出发',
  arrive: '到门口',
  find: '填了结果',
  close: '结案',
  withdraw: '撤回：还没人去，事情已经结束',
}
const outcomes: Record<TaskKind, Record<Outcome, string>> = {
  'care-visit': {
    fine: '平安',
    'needed-help': '要帮忙',
    away: '外出',
    'sensor-fault': '传感器坏',
    'wrong-home': '弄错户',
  },
  'device-repair': {
    fine: '已经正常',
    'needed-help': '要帮忙',
    away: '没人开门',
    'sensor-fault': '设备坏，要修或换',
    'wrong-home': '弄错户',
  },
}
const outcomeLines: Record<Outcome, string> = {
  fine: '见到人了，或说上话了',
  'needed-help': '已经帮上，或已叫人来',
  away: '人不在家，问到去处了',
  'sensor-fault': '人没事，是设备没记到',
  'wrong-home': '不是这一户',
}
const deadlines: Record<DeadlineKind, string> = {
  hour: '按钟点算，休息日也算',
  working_day: '按工作日算',
  calendar_estimate: '那年的放假安排还没公布，按日历估算',
}

export const tasks = {
  inboxTitle: '我的任务，按期限',
  door: '任务',
  list: '任务列表',
  openTask: '打开的任务',
  closedToday: (count: number) => `今天已结 ${count}`,
  inHand: (count: number) => `手上 ${count} 件`,
  emptyTitle: '手上没有任务',
  emptyLine: '有新的会自己出现在这里，不用刷新。',
  chooseTitle: '从列表里选一件',
  chooseLine: '住户卡只从任务里打开，每打开一次住户都看得到。',
  lateCell: '超时',
  careCell: '关爱',
  deviceCell: '设备',

  /** What a task is, in a badge; whatever rule says that something is not heard is one. */
  badge: (rule: string) => badges[rule] ?? '设备不明',
  deviceFact: (rule: OtherRule, what: string) => `${what}${deviceFacts[rule]}`,
  toDo: (rule: string) => (toDo as Record<string, string>)[rule] ?? toDo['device-silence'],
  act: (act: Act) => acts[act],
  actOn: (act: Act, place: string) => `${acts[act]}：${place}`,
  state: (state: TaskState) => states[state],
  stateOr: (state: string) => (states as Record<string, string>)[state] ?? state,
  done: (act: 'raised' | Act) => done[act],
  outcome: (kind: TaskKind, outcome: Outcome) => outcomes[kind][outcome],
  outcomeLine: (kind: TaskKind, outcome: Outcome) =>
    kind === 'care-visit' ? outcomeLines[outcome] : '',
  scored: (rule: string, version: number) =>
    `结果会给规则「${rules[rule] ?? rule} 第 ${version} 版」打分。`,
  byRule: (rule: string, version: number) => `${rules[rule] ?? rule} 第 ${version} 版`,
  ruleName: (rule: string) => rules[rule] ?? rule,

  silentFor: (hours: number) => `${hours} 小时没有动静`,
  silentSentence: (hours: number) => `${hours} 小时，传感器没有记到动静。`,
  reasonUnknown: '只知道没有动静，不知道原因：也许在家没走动，也许出了门。',
  chartSentence: (from: string, hours: number) =>
    `最后一次动静：${from}。之后有 ${hours} 小时没有动静。`,
  lastSign: '最后一次动静',
  gap: (length: string) => `传感器没消息 ${length}，不算在内`,
  chartNow: '提出任务时',
  counts: '算',
  countsNot: '不算：传感器没消息',
  noChain: (hours: number) =>
    `现在还没有“本人—联系人—志愿者”的询问链：满 ${hours} 小时，由社工先打电话、再上门。`,

  gatewayTitle: (stair: string) => `${stair} 网关`,
  gatewaySilent: (count: number) => `断线 · ${count} 个设备不明`,
  deviceSilent: (kind: string) => `${kind}没有消息`,
  devicesSilent: (count: number) => `${count} 个设备没有消息`,
  silentSince: (at: string) => `最后一次消息：${at}。`,
  neverReported: '登记以后一次也没有报到。',
  unknownNotFine: '不知道 ≠ 没事：这段时间有没有动静，谁也不知道；静默的钟先停着。',
  devicesTitle: '没消息的设备',
  devicesOther: '是哪一个设备',
  devicesOfKind: (kind: string, count: number) => `${kind} ${count} 个`,
  devicesAll: (count: number) => `看全部 ${count} 个`,
  gateway: '网关',

  acknowledgeBy: (at: string) => `请在 ${at} 前收到`,
  dueBy: (at: string) => `请在 ${at} 前办好`,
  deadline: (kind: DeadlineKind) => deadlines[kind],
  responsible: (unit: string, title: string) => `负责：${unit} ${title}`,
  closedWith: (outcome: string) => `已结案：${outcome}`,

  phoneTitle: '先打电话',
  phoneLine: '号码一次看一个。看一个，住户那里就多一条记录。',
  phoneSelf: '本人',
  phoneNone: '本人没有留电话。',
  showNumber: '显示号码',
  showNumberOf: (whom: string) => `显示${whom}的号码`,
  dial: (number: string) => `拨打 ${number}`,
  shown: '已显示，住户会看到。',
  phoneWords: '谁接的、说了什么',
  logPhone: '记下：打过电话',

  cardTitle: '住户卡',
  cardParts: (parts: readonly string[]) => parts.join('，'),
  cardWhy: '因本任务打开，住户会看到您看过',
  cardPerson: '住户',
  cardAge: (age: number) => `${age} 岁`,
  cardAlone: '独自居住',
  cardContacts: '联系人',
  cardContactsNone: '没有留',
  cardContactsHidden: (relations: string) => `${relations}，电话点开才显示`,
  cardAgreed: '同意书',
  cardAgreedUntil: (date: string) => `关爱提醒，到 ${date}`,
  cardLastVisit: '上次上门',
  cardLastVisitNone: '还没有过',

  foundTitle: '看到了什么，选一个',
  foundEarly: '已经问到了？现在就填结果',
  foundLater: '到门口以后，选一个结果',
  foundWords: '补一句话',
  foundWordsHelp: '最多 200 字。住户看得到。不写病情，不写别人。',
  foundSave: '记下结果',
  foundPick: '请先选一个结果。',

  historyTitle: '经过',
  backToList: '回到任务列表',
  spokenDone: '已完成：',
  spokenNow: '最近：',
  by: (at: string, unit: string, title: string) => `${at} · ${unit} ${title}`,
  stairsTitle: '在楼里的位置',
}
