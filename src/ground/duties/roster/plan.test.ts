import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import type { PostId } from '../../../kernel/ids.ts'
import { isOnDuty } from '../decide.ts'
import * as made from '../testing/index.ts'
import { held, now, shift } from '../testing/index.ts'
import type { Cover } from '../types.ts'
import { decidePlan, gapsAhead, mayTakeOver, reliefOf, shiftsOfPattern, weekOf } from './decide.ts'

const at = (text: string): Instant => Date.parse(`${text}+08:00`)

describe('a plan', () => {
  const [a, b] = ['a' as PostId, 'b' as PostId]
  const all = new Set([a, b])
  const one = { post: a, from: now + hourMs, to: now + 9 * hourMs }
  const there = [shift('a', { from: one.from, to: one.to })]

  test.each([
    ['a new one', one, [], { fresh: [one], kept: 0 }],
    ['one that is there', one, there, { fresh: [], kept: 1 }],
    ['one that begins when it ends', { ...one, from: one.to, to: one.to + 1 }, there, 'new'],
    ['one that ends when it begins', { ...one, from: now, to: one.from }, there, 'new'],
    [
      'one that begins a moment before its end',
      { ...one, from: one.to - 1, to: one.to + 1 },
      there,
      'already-so',
    ],
    [
      'one that ends a moment after its beginning',
      { ...one, from: now, to: one.from + 1 },
      there,
      'already-so',
    ],
    ['the same hours of somebody else', { ...one, post: b }, there, 'new'],
    ['a day long', { ...one, to: one.from + dayMs }, [], 'new'],
    ['longer', { ...one, to: one.from + dayMs + 1 }, [], 'bad-input'],
    ['no hours', { ...one, to: one.from }, [], 'bad-input'],
    ['over', { ...one, from: now - 2, to: now }, [], 'bad-input'],
    ['running', { ...one, from: now - 2, to: now + 1 }, [], 'new'],
    ['of nobody here', { ...one, post: 'z' as PostId }, [], 'bad-input'],
    [
      'years ahead',
      { ...one, from: now + 401 * dayMs, to: now + 401 * dayMs + 1 },
      [],
      'bad-input',
    ],
  ])('%s', (_what, planned, shifts, says) => {
    const found = decidePlan([planned], shifts, all, now)
    if (typeof says === 'object') expect(found).toEqual(says)
    else if (says === 'new') expect(found).toEqual({ fresh: [planned], kept: 0 })
    else expect(found).toEqual({ wrong: 0, why: says })
  })

  test('within one plan too, and the first that is wrong is named', () => {
    const twice = [one, { ...one, post: b }, { ...one, from: one.from + 1 }]
    expect(decidePlan(twice, [], all, now)).toEqual({ wrong: 2, why: 'already-so' })
    expect(decidePlan([one, one], [], all, now)).toEqual({ fresh: [one], kept: 1 })
  })
})

describe('a pattern of the week', () => {
  const post = 'a' as PostId
  const midnight = at('2026-07-06T00:00')

  test('each week anew, nights over midnight, what is over left out', () => {
    const pattern = [
      { post, weekdays: [1, 2], from: '08:00', to: '20:00' },
      { post, weekdays: [0], from: '20:00', to: '08:00' },
    ]
    const found = shiftsOfPattern(pattern, midnight, 2, at('2026-07-06T20:00'))
    expect(found.map(({ from, to }) => [from, to])).toEqual(
      [
        ['2026-07-07T08:00', '2026-07-07T20:00'],
        ['2026-07-12T20:00', '2026-07-13T08:00'],
        ['2026-07-13T08:00', '2026-07-13T20:00'],
        ['2026-07-14T08:00', '2026-07-14T20:00'],
        ['2026-07-19T20:00', '2026-07-20T08:00'],
      ].map((span) => span.map(at)),
    )
    expect(shiftsOfPattern(pattern, midnight, 1, at('2026-07-06T19:59'))).toHaveLength(3)
  })

  test('around the clock fills a cover around the clock', () => {
    const weekdays = [0, 1, 2, 3, 4, 5, 6]
    const pattern = [
      { post, weekdays, from: '08:00', to: '20:00' },
      { post: 'b' as PostId, weekdays, from: '20:00', to: '08:00' },
    ]
    const shifts = shiftsOfPattern(pattern, midnight - dayMs, 2, 0).map((one) => shift('', one))
    const hours = { days: 'every-day', from: '00:00', to: '24:00', people: 1 } as const
    const covers: Cover[] = [{ id: 'c', body: 'committee', ...hours }]
    const known = made.known({ posts: [held('a'), held('b')], shifts, covers })
    expect(gapsAhead(known, midnight, midnight + 7 * dayMs, () => undefined)).toEqual([])
    for (let hour = 0; hour < 7 * 24; hour++) {
      const time = midnight + hour * hourMs
      const isDay = hour % 24 >= 8 && hour % 24 < 20
      expect(isOnDuty(known, post, time)).toBe(isDay)
    }
  })
})

test.each([
  [-hourMs - 1, false],
  [-hourMs, true],
  [0, true],
  [9 * hourMs - 1, true],
  [9 * hourMs, false],
])('a shift may be taken over %d ms after its beginning: %s', (after, may) => {
  expect(mayTakeOver({ from: now, to: now + 9 * hourMs }, now + after)).toBe(may)
})

describe('who relieves', () => {
  const own = shift('a', { from: 100, to: 200 })
  test.each([
    ['nobody', [], undefined],
    ['who begins at the end', [shift('b', { from: 200, to: 300 })], 'b'],
    ['who begins a little before', [shift('b', { from: 190, to: 300 })], 'b'],
    [
      'the first of two',
      [shift('c', { from: 300, to: 400 }), shift('b', { from: 200, to: 300 })],
      'b',
    ],
    ['not who works beside', [shift('b', { from: 100, to: 200 })], undefined],
    ['not who works beside and stays longer', [shift('b', { from: 100, to: 300 })], undefined],
    ['not who began before', [shift('b', { from: 99, to: 300 })], undefined],
    ['not who ends before', [shift('b', { from: 150, to: 200 })], undefined],
    ['not oneself', [shift('a', { from: 200, to: 300 })], undefined],
  ])('%s', (_what, others, who) => {
    expect(reliefOf([own, ...others], own)?.post).toBe(who)
  })
})

test.each([
  ['2026-07-06T00:00', '2026-07-06'],
  ['2026-07-05T23:59:59.999', '2026-06-29'],
  ['2026-07-12T23:59:59.999', '2026-07-06'],
  ['2026-07-13T00:00', '2026-07-13'],
  ['2027-01-01T12:00', '2026-12-28'],
])('the week of %s begins on %s', (time, monday) => {
  expect(weekOf(at(time))).toEqual({
    ...{ from: at(`${monday}T00:00`), to: at(`${monday}T00:00`) + 7 * dayMs },
  })
})
