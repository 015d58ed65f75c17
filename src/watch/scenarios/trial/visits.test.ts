import { expect, test } from 'vitest'
import type { Definition } from '../definition/index.ts'
import { careRule } from './testing/rules.ts'
import { goingFor, workersOf } from './visits.ts'

const at = (time: string) => Date.parse(`2026-03-02T${time}:00+08:00`)
const asks: Definition['steps'] = [
  { tell: 'person', withinMinutes: 15 },
  { tell: 'contact', withinMinutes: 30 },
]
const worker = { tell: 'worker', withinMinutes: 120 } as const
const night = { from: '22:00', to: '07:00' }
const noon = { from: '12:00', to: '14:00' }

test.each<[string, Partial<Definition>, string, { isVisit: boolean; at: number }]>([
  ['at once', { steps: [worker] }, '10:00', { isVisit: true, at: at('10:00') }],
  ['after who is asked', { steps: [...asks, worker] }, '10:00', { isVisit: true, at: at('10:45') }],
  ['only asked', { act: 'ask', steps: asks }, '10:00', { isVisit: false, at: at('10:00') }],
  ['not by night', { quiet: night }, '23:30', { isVisit: true, at: at('07:00') + 86_400_000 }],
  ['nor before it ends', { quiet: night }, '03:00', { isVisit: true, at: at('07:00') }],
  ['from its end on', { quiet: night }, '07:00', { isVisit: true, at: at('07:00') }],
  ['until it begins', { quiet: night }, '21:59', { isVisit: true, at: at('21:59') }],
  ['quiet at noon', { quiet: noon }, '12:00', { isVisit: true, at: at('14:00') }],
  [
    'as the neighbourhood has it',
    {
      quiet: night,
      local: [{ place: '310104011013', quiet: null, steps: [...asks, worker] }],
    },
    '23:30',
    { isVisit: true, at: at('23:30') + 45 * 60_000 },
  ],
])('%s', (_, change, raisedAt, expected) => {
  const rule = { ...careRule, quiet: null, steps: [worker], ...change }
  expect(goingFor(rule, '310104011013-01-2-301', at(raisedAt))).toMatchObject(expected)
})

test('a home is checked by two', () => {
  expect([workersOf(careRule), workersOf({ ...careRule, act: 'check-home' })]).toEqual([1, 2])
})
