import type {
  Act,
  DeadlineKind,
  OwnAct,
  TaskKind,
  TaskState,
} from '../../../src/desks/tasks/types.ts'
import type { Outcome } from '../../../src/kernel/event.ts'
import type { OtherRule } from '../zh-CN/tasks.ts'
import { plural } from '../plural.ts'

const badges: Record<string, string> = {
  'care-silence': 'Care · no sign',
  'care-habit': 'Care · unlike usual',
  'wandering-night': 'Guard · left at night',
  'wandering-out': 'Guard · not back yet',
  sos: 'Call for help',
  smoke: 'Smoke alarm',
  gas: 'Gas alarm',
  'water-leak': 'Water leak',
  electrical: 'Electrical fault',
  'e-bike-in-lift': 'E-bike in the lift',
  'fire-lane': 'Fire lane blocked',
  bins: 'Bin overflowing',
  manhole: 'Manhole or post moved',
  'door-forced': 'Door forced',
  'door-held-open': 'Door left open',
  'door-revoked-pass': 'Revoked pass',
  'door-refused': 'Refused again and again',
  'door-tailgate': 'Tail-gating',
  overcrowding: 'Lead · please check',
  'device-battery-low': 'Battery low',
  'device-tampered': 'Tampered with',
  'device-copied': 'Credential in doubt',
  'device-clock-wrong': 'Clock wrong',
}
const rules: Record<string, string> = {
  'care-silence': 'Silence in agreed care',
  'care-habit': 'Care: unlike usual',
  'wandering-night': 'Guard: left at night',
  'wandering-out': 'Guard: not back yet',
  sos: 'Call for help',
  smoke: 'Smoke alarm',
  gas: 'Gas alarm',
  'water-leak': 'Water leak',
  electrical: 'Electrical fault',
  'e-bike-in-lift': 'E-bike in the lift',
  'fire-lane': 'Fire lane blocked',
  bins: 'Bin overflowing',
  manhole: 'Manholes and posts',
  'door-forced': 'Door forced',
  'door-held-open': 'Door held open',
  'door-revoked-pass': 'Revoked pass in use',
  'door-refused': 'Refused again and again',
  'door-tailgate': 'Tail-gating',
  overcrowding: 'Lead on overcrowding',
  'device-silence': 'Device not heard',
  'care-offer': 'First visit',
  'roster-gap': 'Gap in the roster',
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
/** What was heard, by kind and state. */
const heard: Record<string, string> = {
  'door-access granted': 'The door was opened',
  'door-access refused': 'The door refused somebody',
  'door-access revoked-pass': 'A revoked pass was used',
  'door-access forced': 'The door was forced',
  'door-access held-open': 'The door was open too long',
  'door-access tailgate': 'Somebody tail-gated',
  'door-contact open': 'A door opened',
  'door-contact closed': 'A door closed',
  'motion occupied': 'Movement',
  'motion clear': 'No movement',
  'smoke alarm': 'The smoke sensor raised an alarm',
  'smoke clear': 'The smoke sensor is clear',
  'smoke test': 'The smoke sensor tested itself',
  'gas alarm': 'The gas sensor raised an alarm',
  'gas clear': 'The gas sensor is clear',
  'gas gas-ppm': 'Gas',
  'water-leak wet': 'The leak sensor is wet',
  'water-leak dry': 'The leak sensor is dry',
  'water-leak water-level-mm': 'Water level',
  'electrical overload': 'Overload',
  'electrical overheated': 'A line is overheated',
  'electrical arc': 'A line is arcing',
  'electrical normal': 'Electricity is normal',
  'electrical current-ma': 'Current',
  'electrical power-w': 'Power',
  'electrical temperature-centi-c': 'Temperature of a line',
  'sos-button pressed': 'The call button was pressed',
  'camera-event e-bike-in-lift': 'An e-bike came into the lift',
  'camera-event fire-lane-blocked': 'The fire lane is blocked',
  'camera-event bin-overflowing': 'A bin overflows',
  'camera-event clear': 'The scene is clear',
  'ground occupied': 'A car stands there',
  'ground free': 'It is free',
  'ground tilted': 'It leans',
  'ground upright': 'It is upright',
  'ground moved': 'It was moved',
  'ground still': 'It is still',
  'ground angle-centi-degrees': 'Tilt',
  'water-meter water-litres': 'Water meter',
}
const lookFirst: Record<string, string> = {
  sos: 'The person pressed it. Phone first; if nobody answers, go at once.',
  smoke: 'One sensor is enough. Get people out, call 119, then look.',
  gas: 'No light, no phone, no bell inside. Get people out, open windows, and call 119 and the gas company from outside.',
  'water-leak': 'Shut the valve first, then see whether it runs into the flat below.',
  electrical: 'Do not touch. Switch off the mains first; where it smokes, call 119.',
  'e-bike-in-lift':
    'Ask for it to be taken out; no charging indoors. It is about the bike, not about who.',
  'fire-lane':
    'Ask for the lane to be cleared; where nobody can be reached, follow the rules for fire lanes.',
  bins: 'Have it emptied.',
  manhole: 'Fence it off and stay there, then call whoever maintains it.',
  'door-forced': 'See whether door and lock are broken; make it shut first.',
  'door-held-open': 'See whether something holds it; shut it.',
  'door-revoked-pass': 'See whether the pass really ended; end the pass, look for nobody.',
  'door-refused': 'See whether the door fails or passes are not read; help whoever is locked out.',
  'door-tailgate': 'See whether the door shuts fast enough; follow nobody.',
}
/** For a rule of the street’s own making. */
const kindBadges: Record<TaskKind, string> = {
  'care-visit': 'Care',
  'device-repair': 'Device unknown',
  hazard: 'Please look',
  'home-check': 'Please check',
  'care-offer': 'Please ask',
  'roster-gap': 'Roster gap',
}
const cells: Record<TaskKind, string> = {
  'care-visit': 'care',
  'device-repair': 'device',
  hazard: 'look',
  'home-check': 'check',
  'care-offer': 'ask',
  'roster-gap': 'roster',
}
const acts: Record<Act, string> = {
  acknowledge: 'Got it',
  phoned: 'Phone first',
  'set-out': 'I’m going',
  arrive: 'I’m here',
  find: 'Say what I found',
  close: 'Close',
  take: 'I take it',
  'hand-over': 'Hand over',
  accept: 'Take over',
  return: 'Give back',
  'ask-help': 'Ask for help',
  help: 'I come to help',
  decline: 'I cannot',
  reopen: 'Open again',
  dispatch: 'Send',
  oversee: 'Step in',
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
const done: Record<OwnAct | Act, string> = {
  raised: 'Raised by the rule',
  joined: 'More was heard and joined this task',
  acknowledge: 'Taken',
  phoned: 'Phoned',
  'set-out': 'Set out',
  arrive: 'At the door',
  find: 'Said what was found',
  close: 'Closed',
  take: 'Took it over',
  'hand-over': 'Offered it to a colleague',
  accept: 'Took it over',
  return: 'Gave it back',
  'ask-help': 'Asked for help',
  help: 'Comes to help',
  decline: 'Cannot do it',
  reopen: 'Opened again',
  climb: 'Nobody answered; the next is asked',
  'come-back': 'Taken and left; it came back',
  again: 'Told once more',
  overdue: 'Past its deadline; the duty officer is told',
  lapse: 'Nobody took it over; it stays',
  move: 'Whoever had it is not there; the next is asked',
  dispatch: 'Duty officer sent somebody',
  oversee: 'Duty officer stepped in',
  withdraw: 'Withdrawn: it ended before anybody went',
}
const outcomes: Record<Outcome, string> = {
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
const deadlines: Record<DeadlineKind, string> = {
  hour: 'by the clock, rest days count too',
  working_day: 'in working days',
  calendar_estimate: 'that year’s holidays are not out yet, so this is estimated by the calendar',
}

export const tasks: typeof import('../zh-CN/tasks.ts').tasks = {
  titles: {
    ...{ colleagues: 'What colleagues are on', closed: 'Closed in the last 7 days' },
    ...{ find: 'Find a task', shift: 'My shift', roster: 'Roster', tag: 'A tag at the door' },
    ...{ tags: 'Door tags', offline: 'No network' },
  },
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
  alarmCell: 'alarm',
  cell: (kind) => cells[kind],

  badge: (rule, kind) => badges[rule] ?? kindBadges[kind],
  kindName: (kind) => kindBadges[kind],
  deviceFact: (rule, what) => `${what}: ${deviceFacts[rule]}`,
  toDo: (rule) => (toDo as Record<string, string>)[rule] ?? toDo['device-silence'],
  act: (act) => acts[act],
  actOn: (act, place) => `${acts[act]}: ${place}`,
  state: (state) => states[state],
  stateOr: (state) => (states as Record<string, string>)[state] ?? state,
  done: (act) => done[act],
  doneTo: (act, unit, title) => `${done[act]} → ${title}, ${unit}`,
  outcome: (kind, outcome) => outcomesOf[kind]?.[outcome] ?? outcomes[outcome],
  outcomeLine: (kind, outcome) => outcomeLines[kind]?.[outcome] ?? '',
  scored: (rule, version) =>
    `The outcome scores the rule “${rules[rule] ?? rule}, version ${version}”.`,
  byRule: (rule, version) => `${rules[rule] ?? rule}, version ${version}`,
  ruleName: (rule) => rules[rule] ?? rule,

  heard: (kind, state) => heard[`${kind} ${state}`],
  heardNothing: 'Something was heard',
  heardTitle: 'What was heard',
  heardMore: (count) => `${count} times in all; the newest are listed.`,
  probes: (count) => (count === 2 ? 'A second sensor says so too.' : `${count} sensors say so.`),
  lookFirst: (rule) => lookFirst[rule] ?? 'See for yourself first, then say what you found.',
  callFirst: 'Fire, somebody hurt, somebody threatening: call first, then go.',
  callFire: '119 fire',
  callDoctor: '120 ambulance',
  callPolice: '110 police',
  doorOnly: 'It is about the door and not about people: nobody is noted and nobody is looked for.',
  guardSentence:
    'Agreed with the person or the guardian: out at night, or not back yet.',
  leadSentence: (days, ofDays) =>
    `On ${days} of ${ofDays} days both water and door openings of this home stood out in its building.`,
  leadFact: (days, ofDays) => `stood out on ${days} of ${ofDays} days`,
  leadPeers: (peers) =>
    `Against at least ${peers} homes of the same building, per declared occupant, by one sum a day.`,
  leadWeak:
    'This is a lead and no finding. How often such a comparison is right is published nowhere; guests, a newborn or a leak look the same.',
  leadHow:
    'Two go together and say why they come. Nobody enters without the occupant’s consent; without it, note “not let in”. No questions, and nothing follows from it.',
  leadExpires: (at) => `What nobody verified is gone on ${at}.`,

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
  askedNobody: 'This rule asks neither the person nor contacts first: please phone, then visit.',
  askedBefore: (asked) =>
    asked.length > 1
      ? 'The person and the contacts they chose were asked first, without an answer.'
      : asked[0] === 'person'
        ? 'The person was asked first, without an answer.'
        : 'The contacts they chose were asked first, without an answer.',
  helpSaid: {
    person: 'The person says that help is needed',
    contact: 'A chosen contact says that help is needed',
  },
  helpLine: 'Please go at once. In danger, call 120 first.',

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
  foundWordsHelp: (kind) =>
    kind === 'care-visit' || kind === 'device-repair'
      ? 'At most 200 characters. The resident can read it. No illnesses, nobody else.'
      : 'At most 200 characters. About the place and things, never about who.',
  foundSave: 'Save outcome',
  foundPick: 'Please choose an outcome first.',

  historyTitle: 'What happened',
  backToList: 'Back to my tasks',
  spokenDone: 'Done:',
  spokenNow: 'Latest:',
  by: (at, unit, title) => `${at} · ${title}, ${unit}`,
  stairsTitle: 'Where it is in the building',
}
