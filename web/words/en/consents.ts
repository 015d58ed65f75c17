import { plural } from '../plural.ts'
import type { consents as chinese } from '../zh-CN/consents.ts'

/** What somebody agreed to, with the dates and one tap to end each. */
export const consents: typeof chinese = {
  title: 'What I agreed to',
  line: 'Each is agreed to and ended by itself. One tap ends it, at once.',
  names: {
    'agreed-care': 'Care by sensors',
    'wandering-guard': 'Wandering guard',
    'agreed-calls': 'Friendly calls',
  },
  what: {
    'agreed-care':
      'Sensors at the door and in the room say “somebody moved” and nothing else. Only a long silence sends somebody, by the rule.',
    'wandering-guard':
      'Whoever should know hears of it when the person leaves at night or does not come back.',
    'agreed-calls': 'A worker calls to ask how you are. Nothing is looked at.',
  },
  states: {
    live: 'Agreed',
    refused: 'You said no',
    off: 'Not switched on here',
    ended: 'Ended',
    never: 'Never agreed',
  },
  since: 'Agreed on',
  until: 'Ends by itself on',
  by: 'Who agreed',
  givers: { person: 'the person', guardian: 'the guardian' },
  how: 'How',
  onPaper: 'Signed on paper, which is worth the same',
  onPage: 'Pressed on the page',
  version: 'Words read',
  versionSays: (version) => `Version ${version}`,

  renewHead: 'The words have changed: please read them again',
  renewLine: (date) =>
    `You agreed to earlier words, which hold until ${date}. Read the new ones and press once more, and it goes on; otherwise it ends by itself on that day.`,
  renewRead: 'Read the new words',
  renew: 'I have read them and still agree',

  refusedLine: (date) =>
    `Nobody asks you again before ${date}. You can still agree any time you like.`,
  offLine: 'The street has not switched this on, so nobody will ask you.',
  neverLine: 'You have not agreed, so nobody looks. Every other service is the same.',
  look: 'Read it, then decide',

  end: {
    'agreed-care': 'End care',
    'wandering-guard': 'End the wandering guard',
    'agreed-calls': 'End the calls',
  },
  effect: {
    'agreed-care': [
      'It stops at once; movement is no longer looked at, and whoever was about to come does not.',
      'The wandering guard ends with it.',
      'The time of the last movement, your contacts and whatever signals are left are erased.',
      'Every other service stays the same. The record that you agreed and ended it is kept, as the law asks.',
    ],
    'wandering-guard': [
      'It stops at once; nobody hears of comings and goings.',
      'Care by sensors goes on.',
      'The record that you agreed and ended it is kept, as the law asks.',
    ],
    'agreed-calls': [
      'It stops at once; nobody calls any more.',
      'The agreement and your contacts are erased on the spot.',
      'Every other service stays the same. The record that you agreed and ended it is kept, as the law asks.',
    ],
  },
  endHead: 'What ending it does',
  endAsk: 'End it now?',
  endConfirm: 'End it',
  endKeep: 'Keep it',
  ended: (at) => `Ended: ${at}. What had to be erased is erased.`,

  before: 'Agreed to before',
  beforeLine: (count) => plural(count, 'time', 'times'),
  beforeSays: (from, to, by) => `Agreed on ${from} (${by}), ended on ${to}`,

  kinOnly:
    'You act for somebody. Only children and kin may end it for them, and nobody may agree for them.',
  mayOnlyEnd: 'You act for somebody: you may end it for them, and not agree for them.',
}
