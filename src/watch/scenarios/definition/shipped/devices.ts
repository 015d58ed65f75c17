import type { Leaf } from '../schema.ts'
import { ruleOf, tell, type ShippedRule } from './shape.ts'

type Condition = Extract<Leaf, { is: 'health' }>['condition']

/** Whole days of a repair are working days. */
const oneDay = 1_440
const fiveDays = 7_200

function healthOf(
  condition: Condition,
  rule: string,
  withinMinutes: number,
  workMinutes: number,
  reason: string,
) {
  return ruleOf({
    rule,
    purpose: 'device-operation',
    per: 'device',
    when: { is: 'health', condition },
    clearsAfterMinutes: 0,
    act: 'repair',
    steps: [tell('worker', withinMinutes), tell('duty-officer', withinMinutes)],
    workMinutes,
    reason,
  })
}

export const deviceRules: readonly ShippedRule[] = [
  {
    definition: healthOf(
      'silent',
      'device-silence',
      oneDay,
      30,
      '设备连着三次没有按时报到：状态不明，派人去修，绝不当作正常。',
    ),
    isOn: true,
    reasons: {
      zh: '连着三次心跳没有来，就是“不明”（做法，是参数）。不明要修，从不当作平安，也不当作出事。整个网关没声音，是一件事，不是几十件。期限是一个工作日。恢复了自己收回。它说不清什么：断电、断网、电池没电、被拿走，从外面看是一样的。',
      en: 'Three promised heartbeats missed: unknown (practice, a parameter). Unknown is repaired, never taken for fine and never for an alarm. A whole gateway is one matter, not dozens. One working day. Taken back when it speaks again. What it cannot tell: no power, no network, an empty battery and a stolen device look alike from outside.',
    },
  },
  {
    definition: healthOf(
      'battery-low',
      'device-battery-low',
      fiveDays,
      15,
      '电池快没电了：趁它还在工作就换。',
    ),
    isOn: true,
    reasons: {
      zh: '设备自己说电量低，或电量到了 15%（做法，是参数）。五个工作日里换，换好自己收回。它说不清什么：天冷时电量会假低，有的设备只会说 100% 和 0%。',
      en: 'The device says so, or its battery is at 15 % (practice, a parameter). Five working days; taken back when it was changed. What it cannot tell: cold makes a battery look empty, and some devices know only 100 % and 0 %.',
    },
  },
  {
    definition: healthOf(
      'tampered',
      'device-tampered',
      oneDay,
      20,
      '外壳被打开或设备被挪动：去看还准不准。',
    ),
    isOn: true,
    reasons: {
      zh: '外壳开关动了。一个工作日里去看；装回去自己收回。它说不清什么：打扫、换电池也会碰到；不说是谁碰的。',
      en: 'Its case switch moved. One working day; taken back when it is shut. What it cannot tell: cleaning and changing a battery do the same, and it does not say who.',
    },
  },
  {
    definition: healthOf(
      'copied',
      'device-copied',
      oneDay,
      30,
      '同一个凭证像在两处说话：换一个新的。',
    ),
    isOn: true,
    reasons: {
      zh: '同一台设备的编号和时间对不上，像有两台在用同一个凭证。它的话暂时不能全信，一个工作日里换凭证。它说不清什么：设备刷机、恢复出厂也会重新计数，看上去一样。',
      en: 'Numbers and times of one device do not fit, as if two spoke with one credential. It cannot be believed in full until the credential is changed, within one working day. What it cannot tell: a factory reset starts counting anew and looks the same.',
    },
  },
  {
    definition: healthOf(
      'clock-wrong',
      'device-clock-wrong',
      fiveDays,
      20,
      '设备的时钟不准：它说的时间不作数，请校准。',
    ),
    isOn: true,
    reasons: {
      zh: '设备说的时间和到达的时间差得太多。它的时间不采信，按到达算；五个工作日里校准。准了自己收回。它说不清什么：网络积压后补报，看上去也像时钟慢。',
      en: 'Its times and ours are too far apart. Its times are not believed, arrival counts. Five working days; taken back when it is right. What it cannot tell: a backlog sent late looks like a slow clock.',
    },
  },
]
