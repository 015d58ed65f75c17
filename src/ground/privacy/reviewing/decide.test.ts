import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hourMs } from '../../../kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { isAtNight, isDrawn, mayReview, newOf, reasonsOf, usualSpan } from './decide.ts'
import type { Known, LookFacts, NewLook } from './types.ts'

const noon = Date.parse('2026-07-07T12:00:00+08:00')
const post = 'post' as PostId
const at = (time: string) => Date.parse(`2026-07-07T${time}+08:00`)

function look(facts: Partial<NewLook> = {}): NewLook {
  return {
    ...{ look: 'look', street: '310104011' as StreetCode, person: 'elder' as PersonId, at: noon },
    by: { kind: 'post', person: 'worker' as PersonId, post },
    ...{ how: 'page', label: 'at-the-counter', matterKind: 'request', matterId: 'request' },
    salt: '00000001-0000-4000-8000-000000000000',
    ...facts,
  }
}

function facts(more: Partial<LookFacts> = {}): LookFacts {
  return {
    ...{ peopleToday: 1, usual: { days: 20, people: 10 } },
    ...{ isKin: false, isOpenTask: false, isOnDuty: true },
    ...more,
  }
}

const operator = look({ by: { kind: 'operator' } })
const oneself = look({ by: { kind: 'post', person: 'elder' as PersonId, post } })
const usual = (days: number, people: number) => ({ days, people })

describe('a look is unusual', () => {
  test.each([
    ['not on an ordinary day', look(), facts(), []],
    ['not with forty people in a day', look(), facts({ peopleToday: 40 }), []],
    ['with one more', look(), facts({ peopleToday: 41 }), ['many']],
    ['by a search', look({ how: 'search' }), facts({ peopleToday: 41 }), ['many']],
    ['by an act', look({ how: 'act' }), facts({ peopleToday: 41 }), ['many']],
    ['not in a list, which nobody chose', look({ how: 'list' }), facts({ peopleToday: 41 }), []],
    ['not in an export', look({ how: 'export' }), facts({ peopleToday: 41, isKin: true }), []],
    [
      ...(['at five times the usual day', look()] as const),
      ...([facts({ peopleToday: 15, usual: usual(5, 3) }), ['many']] as const),
    ],
    [
      ...(['not just below it', look()] as const),
      ...([facts({ peopleToday: 15, usual: usual(5, 3.01) }), []] as const),
    ],
    [
      ...(['not with fewer than fifteen', look()] as const),
      ...([facts({ peopleToday: 14, usual: usual(5, 1) }), []] as const),
    ],
    [
      ...(['not where too few days are known', look()] as const),
      ...([facts({ peopleToday: 15, usual: usual(4, 1) }), []] as const),
    ],
    ['at kin', look(), facts({ isKin: true }), ['kin']],
    ['not at kin in a list', look({ how: 'list' }), facts({ isKin: true }), []],
    ['not at oneself', oneself, facts({ isKin: true, peopleToday: 99 }), []],
    ['never by rule of the operator', operator, facts({ isKin: true, isOnDuty: false }), []],
    ['at night, off duty', look({ at: at('22:00') }), facts({ isOnDuty: false }), ['night']],
    [
      'even in a list',
      look({ at: at('23:00'), how: 'list' }),
      facts({ isOnDuty: false }),
      ['night'],
    ],
    ['not at night on duty', look({ at: at('22:00') }), facts(), []],
    [
      ...(['not at night for an open task', look({ at: at('23:00') })] as const),
      ...([facts({ isOnDuty: false, isOpenTask: true }), []] as const),
    ],
    ['not by day off duty', look(), facts({ isOnDuty: false }), []],
    [
      ...(['for each reason', look({ at: at('03:00') })] as const),
      ...([facts({ isOnDuty: false, isKin: true, peopleToday: 41 })] as const),
      ['many', 'kin', 'night'],
    ],
  ] as const)('%s', (_, seen, known, expected) => {
    expect(reasonsOf(seen, known)).toEqual(expected)
  })
})

test.each([
  ['21:59:59', false],
  ['22:00', true],
  ['00:00', true],
  ['05:59:59', true],
  ['06:00', false],
])('%s is night: %s', (time, expected) => {
  expect(isAtNight(at(time))).toBe(expected)
})

test('a usual day is known by the 28 days before this one, and by nothing of this day', () => {
  expect(usualSpan(noon)).toEqual({
    from: Date.parse('2026-06-09T00:00:00+08:00'),
    to: at('00:00'),
  })
})

describe('what is alike is one review', () => {
  const known = (more: Partial<Known> = {}): Known => ({
    ...{ byPost: post, reasons: ['kin'], isDrawn: false, at: noon, how: 'page' },
    ...{ label: 'at-the-counter', ...more },
  })
  const kin = { reasons: ['kin'], isDrawn: false } as const
  const drawn = { reasons: [], isDrawn: true } as const
  const listed = look({ how: 'list', label: 'roster' })
  const drawnList = known({ reasons: [], isDrawn: true, how: 'list', label: 'roster' })
  test.each([
    ['the first', look(), kin, [], kin],
    ['the same again', look({ at: noon + 1 }), kin, [known()], undefined],
    ['within the hour', look({ at: noon + hourMs - 1 }), kin, [known()], undefined],
    ['an hour later', look({ at: noon + hourMs }), kin, [known()], kin],
    ['of another post', look(), kin, [known({ byPost: 'other' as PostId })], kin],
    [
      'for another reason',
      look(),
      { ...kin, reasons: ['night'] },
      [known()],
      { ...kin, reasons: ['night'] },
    ],
    [
      ...(['for one more reason', look(), { ...kin, reasons: ['kin', 'night'] }] as const),
      ...([[known()], { ...kin, reasons: ['kin', 'night'] }] as const),
    ],
    [
      ...(['for two reasons, of which one is new', look()] as const),
      ...([{ ...kin, reasons: ['kin', 'night'] }] as const),
      ...([[known({ reasons: ['kin', 'many'] })], { ...kin, reasons: ['kin', 'night'] }] as const),
    ],
    ['of the operator again', operator, kin, [known({ byPost: null })], undefined],
    ['drawn, too', look(), { ...kin, isDrawn: true }, [known()], drawn],
    ['a page drawn twice is two', look(), drawn, [known({ reasons: [], isDrawn: true })], drawn],
    ['of one list one is drawn', listed, drawn, [drawnList], undefined],
    ['of another list another', listed, drawn, [{ ...drawnList, label: 'export' }], drawn],
    ['of the same on paper another', listed, drawn, [{ ...drawnList, how: 'print' }], drawn],
    ['of the list an hour later', { ...listed, at: noon + hourMs }, drawn, [drawnList], drawn],
    ['nothing', look(), { reasons: [], isDrawn: false }, [], undefined],
  ] as const)('%s', (_, seen, verdict, there, expected) => {
    expect(newOf(seen, verdict, there)).toEqual(expected)
  })
})

describe('the lot', () => {
  test('goes by the first eight digits of the salt and by nothing else', () => {
    const salt = (first: number) =>
      `${first.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
    expect([0, 100, 4_294_967_200].map((n) => isDrawn({ salt: salt(n) }))).toEqual([
      true,
      true,
      true,
    ])
    expect([1, 99, 101].map((n) => isDrawn({ salt: salt(n) }))).toEqual([false, false, false])
  })

  test('draws one in a hundred: of 100,000 salts between 850 and 1,150', () => {
    let drawn = 0
    for (let n = 0; n < 100_000; n++) if (isDrawn({ salt: randomUUID() })) drawn++
    // Five standard deviations from 1,000: by chance once in a million runs.
    expect(drawn).toBeGreaterThan(850)
    expect(drawn).toBeLessThan(1_150)
  })
})

test.each([
  ['another body’s post', 'theirs', true],
  ['a post of the own body', 'colleague', false],
  ['the own post', 'own', false],
  ['a post of which no body is known', 'gone', true],
  ['the operator', null, true],
] as const)('a look of %s may be reviewed: %s', (_, byPost, may) => {
  const bodyOf = new Map([
    ['theirs', 'committee'],
    ['colleague', 'volunteers'],
    ['own', 'volunteers'],
  ] as [PostId, string][])
  const reviewer = { post: 'own' as PostId, body: 'volunteers' }
  expect(mayReview(byPost as PostId | null, reviewer, bodyOf)).toBe(may)
})

test('one’s own post is never reviewed, whatever is known of its body', () => {
  const reviewer = { post: 'own' as PostId, body: 'volunteers' }
  expect(mayReview(reviewer.post, reviewer, new Map())).toBe(false)
  expect(mayReview(reviewer.post, reviewer, new Map([[reviewer.post, 'committee']]))).toBe(false)
})
