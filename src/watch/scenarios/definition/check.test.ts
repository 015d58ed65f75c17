import { describe, expect, test } from 'vitest'
import { checkDefinition } from './check.ts'
import type { ProblemWord } from './types.ts'
import { changed, shipped, street } from './testing/changed.ts'

type Changes = Record<string, unknown>
type Case = [
  rule: string,
  changes: Changes,
  field: string,
  because: ProblemWord,
  more?: string | number,
]

function refusedAs([rule, changes, field, because, more]: Case): void {
  const { checked, problems } = checkDefinition(changed(rule, changes), { street })
  expect(checked).toBeUndefined()
  const wanted = more === undefined ? { field, because } : { field, because, more }
  expect(problems).toContainEqual(more === undefined ? expect.objectContaining(wanted) : wanted)
}

const step = (tell: string, withinMinutes = 60) => ({ tell, withinMinutes })
const quick = { is: 'silence', signs: null, minutes: 60 }
const floor = { is: 'silence', signs: null, minutes: 2_880 }
const doorOpen = { kind: 'door-contact', states: ['open'] }
const moved = { kind: 'motion', states: ['occupied'] }
const left = { is: 'sequence', first: doorOpen, then: moved, minutes: 60 }
const state = (kind: string, said: string, minutes = 0) => ({
  is: 'state',
  signal: { kind, states: [said] },
  minutes,
})
const smokes = state('smoke', 'alarm')
const silent = { is: 'health', condition: 'silent' }
const use = {
  ...{ is: 'habit', of: 'use', side: 'above', percent: 200, days: 14 },
  signal: { kind: 'water-meter', states: ['water-litres'] },
}
const power = { ...use, signal: { kind: 'electrical', states: ['energy-wh'] } }
const three = { is: 'all', of: [smokes, { is: 'any', of: [smokes, { is: 'not', of: smokes }] }] }
const four = { is: 'any', of: [smokes, three] }
const local = (place: string, quiet: unknown = null) => ({ place, quiet, steps: [step('worker')] })

describe('a shape that is wrong is refused at its field', () => {
  test.each<Case>([
    ['smoke', { quiet: undefined }, 'quiet', 'missing'],
    ['smoke', { colour: 'red' }, 'colour', 'unknown-field'],
    ['smoke', { __proto__x: 1 }, '__proto__x', 'unknown-field'],
    ['smoke', { ['__proto__']: { isEmergency: false } }, '__proto__', 'unknown-field'],
    ['smoke', { constructor: 1 }, 'constructor', 'unknown-field'],
    ['smoke', { when: [] }, 'when', 'wrong-type', 'object'],
    ['smoke', { when: null }, 'when', 'wrong-type', 'object'],
    ['smoke', { 'when.is': 'smell' }, 'when.is', 'not-in-list'],
    ['smoke', { 'when.is': undefined }, 'when.is', 'missing'],
    ['smoke', { 'when.of': [] }, 'when.of', 'unknown-field'],
    ['smoke', { 'when.minutes': 1.5 }, 'when.minutes', 'wrong-type', 'whole-number'],
    ['smoke', { 'when.minutes': '5' }, 'when.minutes', 'wrong-type', 'whole-number'],
    ['smoke', { 'when.minutes': -1 }, 'when.minutes', 'too-small', 0],
    ['smoke', { 'when.minutes': 600_000 }, 'when.minutes', 'too-large', 527_040],
    ['smoke', { 'when.minutes': Number.NaN }, 'when.minutes', 'wrong-type', 'whole-number'],
    ['smoke', { 'when.signal.states': [] }, 'when.signal.states', 'too-few', 1],
    ['smoke', { 'when.signal.states': ['alarm', 'alarm'] }, 'when.signal.states.1', 'repeated'],
    ['smoke', { 'when.signal.kind': 'camera' }, 'when.signal.kind', 'not-in-list'],
    ['smoke', { steps: [] }, 'steps', 'too-few', 1],
    ['smoke', { steps: 'worker' }, 'steps', 'wrong-type', 'list'],
    ['smoke', { 'steps.0.tell': 'police' }, 'steps.0.tell', 'not-in-list'],
    ['smoke', { isEmergency: 1 }, 'isEmergency', 'wrong-type', 'yes-or-no'],
    ['smoke', { rule: 'Smoke' }, 'rule', 'wrong-form'],
    ['smoke', { reason: '' }, 'reason', 'too-short', 1],
    ['smoke', { reason: '长'.repeat(501) }, 'reason', 'too-long', 500],
    ['smoke', { reason: 'turned \u202E round' }, 'reason', 'wrong-form'],
    ['smoke', { quiet: { from: '24:00', to: '05:00' } }, 'quiet.from', 'wrong-form'],
    ['smoke', { when: four }, 'when.of.1.of.1', 'too-deep'],
    ['smoke', { when: { is: 'not', of: three } }, 'when.of', 'too-deep'],
    ['overcrowding', { 'when.measures': ['water-litres-day'] }, 'when.measures', 'too-few', 2],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })

  test('three levels are not too deep', () => {
    expect(checkDefinition(changed('smoke', { when: three }), { street }).problems).toEqual([])
  })

  test.each([undefined, null, 7, 'smoke', [], () => 1])('%s is no rule', (value) => {
    expect(checkDefinition(value, { street }).checked).toBeUndefined()
  })
})

describe('what no device says is refused', () => {
  test.each<Case>([
    [
      'smoke',
      { 'when.signal.states': ['wet'] },
      'when.signal.states.0',
      'unknown-state',
      'alarm clear test',
    ],
    ['smoke', { 'when.signal.states': ['constructor'] }, 'when.signal.states.0', 'unknown-state'],
    ['sos', { 'when.minutes': 5 }, 'when.minutes', 'moment-cannot-last', 0],
    [
      'smoke',
      { when: state('motion', 'occupied') },
      'when.signal.kind',
      'kind-not-of-purpose',
      'motion',
    ],
    ['electrical', { 'when.of.2.measure': 'noise-db' }, 'when.of.2.measure', 'unknown-measure'],
    ['electrical', { 'when.of.2.measure': 'toString' }, 'when.of.2.measure', 'unknown-measure'],
    [
      'electrical',
      { 'when.of.2.measure': 'door-openings-day' },
      'when.of.2.measure',
      'unknown-measure',
    ],
    [
      'electrical',
      { 'when.of.2.measure': 'water-litres' },
      'when.of.2.measure',
      'kind-not-of-purpose',
    ],
    ['care-habit', { 'when.side': 'below' }, 'when.side', 'gap-above-only', 'above'],
    ['care-habit', { 'when.percent': 100 }, 'when.percent', 'too-small', 101],
    ['care-habit', { when: { ...use, side: 'below' } }, 'when.percent', 'too-large', 99],
    ['care-habit', { when: { ...use, signal: null } }, 'when.signal', 'missing'],
    [
      'care-habit',
      { when: use, 'when.signal.states': ['litres'] },
      'when.signal.states.0',
      'unknown-state',
    ],
    [
      'electrical',
      { when: { ...use, signal: { kind: 'electrical', states: ['power-w'] } } },
      'when.signal.states',
      'measure-not-counting',
    ],
    [
      'fire-lane',
      { 'only.season': { from: '02-30', to: '03-31' } },
      'only.season.from',
      'no-such-day',
    ],
    [
      'fire-lane',
      { 'only.season': { from: '06-01', to: '06-31' } },
      'only.season.to',
      'no-such-day',
    ],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })

  test('the 29th of February is a day', () => {
    const leap = changed('fire-lane', { 'only.season': { from: '02-29', to: '03-31' } })
    expect(checkDefinition(leap, { street }).problems).toEqual([])
  })
})

describe('consent cannot be left out, nor used for something else', () => {
  test.each<Case>([
    ['care-silence', { consent: null }, 'consent', 'consent-missing'],
    ['care-habit', { consent: null }, 'consent', 'consent-missing'],
    ['wandering-night', { consent: null }, 'consent', 'consent-missing'],
    // Another purpose does not hide that a home's door, movement, numbers or life are judged.
    [
      'door-forced',
      { per: 'home', when: state('motion', 'occupied') },
      'consent',
      'consent-missing',
    ],
    ['door-held-open', { per: 'home' }, 'consent', 'consent-missing'],
    ['smoke', { when: floor }, 'consent', 'consent-missing'],
    ['electrical', { per: 'home' }, 'consent', 'consent-missing'],
    ['electrical', { 'when.of.2.measure': 'power-w' }, 'consent', 'consent-missing'],
    ['electrical', { 'when.of.2': power }, 'consent', 'consent-missing'],
    ['smoke', { consent: 'agreed-care' }, 'consent', 'consent-unfit'],
    ['overcrowding', { consent: 'agreed-care' }, 'consent', 'consent-unfit'],
    [
      'door-held-open',
      { per: 'home', consent: 'agreed-care' },
      'purpose',
      'consent-unfit',
      'agreed-care',
    ],
    ['care-silence', { consent: 'wandering-guard' }, 'consent', 'consent-unfit', 'agreed-care'],
    [
      'wandering-night',
      { 'when.of.0': state('door-contact', 'open') },
      'when',
      'wandering-needs-door',
    ],
    ['wandering-out', { 'when.of.0.first': moved }, 'when', 'wandering-needs-door'],
    [
      'wandering-out',
      { when: { is: 'any', of: [left, state('motion', 'clear')] } },
      'when.of.1',
      'wandering-needs-door',
    ],
    ['wandering-out', { when: { is: 'not', of: left } }, 'when', 'wandering-needs-door'],
    ['wandering-night', { steps: [step('worker')] }, 'steps.0.tell', 'family-first', 'contact'],
    ['care-silence', { per: 'stair' }, 'per', 'consent-per-home', 'home'],
    ['care-silence', { isCovered: false }, 'isCovered', 'coverage-missing'],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })
})

describe('nobody is sent below the floor of 48 covered hours', () => {
  test.each<Case>([
    ['care-silence', { 'when.minutes': 2_879 }, 'when.minutes', 'below-floor', 2_880],
    ['care-habit', { act: 'visit', steps: [step('worker')] }, 'when', 'below-floor', 2_880],
    [
      'care-silence',
      { when: { is: 'any', of: [floor, quick] } },
      'when.of.1.minutes',
      'below-floor',
      2_880,
    ],
    ['care-silence', { when: { is: 'any', of: [floor, left] } }, 'when.of.1', 'below-floor', 2_880],
    [
      'care-silence',
      { when: { is: 'all', of: [quick, left] } },
      'when.of.0.minutes',
      'below-floor',
      2_880,
    ],
    ['care-silence', { when: { is: 'not', of: floor } }, 'when', 'below-floor', 2_880],
    // A sign that never comes would be a silence that is always long enough.
    [
      'care-silence',
      { when: { ...floor, signs: [{ kind: 'door-access', states: ['forced'] }] } },
      'when',
      'below-floor',
      2_880,
    ],
    ['care-silence', { act: 'ask' }, 'steps.0.tell', 'ask-sends-nobody'],
    ['care-habit', { 'steps.1.tell': 'volunteer' }, 'steps.1.tell', 'ask-sends-nobody'],
    ['care-habit', { 'steps.1.tell': 'property' }, 'steps.1.tell', 'ask-sends-nobody'],
    ['care-habit', { 'steps.1.tell': 'duty-officer' }, 'steps.1.tell', 'ask-sends-nobody'],
    [
      'care-habit',
      { local: [{ ...local('310104011013'), steps: [step('worker')] }] },
      'local.0.steps.0.tell',
      'ask-sends-nobody',
    ],
    ['care-silence', { act: 'look' }, 'act', 'act-unfit', 'ask visit'],
    [
      'care-silence',
      { when: { is: 'any', of: [floor, floor] } },
      'when.of.1',
      'one-silence-of-life',
    ],
    ['care-silence', { act: 'look', 'when.minutes': 60 }, 'when.minutes', 'below-floor'],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })

  test.each<[string, Changes]>([
    ['care-silence', { 'when.minutes': 4_320 }],
    ['care-silence', { when: { is: 'all', of: [floor, left] } }],
    ['care-habit', { when: quick }],
    ['care-silence', { steps: [step('contact'), step('volunteer'), step('worker')] }],
  ])('%s %j may', (rule, changes) => {
    expect(checkDefinition(changed(rule, changes), { street }).problems).toEqual([])
  })
})

describe('acts, emergencies, quiet hours', () => {
  const quiet = { from: '22:00', to: '06:00' }
  test.each<Case>([
    ['smoke', { act: 'visit' }, 'act', 'act-unfit', 'look'],
    ['overcrowding', { act: 'look' }, 'act', 'act-unfit', 'check-home'],
    ['device-silence', { act: 'look' }, 'act', 'act-unfit', 'repair'],
    ['smoke', { steps: [step('person'), step('worker')] }, 'steps.0.tell', 'nobody-to-ask'],
    ['smoke', { steps: [step('contact'), step('worker')] }, 'steps.0.tell', 'nobody-to-ask'],
    ['smoke', { quiet }, 'quiet', 'quiet-on-emergency'],
    ['smoke', { local: [local('310104011013', quiet)] }, 'local.0.quiet', 'quiet-on-emergency'],
    ['bins', { quiet: { from: '08:00', to: '08:00' } }, 'quiet', 'quiet-all-day'],
    ['smoke', { 'after.times': 2 }, 'after.times', 'emergency-always', 1],
    ['smoke', { 'only.hours': quiet }, 'only.hours', 'emergency-always'],
    ['smoke', { 'only.days': 'working-days' }, 'only.days', 'emergency-always', 'every-day'],
    ['smoke', { 'only.season': { from: '06-01', to: '09-30' } }, 'only.season', 'emergency-always'],
    ['care-silence', { isEmergency: true }, 'when', 'emergency-cannot-wait'],
    ['overcrowding', { isEmergency: true }, 'when', 'emergency-cannot-wait'],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })
})

describe('health and peers', () => {
  test.each<Case>([
    ['smoke', { per: 'stair', when: silent }, 'per', 'health-per-device', 'device'],
    ['device-silence', { when: smokes }, 'when', 'health-only'],
    ['device-silence', { isCovered: true }, 'isCovered', 'silent-and-covered'],
    [
      'overcrowding',
      { when: { is: 'not', of: shipped('overcrowding').when } },
      'when',
      'peers-alone',
    ],
    [
      'overcrowding',
      { when: { is: 'any', of: [shipped('overcrowding').when, quick] } },
      'when',
      'peers-alone',
    ],
    ['overcrowding', { per: 'stair' }, 'per', 'peers-per-home', 'home'],
    ['overcrowding', { purpose: 'water-and-power' }, 'purpose', 'peers-purpose', 'crowding-check'],
    ['overcrowding', { when: smokes }, 'when', 'crowding-needs-peers'],
    [
      'overcrowding',
      { 'when.measures.0': 'water-litres' },
      'when.measures.0',
      'measure-too-fine',
      'water-litres-day door-openings-day',
    ],
    ['overcrowding', { expiresDays: 15 }, 'expiresDays', 'expires-too-late', 14],
    ['overcrowding', { expiresDays: null }, 'expiresDays', 'expires-too-late', 14],
    ['overcrowding', { stopsBelow: null }, 'stopsBelow', 'stops-missing'],
    ['overcrowding', { 'stopsBelow.percent': 101 }, 'stopsBelow.percent', 'too-large', 100],
    ['overcrowding', { 'when.percent': 100 }, 'when.percent', 'too-small', 101],
    ['overcrowding', { 'when.ofDays': 13, 'when.days': 13 }, 'when.ofDays', 'too-small', 14],
    ['overcrowding', { 'when.days': 22 }, 'when.days', 'too-large', 21],
    ['overcrowding', { 'when.days': 10 }, 'when.days', 'too-small', 11],
    ['overcrowding', { 'when.peersMin': 9 }, 'when.peersMin', 'too-small', 10],
    ['overcrowding', { 'steps.0.tell': 'volunteer' }, 'steps.0.tell', 'workers-only', 'worker'],
    ['overcrowding', { 'steps.0.tell': 'property' }, 'steps.0.tell', 'workers-only', 'worker'],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })
})

describe('steps, places, words', () => {
  const here = local('310104011013')
  test.each<Case>([
    [
      'smoke',
      { steps: [step('duty-officer'), step('worker')] },
      'steps.1.tell',
      'steps-out-of-order',
    ],
    [
      'care-silence',
      { steps: [step('volunteer'), step('contact'), step('worker')] },
      'steps.1.tell',
      'steps-out-of-order',
    ],
    ['smoke', { steps: [step('worker'), step('worker')] }, 'steps.1.tell', 'repeated'],
    ['smoke', { steps: [step('volunteer')] }, 'steps', 'nobody-keeps-it', 'worker'],
    ['smoke', { local: [local('310104012001')] }, 'local.0.place', 'outside-street'],
    ['smoke', { local: [here, here] }, 'local.1.place', 'repeated'],
    ['smoke', { rule: 'constructor' }, 'rule', 'name-reserved'],
    ['smoke', { rule: 'new' }, 'rule', 'name-reserved'],
    ['smoke', { rule: 'stranger-at-door' }, 'rule', 'names-a-person'],
    ['smoke', { rule: 'gait-check' }, 'rule', 'names-a-person'],
    ['smoke', { reason: '找王阿姨 13800138000' }, 'reason', 'names-a-person'],
    ['smoke', { reason: '310104194901011234 常报警' }, 'reason', 'names-a-person'],
  ])('%s %j: %s %s', (...one) => {
    refusedAs(one)
  })

  test('a neighbourhood that the street does not have is outside of it', () => {
    const rule = changed('smoke', { local: [here] })
    const committees = ['310104011013']
    expect(checkDefinition(rule, { street, committees }).problems).toEqual([])
    expect(checkDefinition(rule, { street, committees: [] }).problems).toEqual([
      { field: 'local.0.place', because: 'outside-street' },
    ])
  })
})

test('what was checked cannot be changed any more', () => {
  const { checked } = checkDefinition(shipped('care-silence'), { street })
  expect(() => Object.assign(checked?.when ?? {}, { minutes: 1 })).toThrow(TypeError)
  expect(checked).toEqual(shipped('care-silence'))
})
