import { plural } from '../plural.ts'

/** Agreed care, in words for somebody of eighty. They say what is so and never guess what happened. */
export const care: typeof import('../zh-CN/care.ts').care = {
  title: 'Care by agreement',

  offerHead: 'May your committee look out for signs that you are up and about?',
  offerLine: 'First the facts, then you decide. Take your time; talk it over with your family.',
  terms: [
    {
      kind: 'watched',
      name: 'What is watched',
      says: 'Sensors at the door and in the rooms only say “something moved”. No camera, no sound, no names, and nothing about what you were doing.',
    },
    {
      kind: 'seen-by',
      name: 'Who sees it',
      says: 'Nobody watches a screen. Only after 48 hours without any movement is somebody asked, by the street’s rule. You can always look up who looked.',
    },
    {
      kind: 'next',
      name: 'What happens then',
      says: 'The street’s rule sets the order: it may ask you, then send a message to the contacts you chose (with no more than how they call you), then a volunteer or a worker phones and comes to your door. You can see who was asked.',
    },
    {
      kind: 'kept',
      name: 'How long it is kept',
      says: 'The sensors’ raw signals at most 72 hours, and gone within the hour after; then only the time of the last one.',
    },
    {
      kind: 'free',
      name: 'What it costs',
      says: 'Nothing. Saying no costs nothing either: all other services stay the same, and nobody asks you again for 12 months.',
    },
    {
      kind: 'stop',
      name: 'How to stop',
      says: 'One tap, at any time; it works at once. Your agreement lasts one year and then stops by itself.',
    },
    {
      kind: 'limits',
      name: 'What it cannot do',
      says: 'It cannot tell whether you stayed in or are unwell. In an emergency call 120 at once; do not wait for it.',
    },
  ],
  askedBy: (unit) => `${unit} is responsible`,
  agree: 'I agree',
  decline: 'No, thank you',
  bothFine: 'Either answer is fine. You can change it later.',
  decideHead: 'Your decision',
  callTerms: [
    {
      kind: 'next',
      name: 'How it works',
      says: 'A worker phones to ask how you are. If you do not answer, no rule sends anybody by itself.',
    },
    {
      kind: 'watched',
      name: 'What is looked at',
      says: 'Nothing. Sensors or not, no rule judges whether you move.',
    },
    {
      kind: 'kept',
      name: 'For how long',
      says: 'Only this agreement and the contacts whom you write. When it stops, they are erased at once.',
    },
    {
      kind: 'free',
      name: 'Does it cost',
      says: 'No. You may say no: every other service stays as it is, and nobody asks again for 12 months.',
    },
    {
      kind: 'stop',
      name: 'How to stop',
      says: 'One tap, at any time, and it stops at once. It lasts one year and ends by itself. For sensors instead, stop first and choose again.',
    },
    {
      kind: 'limits',
      name: 'What it cannot do',
      says: 'Between two calls nobody knows if something happens. In an emergency call 120 and do not wait for a call.',
    },
  ],
  callsOffer: 'Or calls only, without sensors',
  callsOfferLine: 'Possible without any sensor',
  agreeCalls: 'Agree to calls only',
  notOnHead: 'The street has not switched on care by sensors',
  notOnLine:
    'It needs an impact assessment first. Friendly calls can be agreed to now; they look at no sensor.',
  noSensorHead: 'A sensor comes first',
  committee: 'your committee',
  noSensorLine: (unit) =>
    `There is no sensor in your home yet; looking out for you can only begin with one. If you would like one, call ${unit}.`,

  ways: {
    call: 'calls only',
    sensor: 'sensors',
    'key-holder': 'sensors, and somebody keeps a key',
  },
  wayHead: 'Way',
  callsHead: (unit) => `Agreed: ${unit} phones to ask how you are`,
  callsLine:
    'Calls only, no sensors. Nobody looks at movement in your home, and no rule judges anything.',
  paperHead: 'Paper agreement',
  paperSays: (signedOn, who) =>
    `Signed ${signedOn}, written down by ${who}; worth the same as your own tap`,

  refusedHead: 'You said no, and that is fine',
  refusedLine: (date) => `We have noted it. Nobody will ask you again before ${date}.`,
  refusedStill: 'If you change your own mind, you can agree here at any time.',
  readAgain: 'Read it again and decide myself',

  seenHead: 'Last movement: ',
  seenNone: 'It has begun; no movement has been reported yet',
  seenNoneSinceVisit: 'No new movement since the last visit',
  seenLine: (hours) =>
    `Only after ${hours} hours without movement is a worker asked to contact you.`,
  unknownHead: 'The sensors are silent: we do not know',
  unknownLine:
    'We do not say “all is well”, nor “something happened”. A repair has been asked for.',
  unknownNew: 'No message yet: we do not know',
  unknownNewLine: 'It has only just begun. This changes as soon as a sensor is heard.',
  unknownSince: (at) => `Silent since: ${at}`,
  awayHead: (until) => `You said you are away, until ${until}`,
  awayLine: 'Movement is not looked at on these days and nobody knocks. It starts again by itself.',
  silentHead: (hours) => `No movement for ${hours} hours: a worker has been asked to contact you`,
  silentHeadAlone: (hours) => `No movement for ${hours} hours`,
  silentLine: 'The worker phones first, then visits. If you are well, just say so on the phone.',
  lastBefore: (at) => `Last movement: ${at}`,
  badge: {
    waiting: 'Waiting',
    seen: 'Movement',
    unknown: 'Not known',
    away: 'Away',
    silent: 'No movement',
  },

  offHead: 'The street has switched this rule off',
  offLine:
    'No program looks at movement now, and nobody is sent by itself. Your agreement stands; when the rule is on again, this changes.',

  askHead: 'Are you well?',
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

  contactTitle: 'Please lend a hand',
  contactHead: (calledAs) => `${calledAs} asks you to lend a hand`,
  contactLine: (calledAs) =>
    `${calledAs} chose you as a contact and agreed that you may be asked when there is no answer. Please ring, or go and see, and then tell us.`,
  contactSays: {
    fine: 'Reached, all is well',
    help: 'Help is needed',
    unreached: 'Could not be reached',
  },
  contactHelpLine: '“Help is needed” asks a worker to go at once. In danger, call 120 first.',
  contactUntil: (at, calledAs) =>
    `No sign-in. One answer, at the latest ${at}. ${calledAs} can see what you answered.`,
  contactThanks: 'Thank you, noted',
  contactNext: {
    fine: 'That is all. Whoever has not set out does not go.',
    help: 'A worker has been asked to go at once. In danger, call 120.',
    unreached: 'We go on to the next one, as agreed, and wait for you no more.',
  },
  contactGone: 'This link cannot be used any more',
  contactGoneLine:
    'It was answered, its time is over, or nobody needs an answer now. If you are worried, contact them yourself; in danger, call 120.',

  guardTitle: 'Word when I do not come back',
  guardOff: 'Off. Agreed to separately',
  guardOn: 'On',
  guardTerms: [
    'Out at night, or out for long and not back: first a message to the contacts you chose; without an answer, a worker.',
    'Only the sensors on the door and in the room that are there already. No locating; where you went is not kept.',
    'One tap ends it at once. It ends with agreed care, and after a year by itself.',
  ],
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

  callCity: 'the city’s line, 12345',
  callUnit: (unit) => `Call ${unit}`,
  callNow: (closes) => `Somebody answers now, until ${closes}`,
  callNowOpen: 'Somebody answers now',
  callLater: (opens, closes) => `Nobody answers now; open ${opens}–${closes}`,
  callLaterOpen: 'Nobody answers now',
  callNoPhone: (unit) => `The phone of ${unit} is not registered yet; please ask at its counter.`,
  noScript:
    'The buttons of this page do not work right now. You can call; a worker does it for you.',
}
