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
  'care-habit': '关爱 · 和平时不同',
  'wandering-night': '防走失 · 夜里出门',
  'wandering-out': '防走失 · 出门未归',
  sos: '求助',
  smoke: '烟感报警',
  gas: '燃气报警',
  'water-leak': '漏水',
  electrical: '用电异常',
  'e-bike-in-lift': '电动车进电梯',
  'fire-lane': '消防通道被占',
  bins: '垃圾满桶',
  manhole: '井盖或地桩异动',
  'door-forced': '门被强开',
  'door-held-open': '门没关上',
  'door-revoked-pass': '注销的卡',
  'door-refused': '反复没让进',
  'door-tailgate': '有人尾随',
  overcrowding: '线索 · 请核实',
  'device-battery-low': '电量低',
  'device-tampered': '设备被动过',
  'device-copied': '凭证可疑',
  'device-clock-wrong': '时钟不准',
}
const rules: Record<string, string> = {
  'care-silence': '关爱静默',
  'care-habit': '关爱：和平时不同',
  'wandering-night': '防走失：夜里出门',
  'wandering-out': '防走失：出门未归',
  sos: '本人求助',
  smoke: '烟感报警',
  gas: '燃气报警',
  'water-leak': '漏水',
  electrical: '用电异常',
  'e-bike-in-lift': '电动车进电梯',
  'fire-lane': '消防通道被占',
  bins: '垃圾满桶',
  manhole: '井盖与地桩',
  'door-forced': '门被强开',
  'door-held-open': '门开得太久',
  'door-revoked-pass': '注销的卡还在用',
  'door-refused': '门口反复没让进',
  'door-tailgate': '有人尾随',
  overcrowding: '疑似群租线索',
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
/** What was heard, by kind and state. */
const heard: Record<string, string> = {
  'door-access granted': '门禁开了门',
  'door-access refused': '门禁没让进',
  'door-access revoked-pass': '用了注销的卡',
  'door-access forced': '门被强开',
  'door-access held-open': '门开得太久',
  'door-access tailgate': '有人尾随进门',
  'door-contact open': '门开了',
  'door-contact closed': '门关了',
  'motion occupied': '人体感应有动静',
  'motion clear': '人体感应没有动静',
  'smoke alarm': '烟感报警',
  'smoke clear': '烟感解除',
  'smoke test': '烟感自检',
  'gas alarm': '燃气报警',
  'gas clear': '燃气解除',
  'gas gas-ppm': '燃气浓度',
  'water-leak wet': '漏水探头碰到水',
  'water-leak dry': '漏水探头干了',
  'water-leak water-level-mm': '水位',
  'electrical overload': '用电过载',
  'electrical overheated': '线路过热',
  'electrical arc': '线路打火',
  'electrical normal': '用电正常',
  'electrical current-ma': '电流',
  'electrical power-w': '功率',
  'electrical temperature-centi-c': '线路温度',
  'sos-button pressed': '求助按钮按下',
  'camera-event e-bike-in-lift': '电动车进了电梯',
  'camera-event fire-lane-blocked': '消防通道被占',
  'camera-event bin-overflowing': '垃圾满桶',
  'camera-event clear': '画面解除',
  'ground occupied': '地上停了车',
  'ground free': '空出来了',
  'ground tilted': '歪了',
  'ground upright': '扶正了',
  'ground moved': '被挪动',
  'ground still': '不动了',
  'ground angle-centi-degrees': '倾角',
  'water-meter water-litres': '水表读数',
}
const lookFirst: Record<string, string> = {
  sos: '本人按的。先打电话，没人接就马上去。',
  smoke: '一个探头就算。先叫楼里的人离开，打 119，再去看。',
  gas: '不开灯、不打电话、不按门铃，先叫人离开、开窗，到楼外再打 119 和燃气抢修。',
  'water-leak': '先关水阀，再看楼下有没有淋到。',
  electrical: '不要碰。先拉总闸，冒烟就打 119。',
  'e-bike-in-lift': '请推出来，不在楼里充电。只说车，不追问是谁。',
  'fire-lane': '请把通道让开；联系不上的，按消防通道的办法处理。',
  bins: '叫保洁清走。',
  manhole: '先围起来、站着守住，再叫养护单位。',
  'door-forced': '看门和锁坏了没有，先让门关得上。',
  'door-held-open': '看是不是被东西抵住，关上就好。',
  'door-revoked-pass': '查这张卡是不是真的停了；只停卡，不查人。',
  'door-refused': '看是门坏了，还是卡读不出；有人被关在外面就帮一把。',
  'door-tailgate': '看门关得够不够快；不追人。',
}
/** For a rule of the street’s own making. */
const kindBadges: Record<TaskKind, string> = {
  'care-visit': '关爱',
  'device-repair': '设备不明',
  hazard: '去看一看',
  'home-check': '上门核实',
}
/** In a square of the house. */
const cells: Record<TaskKind, string> = {
  'care-visit': '关爱',
  'device-repair': '设备',
  hazard: '去看',
  'home-check': '核实',
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
const done: Record<'raised' | 'joined' | Act, string> = {
  raised: '规则提出任务',
  joined: '又有信号，并入这件任务',
  acknowledge: '收到',
  phoned: '打过电话',
  'set-out': '出发',
  arrive: '到门口',
  find: '填了结果',
  close: '结案',
  withdraw: '撤回：还没人去，事情已经结束',
}
const outcomes: Record<Outcome, string> = {
  fine: '平安',
  'needed-help': '要帮忙',
  away: '外出',
  'sensor-fault': '传感器坏',
  'wrong-home': '弄错户',
  'hazard-real': '属实',
  'hazard-false': '没有这回事',
  refused: '没让进',
}
const outcomesOf: Partial<Record<TaskKind, Partial<Record<Outcome, string>>>> = {
  'device-repair': { fine: '已经正常', away: '没人开门', 'sensor-fault': '设备坏，要修或换' },
  hazard: {
    'hazard-real': '确有其事',
    'hazard-false': '虚惊，什么也没有',
    'sensor-fault': '设备坏或误报',
    'wrong-home': '地点不对',
    'needed-help': '有人要帮忙',
  },
  'home-check': {
    'hazard-real': '情况属实',
    away: '没人在家',
    refused: '住户没同意进门',
  },
}
const outcomeLines: Partial<Record<TaskKind, Partial<Record<Outcome, string>>>> = {
  'care-visit': {
    fine: '见到人了，或说上话了',
    'needed-help': '已经帮上，或已叫人来',
    away: '人不在家，问到去处了',
    'sensor-fault': '人没事，是设备没记到',
    'wrong-home': '不是这一户',
  },
  hazard: {
    'hazard-real': '已经处理，或已叫人来处理',
    'hazard-false': '到现场看过',
    'sensor-fault': '现场没事，是设备的问题',
    'wrong-home': '不在这里，或找不到',
    'needed-help': '有人受伤或受惊，已叫人来',
  },
  'home-check': {
    'hazard-real': '另外按程序办，先找出租的一方',
    'hazard-false': '线索当场删掉，只留一个数',
    away: '没有见到人',
    refused: '如实记下。不追问，对住户没有影响',
    'wrong-home': '不是这一户，线索当场删掉',
  },
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
  alarmCell: '报警',
  cell: (kind: TaskKind) => cells[kind],

  /** What a task is, in a badge; a rule of the street’s own has that of its kind. */
  badge: (rule: string, kind: TaskKind) => badges[rule] ?? kindBadges[kind],
  deviceFact: (rule: OtherRule, what: string) => `${what}${deviceFacts[rule]}`,
  toDo: (rule: string) => (toDo as Record<string, string>)[rule] ?? toDo['device-silence'],
  act: (act: Act) => acts[act],
  actOn: (act: Act, place: string) => `${acts[act]}：${place}`,
  state: (state: TaskState) => states[state],
  stateOr: (state: string) => (states as Record<string, string>)[state] ?? state,
  done: (act: 'raised' | 'joined' | Act) => done[act],
  outcome: (kind: TaskKind, outcome: Outcome) => outcomesOf[kind]?.[outcome] ?? outcomes[outcome],
  outcomeLine: (kind: TaskKind, outcome: Outcome) => outcomeLines[kind]?.[outcome] ?? '',
  scored: (rule: string, version: number) =>
    `结果会给规则「${rules[rule] ?? rule} 第 ${version} 版」打分。`,
  byRule: (rule: string, version: number) => `${rules[rule] ?? rule} 第 ${version} 版`,
  ruleName: (rule: string) => rules[rule] ?? rule,

  /** A sentence for what a device said; what has none is named by the device’s kind. */
  heard: (kind: string, state: string) => heard[`${kind} ${state}`],
  heardNothing: '收到了信号',
  heardTitle: '听到了什么',
  heardMore: (count: number) => `一共 ${count} 次，只列最近的。`,
  probes: (count: number) => (count === 2 ? '第二个探头也响了。' : `${count} 个探头都响了。`),
  lookFirst: (rule: string) => lookFirst[rule] ?? '先看现场，再说结果。',
  callFirst: '有火、有人受伤、有人闹事：先打电话，再去。',
  callFire: '119 火警',
  callDoctor: '120 急救',
  callPolice: '110 报警',
  doorOnly: '只看门，不看人：不记是谁，也不查是谁。',
  guardSentence: '本人或监护人约好的：夜里出了门，或出门还没回来，先问家里人。',
  leadSentence: (days: number, ofDays: number) =>
    `${ofDays} 天里有 ${days} 天，这一户的用水和开门次数都明显高于同楼。`,
  leadFact: (days: number, ofDays: number) => `${ofDays} 天里 ${days} 天高于同楼`,
  leadPeers: (peers: number) => `和同楼至少 ${peers} 户比，按登记人数平均，只看一天一个合计数。`,
  leadWeak:
    '这只是线索，不是结论。这种比法准不准，没有公开的依据；家里来客、坐月子、漏水都会这样。',
  leadHow: '两个人一起去，先说明来意。住户同意才进门；不同意就记“没让进”，不追问，也不影响住户。',
  leadExpires: (at: string) => `没有核实的，到 ${at} 自动作废。`,

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
  foundWordsHelp: (kind: TaskKind): string =>
    kind === 'care-visit' || kind === 'device-repair'
      ? '最多 200 字。住户看得到。不写病情，不写别人。'
      : '最多 200 字。只写现场和东西，不写是谁。',
  foundSave: '记下结果',
  foundPick: '请先选一个结果。',

  historyTitle: '经过',
  backToList: '回到任务列表',
  spokenDone: '已完成：',
  spokenNow: '最近：',
  by: (at: string, unit: string, title: string) => `${at} · ${unit} ${title}`,
  stairsTitle: '在楼里的位置',
}
