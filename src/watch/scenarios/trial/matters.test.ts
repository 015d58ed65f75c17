import { expect, test } from 'vitest'
import type { Definition, When } from '../definition/index.ts'
import { openMatters, relevance, warmUpDays } from './matters.ts'
import { careRule, smokeRule } from './testing/rules.ts'
import type { Matter } from './types.ts'

const matter = (
  about: Matter['about'],
  place = 'c-1-2-3',
  sensor: string | null = null,
): Matter => ({
  ...{ about, place, sensor, from: 0, until: 1, outcome: 'hazard-real' },
})
const forced = { kind: 'door-access' as const, states: ['forced'] }
const rule = (when: When): Definition => ({ ...smokeRule, when })
const forcedRule = rule({ is: 'count', signal: forced, atLeast: 1, minutes: 5 })
const wattRule = rule({ is: 'threshold', measure: 'power-w', side: 'above', number: 1, minutes: 0 })

test.each<[string, Definition, Matter['about'], boolean]>([
  ['a fall, for silence of life', careRule, 'life', true],
  ['a walk by night, for silence of life', careRule, 'wandering', false],
  [
    'a walk by night, for the guard',
    { ...careRule, consent: 'wandering-guard' },
    'wandering',
    true,
  ],
  ['a fall, for the guard', { ...careRule, consent: 'wandering-guard' }, 'life', false],
  ['smoke, for smoke', smokeRule, 'smoke alarm', true],
  ['a test of smoke, for smoke', smokeRule, 'smoke test', false],
  ['a stuck probe, for smoke', smokeRule, 'smoke', true],
  ['smoke, for silence', careRule, 'smoke alarm', false],
  ['one state of a door', forcedRule, 'door-access forced', true],
  ['another state of a door', forcedRule, 'door-access tailgate', false],
  ['a stuck circuit, for its watts', wattRule, 'electrical', true],
  ['what a person found', smokeRule, 'any', true],
])('%s', (_, definition, about, expected) => {
  expect(relevance(definition)(matter(about))).toBe(expected)
})

test('a matter is found under each place that holds it and under its sensor', () => {
  const matters = openMatters()
  const one = matter('smoke alarm', '310104011013-01-2-301', 'probe')
  matters.add(one)
  for (const subject of ['310104011013-01', '310104011013-01-2', one.place, 'probe']) {
    expect(matters.about(subject)).toEqual([one])
  }
  for (const subject of ['310104011013-01-2-302', '310104011013-01-20', 'other']) {
    expect(matters.about(subject)).toEqual([])
  }
})

test('a rule is given the history that it needs', () => {
  const habit: When = {
    ...{ is: 'habit', of: 'gap', signal: null, side: 'above', percent: 300, days: 14 },
  }
  const both: When = { is: 'any', of: [habit, { is: 'silence', signs: null, minutes: 2_880 }] }
  expect([careRule, rule(both), smokeRule].map(warmUpDays)).toEqual([3, 15, 1])
})
