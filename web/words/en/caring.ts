import { plural } from '../plural.ts'

export { terms } from './terms.ts'

/** The care page’s own words: the offer, how it goes on, and how it is stopped. */
export const caring: typeof import('../zh-CN/caring.ts').caring = {
  offerLine: 'First the facts, then you decide. Take your time; talk it over with your family.',
  askedBy: (unit) => `${unit} is responsible`,
  agree: 'I agree',
  decline: 'No, thank you',
  bothFine: 'Either answer is fine. You can change it later.',
  decideHead: 'Your decision',
  callsOffer: 'Or calls only, without sensors',
  callsOfferLine: 'Possible without any sensor',
  agreeCalls: 'Agree to calls only',
  notOnHead: 'The street has not switched on care by sensors',
  notOnLine:
    'It needs an impact assessment first. Friendly calls can be agreed to now; they look at no sensor.',
  noSensorHead: 'A sensor comes first',
  noSensorLine: (unit) =>
    `There is no sensor in your home yet; looking out for you can only begin with one. If you would like one, call ${unit}.`,

  wayHead: 'Way',
  callsLine:
    'Calls only, no sensors. Nobody looks at movement in your home, and no rule judges anything.',
  paperHead: 'Paper agreement',
  paperSays: (signedOn, who) =>
    `Signed ${signedOn}, written down by ${who}; worth the same as your own tap`,

  refusedHead: 'You said no, and that is fine',
  refusedLine: (date) => `We have noted it. Nobody will ask you again before ${date}.`,
  refusedStill: 'If you change your own mind, you can agree here at any time.',
  readAgain: 'Read it again and decide myself',
  askLine:
    'It is quieter at home than usual, so we ask first. If you are well, tap once, and nobody comes because of it.',
  askWell: 'I am well',
  askUntil: (at) => `Without an answer by then (${at}), the next one is asked, as agreed.`,

  askHelp: 'I need help',
  askHelpLine: 'A worker is asked to come at once. In danger, call 120 first.',
  askContactsHead: 'Your contacts are being asked',
  askContactsLine:
    'There was no answer, so the contacts you chose are asked, as agreed. If you are well, tap all the same.',
  askedHead: 'Your contacts were asked',
  askedLine: (relation, at, version) => `Asked: ${relation}, ${at} (care rule, version ${version})`,
  askedSays: {
    fine: 'Answer: reached, all is well',
    help: 'Answer: help is needed',
    unreached: 'Answer: could not be reached',
    none: 'No answer',
  },

  guardTitle: 'Word when I do not come back',
  guardOff: 'Off. Agreed to separately',
  guardOn: 'On',
  guardAgree: { person: 'I agree, for myself', guardian: 'I am the guardian and agree for them' },
  guardFree: 'It is fine without it; agreed care goes on as it is.',
  guardEnd: 'Stop this',
  guardGivenBy: 'Agreed by',
  guardGivers: { person: 'The person', guardian: 'The guardian' },

  visitHead: 'Who is on it',
  visitBy: (at) => `${at} at the latest`,
  visitLate: (at) => `Was due: ${at}; it is late`,
  visitStates: {
    raised: 'Sent out, waiting for the worker to take it',
    acknowledged: 'The worker has taken it',
    'on-the-way': 'The worker is on the way',
    'at-the-door': 'The worker is at your door',
    found: 'The worker has seen you and is writing it down',
    closed: 'Done',
  },
  visitNotNeeded: 'I am well, nobody need come',
  visitWho: 'Who',
  visitState: 'How far',
  visitDue: 'When',

  lastVisitHead: 'Last visit',
  outcomes: {
    fine: 'You were well',
    'needed-help': 'You needed help',
    away: 'You were not at home',
    'sensor-fault': 'It was a broken sensor',
    'wrong-home': 'It was the wrong door',
    'hazard-real': 'It was so',
    'hazard-false': 'It was not so',
    refused: 'Nobody came in',
  },

  sensorsHead: 'Sensors in your home',
  sensorsLine: (count, well) =>
    count === well
      ? `${plural(count, 'sensor', 'sensors')}, all working`
      : `${plural(count, 'sensor', 'sensors')}, of which ${count - well} silent`,
  sensorKinds: {
    'door-access': 'Door lock',
    'door-contact': 'Sensor on the door',
    motion: 'Sensor in the room',
    smoke: 'Smoke alarm',
    gas: 'Gas alarm',
    'water-leak': 'Leak sensor',
    'sos-button': 'Call button',
  },
  sensorOther: 'Sensor',
  sensorStates: {
    alive: 'Working',
    quiet: 'Working, a little late',
    unknown: 'Silent',
    'never-reported': 'Not heard from yet',
    revoked: 'Switched off',
  },

  awayTitle: 'I am going away',
  awayHelp: 'Movement is not looked at; nobody knocks',
  awayAsk: 'Until which day are you away? One tap is enough.',
  awayTomorrow: (date) => `Until tomorrow (${date})`,
  awayThree: (date) => `Three days, until ${date}`,
  awayWeek: (date) => `One week, until ${date}`,
  awayDate: 'Another day',
  awayDateHelp: 'Until midnight of that day, at most 90 days',
  awayProblem: 'Please choose a day after today and within 90 days.',
  awaySet: 'Until this day',
  back: 'I am back',
  backHelp: 'Starts again at once',

  termsHead: 'What I agreed to',
  agreedSince: 'Agreed on',
  agreedUntil: 'Ends by itself on',
  ruleName: 'Rule',
  ruleSays: (version, hours) => `Care rule, version ${version}: ${plural(hours, 'hour', 'hours')}`,
  dataSeen: 'Who looked at my data',
  dataSeenLine: 'Every look is written down for you',
  dataSeenCount: (count) => `${plural(count, 'look', 'looks')} in the last 30 days`,

  end: 'Stop care',
  endLine: 'Stops at once. The time of the last movement and your contacts are erased.',
  endAsk: 'Stop now?',
  endEffect: [
    'It stops at once; movement is no longer looked at.',
    'The time of the last movement and your contacts are erased on the spot.',
    'The record that you agreed and ended it is kept, as the law asks.',
  ],
  endConfirm: 'Stop',
  endKeep: 'Keep it',
  endedHead: 'It has stopped',
  endedAt: (at) => `Stopped: ${at}. Nobody looks at movement in your home any more.`,
  endedErased: 'Erased',
  endedErasedItems: [
    'The time of the last movement',
    'Names and phone numbers of your contacts',
    'What was written down after visits',
    'Sensor signals still kept',
  ],
  endedKept: 'Kept, as the law asks',
  endedKeptItems: [
    'The record that you agreed and ended it',
    'The record of who looked at your data',
  ],
  endedBack: 'Back to care',
  noScript:
    'The buttons of this page do not work right now. You can call; a worker does it for you.',
}
