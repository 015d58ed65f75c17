import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../kernel/event.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { shippedRules } from '../definition/index.ts'
import type { VersionState, WorkshopAct } from '../types.ts'
import {
  daysJudged,
  decideStep,
  falseVisits,
  isFlagged,
  misleadingShare,
  summed,
} from './decide.ts'
import type { Version } from './types.ts'

const author = 'author' as PersonId
const other = 'other' as PersonId
const definition = shippedRules().find((one) => one.definition.rule === 'care-silence')!.definition

function version(state: VersionState, more: Partial<Version> = {}): Version {
  return {
    ...{ street: '310104011' as StreetCode, rule: definition.rule, version: 2, state, definition },
    ...{ reason: 'why', basedOn: 1, madeAt: 0, reviewedBy: null, inForceFrom: null },
    ...{ madeBy: { title: '值班长', unit: '街道', person: author }, inForceTo: null, ...more },
  }
}

describe('a version’s life', () => {
  test.each<[VersionState, WorkshopAct, VersionState | 'moved-on']>([
    ['draft', 'shadow', 'shadow'],
    ['shadow', 'unshadow', 'draft'],
    ['draft', 'submit', 'review'],
    ['shadow', 'submit', 'review'],
    ['review', 'return', 'draft'],
    ['review', 'approve', 'in-force'],
    ['in-force', 'retire', 'retired'],
    ['draft', 'drop', 'dropped'],
    ['draft', 'approve', 'moved-on'],
    ['shadow', 'approve', 'moved-on'],
    ['in-force', 'approve', 'moved-on'],
    ['in-force', 'drop', 'moved-on'],
    ['retired', 'approve', 'moved-on'],
    ['stopped', 'roll-back', 'moved-on'],
    ['dropped', 'submit', 'moved-on'],
    ['draft', 'made', 'moved-on'],
    ['in-force', 'stopped', 'moved-on'],
  ])('%s, %s: %s', (from, act, to) => {
    const said = decideStep(version(from), act, other)
    expect(typeof said === 'string' ? said : said.fault).toBe(to)
  })

  test.each([
    ['device-tampered', { is: 'health', condition: 'tampered' }],
    ['device-silence', { is: 'health', condition: 'silent' }],
    ['overcrowding', { is: 'peers' }],
  ])('what is no stream is not run in shadow: %s', (rule, when) => {
    const definition = { rule, when } as Version['definition']
    expect(decideStep(version('draft', { definition }), 'shadow', other)).toEqual({
      fault: 'not-tried',
    })
    expect(decideStep(version('draft', { definition }), 'submit', other)).toBe('review')
  })

  test('whoever wrote it cannot switch it on; whoever did not, can', () => {
    const ours = version('review')
    expect(decideStep(ours, 'approve', author)).toEqual({ fault: 'second-person' })
    expect(decideStep(ours, 'approve', other)).toBe('in-force')
    expect(decideStep({ ...ours, madeBy: null }, 'approve', author)).toBe('in-force')
  })

  test('only what was in force before is gone back to', () => {
    expect(decideStep(version('retired', { inForceFrom: 1 }), 'roll-back', author)).toBe('in-force')
    expect(decideStep(version('retired'), 'roll-back', author)).toEqual({ fault: 'moved-on' })
  })
})

/** A time in Shanghai. */
const at = (text: string) => Date.parse(`${text}+08:00`)
const counts = (some: Partial<Record<Outcome, number>>) =>
  Object.entries(some).map(([outcome, count]) => ({ outcome: outcome as Outcome, count }))

describe('scores', () => {
  test('misleading is sensor fault, wrong home and hazard false, and above 5 % it says so', () => {
    const some = counts({
      'needed-help': 9,
      fine: 160,
      away: 31,
      'sensor-fault': 7,
      'wrong-home': 4,
    })
    expect(misleadingShare(some)).toBe(5.2)
    expect(isFlagged(some)).toBe(true)
    expect(misleadingShare(counts({ 'hazard-false': 1, 'hazard-real': 19 }))).toBe(5)
    expect(isFlagged(counts({ 'hazard-false': 1, 'hazard-real': 19 }))).toBe(false)
    expect(misleadingShare([])).toBeNull()
    expect(isFlagged([])).toBe(false)
  })

  test('false visits are those that nobody needed, per 1,000 homes and week', () => {
    const some = counts({ fine: 3, away: 1, 'sensor-fault': 1, 'wrong-home': 1, 'needed-help': 4 })
    expect(falseVisits(some, 2_000, 7)).toBe(3)
    expect(falseVisits(some, 0, 7)).toBeNull()
  })

  test.each([
    ['the whole of a month that is over', '2026-06', {}, 30],
    ['of the month that runs, what has gone by', '2026-07', {}, 9],
    ['from when the version judged', '2026-07', { inForceFrom: at('2026-07-05T08:00') }, 5],
    ['until it was replaced', '2026-06', { inForceTo: at('2026-06-10T00:00') }, 9],
    [
      'of a version that judged again later, all of it',
      '2026-06',
      { inForceFrom: at('2026-07-02T00:00') },
      30,
    ],
    ['of the first month that is looked back at', '2026-05', {}, 1],
    ['a day at the least', '2026-07', { inForceFrom: at('2026-07-09T12:00') }, 1],
  ])('days: %s', (_what, month, judged, days) => {
    const span = { from: at('2026-05-31T00:00'), to: at('2026-07-09T12:00') }
    expect(daysJudged(month, { inForceFrom: null, inForceTo: null, ...judged }, span)).toBe(days)
  })

  test('outcomes add up over neighbourhoods', () => {
    expect(summed([...counts({ fine: 2 }), ...counts({ fine: 3, away: 1 })])).toEqual(
      counts({ fine: 5, away: 1 }),
    )
  })
})
