import type { reviewing as chinese } from '../zh-CN/reviewing.ts'

export const reviewing: typeof chinese = {
  title: 'Review looks',
  line: 'Unusual looks, and one in a hundred drawn by lot, are looked at again by somebody outside the line of command. Whom it was about is not said at first.',
  none: 'Nothing to review now',
  noneLine: 'New ones are listed here, to be answered within ten working days.',
  notReviewer: 'Your post does not review looks. The street’s officers name who does.',
  due: (day) => `due ${day}`,
  late: (day) => `was due ${day}`,
  lookedAt: (time) => `looked ${time}`,
  drawn: 'drawn by lot',
  reasons: {
    many: 'very many people in one day',
    kin: 'at family, or somebody they live, lived or own a home with',
    night: 'at night, for no open task and off duty',
    'no-outcome': 'asked for on record, and a day later no result was said',
  },
  why: 'Why it is reviewed',
  fields: { phone: 'phone', consents: 'agreements', looks: 'book of looks' },

  open: 'See whom it was about',
  openLabel: (who) => `See whom it was about: ${who}`,
  openNote: 'They will read in their book that you saw their name and address.',
  about: 'About',
  gone: 'This person is in the register no more.',
  lives: (places) => `lives at ${places}`,
  words: 'Your words',
  wordsHelp:
    'Needed where it was not right or is unclear, at least four letters. No names. Whoever is in charge of the body reads it.',
  wordsShort: 'Please say why, in at least four letters.',
  outcomes: { right: 'Was right', wrong: 'Was not right', unclear: 'Unclear' },
  answer: 'This look',
  wrongTells:
    'Of what was not right the person reads in their book, and whoever is in charge of the body is told.',
  done: 'Noted.',

  wrongTitle: 'Looks of your body that were not right',
  wrongLine:
    'What a reviewer found not right. Please speak with the colleague; the person has read it in their own book.',
  wrongNone: 'None.',
  wrongSaid: (words, day) => `“${words}” · reviewed ${day}`,

  reviewersTitle: 'Who reviews looks',
  reviewersLine:
    'Somebody of a clinic or of volunteers: outside the line of command, and never for looks of their own body. Best is one in each of two bodies.',
  reviewersNone:
    'Nobody is named. Unusual looks are looked at by nobody else, and the public numbers say so.',
  reviewersOne:
    'Only one body reviews: nobody can review looks of that body itself. Please name somebody of another one.',
  reviewersNobody: 'The street has no post of a clinic or of volunteers yet.',
  reviewerIs: 'reviews',
  reviewerSince: (day) => `since ${day}`,
  reviewerName: 'Name',
  reviewerNameLabel: (name) => `Name ${name} as a reviewer`,
  reviewerEnd: 'End it',
  reviewerEndLabel: (name) => `${name} reviews no more`,
  reviewerAsk: (name) => `Shall ${name} review looks?`,
  reviewerAskLine:
    'They are told. Whom they see while reviewing stands in that person’s book, too.',
  reviewerAskEnd: (name) => `Shall ${name} review no more?`,
  reviewerAskEndLine: 'They are told. What is not answered yet is left to another body.',
}
