import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { newLeaf } from './change.ts'
import type { Rule } from './rule.ts'

type Purpose = Definition['purpose']

/** A rule that is not kept yet, and the neighbourhoods it may differ in. */
export type Begun = { definition: Definition; committees: Rule['committees'] }

/**
 * What a new rule can be for. Not whether devices work: these rules are called by their names, so
 * that a further one would never be asked.
 */
export const newPurposes = [
  'agreed-care',
  'emergency-call',
  'home-safety',
  'water-and-power',
  'public-space',
  'door-security',
  'crowding-check',
] as const satisfies readonly Purpose[]
export type NewPurpose = (typeof newPurposes)[number]

/** As the published schema has it; the server says the same of a name that is none. */
const nameForm = /^[a-z][a-z0-9]*(-[a-z0-9]+){0,5}$/
const nameLengthMax = 60

export function nameProblem(
  name: string,
  taken: ReadonlySet<string>,
): 'missing' | 'form' | 'taken' | null {
  if (name === '') return 'missing'
  if (!nameForm.test(name) || name.length > nameLengthMax) return 'form'
  return taken.has(name) ? 'taken' : null
}

/** Another rule like this one. Why it is there is for its author to say. */
export function ruleLike(pattern: Definition, rule: string): Definition {
  return { ...pattern, rule, reason: '' }
}

/** Something sound to begin with, by what it is for. */
export function ruleFor(purpose: NewPurpose, rule: string): Definition {
  return {
    ...{ rule, purpose, consent: null, per: 'device', only: always, isCovered: false },
    ...{ after: { times: 1, minutes: 1 }, clearsAfterMinutes: null, cooldownMinutes: 0 },
    ...{ act: 'look', isEmergency: false, quiet: null, local: [], workMinutes: 30 },
    ...{ expiresDays: null, stopsBelow: null, reason: '', ...beginnings[purpose] },
  }
}

const always: Definition['only'] = { hours: null, days: 'every-day', season: null }

type Beginning = Partial<Definition> & Pick<Definition, 'when' | 'steps'>

function told(minutes: number): Definition['steps'] {
  return [
    { tell: 'worker', withinMinutes: minutes },
    { tell: 'duty-officer', withinMinutes: minutes },
  ]
}

const beginnings: Readonly<Record<NewPurpose, Beginning>> = {
  'agreed-care': {
    ...{ consent: 'agreed-care', per: 'home', isCovered: true, act: 'visit' },
    ...{ when: newLeaf('silence'), quiet: { from: '22:00', to: '07:00' }, steps: told(120) },
  },
  'emergency-call': {
    when: { is: 'state', signal: { kind: 'sos-button', states: ['pressed'] }, minutes: 0 },
    ...{ isEmergency: true, steps: told(15) },
  },
  'home-safety': {
    when: { is: 'state', signal: { kind: 'water-leak', states: ['wet'] }, minutes: 2 },
    ...{ per: 'stair', steps: told(60) },
  },
  'water-and-power': {
    when: { is: 'state', signal: { kind: 'electrical', states: ['overload'] }, minutes: 10 },
    ...{ per: 'stair', steps: told(60) },
  },
  'public-space': {
    when: { is: 'state', signal: { kind: 'ground', states: ['tilted'] }, minutes: 0 },
    steps: told(60),
  },
  'door-security': {
    when: { is: 'state', signal: { kind: 'door-access', states: ['held-open'] }, minutes: 10 },
    steps: told(240),
  },
  // no lead without an end, nor without a floor of hits: no shorter than it may be
  'crowding-check': {
    ...{ when: newLeaf('peers'), per: 'home', act: 'check-home', cooldownMinutes: 20_160 },
    ...{ quiet: { from: '20:00', to: '09:00' }, workMinutes: 60, expiresDays: 14 },
    stopsBelow: { percent: 20, ofChecks: 20 },
    steps: [
      { tell: 'worker', withinMinutes: 4_320 },
      { tell: 'duty-officer', withinMinutes: 7_200 },
    ],
  },
}
