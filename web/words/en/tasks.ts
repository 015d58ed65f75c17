import type { Act, DeadlineKind, TaskKind, TaskState } from '../../../src/desks/tasks/types.ts'
import type { Outcome } from '../../../src/kernel/event.ts'
import type { OtherRule } from '../zh-CN/tasks.ts'
import { plural } from '../plural.ts'

const badges: Record<string, string> = {
  'care-silence': 'Care · no sign',
  'device-battery-low': 'Battery low',
  'device-tampered': 'Tampered with',
  'device-copied': 'Credential in doubt',
  'device-clock-wrong': 'Clock wrong',
}
const rules: Record<string, string> = {
  'care-silence': 'Silence in agreed care',
  'device-silence': 'Device not heard',
  'device-battery-low': 'Battery of a device low',
  'device-tampered': 'Device tampered with',
  'device-copied': 'Credential copied',
  'device-clock-wrong': 'Clock of a device wrong',
}
const deviceFacts: Record<OtherRule, string> = {
  'device-battery-low': 'says that its battery is low',
  'device-tampered': 'was opened or moved',
  'device-copied': 'its credential may have been copied',
  'device-clock-wrong': 'its clock is wrong',
}
const toDo: Record<OtherRule | 'device-silence', string> = {
  'device-silence':
    'First see whether it has power and network; where all behind one gateway are silent, see the gateway first.',
  'device-battery-low':
    'Bring the same kind of battery. Once changed, it reports its new charge by itself, and this is done.',
  'device-tampered':
    'See whether it was taken down, opened or moved; put it back and close its cover.',
  'device-copied':
    'One credential speaks from two places, or its numbers jump. Ask the street to make a new one on the device’s page; the old one ends at once.',
  'device-clock-wrong':
    'Set the clock of the device or its gateway. Until then its messages count from when they arrive.',
}
const acts: Record<Act, string> = {
  acknowledge: 'Got it',
  phoned: 'Phone first',
  'set-out': 'I’m going',
  arrive: 'I’m here',
  find: 'Say what I found',
  close: 'Close',
  withdraw: 'Withdraw',
}
const states: Record<TaskState, string> = {
  raised: 'Waiting for you',
  acknowledged: 'Taken',
  'on-the-way': 'On the way',
  'at-the-door': 'At the door',
  found: 'Found',
  closed: 'Closed',
}
const done: Record<'raised' | Act, string> = {
  raised: 'Raised by the rule',
  acknowledge: 'Taken',
  phoned: 'Phoned',
  'set-out': 'Set out',
  arrive: 'At the door',
  find: 'Said what was found',
  close: 'Closed',
  withdraw: 'Withdrawn: it ended before anybody went',
}
const outcomes: Record<TaskKind, Record<Outcome, string>> = {
  'care-visit': {
    fine: 'Fine',
    'needed-help': 'Needed help',
    away: 'Away',
    'sensor-fault': 'Sensor fault',
    'wrong-home': 'Wrong home',
  },
  'device-repair': {
    fine: 'Works again',
    'needed-help': 'Needed help',
    away: 'Nobody opened',
    'sensor-fault': 'Faulty: to be repaired or replaced',
    'wrong-home': 'Wrong home',
  },
}
const outcomeLines: Record<Outcome, string> = {
  fine: 'I saw them or spoke with them',
  'needed-help': 'I helped, or help is coming',
  away: 'Not at home, and I know where they are',
  'sensor-fault': 'They are fine; the device missed it',
  'wrong-home': 'It is not this home',
}
const deadlines: Record<DeadlineKind, string> = {
  hour: 'by the clock, rest days count too',
  working_day: 'in working days',
  calendar_estimate: 'that year’s holidays are not out yet, so this is estimated by the calendar',
}

export const tasks: typeof import('../zh-CN/tasks.ts').tasks = {
  inboxTitle: 'My tasks, by deadline',
  door: 'Tasks',
  list: 'Task list',
  openTask: 'Open task',
  closedToday: (count) => `${count} closed today`,
  inHand: (count) => `${count} in hand`,
  emptyTitle: 'No task in hand',
  emptyLine: 'A new one appears here by itself; no need to reload.',
  chooseTitle: 'Choose one from the list',
  chooseLine:
    'A person’s card opens only from a task, and the person sees every time it was opened.',
  lateCell: 'late',
  careCell: 'care',
  deviceCell: 'device',

  badge: (rule) => badges[rule] ?? 'Device unknown',
  deviceFact: (rule, what) => `${what}: ${deviceFacts[rule]}`,
  toDo: (rule) => (toDo as Record<string, string>)[rule] ?? toDo['device-silence'],
  act: (act) => acts[act],
  actOn: (act, place) => `${acts[act]}: ${place}`,
  state: (state) => states[state],
  stateOr: (state) => (states as Record<string, string>)[state] ?? state,
  done: (act) => done[act],
  outcome: (kind, outcome) => outcomes[kind][outcome],
  outcomeLine: (kind, outcome) => (kind === 'care-visit' ? outcomeLines[outcome] : ''),
  scored: (rule, version) =>
    `The outcome scores the rule “${rules[rule] ?? rule}, version ${version}”.`,
  byRule: (rule, version) => `${rules[rule] ?? rule}, version ${version}`,
  ruleName: (rule) => rules[rule] ?? rule,

  silentFor: (hours) => `No sign for ${hours} hours`,
  silentSentence: (hours) => `For ${hours} hours the sensors have noted no sign.`,
  reasonUnknown:
    'Only that there was no sign is known, not why: perhaps nobody moved about, perhaps they went out.',
  chartSentence: (from, hours) =>
    `Last sign of life: ${from}. Since then ${hours} hours without a sign.`,
  lastSign: 'Last sign of life',
  gap: (length) => `sensors silent for ${length}, not counted`,
  chartNow: 'when raised',
  counts: 'counts',
  countsNot: 'does not count: sensors silent',
  noChain: (hours) =>
    `There is no chain of asking yet (the person, a contact, a volunteer): after ${hours} hours the worker phones first, then visits.`,

  gatewayTitle: (stair) => `${stair}, gateway`,
  gatewaySilent: (count) => `offline · ${plural(count, 'device', 'devices')} unknown`,
  deviceSilent: (kind) => `${kind}: no message`,
  devicesSilent: (count) => `${plural(count, 'device', 'devices')}: no message`,
  silentSince: (at) => `Last message: ${at}.`,
  neverReported: 'It has not reported once since it was registered.',
  unknownNotFine:
    'Unknown ≠ fine: nobody knows whether anything moved there meanwhile; the clock of silence stands still.',
  devicesTitle: 'Devices not heard',
  devicesOther: 'Which device',
  devicesOfKind: (kind, count) => `${kind}: ${count}`,
  devicesAll: (count) => `Show all ${count}`,
  gateway: 'Gateway',

  acknowledgeBy: (at) => `To be taken by: ${at}`,
  dueBy: (at) => `To be done by: ${at}`,
  deadline: (kind) => deadlines[kind],
  responsible: (unit, title) => `Responsible: ${title}, ${unit}`,
  closedWith: (outcome) => `Closed: ${outcome}`,

  phoneTitle: 'Phone first',
  phoneLine:
    'One number at a time. Each one shown is one more line in the resident’s own list of looks.',
  phoneSelf: 'The person',
  phoneNone: 'The person left no number.',
  showNumber: 'Show number',
  showNumberOf: (whom) => `Show the number of: ${whom}`,
  dial: (number) => `Call ${number}`,
  shown: 'Shown; the resident will see it.',
  phoneWords: 'Who answered, what was said',
  logPhone: 'Note: phoned',

  cardTitle: 'The person’s card',
  cardParts: (parts) => parts.join(', '),
  cardWhy: 'Open because of this task; the resident will see that you looked',
  cardPerson: 'Resident',
  cardAge: (age) => `${age} years old`,
  cardAlone: 'lives alone',
  cardContacts: 'Contacts',
  cardContactsNone: 'None given',
  cardContactsHidden: (relations) => `${relations}; numbers are shown one by one`,
  cardAgreed: 'Consent',
  cardAgreedUntil: (date) => `Agreed care, until ${date}`,
  cardLastVisit: 'Last visit',
  cardLastVisitNone: 'None yet',

  foundTitle: 'What did you find? Choose one',
  foundEarly: 'Know already? Say it now',
  foundLater: 'At the door, choose one outcome',
  foundWords: 'A word more',
  foundWordsHelp: 'At most 200 characters. The resident can read it. No illnesses, nobody else.',
  foundSave: 'Save outcome',
  foundPick: 'Please choose an outcome first.',

  historyTitle: 'What happened',
  backToList: 'Back to my tasks',
  spokenDone: 'Done:',
  spokenNow: 'Latest:',
  by: (at, unit, title) => `${at} · ${title}, ${unit}`,
  stairsTitle: 'Where it is in the building',
}
