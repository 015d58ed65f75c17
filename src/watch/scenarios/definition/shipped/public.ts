import { ruleOf, signal, tell, type ShippedRule } from './shape.ts'

const lift: ShippedRule = {
  definition: ruleOf({
    rule: 'e-bike-in-lift',
    purpose: 'public-space',
    per: 'device',
    when: { is: 'state', signal: signal('camera-event', 'e-bike-in-lift'), minutes: 0 },
    cooldownMinutes: 30,
    act: 'look',
    isEmergency: true,
    steps: [tell('property', 10), tell('worker', 60)],
    workMinutes: 20,
    reason: '电动车进了电梯：请物业去劝，别在楼里充电。',
  }),
  isOn: false,
  reasons: {
    zh: '电池在轿厢里起火，几十秒就没有退路（上海市非机动车安全管理条例 29）。一进就告诉物业，夜里也是；了结后半小时里同一部电梯不再报（参数）。只收“电动车进梯”这件事，不收画面，不问是谁，不罚款、不记名单。它说不清什么：童车、轮椅、折叠车可能被认错；人已经到了哪一层，它不知道。',
    en: 'A battery that burns in a lift leaves nobody a way out (上海市非机动车安全管理条例 29). The property firm is told at once, at night too, and not again for the same lift within half an hour of its end (a parameter). Only the scene comes in, no picture and nobody’s name; nobody is fined and no list is kept. What it cannot tell: a pram, a wheelchair or a folding bicycle may be taken for one, and it does not know on which floor it went out.',
  },
}

const lane: ShippedRule = {
  definition: ruleOf({
    rule: 'fire-lane',
    purpose: 'public-space',
    per: 'device',
    when: { is: 'state', signal: signal('camera-event', 'fire-lane-blocked'), minutes: 10 },
    clearsAfterMinutes: 5,
    cooldownMinutes: 30,
    act: 'look',
    steps: [tell('property', 30), tell('worker', 60)],
    workMinutes: 20,
    reason: '消防通道被占 10 分钟：请物业让车挪开。',
  }),
  isOn: false,
  reasons: {
    zh: '十分钟：卸货、接人不算，停下来才算（参数）。让开满 5 分钟就自己收回；收回后半小时不再报。夜里也报，火不挑钟点。只收“被占”，不收车牌，不认人。它说不清什么：镜头被挡、夜里反光会认错；消防车真能不能过，要人去看。',
    en: 'Ten minutes: unloading and picking somebody up is nothing, standing there is (a parameter). Taken back when the lane was free for 5 minutes, and not told again for half an hour. At night too: a fire does not choose its hour. Only “blocked” comes in, no number plate and nobody. What it cannot tell: a covered lens and glare mislead it, and whether an engine could pass somebody has to see.',
  },
}

const bins: ShippedRule = {
  definition: ruleOf({
    rule: 'bins',
    purpose: 'public-space',
    per: 'device',
    when: { is: 'state', signal: signal('camera-event', 'bin-overflowing'), minutes: 60 },
    clearsAfterMinutes: 10,
    cooldownMinutes: 120,
    act: 'look',
    quiet: { from: '21:00', to: '06:00' },
    steps: [tell('property', 240), tell('worker', 480)],
    workMinutes: 15,
    reason: '垃圾桶满溢一小时：请物业清运。',
  }),
  isOn: false,
  reasons: {
    zh: '满一小时还没有人清才算，正常清运不打扰（参数）。不急：晚上九点到早上六点不派人。清空满十分钟自己收回，之后两小时不再报。它说不清什么：桶边堆的袋子和满溢分不清；不看是谁扔的，也不收画面。',
    en: 'Overflowing for an hour and nobody came: the usual round is not disturbed (a parameter). No hurry: nobody is sent between 21:00 and 06:00. Taken back when empty for ten minutes, and not told again for two hours. What it cannot tell: bags beside a bin look like a full one. It does not look at who put them there, and no picture comes in.',
  },
}

const manhole: ShippedRule = {
  definition: ruleOf({
    rule: 'manhole',
    purpose: 'public-space',
    per: 'device',
    when: { is: 'state', signal: signal('ground', 'tilted', 'moved'), minutes: 1 },
    act: 'look',
    isEmergency: true,
    steps: [tell('property', 15), tell('worker', 30), tell('duty-officer', 60)],
    workMinutes: 30,
    reason: '井盖歪了或被挪动一分钟：先围起来。',
  }),
  isOn: true,
  reasons: {
    zh: '开着的井会要人命，所以任何钟点都报；一分钟是为了让过车震一下不算（参数）。恢复了也不自己收回：盖没盖严要人看。它说不清什么：检修时开井也一样会报，请施工的人先打个招呼；停车用的地磁报“有车”，不归这条规则管。',
    en: 'An open manhole kills, so it is told at any hour; one minute, so that a passing lorry is nothing (a parameter). It is not taken back when it is upright again: whether the lid sits somebody has to see. What it cannot tell: repair work looks the same, so whoever opens one should say so before. A parking sensor’s “occupied” is not its matter.',
  },
}

export const publicRules: readonly ShippedRule[] = [lift, lane, bins, manhole]
