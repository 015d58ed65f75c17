import { ruleOf, signal, tell, type ShippedRule } from './shape.ts'

const sos: ShippedRule = {
  definition: ruleOf({
    rule: 'sos',
    purpose: 'emergency-call',
    per: 'device',
    when: { is: 'state', signal: signal('sos-button', 'pressed'), minutes: 0 },
    act: 'look',
    isEmergency: true,
    steps: [tell('worker', 5), tell('duty-officer', 10)],
    workMinutes: 30,
    reason: '有人按了求助按钮：马上去。',
  }),
  isOn: true,
  reasons: {
    zh: '按一下就算，不等第二下，不看钟点，不需要另外同意：这是本人自己的求助（个保法 13(4)）。5 分钟没有人收到就转街道值班长（参数）。没了结以前再按，并在同一件事里。它说不清什么：按错、孩子玩、衣服蹭到，都和真的一样；没有人能从按钮知道出了什么事，危急时先打 120、119、110。',
    en: 'One press is enough; no second one, no hour of the day and no separate consent is asked for: it is the person’s own call (个保法 13(4)). After 5 minutes without anybody who took it the duty officer is told (a parameter). Pressing again before it ended joins the same matter. What it cannot tell: a mistake, a child or a sleeve looks the same, and a button does not say what happened. In danger ring 120, 119 or 110 first.',
  },
}

const smoke: ShippedRule = {
  definition: ruleOf({
    rule: 'smoke',
    purpose: 'home-safety',
    per: 'device',
    when: { is: 'state', signal: signal('smoke', 'alarm'), minutes: 0 },
    act: 'look',
    isEmergency: true,
    steps: [tell('worker', 10), tell('duty-officer', 20)],
    workMinutes: 30,
    reason: '烟感报警：马上去看，先打 119。',
  }),
  isOn: true,
  reasons: {
    zh: '一响就报，不等第二个；测试按钮不算。先告诉居委，10 分钟没有人管就告诉街道值班长（参数）；物业离得最近，收到的人先打个电话请他们去看。报警停了也不自己收回：烟散了不等于没有烧过，要有人看过。每个烟感各是一件事，住在小区空地、车棚里的也一样。它说不清什么：炒菜、香烟、水汽都会响；里弄不是消防主机，不能代替 119。',
    en: 'At the first alarm, without waiting for a second; the test button is nothing. The neighbourhood worker is told first, after 10 minutes the duty officer (a parameter); the property firm is nearest, so whoever is told rings them. It is not taken back when the alarm stops: smoke that has gone may have been a fire, somebody has to look. Each sensor is a matter of its own, so that one in a yard or shed counts as much. What it cannot tell: cooking, cigarettes and steam sound the same. This is no fire panel and does not stand for 119.',
  },
}

const gas: ShippedRule = {
  definition: ruleOf({
    rule: 'gas',
    purpose: 'home-safety',
    per: 'stair',
    when: { is: 'state', signal: signal('gas', 'alarm'), minutes: 0 },
    act: 'look',
    isEmergency: true,
    steps: [tell('worker', 10), tell('duty-officer', 20)],
    workMinutes: 30,
    reason: '燃气报警：一个探头就够，同一门洞的第二个并进同一件事。不开灯、不打电话，先出去。',
  }),
  isOn: true,
  reasons: {
    zh: '一个探头就够：等第二个会误事。同一门洞的第二个探头并进同一件事，而且更要紧。报警停了不自己收回，要有人看过。时限是参数。它说不清什么：酒精、杀虫剂、油漆也会让探头响；几年的探头会老化，要按期换；探头离灶太远可能闻不到。到场先开窗、关阀，不动电器，撤出来再打燃气公司和 119。',
    en: 'One probe is enough: waiting for a second costs time. A second one on the same stair joins the same matter, and makes it more serious. It is not taken back when the alarm stops; somebody has to look. Times are parameters. What it cannot tell: alcohol, insect spray and paint set a probe off, an old one grows deaf and has to be changed in time, one far from the stove may smell nothing. At the door: windows open, valve shut, touch no switch, leave, then ring the gas company and 119.',
  },
}

const leak: ShippedRule = {
  definition: ruleOf({
    rule: 'water-leak',
    purpose: 'home-safety',
    per: 'device',
    when: { is: 'state', signal: signal('water-leak', 'wet'), minutes: 2 },
    act: 'look',
    isEmergency: true,
    steps: [tell('property', 30), tell('worker', 60)],
    workMinutes: 30,
    reason: '漏水传感器湿了两分钟还没有干：请物业去看。',
  }),
  isOn: true,
  reasons: {
    zh: '湿满两分钟才算，免得拖地溅一下就跑一趟（两分钟是参数）。夜里也报：水往下漏，等到早上就是两户人家的事。干了不自己收回，要有人找到哪里漏。它说不清什么：分不清是水管漏、洗衣机溢还是打翻了一盆水；只看得见传感器那一块地。',
    en: 'Wet for two minutes, so that a mop does not send anybody (two minutes is a parameter). At night as well: water runs down, and by morning it is two homes’ trouble. It is not taken back when it dries; somebody has to find the leak. What it cannot tell: a pipe, a washing machine and a spilt bucket look the same, and it knows of no floor but its own.',
  },
}

const electrical: ShippedRule = {
  definition: ruleOf({
    rule: 'electrical',
    purpose: 'home-safety',
    per: 'device',
    when: {
      is: 'any',
      of: [
        { is: 'state', signal: signal('electrical', 'arc', 'overheated'), minutes: 0 },
        { is: 'state', signal: signal('electrical', 'overload'), minutes: 2 },
        {
          is: 'threshold',
          measure: 'temperature-centi-c',
          side: 'above',
          number: 7_000,
          minutes: 1,
        },
      ],
    },
    act: 'look',
    isEmergency: true,
    steps: [tell('property', 10), tell('worker', 30), tell('duty-officer', 30)],
    workMinutes: 40,
    reason: '打火、过热、过载两分钟，或线缆超过 70 °C 一分钟：请物业带电工去看。',
  }),
  isOn: true,
  reasons: {
    zh: '打火和过热一出现就报；过载要满两分钟，因为空调、水泵起动那一下不算；温度超过 70 °C 满一分钟（两个数都是做法，是参数，请按设备的说明书改）。恢复正常不自己收回：热过的接头要有人看。它说不清什么：探头装在哪里就只知道哪里；户内的电量、功率是个人信息，没有同意不存，这条规则也不看。',
    en: 'Arcs and overheating at once; an overload after two minutes, as a starting pump or air conditioner is none; a temperature above 70 °C for one minute (both are practice and parameters: take what the device’s manual says). It is not taken back when it is normal again: a joint that was hot has to be looked at. What it cannot tell: it knows of the place where the probe sits. Energy and power of a home are personal, not stored without consent, and not looked at by this rule.',
  },
}

export const emergencyRules: readonly ShippedRule[] = [sos, smoke, gas, leak, electrical]
