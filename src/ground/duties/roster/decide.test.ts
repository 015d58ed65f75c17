import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, weekdayOf } from '../../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import { onDutyAmong } from '../decide.ts'
import * as made from '../testing/index.ts'
import { held, leave, now, shift } from '../testing/index.ts'
import type { Cover, Gap, Known } from '../types.ts'
import { gapsAhead, unjudgedYear, untoldGaps, withBeginnings } from './decide.ts'

const at = (text: string): Instant => Date.parse(`${text}+08:00`)
const week = { from: now, to: now + 7 * dayMs }
/** Saturday and Sunday are off; 2027 is not announced. */
const kindOf = (day: string) => {
  if (day.startsWith('2027')) return undefined
  return [0, 6].includes(weekdayOf(day)) ? 'off' : 'working'
}
const cover = (wish: Partial<Cover> = {}): Cover => ({
  ...{ id: 'c', body: 'committee', days: 'every-day', from: '20:00', to: '08:00', people: 1 },
  ...wish,
})
const posts = [held('a'), held('b', { rank: 2 })]
const hours = (post: string, from: string, to: string) =>
  shift(post, { from: at(from), to: at(to) })

/** Gaps as words: `from–to missing`. */
function gaps(known: Partial<Known>, from = week.from, to = week.to): string[] {
  const found = gapsAhead(made.known({ posts, ...known }), from, to, kindOf)
  const said = (instant: Instant) =>
    new Date(instant + 8 * hourMs).toISOString().slice(5, 16).replace('T', ' ')
  return found.map((gap) => `${said(gap.from)}–${said(gap.to)} ${gap.missing}`)
}

describe('gaps: hours ahead in which fewer are on than a cover wants', () => {
  const one = { from: at('2026-07-07T12:00'), to: at('2026-07-07T21:00') }
  const only = (known: Partial<Known>) => gaps(known, one.from, one.to)
  const covers = [cover()]
  const night = hours('a', '2026-07-07T20:00', '2026-07-08T08:00')

  test.each<[string, Partial<Known>, string[]]>([
    ['no cover, no roster, no gap', {}, []],
    ['nobody is planned', { covers }, ['07-07 20:00–07-08 08:00 1']],
    ['somebody is, the whole time', { covers, shifts: [night] }, []],
    [
      'a shift that begins a moment late',
      { covers, shifts: [{ ...night, from: night.from + minuteMs }] },
      ['07-07 20:00–07-07 20:01 1'],
    ],
    [
      'a shift that ends a moment early',
      { covers, shifts: [{ ...night, to: night.to - minuteMs }] },
      ['07-08 07:59–07-08 08:00 1'],
    ],
    [
      'a shift in the middle leaves two',
      { covers, shifts: [hours('a', '2026-07-07T22:00', '2026-07-08T02:00')] },
      ['07-07 20:00–07-07 22:00 1', '07-08 02:00–07-08 08:00 1'],
    ],
    [
      'two shifts that meet',
      {
        covers,
        shifts: [
          hours('a', '2026-07-07T20:00', '2026-07-08T02:00'),
          hours('b', '2026-07-08T02:00', '2026-07-08T08:00'),
        ],
      },
      [],
    ],
    [
      'leave in the shift, and nobody stands in',
      { covers, shifts: [night], leaves: [leave('a', null, { from: night.from, to: night.to })] },
      ['07-07 20:00–07-08 08:00 1'],
    ],
    [
      'leave in part of it',
      { covers, shifts: [night], leaves: [leave('a', null, { from: 0, to: night.from + hourMs })] },
      ['07-07 20:00–07-07 21:00 1'],
    ],
    [
      'a deputy of the same body fills it',
      { covers, shifts: [night], leaves: [leave('a', 'b', { from: 0, to: night.to })] },
      [],
    ],
    [
      'a deputy of another does not',
      {
        ...{ posts: [...posts, held('x', { body: 'other' })], covers, shifts: [night] },
        leaves: [leave('a', 'x', { from: 0, to: night.to })],
      },
      ['07-07 20:00–07-08 08:00 1'],
    ],
    [
      'one of two wanted',
      { covers: [cover({ people: 2 })], shifts: [night] },
      ['07-07 20:00–07-08 08:00 1'],
    ],
    ['none of two wanted', { covers: [cover({ people: 2 })] }, ['07-07 20:00–07-08 08:00 2']],
    [
      'who has two shifts at once is one person',
      { covers: [cover({ people: 2 })], shifts: [night, { ...night, id: 'again' }] },
      ['07-07 20:00–07-08 08:00 1'],
    ],
    [
      'a deputy who is on shift anyway is one person',
      {
        ...{ covers: [cover({ people: 2 })], shifts: [night, { ...night, post: posts[1]!.id }] },
        leaves: [leave('a', 'b', { from: 0, to: night.to })],
      },
      ['07-07 20:00–07-08 08:00 1'],
    ],
    [
      'the larger of two covers counts, they are not added',
      {
        covers: [cover(), cover({ id: 'd', from: '22:00', to: '23:00', people: 2 })],
        shifts: [night],
      },
      [],
    ],
    [
      'somebody of another body does not count',
      {
        ...{ posts: [...posts, held('x', { body: 'other' })], covers },
        shifts: [{ ...night, post: held('x').id, body: 'other' }],
      },
      ['07-07 20:00–07-08 08:00 1'],
    ],
  ])('%s', (_what, known, says) => {
    expect(only(known)).toEqual(says)
  })

  test('the larger of two covers is missed while it lasts', () => {
    const two = [cover(), cover({ id: 'd', from: '22:00', to: '02:00', people: 2 })]
    expect(gaps({ covers: two, shifts: [night] }, one.from, at('2026-07-07T23:00'))).toEqual([
      '07-07 22:00–07-08 02:00 1',
    ])
  })

  test('seven days of nights, none more; touching ones are one', () => {
    expect(gaps({ covers })).toHaveLength(7)
    expect(gaps({ covers: [cover({ from: '00:00', to: '24:00' })] })).toEqual([
      '07-07 00:00–07-15 00:00 1',
    ])
    expect(gaps({ covers: [cover({ from: '00:00', to: '00:00' })] })).toHaveLength(1)
  })

  test.each([
    ['a slot that begins at the end of the span is not yet ahead', '2026-07-14T20:00', 7],
    ['a moment before it is', '2026-07-14T20:01', 8],
  ])('%s', (_what, to, count) => {
    expect(gaps({ covers }, at('2026-07-07T08:00'), at(to))).toHaveLength(count)
  })

  test.each([
    ['a slot that ends at the beginning is over', '2026-07-07T08:00', 0],
    ['a moment before it runs, and keeps its beginning', '2026-07-07T07:59', 1],
  ])('%s', (_what, from, count) => {
    expect(gaps({ covers }, at(from), at('2026-07-07T12:00'))).toHaveLength(count)
  })

  test('what of a running slot is past is no gap ahead', () => {
    const shifts = [hours('a', '2026-07-07T10:00', '2026-07-07T20:00')]
    const day = [cover({ from: '08:00', to: '20:00' })]
    const end = at('2026-07-07T23:00')
    expect(gaps({ covers: day, shifts }, at('2026-07-07T09:00'), end)).toHaveLength(1)
    expect(gaps({ covers: day, shifts }, at('2026-07-07T10:00'), end)).toEqual([])
  })

  test('working days and days off, by the day on which the hours begin', () => {
    const working = [cover({ days: 'working', from: '09:00', to: '17:00' })]
    expect(gaps({ covers: working }).map((each) => each.slice(0, 5))).toEqual([
      ...['07-07', '07-08', '07-09', '07-10', '07-13'],
    ])
    expect(gaps({ covers: [cover({ days: 'off' })] })).toEqual([
      '07-11 20:00–07-12 08:00 1',
      '07-12 20:00–07-13 08:00 1',
    ])
  })

  test('a year without a calendar is said, not guessed', () => {
    const [from, to] = [at('2026-12-28T00:00'), at('2027-01-04T00:00')]
    const working = [cover({ days: 'working', from: '09:00', to: '17:00' })]
    expect(gaps({ covers: working }, from, to).map((each) => each.slice(0, 5))).toEqual([
      ...['12-28', '12-29', '12-30', '12-31'],
    ])
    expect(unjudgedYear(working, from, to, kindOf)).toBe(2027)
    expect(unjudgedYear(working, from, at('2027-01-01T09:00'), kindOf)).toBe(null)
    expect(unjudgedYear(working, from, at('2027-01-01T09:01'), kindOf)).toBe(2027)
    expect(unjudgedYear([cover()], from, to, kindOf)).toBe(null)
    expect(gaps({ covers: [cover()] }, from, to)).toHaveLength(8)
  })

  test('two bodies are judged each by itself', () => {
    const known = made.known({
      posts: [...posts, held('x', { body: 'other' })],
      covers: [cover(), cover({ id: 'o', body: 'other' })],
      shifts: [night],
    })
    const found = gapsAhead(known, one.from, one.to, kindOf)
    expect(found.map(({ body }) => body)).toEqual(['other'])
  })

  test('at every hour of any week a gap is there exactly where too few are on duty', () => {
    const span = fc
      .record({ start: fc.integer({ min: -24, max: 170 }), hours: fc.integer({ min: 1, max: 24 }) })
      .map(({ start, hours: long }) => ({
        from: now + start * hourMs,
        to: now + (start + long) * hourMs,
      }))
    const name = fc.constantFrom('a', 'b', 'c')
    const time = fc
      .integer({ min: 0, max: 23 })
      .map((hour) => `${String(hour).padStart(2, '0')}:00`)
    const everything = fc.record({
      shifts: fc.array(fc.record({ post: name, span }), { maxLength: 12 }),
      leaves: fc.array(fc.record({ post: name, deputy: fc.option(name), span }), { maxLength: 4 }),
      covers: fc.array(
        fc.record({
          ...{ from: time, to: time, people: fc.integer({ min: 1, max: 3 }) },
          days: fc.constantFrom('every-day' as const, 'working' as const, 'off' as const),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    fc.assert(
      fc.property(everything, ({ shifts, leaves, covers }) => {
        const known = made.known({
          posts: [...posts, held('c', { rank: 3 })],
          shifts: shifts.map((each) => shift(each.post, each.span)),
          leaves: leaves.map((each) => leave(each.post, each.deputy, each.span)),
          covers: covers.map((each) => cover(each)),
        })
        const found = gapsAhead(known, week.from, week.to, kindOf)
        for (let time = week.from; time < week.to; time += hourMs) {
          const wanted = Math.max(0, ...covers.filter((each) => isWanted(each, time)).map(people))
          const missing = Math.max(0, wanted - onDutyAmong(known, time).length)
          const gap = found.find(({ from, to }) => from <= time && time < to)
          expect(gap?.missing ?? 0).toBe(missing)
        }
      }),
      { numRuns: 200 },
    )
  })
})

const people = (each: { people: number }) => each.people

/** A second, slow answer whether a cover wants somebody at an instant. */
function isWanted(each: Pick<Cover, 'days' | 'from' | 'to'>, time: Instant): boolean {
  const clock = new Date(time + 8 * hourMs).toISOString().slice(11, 16)
  const isOn = (day: string) => each.days === 'every-day' || kindOf(day) === each.days
  const [today, yesterday] = [dayOf(time), dayOf(time - dayMs)]
  if (each.from < each.to) return isOn(today) && each.from <= clock && clock < each.to
  return (isOn(today) && each.from <= clock) || (isOn(yesterday) && clock < each.to)
}

describe('a gap is told once', () => {
  const gap = (wish: Partial<Gap> = {}): Gap => ({
    ...{ body: 'a', from: 100, to: 200, missing: 1 },
    ...wish,
  })
  test.each<[string, Gap, boolean]>([
    ['the same', gap(), false],
    ['what is left of it', gap({ from: 150 }), false],
    ['an earlier end', gap({ to: 199 }), false],
    ['a later end', gap({ to: 201 }), true],
    ['an earlier beginning', gap({ from: 99 }), true],
    ['more missing', gap({ missing: 2 }), true],
    ['another body', gap({ body: 'b' }), true],
  ])('%s', (_what, fresh, isTold) => {
    expect(untoldGaps([fresh], [gap()])).toEqual(isTold ? [fresh] : [])
  })

  test.each<[string, Gap, Instant, number]>([
    ['what runs of it keeps its beginning', gap({ from: 150, to: 300 }), 150, 100],
    ['to its very end', gap({ from: 200, to: 300 }), 200, 100],
    ['what comes after it does not', gap({ from: 201, to: 300 }), 201, 201],
    ['what is ahead of it does not', gap({ from: 150, to: 300 }), 149, 150],
    ['another body’s does not', gap({ body: 'b', from: 150 }), 150, 150],
    ['what began before keeps its own', gap({ from: 50 }), 150, 50],
  ])('%s', (_what, found, time, from) => {
    expect(withBeginnings([found], [gap()], time)).toEqual([{ ...found, from }])
  })

  test('a roster in which nothing is planned is one gap that grows, each with its beginning', () => {
    const covers = [cover({ from: '00:00', to: '24:00' })]
    let told: Gap[] = []
    const beginnings = Array.from({ length: 20 }, (_, day) => {
      const time = now + day * dayMs
      const ahead = gapsAhead(made.known({ posts, covers }), time, time + 7 * dayMs, kindOf)
      told = withBeginnings(ahead, told, time)
      return told.map(({ from }) => from)
    })
    expect(new Set(beginnings.flat())).toEqual(new Set([at('2026-07-07T00:00')]))
  })

  test('fewer missing than was told', () => {
    expect(untoldGaps([gap()], [gap({ missing: 2 })])).toEqual([])
    expect(untoldGaps([gap()], [])).toEqual([gap()])
  })
})
