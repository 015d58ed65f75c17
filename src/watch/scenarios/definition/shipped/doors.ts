import { ruleOf, signal, tell, type ShippedRule } from './shape.ts'

const common = { purpose: 'door-security', per: 'device', act: 'look' } as const

const forced: ShippedRule = {
  definition: ruleOf({
    ...common,
    rule: 'door-forced',
    when: { is: 'state', signal: signal('door-access', 'forced'), minutes: 0 },
    cooldownMinutes: 10,
    isEmergency: true,
    steps: [tell('property', 10), tell('worker', 30)],
    workMinutes: 20,
    reason: '楼道或小区的门被强开：请物业去看。',
  }),
  isOn: true,
  reasons: {
    zh: '没有刷卡、没有按出门按钮而门开了。马上告诉物业，任何钟点。只说哪扇门、几点，从不说是谁：门禁不进名单，也没有“陌生人预警”（《规则》第 12 节）。它说不清什么：门没关严、大风、出门按钮坏了也会报；多次如此请先修门。',
    en: 'The door opened without a card and without the exit button. The property firm is told at once, at any hour. It says which door and when, and never who: no list of persons and no “stranger warning” exists (rules, section 12). What it cannot tell: a door that does not latch, wind or a broken exit button look the same; where it repeats, repair the door first.',
  },
}

const heldOpen: ShippedRule = {
  definition: ruleOf({
    ...common,
    rule: 'door-held-open',
    when: {
      is: 'any',
      of: [
        { is: 'state', signal: signal('door-contact', 'open'), minutes: 10 },
        // The controller tells when a door is held and never when it shuts: whoever needs a pass
        // again found it shut.
        {
          is: 'sequence',
          first: signal('door-access', 'held-open'),
          then: signal('door-access', 'granted', 'refused', 'revoked-pass'),
          minutes: 10,
        },
      ],
    },
    clearsAfterMinutes: 0,
    cooldownMinutes: 30,
    quiet: null,
    steps: [tell('property', 30), tell('worker', 60)],
    workMinutes: 10,
    reason: '楼道门开着 10 分钟没有关：请物业去关。',
  }),
  isOn: false,
  reasons: {
    zh: '十分钟：搬家、送货时顺手撑一下不算（参数）。有门磁的看门磁；只有门禁的，控制器说“开得太久”以后 10 分钟没有人再刷卡，就当还开着——控制器从不说门关上了。关上就自己收回，之后半小时不再报。它说不清什么：夜里没有人进出时，只靠门禁分不清是还开着还是已经关了。',
    en: 'Ten minutes: propping it for a delivery is nothing (a parameter). Where there is a contact, it is the contact’s word. Where there is only a controller: it said “held open” and for 10 minutes nobody used a pass, because a controller never says that a door was shut. Taken back when it is shut, and not told again for half an hour. What it cannot tell: at night, when nobody comes, a controller alone does not know whether it was shut since.',
  },
}

const revoked: ShippedRule = {
  definition: ruleOf({
    ...common,
    rule: 'door-revoked-pass',
    when: { is: 'state', signal: signal('door-access', 'revoked-pass'), minutes: 0 },
    cooldownMinutes: 10,
    steps: [tell('property', 30), tell('worker', 240)],
    workMinutes: 10,
    reason: '有人用注销的卡：请物业看看是不是忘了换卡。',
  }),
  isOn: false,
  reasons: {
    zh: '注销的卡多半是搬走的人、忘了换卡的人。请物业看一下那扇门，问一句要不要帮忙换卡；不记是哪张卡、不记是谁，也不进名单（《规则》第 12 节）。十分钟里再试并在一起（参数）。它说不清什么：不知道拿卡的是谁，也不去知道。',
    en: 'A revoked pass is mostly somebody who moved or forgot to change it. The property firm looks at that door and offers to change the pass; neither pass nor person is noted and no list is kept (rules, section 12). Trying again within ten minutes is the same matter (a parameter). What it cannot tell: who holds it, and it does not want to know.',
  },
}

const refused: ShippedRule = {
  definition: ruleOf({
    ...common,
    rule: 'door-refused',
    when: { is: 'count', signal: signal('door-access', 'refused'), atLeast: 5, minutes: 10 },
    cooldownMinutes: 60,
    steps: [tell('property', 30), tell('worker', 240)],
    workMinutes: 15,
    reason: '同一扇门 10 分钟里 5 次没让进：多半是读卡器坏了，或有人需要帮忙。',
  }),
  isOn: false,
  reasons: {
    zh: '十分钟 5 次（参数）。多数是读卡器坏了、卡消磁，或者老人记错了密码，站在门外进不了家；所以先去帮忙，再说别的。只数次数，不记卡。它说不清什么：五次是一个人还是五个人，它不知道。',
    en: 'Five in ten minutes (a parameter). Mostly a broken reader, a worn card, or an elder who forgot the code and stands outside; so help comes first. It counts, and notes no card. What it cannot tell: whether five times were one person or five.',
  },
}

const tailgate: ShippedRule = {
  definition: ruleOf({
    ...common,
    rule: 'door-tailgate',
    when: { is: 'count', signal: signal('door-access', 'tailgate'), atLeast: 10, minutes: 1_440 },
    cooldownMinutes: 1_440,
    quiet: { from: '20:00', to: '08:00' },
    steps: [tell('property', 1_440), tell('worker', 2_880)],
    workMinutes: 20,
    expiresDays: 7,
    reason: '同一扇门一天 10 次尾随：门关得太慢，或者大家需要提醒。从不说是谁。',
  }),
  isOn: false,
  reasons: {
    zh: '只数次数，一天 10 次才说（参数），从不说是谁。尾随多半是邻居替邻居留门，所以做的是：看看闭门器是不是太慢，贴一张提醒。晚上不派人，一天最多一次，七天没人理就过期。它说不清什么：推婴儿车的、搬东西的、一家人一起进门，都会算进去。',
    en: 'Only a count, told of at ten a day (a parameter), and never who. Mostly a neighbour holds the door for a neighbour, so what follows is: see whether the door closes too slowly, put up a reminder. Nobody is sent in the evening; once a day at most; gone after seven days. What it cannot tell: prams, parcels and families that come in together are counted too.',
  },
}

export const doorRules: readonly ShippedRule[] = [forced, heldOpen, revoked, refused, tailgate]
