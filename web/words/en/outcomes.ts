import type { TaskKind } from '../../../src/desks/tasks/types.ts'
import type { Outcome } from '../../../src/kernel/event.ts'

/** Where the kind of task is not known: a rule's findings are of many. */
export const outcomes: Readonly<Record<Outcome, string>> = {
  fine: 'Fine',
  'needed-help': 'Needed help',
  away: 'Away',
  'sensor-fault': 'Sensor fault',
  'wrong-home': 'Wrong home',
  'hazard-real': 'It was so',
  'hazard-false': 'It was not so',
  refused: 'Not let in',
}
const outcomesOf: Partial<Record<TaskKind, Partial<Record<Outcome, string>>>> = {
  'care-offer': {
    fine: 'Asked, and agreed what',
    away: 'Nobody at home',
    refused: 'Does not want it',
  },
  'roster-gap': { fine: 'Filled' },
  'device-repair': {
    fine: 'Works again',
    away: 'Nobody opened',
    'sensor-fault': 'Faulty: to be repaired or replaced',
  },
  hazard: {
    'hazard-real': 'It is real',
    'hazard-false': 'False alarm, nothing there',
    'sensor-fault': 'Device faulty or mistaken',
    'wrong-home': 'Wrong place',
    'needed-help': 'Somebody needs help',
  },
  'home-check': {
    'hazard-real': 'It is so',
    away: 'Nobody at home',
    refused: 'The occupant did not agree to let us in',
  },
}
const outcomeLines: Partial<Record<TaskKind, Partial<Record<Outcome, string>>>> = {
  'care-offer': {
    fine: 'Said how they wish to be looked after',
    away: 'I did not meet them',
    refused: 'Respected: nobody asks again for 12 months',
    'wrong-home': 'It is not this home',
  },
  'roster-gap': { fine: 'Somebody is on duty in these hours' },
  'care-visit': {
    fine: 'I saw them or spoke with them',
    'needed-help': 'I helped, or help is coming',
    away: 'Not at home, and I know where they are',
    'sensor-fault': 'They are fine; the device missed it',
    'wrong-home': 'It is not this home',
  },
  hazard: {
    'hazard-real': 'Dealt with, or somebody is coming to',
    'hazard-false': 'I was there and looked',
    'sensor-fault': 'Nothing there; it is the device',
    'wrong-home': 'Not here, or not to be found',
    'needed-help': 'Hurt or frightened; help is coming',
  },
  'home-check': {
    'hazard-real': 'Goes its own way by procedure, to the lessor first',
    'hazard-false': 'The lead is erased at once; a number stays',
    away: 'Nobody was met',
    refused: 'Noted as it is. No questions, and nothing follows from it',
    'wrong-home': 'It is not this home; the lead is erased at once',
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
