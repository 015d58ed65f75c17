/** Agreed care as several pages say it: for somebody of eighty; it never guesses what happened. */
export const care: typeof import('../zh-CN/care.ts').care = {
  title: 'Care by agreement',

  offerHead: 'May your committee look out for signs that you are up and about?',
  committee: 'your committee',
  ways: {
    call: 'calls only',
    sensor: 'sensors',
    'key-holder': 'sensors, and somebody keeps a key',
  },
  callsHead: (unit) => `Agreed: ${unit} phones to ask how you are`,

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

  contactTitle: 'Please lend a hand',
  contactThanks: 'Thank you, noted',
  contactGone: 'This link cannot be used any more',

  callCity: 'the city’s line, 12345',
  callUnit: (unit) => `Call ${unit}`,
  callNow: (closes) => `Somebody answers now, until ${closes}`,
  callNowOpen: 'Somebody answers now',
  callLater: (opens, closes) => `Nobody answers now; open ${opens}–${closes}`,
  callLaterOpen: 'Nobody answers now',
  callNoPhone: (unit) => `The phone of ${unit} is not registered yet; please ask at its counter.`,
}
