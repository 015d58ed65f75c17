import { describe, expect, test } from 'vitest'
import type { StreetCode } from '../../kernel/ids.ts'
import {
  answersAt,
  endOfDuty,
  isOfBody,
  isOnDuty,
  mayArrange,
  rungsAmong,
  wrongOfBody,
} from './decide.ts'
import * as made from './testing/index.ts'
import {
  beat,
  committee,
  held,
  home,
  leave,
  now,
  officer,
  other,
  roster,
  shift,
} from './testing/index.ts'
import type { Known, Wanted } from './types.ts'

const wanted = { matter: 'hazard', place: home, as: 'worker' } as const

/** The ladder as words: `name:step`. */
function ladder(known: Partial<Known>, wish: Partial<Wanted> = {}): string {
  const rungs = rungsAmong(made.known(known), { ...wanted, ...wish }, now)
  return rungs.map(({ post, step }) => `${post.id}:${step}`).join(' ')
}

const two = [held('a'), held('b', { rank: 2 })]
const street = [officer('o'), officer('p', { rank: 2 })]

describe('a worker: the committee by rank, then the officers', () => {
  test.each<[string, Partial<Known>, string]>([
    ['nobody at all', {}, ''],
    ['one worker', { posts: [held('a')] }, 'a:rank'],
    [
      'by rank, however they are listed',
      { posts: [...two.toReversed(), ...street.toReversed()] },
      'a:rank b:rank o:officer p:officer',
    ],
    [
      'the committee before an officer of higher rank',
      { posts: [officer('o'), held('a', { rank: 9 })] },
      'a:rank o:officer',
    ],
    [
      'nobody of another committee',
      { posts: [held('x', { committee: other, body: 'other' }), officer('o')] },
      'o:officer',
    ],
    [
      'a village committee is one too',
      { posts: [held('a', { bodyKind: 'village-committee' })] },
      'a:rank',
    ],
    [
      'nobody of property, police, clinic or volunteers',
      {
        posts: [
          held('g', { role: 'property', bodyKind: 'property', committee: null, body: 'g' }),
          held('v', { role: 'volunteer', bodyKind: 'volunteers', committee: null, body: 'v' }),
          officer('o'),
        ],
        beats: [beat('g', home), beat('v', home)],
      },
      'o:officer',
    ],
  ])('%s', (_what, known, says) => {
    expect(ladder(known)).toBe(says)
  })
})

describe('leave skips, and a deputy stands in at the place of who is away', () => {
  const posts = [...two, held('c', { rank: 3 }), ...street]
  test.each<[string, Known['leaves'], string]>([
    ['without leave', [], 'a:rank b:rank c:rank o:officer p:officer'],
    [
      'from its first moment',
      [leave('a', null, { from: now })],
      'b:rank c:rank o:officer p:officer',
    ],
    [
      'not a moment before',
      [leave('a', null, { from: now + 1 })],
      'a:rank b:rank c:rank o:officer p:officer',
    ],
    ['to its last', [leave('a', null, { to: now + 1 })], 'b:rank c:rank o:officer p:officer'],
    ['not at its end', [leave('a', null, { to: now })], 'a:rank b:rank c:rank o:officer p:officer'],
    ['a deputy before the next rank', [leave('a', 'c')], 'c:deputy b:rank o:officer p:officer'],
    ['the deputy’s own deputy', [leave('a', 'c'), leave('c', 'b')], 'b:deputy o:officer p:officer'],
    [
      'a deputy on leave without one: the next rank',
      [leave('a', 'c'), leave('c', null)],
      'b:rank o:officer p:officer',
    ],
    ['two who name each other', [leave('a', 'b'), leave('b', 'a')], 'c:rank o:officer p:officer'],
    ['a deputy who holds no post any more', [leave('a', 'z')], 'b:rank c:rank o:officer p:officer'],
    ['a deputy of another body does not', [leave('a', 'p')], 'b:rank c:rank o:officer p:officer'],
    [
      'the whole committee: the officers',
      [leave('a', null), leave('b', null), leave('c', null)],
      'o:officer p:officer',
    ],
    [
      'of two leaves at once the one that names a deputy',
      [leave('a', null), leave('a', 'c')],
      'c:deputy b:rank o:officer p:officer',
    ],
    [
      'the first officer: the second first, and the first at last',
      [leave('o', null)],
      'a:rank b:rank c:rank p:officer o:officer',
    ],
    [
      'all officers: the first after all',
      [leave('o', null), leave('p', null)],
      'a:rank b:rank c:rank o:officer p:officer',
    ],
    [
      'everybody: the officers by rank',
      ['a', 'b', 'c', 'o', 'p'].map((one) => leave(one, null)),
      'o:officer p:officer',
    ],
  ])('%s', (_what, leaves, says) => {
    expect(ladder({ posts, leaves })).toBe(says)
  })
})

describe('a roster: on duty exactly from the first moment of a shift and not at its end', () => {
  const posts = [...two, ...street]
  const covers = [roster('committee')]
  test.each<[string, Partial<Known>, string]>([
    ['nobody is planned', { covers }, 'o:officer p:officer'],
    [
      'from its first moment',
      { covers, shifts: [shift('b', { from: now })] },
      'b:rank o:officer p:officer',
    ],
    [
      'not a moment before',
      { covers, shifts: [shift('b', { from: now + 1 })] },
      'o:officer p:officer',
    ],
    [
      'to its last',
      { covers, shifts: [shift('b', { to: now + 1 })] },
      'b:rank o:officer p:officer',
    ],
    ['not at its end', { covers, shifts: [shift('b', { to: now })] }, 'o:officer p:officer'],
    [
      'both, by rank',
      { covers, shifts: [shift('b'), shift('a')] },
      'a:rank b:rank o:officer p:officer',
    ],
    [
      'without a cover everybody is on duty, whatever is planned',
      { shifts: [shift('b')] },
      'a:rank b:rank o:officer p:officer',
    ],
    [
      'another body’s cover changes nothing here',
      { covers: [roster('other')] },
      'a:rank b:rank o:officer p:officer',
    ],
    [
      'on leave in one’s own shift',
      { covers, shifts: [shift('a')], leaves: [leave('a', null)] },
      'o:officer p:officer',
    ],
    [
      'the deputy has the shift of who is on leave',
      { covers, shifts: [shift('a')], leaves: [leave('a', 'b')] },
      'b:deputy o:officer p:officer',
    ],
    [
      'a deputy without that shift has none',
      { covers, leaves: [leave('a', 'b')] },
      'o:officer p:officer',
    ],
    [
      'the deputy’s own later shift stands aside',
      { covers, shifts: [shift('a'), shift('b')], leaves: [leave('a', 'b')] },
      'b:deputy o:officer p:officer',
    ],
    [
      'officers on duty come before those who are not, whatever their rank',
      { covers: [...covers, roster('street')], shifts: [shift('p', { body: 'street' })] },
      'p:officer o:officer',
    ],
    [
      'officers off duty, on leave last',
      { covers: [...covers, roster('street')], leaves: [leave('o', null)] },
      'p:officer o:officer',
    ],
    [
      'an officer’s deputy has the officer’s shift',
      {
        covers: [...covers, roster('street')],
        shifts: [shift('o', { body: 'street' })],
        leaves: [leave('o', 'p')],
      },
      'p:officer o:officer',
    ],
  ])('%s', (_what, known, says) => {
    expect(ladder({ posts, ...known })).toBe(says)
  })

  test.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('so many ms after its beginning: %d, on duty: %s', (after, is) => {
    const known = made.known({ posts, covers, shifts: [shift('a', { from: now - after })] })
    expect(isOnDuty(known, held('a').id, now)).toBe(is)
  })

  test.each([
    [-1, true],
    [0, false],
    [1, false],
  ])('so many ms after its end: %d, on duty: %s', (after, is) => {
    const known = made.known({ posts, covers, shifts: [shift('a', { to: now - after })] })
    expect(isOnDuty(known, held('a').id, now)).toBe(is)
  })
})

describe('beats: whose beat it is comes first, the closest of them before the wider', () => {
  const posts = [...two, held('c', { rank: 3 }), held('d', { rank: 4 }), officer('o')]
  const after = 'o:officer'
  test.each<[string, Known['beats'], Partial<Wanted>, string]>([
    ['no beats', [], {}, `a:rank b:rank c:rank d:rank ${after}`],
    ['the home itself', [beat('c', home)], {}, `c:beat a:rank b:rank d:rank ${after}`],
    ['its stair', [beat('c', `${committee}-01-26`)], {}, `c:beat a:rank b:rank d:rank ${after}`],
    ['its compound', [beat('c', `${committee}-01`)], {}, `c:beat a:rank b:rank d:rank ${after}`],
    ['the committee', [beat('c', committee)], {}, `c:beat a:rank b:rank d:rank ${after}`],
    [
      'home, stair, compound and committee in turn, whatever the ranks',
      [
        beat('a', committee),
        beat('b', `${committee}-01`),
        beat('c', `${committee}-01-26`),
        beat('d', home),
      ],
      {},
      `d:beat c:beat b:beat a:beat ${after}`,
    ],
    [
      'by rank where two are as close',
      [beat('d', `${committee}-01`), beat('c', `${committee}-01`)],
      {},
      `c:beat d:beat a:rank b:rank ${after}`,
    ],
    [
      'a beat elsewhere comes after everybody without one',
      [beat('a', `${committee}-02`)],
      {},
      `b:rank c:rank d:rank a:rank ${after}`,
    ],
    [
      'stair 26 is not in stair 2',
      [beat('a', `${committee}-01-2`)],
      {},
      `b:rank c:rank d:rank a:rank ${after}`,
    ],
    [
      'a stair is not in its home',
      [beat('a', home)],
      { place: `${committee}-01-26` as Wanted['place'] },
      `b:rank c:rank d:rank a:rank ${after}`,
    ],
    [
      'a matter that the beat takes',
      [beat('c', home, ['hazard', 'home-check'])],
      {},
      `c:beat a:rank b:rank d:rank ${after}`,
    ],
    [
      'a matter that it does not take',
      [beat('c', home, ['care-visit'])],
      {},
      `a:rank b:rank d:rank c:rank ${after}`,
    ],
    [
      'the widest of one’s beats that takes the matter counts',
      [beat('c', home, ['care-visit']), beat('c', committee), beat('d', `${committee}-01`)],
      {},
      `d:beat c:beat a:rank b:rank ${after}`,
    ],
  ])('%s', (_what, beats, wish, says) => {
    expect(ladder({ posts, beats }, wish)).toBe(says)
  })

  test('a deputy stands in the beat of who is on leave', () => {
    const beats = [beat('a', home), beat('b', committee)]
    expect(ladder({ posts, beats, leaves: [leave('a', 'd')] })).toBe(
      'd:deputy b:beat c:rank o:officer',
    )
  })
})

describe('other bodies are asked only for their beats', () => {
  const bodies = [
    ['property', 'property', 'property'],
    ['volunteer', 'volunteers', 'volunteer'],
    ['police', 'police', 'police'],
    ['doctor', 'clinic', 'clinic'],
  ] as const
  const posts = bodies.flatMap(([as, bodyKind, role]) => [
    held(`${as}1`, { bodyKind, role, committee: null, body: as }),
    held(`${as}2`, { bodyKind, role, committee: null, body: as, rank: 2 }),
    held(`${as}3`, { bodyKind, role, committee: null, body: as, rank: 3 }),
  ])
  const all = [...posts, held('a'), officer('o')]

  test.each(bodies)('%s', (as) => {
    const beats = [beat(`${as}2`, committee), beat(`${as}3`, home)]
    expect(ladder({ posts: all, beats }, { as })).toBe(`${as}3:beat ${as}2:beat`)
    expect(ladder({ posts: all }, { as })).toBe('')
    expect(ladder({ posts: all, beats: [beat(`${as}1`, other)] }, { as })).toBe('')
    expect(ladder({ posts: all, beats: [beat(`${as}1`, home, ['care-visit'])] }, { as })).toBe('')
    expect(ladder({ posts: all, beats, leaves: [leave(`${as}3`, `${as}1`)] }, { as })).toBe(
      `${as}1:deputy ${as}2:beat`,
    )
    const covers = [roster(as)]
    const shifts = [shift(`${as}2`, { body: as })]
    expect(ladder({ posts: all, beats, covers, shifts }, { as })).toBe(`${as}2:beat`)
    expect(ladder({ posts: all, beats, covers }, { as })).toBe('')
  })

  test('the duty officer is no worker', () => {
    expect(ladder({ posts: all, beats: [beat('a', home)] }, { as: 'duty-officer' })).toBe(
      'o:officer',
    )
  })
})

test('until when somebody is on duty: the end of the shift that they fill, theirs or another’s', () => {
  const posts = [...two]
  const [a, b] = two
  const covers = [roster('committee')]
  const shifts = [shift('a', { to: now + 5 }), shift('a', { to: now + 9 })]
  expect(endOfDuty(made.known({ posts, covers, shifts }), a!, now)).toBe(now + 9)
  expect(endOfDuty(made.known({ posts, shifts }), a!, now)).toBe(null)
  expect(endOfDuty(made.known({ posts, covers, shifts }), b!, now)).toBe(null)
  const leaves = [leave('a', 'b')]
  expect(endOfDuty(made.known({ posts, covers, shifts, leaves }), b!, now)).toBe(now + 9)
})

test('officers arrange every roster, the first of a body its own, others none', () => {
  expect(mayArrange(officer('o', { rank: 2 }), 'committee')).toBe(true)
  expect(mayArrange(held('a'), 'committee')).toBe(true)
  expect(mayArrange(held('a'), 'other')).toBe(false)
  expect(mayArrange(held('b', { rank: 2 }), 'committee')).toBe(false)
})

test.each([
  ['street', {}, 'kind'],
  ['committee', {}, 'committee'],
  ['committee', { committee }, undefined],
  ['committee', { committee, name: '甲' }, 'name'],
  ['village-committee', { committee }, undefined],
  ['property', {}, 'name'],
  ['property', { name: '物业' }, undefined],
  ['clinic', { committee, name: '诊所' }, 'committee'],
] as const)('a new body of kind %s with %j: wrong is %s', (kind, given, field) => {
  expect(wrongOfBody(kind, given)).toBe(field)
})

test('a committee’s beat is in its own neighbourhood, another body’s anywhere in the street', () => {
  const here = '310104011' as StreetCode
  expect(isOfBody(held('a'), here, home)).toBe(true)
  expect(isOfBody(held('a'), here, other)).toBe(false)
  expect(isOfBody(officer('o'), here, other)).toBe(true)
  expect(isOfBody(officer('o'), '310115005' as StreetCode, other)).toBe(false)
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
