import { plural } from '../plural.ts'
import type { purposes as chinese } from '../zh-CN/purposes.ts'

/** What a street keeps and why, what it has thought through, and the switches. */
export const purposes: typeof chinese = {
  view: 'Purposes',
  title: 'What the street keeps, and what for',
  line: 'Anything sensitive is switched on only after its impact was written down. Switched off, every agreement ends at once and what was kept is erased.',

  sensitiveHead: 'Only with an assessment',
  othersHead: 'The others',
  on: 'On',
  off: 'Off',
  switchedOn: (who, at) => `Switched on ${at} by ${who}`,
  switchedOff: (who, at) => `Switched off ${at} by ${who}`,

  kept: 'How long',
  basis: 'Basis',
  ownChoice: 'the product’s own rule',
  ownAct: 'the person’s own act',
  laws: [
    ['个保法', 'Personal Information Protection Law'],
    ['居委条例', 'Regulations on Residents’ Committees'],
    ['街道条例', 'Regulations on Subdistrict Offices'],
    ['民法典', 'Civil Code'],
    ['物业规定', 'Rules on Property Management'],
    ['网安法', 'Cybersecurity Law'],
    ['上海市居住房屋租赁管理办法', 'Shanghai Measures on Renting Homes'],
    ['上海市非机动车安全管理条例', 'Shanghai Regulations on Bicycles'],
  ],
  seenBy: 'Who sees it',
  fields: {
    phone: 'telephone',
    consents: 'what they agreed to',
    looks: 'who looked at them',
  },
  seenByNobody: 'No post sees a person',
  roles: {
    committee: 'committee',
    street: 'street',
    property: 'property staff',
    police: 'police post',
    clinic: 'family doctor',
    volunteer: 'volunteers',
  },
  agreements: 'Who agrees now',
  agreementsCount: (count) => plural(count, 'person', 'people'),
  agreementsFew: (least) => `fewer than ${least} people`,

  impactHead: 'Impact assessment',
  impactNone: 'Not written yet. It has to be on file before this can be switched on.',
  impactBy: (who, at) => `${at}, ${who}`,
  carriedOver:
    'An upgrade carried this over; nobody has thought it through. Please write a new one.',
  necessity: 'Why it is needed',
  necessityHelp: 'Why nothing milder would do',
  risks: 'What could go wrong',
  risksHelp: 'For whom, how badly, how likely',
  measures: 'What is done about it',
  measuresHelp: 'What stands against each of the risks',
  tooShort: 'Please write at least 10 characters.',
  write: 'Write the assessment',
  writeAgain: 'Write a new one',
  save: 'Put on file',
  saveLine:
    'Once on file it cannot be changed; write another one instead. It is kept for three years at least. Name nobody in it.',

  switchOn: 'Switch on',
  switchOff: 'Switch off',
  onAsk: (name) => `Switch on “${name}”?`,
  onEffect: [
    'Residents may be asked from now on.',
    'Nobody has agreed by this: each decides for themselves.',
  ],
  onEffectHomes: [
    'Once the rule is switched on, one sum a home and day is compared within the building.',
    'It is a lead only: two people go, and check with consent.',
  ],
  offAsk: (name) => `Switch off “${name}”?`,
  offEnds: (agreements) => `Who agrees now: ${agreements}. Their agreements end at once.`,
  offEffect: [
    'Within a second nothing is judged, nobody is sent, and no message in the queue goes out.',
    'The signals, agreements and contacts kept for it are erased for good.',
    'Switched on again, everybody has to be asked anew.',
  ],
  offEffectHomes: [
    'Within a second nothing is compared; leads and tasks that nobody checked are taken back.',
    'The sums of the homes are erased for good.',
  ],
  notNow: 'Not now',
}
