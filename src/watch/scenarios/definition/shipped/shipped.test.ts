import { expect, test } from 'vitest'
import { checkDefinition } from '../check.ts'
import type { ProblemWord } from '../types.ts'
import { changed, street } from '../testing/changed.ts'
import { shippedRules } from './index.ts'

test.each(shippedRules())('$definition.rule can be armed as it is', ({ definition }) => {
  expect(checkDefinition(definition, { street }).problems).toEqual([])
})

test.each(shippedRules())('$definition.rule says why, and what it cannot tell', (one) => {
  const { zh, en } = one.reasons
  expect(zh).toContain('它说不清什么')
  expect(en).toContain('What it cannot tell')
  expect(zh).not.toMatch(/[a-z]{12}/)
  expect(en.replaceAll(/个保法|上海市非机动车安全管理条例/g, '')).not.toMatch(/\p{Script=Han}/u)
})

const day = { from: '08:00', to: '20:00' }
const door = { kind: 'door-contact', states: ['open'] }
type Refused = [changes: Record<string, unknown>, because: ProblemWord]
/** For each rule, changes that somebody may well try and that take its reason away. */
const refused: Record<string, Refused[]> = {
  'care-silence': [
    [{ consent: null }, 'consent-missing'],
    [{ 'when.minutes': 1_440 }, 'below-floor'],
    [{ isCovered: false }, 'coverage-missing'],
  ],
  'care-habit': [
    [{ consent: null }, 'consent-missing'],
    [{ act: 'visit', 'steps.1.tell': 'worker' }, 'below-floor'],
    [{ 'steps.1.tell': 'worker' }, 'ask-sends-nobody'],
  ],
  'wandering-night': [
    [{ consent: null }, 'consent-missing'],
    [{ consent: 'agreed-care' }, 'below-floor'],
    [{ 'steps.0.tell': 'volunteer' }, 'family-first'],
    [{ purpose: 'door-security' }, 'consent-unfit'],
  ],
  'wandering-out': [
    [{ consent: null }, 'consent-missing'],
    [{ consent: 'agreed-care' }, 'below-floor'],
    [{ per: 'device' }, 'consent-per-home'],
  ],
  sos: [
    [{ 'only.hours': day }, 'emergency-always'],
    [{ 'after.times': 2 }, 'emergency-always'],
    [{ 'when.minutes': 1 }, 'moment-cannot-last'],
  ],
  smoke: [
    [{ quiet: day }, 'quiet-on-emergency'],
    [{ 'after.times': 2 }, 'emergency-always'],
  ],
  gas: [
    [{ 'after.times': 2 }, 'emergency-always'],
    [{ 'when.signal.kind': 'motion' }, 'unknown-state'],
  ],
  'water-leak': [[{ 'when.signal.states': ['wet', 'damp'] }, 'unknown-state']],
  electrical: [
    [{ per: 'home' }, 'consent-missing'],
    [{ 'when.of.2.measure': 'volts' }, 'unknown-measure'],
  ],
  'e-bike-in-lift': [[{ 'when.signal.states': ['face'] }, 'unknown-state']],
  'fire-lane': [[{ act: 'visit' }, 'act-unfit']],
  bins: [[{ 'quiet.to': '21:00' }, 'quiet-all-day']],
  manhole: [[{ quiet: day }, 'quiet-on-emergency']],
  'door-forced': [[{ 'when.minutes': 1 }, 'moment-cannot-last']],
  'door-held-open': [[{ per: 'home' }, 'consent-missing']],
  'door-revoked-pass': [[{ 'steps.0.tell': 'contact' }, 'nobody-to-ask']],
  'door-refused': [[{ rule: 'door-refused-person' }, 'names-a-person']],
  'door-tailgate': [[{ 'when.signal': door, per: 'home' }, 'consent-missing']],
  overcrowding: [
    [{ expiresDays: 30 }, 'expires-too-late'],
    [{ stopsBelow: null }, 'stops-missing'],
    [{ 'when.measures': ['water-litres', 'door-openings-day'] }, 'measure-too-fine'],
    [{ act: 'visit' }, 'act-unfit'],
  ],
  'device-silence': [[{ isCovered: true }, 'silent-and-covered']],
  'device-battery-low': [[{ per: 'home' }, 'health-per-device']],
  'device-tampered': [[{ act: 'look' }, 'act-unfit']],
  'device-copied': [[{ 'when.condition': 'hacked' }, 'not-in-list']],
  'device-clock-wrong': [[{ 'steps.0.tell': 'person' }, 'nobody-to-ask']],
}

test('every shipped rule has a row below, and nothing else has', () => {
  expect(Object.keys(refused)).toEqual(shippedRules().map(({ definition }) => definition.rule))
})

test.each(
  Object.entries(refused).flatMap(([rule, rows]) =>
    rows.map(([changes, because]) => ({ rule, changes, because })),
  ),
)('$rule with $changes is refused: $because', ({ rule, changes, because }) => {
  const { problems } = checkDefinition(changed(rule, changes), { street })
  expect(problems.map((problem) => problem.because)).toContain(because)
})

test('what watches over life and agreed care is in force from the first day, the rest is tried', () => {
  const drafts = shippedRules().filter(({ isOn }) => !isOn)
  expect(drafts.map(({ definition }) => definition.rule)).toEqual([
    ...['care-habit', 'e-bike-in-lift', 'fire-lane', 'bins', 'door-held-open'],
    ...['door-revoked-pass', 'door-refused', 'door-tailgate', 'overcrowding'],
  ])
})
