import type { ReportState } from '../../../src/desks/tasks/reporting/types.ts'
import type { Reportable } from '../../../src/desks/tasks/types.ts'
import { outcomeOf } from './outcomes.ts'
import type { reporting as chinese } from '../zh-CN/reporting.ts'

const whats: Record<Reportable, string> = {
  crowding: 'Too many people in one flat',
  hazard: 'Something dangerous',
  'fire-way-blocked': 'Fire way blocked',
  'e-bike-charging': 'E-bike in the building',
  noise: 'Noise',
  other: 'Something else',
}
const states: Record<ReportState, string> = {
  waiting: 'Waiting',
  'taken-up': 'Somebody is on it',
  done: 'Done',
}

export const reporting: typeof chinese = {
  title: 'Report something',
  line: 'About a place. Who you are is sealed.',
  emergency: 'Fire, or somebody hurt: call 119 or 120 first.',
  placeHead: 'Where',
  stair: (number) => `Stairway ${number}`,
  whole: (compound) => `All of ${compound}`,
  whatHead: 'What',
  what: (what) => whats[what],
  outcome: outcomeOf,
  words: 'A few words',
  wordsMay: 'if you like',
  wordsHelp: 'Where and when. Name nobody, not yourself either: whoever goes to look will read it.',
  send: 'Report',
  sentHead: 'We have it, and somebody answers for it',
  receipt: 'Your receipt',
  sentLine:
    'Shown this once: write it down or take a picture. With it you can look from any telephone.',
  another: 'Report something else',
  listHead: 'What I reported',
  listNone: 'Nothing reported on this device yet',
  listNoneLine:
    'What becomes of your reports stands here. For those from another device use the receipt.',
  state: (state) => states[state],
  madeOn: (day) => `Reported ${day}`,
  closedOn: (day) => `Done ${day}`,
  byReceiptHead: 'Look by receipt',
  byReceiptHelp: '20 letters and digits, with or without dashes',
  byReceipt: 'Look',
  promiseHead: 'How your name is sealed',
  promises: [
    'The task says “a resident reported it”. Whoever goes, the committee and the operator cannot see who.',
    'One post of the street can open it: to ask you back, where somebody is in danger, or by order of a court.',
    'Each time it is opened you see it at once in “who looked at my data”.',
    'A year after it is done, the sealed name and your words are deleted.',
  ],
  noScript:
    'Reporting needs scripts, which are off here. Please call the committee, or use another device.',
}
