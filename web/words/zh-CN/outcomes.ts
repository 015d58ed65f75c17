import type { TaskKind } from '../../../src/desks/tasks/types.ts'
import type { Outcome } from '../../../src/kernel/event.ts'

/** Where the kind of task is not known: a rule's findings are of many. */
export const outcomes: Readonly<Record<Outcome, string>> = {
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
  'care-offer': { fine: '问过了', away: '没人在家', refused: '本人不需要' },
  'roster-gap': { fine: '排好了' },
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
  'care-offer': {
    fine: '同意的先记下纸面同意；要再想想的，三个月内不再问',
    away: '没有见到人',
    refused: '尊重本人，12 个月内不再问',
    'wrong-home': '不是这一户',
  },
  'roster-gap': { fine: '这几个小时有人值班了' },
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

/** What was found, in words. */
export function outcomeOf(kind: TaskKind, outcome: Outcome): string {
  return outcomesOf[kind]?.[outcome] ?? outcomes[outcome]
}

/** What choosing it means; nothing where its name says it. */
export function outcomeLineOf(kind: TaskKind, outcome: Outcome): string {
  return outcomeLines[kind]?.[outcome] ?? ''
}
