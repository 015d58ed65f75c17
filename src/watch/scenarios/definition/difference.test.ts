import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf, type Change } from './difference.ts'
import type { Definition } from './schema.ts'
import { shippedRules } from './shipped/index.ts'
import { changed, shipped } from './testing/changed.ts'

const hours = { from: '22:00', to: '06:00' }
const local = { place: '310104011013', quiet: null, steps: shipped('bins').steps }

test.each<[string, Record<string, unknown>, Change[]]>([
  ['care-silence', {}, []],
  ['care-silence', { 'when.minutes': 4_320 }, [{ field: 'when.minutes', from: 2_880, to: 4_320 }]],
  ['care-silence', { consent: null }, [{ field: 'consent', from: 'agreed-care', to: null }]],
  ['manhole', { quiet: hours }, [{ field: 'quiet', from: null, to: hours }]],
  ['bins', { 'quiet.from': '20:00' }, [{ field: 'quiet.from', from: '21:00', to: '20:00' }]],
  [
    'manhole',
    { 'when.signal.states': ['tilted'] },
    [{ field: 'when.signal.states', from: ['tilted', 'moved'], to: ['tilted'] }],
  ],
  [
    'bins',
    { 'steps.0.withinMinutes': 60, 'steps.1.tell': 'duty-officer' },
    [
      { field: 'steps.0.withinMinutes', from: 240, to: 60 },
      { field: 'steps.1.tell', from: 'worker', to: 'duty-officer' },
    ],
  ],
  ['bins', { local: [local] }, [{ field: 'local', from: [], to: [local] }]],
  [
    'bins',
    { when: shipped('manhole').when },
    [
      { field: 'when.signal.kind', from: 'camera-event', to: 'ground' },
      { field: 'when.signal.states', from: ['bin-overflowing'], to: ['tilted', 'moved'] },
      { field: 'when.minutes', from: 60, to: 1 },
    ],
  ],
  [
    'bins',
    { when: shipped('care-silence').when },
    [{ field: 'when', from: shipped('bins').when, to: shipped('care-silence').when }],
  ],
])('%s with %j', (rule, changes, wanted) => {
  expect(differenceOf(shipped(rule), changed(rule, changes) as Definition)).toEqual(wanted)
})

test('another neighbourhood is another entry, not the same one moved', () => {
  const other = { ...local, place: '310104011014' }
  const before = changed('bins', { local: [local] }) as Definition
  const after = changed('bins', { local: [other] }) as Definition
  expect(differenceOf(before, after)).toEqual([{ field: 'local.0', from: local, to: other }])
})

test('two rules are the same exactly when nothing is different, whatever the order of keys', () => {
  const rules = shippedRules().map(({ definition }) => definition)
  const one = fc.constantFrom(...rules)
  fc.assert(
    fc.property(one, one, (before, after) => {
      const turned = Object.fromEntries(Object.entries(after).toReversed()) as Definition
      expect(differenceOf(before, turned).length === 0).toBe(before === after)
    }),
  )
})
