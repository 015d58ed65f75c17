import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hourMs } from '../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PostId } from '../../kernel/ids.ts'
import { answersAt, responsibleAmong } from './decide.ts'
import type { HeldPost } from './types.ts'

const now = Date.parse('2026-07-07T08:00:00+08:00')
const committee = '310104011013' as CommitteeCode
const other = '310104011014' as CommitteeCode

function held(id: string, wish: Partial<HeldPost> = {}): HeldPost {
  return {
    ...{ id: id as PostId, person: id as PersonId, role: 'committee', title: '社工' },
    ...{ unit: '居委', committee, rank: 1, leaveUntil: null, ...wish },
  }
}
const officer = (id: string, wish: Partial<HeldPost> = {}) =>
  held(id, { role: 'street', committee: null, ...wish })

test.each<[string, HeldPost[], string | undefined]>([
  ['nobody is there', [], undefined],
  ['the worker', [held('worker'), officer('officer')], 'worker'],
  ['the first of two, however they are listed', [held('b', { rank: 2 }), held('a')], 'a'],
  [
    'the deputy, while the first is on leave',
    [held('a', { leaveUntil: now + 1 }), held('b', { rank: 2 })],
    'b',
  ],
  ['the first, at the end of leave', [held('a', { leaveUntil: now }), held('b', { rank: 2 })], 'a'],
  [
    'the first, long after leave',
    [held('a', { leaveUntil: now - hourMs }), held('b', { rank: 2 })],
    'a',
  ],
  [
    'nobody of another committee',
    [held('x', { committee: other }), officer('officer', { rank: 9 })],
    'officer',
  ],
  [
    'the officer, when the whole committee is on leave',
    [
      held('a', { leaveUntil: now + 1 }),
      held('b', { rank: 2, leaveUntil: now + 1 }),
      officer('officer'),
    ],
    'officer',
  ],
  [
    'the committee before an officer of higher rank',
    [officer('officer'), held('a', { rank: 9 })],
    'a',
  ],
  [
    'the second officer, while the first is on leave',
    [officer('first', { leaveUntil: now + 1 }), officer('second', { rank: 2 })],
    'second',
  ],
  [
    'the first officer after all, when everybody is on leave',
    [
      officer('second', { rank: 2, leaveUntil: now + 1 }),
      officer('first', { leaveUntil: now + 9 }),
      held('a', { leaveUntil: now + 1 }),
    ],
    'first',
  ],
  ['nobody, with workers on leave and no officer', [held('a', { leaveUntil: now + 1 })], undefined],
])('responsible is %s', (_who, posts, id) => {
  expect(responsibleAmong(posts, committee, now)?.id).toBe(id)
})

test('while there is an officer there is always somebody, and never of another committee', () => {
  const post = fc.record({
    rank: fc.integer({ min: 1, max: 9 }),
    leaveUntil: fc.option(fc.integer({ min: now - 2, max: now + 2 })),
    where: fc.constantFrom(committee, other, null),
  })
  fc.assert(
    fc.property(fc.array(post), (posts) => {
      const made = posts.map(({ where, ...wish }, i) =>
        where === null ? officer(`${i}`, wish) : held(`${i}`, { ...wish, committee: where }),
      )
      const found = responsibleAmong(made, committee, now)
      if (made.some((each) => each.role === 'street')) expect(found).toBeDefined()
      expect(found?.committee).not.toBe(other)
    }),
  )
})

test.each([
  ['08:30', '17:30', '08:29', false],
  ['08:30', '17:30', '08:30', true],
  ['08:30', '17:30', '17:29', true],
  ['08:30', '17:30', '17:30', false],
  ['00:00', '24:00', '00:00', true],
  ['00:00', '24:00', '23:59', true],
  [null, '17:30', '12:00', false],
  ['08:30', null, '12:00', false],
])('open from %s to %s, at %s a phone answers: %s', (opensAt, closesAt, time, answers) => {
  expect(answersAt(opensAt, closesAt, time)).toBe(answers)
})
