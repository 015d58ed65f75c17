import { ruleOf, signal, tell, type ShippedRule } from './shape.ts'

const silence: ShippedRule = {
  definition: ruleOf({
    rule: 'care-silence',
    purpose: 'agreed-care',
    consent: 'agreed-care',
    per: 'home',
    when: { is: 'silence', signs: null, minutes: 2_880 },
    isCovered: true,
    act: 'visit',
    steps: [tell('worker', 120), tell('duty-officer', 120)],
    workMinutes: 40,
    reason: '同意关爱提醒的住户，传感器正常而连续 48 小时没有动静，请居委上门看望。',
  }),
  isOn: true,
  reasons: {
    zh: '为什么是 48 小时：上门要占人手，也打扰人。按每户每天 0.09 次误报算，2,000 户一天就是 180 次上门，所以上门有固定底线，默认 48 小时（《规则》10.3；做法，可以调长，不能调短）。只有传感器都正常的时间才算；断电、断网、设备坏了，时钟停下来，另派人修设备，不当作平安，也不当作出事。两小时内上门，超时转街道值班长。外出时不判断。它说不清什么：只看得出门和屋里有没有动静，分不清是待在家里、去了别处，还是摔倒；没有同意就不判断；离家忘了说“外出”，会白跑一趟。结果由上门的人写，记在这一版规则名下。',
    en: 'Why 48 hours: a visit costs somebody’s time and disturbs. At 0.09 false alarms a day and home, 2,000 homes would be 180 visits a day, so a visit has a fixed floor, 48 h by default (rules 10.3; practice, a parameter that may be longer and not shorter). Only time in which every sensor worked counts: with the power, the network or a device gone the clock stands, the device is repaired, and the home is shown as neither fine nor in need. Two hours to be at the door, then the duty officer. Not judged while away. What it cannot tell: it knows of doors and movement only, not whether somebody stays in, is elsewhere or has fallen; without consent it does not judge; whoever leaves without saying so is visited in vain. A person writes what was found, and it scores this version.',
  },
}

const habit: ShippedRule = {
  definition: ruleOf({
    rule: 'care-habit',
    purpose: 'agreed-care',
    consent: 'agreed-care',
    per: 'home',
    when: { is: 'habit', of: 'gap', signal: null, side: 'above', percent: 300, days: 14 },
    isCovered: true,
    clearsAfterMinutes: 0,
    cooldownMinutes: 1_440,
    act: 'ask',
    quiet: { from: '21:00', to: '08:00' },
    steps: [tell('person', 120), tell('contact', 120)],
    workMinutes: 5,
    reason: '没有动静的时间比这户平时长了两倍，先问一问本人，再问本人选的联系人，不派人。',
  }),
  isOn: false,
  reasons: {
    zh: '比的是这户自己：把一天分成四段，每段记一个平时间隔，超过它的三倍才问（300% 是参数，没有公开的依据）。先看满 14 天，没看全的日子不学也不判。它快，所以只问：先问本人，两小时没回音再问本人选的联系人；派人上门仍要等 48 小时（《规则》10.3）。一天最多问一次，晚上九点到早上八点不问；有了动静就收回。它说不清什么：午睡、来客、换季都会改变习惯；四个数字不是行踪，也看不出去了哪里。同意收回，四个数字一起删去。',
    en: 'It compares a home with itself: one usual gap for each of four parts of the day, and asks beyond three times that gap (300 % is a parameter; no published figure is behind it). It watches 14 whole days first; a day that was not covered is neither learned nor judged. It is quick, therefore it only asks: the person, after two hours without an answer the contact whom the person chose. Sending somebody still waits for 48 hours (rules 10.3). At most once a day, not between 21:00 and 08:00, and taken back at the next sign of life. What it cannot tell: naps, guests and seasons change habits; four numbers are no trail and say nothing of where somebody went. They go with the consent.',
  },
}

/** Somebody moved inside of late: a movement sensor is there, and sees the one who lives here. */
const movedOfLate = {
  is: 'count',
  signal: signal('motion', 'occupied'),
  atLeast: 1,
  minutes: 2_880,
} as const

const night: ShippedRule = {
  definition: ruleOf({
    rule: 'wandering-night',
    purpose: 'agreed-care',
    consent: 'wandering-guard',
    per: 'home',
    when: {
      is: 'all',
      of: [
        {
          is: 'sequence',
          first: signal('door-contact', 'open'),
          then: signal('motion', 'occupied'),
          minutes: 30,
        },
        movedOfLate,
      ],
    },
    only: { hours: { from: '22:00', to: '05:00' }, days: 'every-day', season: null },
    isCovered: true,
    cooldownMinutes: 60,
    act: 'visit',
    steps: [tell('contact', 15), tell('worker', 30), tell('duty-officer', 30)],
    workMinutes: 60,
    reason: '另外同意走失提醒的住户，夜里门开过，半小时内屋里没有动静：先找家人，再请居委。',
  }),
  isOn: true,
  reasons: {
    zh: '只为另外同意了走失提醒的人：由本人或监护人同意，和关爱提醒分开，一个不能代替另一个（个保法 29）。晚上十点到早上五点，门开过而 30 分钟里屋里没有人动（30 分钟和钟点是参数）。先找家人 15 分钟，再请居委。门开着本身不算：倒垃圾、拿快递，回屋一动就算回来了。两天里屋里没有过动静就不判断：那说明没有人体感应，或者人本来就不在。过了五点也不自己收回，因为人可能还在外面；由人来了结。它说不清什么：不知道是谁出的门，家里还有别人在动就不提醒；感应器正对着门时，出门那一刻会被当作在家，所以要装在里面；晚上出门十点还没回来，十点会提醒。',
    en: 'Only for those who agreed to the wandering guard: by the person or a guardian, apart from agreed care, and neither stands for the other (个保法 29). Between 22:00 and 05:00 the door was opened and for 30 minutes nobody moved inside (30 minutes and the hours are parameters). Family first, for 15 minutes, then the neighbourhood worker. An opened door alone is nothing: whoever takes the rubbish down and moves inside again is back. Without any movement in the last two days it does not judge: then there is no movement sensor, or nobody was in. It is not taken back when the night is over, as somebody may still be outside; a person ends it. What it cannot tell: who left, and nothing while somebody else moves at home; a sensor that faces the door takes leaving for being in, so it belongs further inside; whoever went out in the evening and is not back at 22:00 is told of then.',
  },
}

const out: ShippedRule = {
  definition: ruleOf({
    rule: 'wandering-out',
    purpose: 'agreed-care',
    consent: 'wandering-guard',
    per: 'home',
    when: {
      is: 'all',
      of: [
        {
          is: 'sequence',
          first: signal('door-contact', 'open'),
          then: signal('motion', 'occupied'),
          minutes: 240,
        },
        movedOfLate,
      ],
    },
    isCovered: true,
    clearsAfterMinutes: 0,
    cooldownMinutes: 60,
    act: 'visit',
    steps: [tell('contact', 30), tell('worker', 60), tell('duty-officer', 60)],
    workMinutes: 60,
    reason: '另外同意走失提醒的住户，出门 4 小时没有回来：先找家人，再请居委。',
  }),
  isOn: true,
  reasons: {
    zh: '只为另外同意了走失提醒的人（个保法 29）。门开过以后 4 小时屋里没有动静，就先找家人，再请居委（4 小时是参数，请按这位老人的习惯改长）。回来一动就自己收回。它说不清什么：不知道人在哪里，也不去知道——没有定位；和家人一起出门、去亲戚家吃饭一样会提醒，所以先找的是家人；坐着不动或睡着的人，感应器可能半天看不见，睡前开过门的夜里会误报。',
    en: 'Only for those who agreed to the wandering guard (个保法 29). When nobody moved inside for 4 hours after the door was opened, family is told first, then the neighbourhood worker (4 hours is a parameter: make it longer where this person’s habit is another). Taken back by itself at the first movement inside. What it cannot tell: where somebody is, and it does not want to know: nothing is located. A dinner with family looks the same, which is why family is told first. Whoever sits still or sleeps may not be seen for hours, so a door opened before bedtime may be told of in vain.',
  },
}

export const careRules: readonly ShippedRule[] = [silence, habit, night, out]
