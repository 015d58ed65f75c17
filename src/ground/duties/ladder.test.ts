import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capacities, matters } from '../../kernel/matter.ts'
import { isOnDuty, isOnLeave, ladderAmong, rungsAmong } from './decide.ts'
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
import type { Wanted } from './types.ts'

const names = ['a', 'b', 'c', 'd', 'x', 'g', 'o', 'p'] as const
const name = fc.constantFrom(...names)
const span = fc
  .record({ from: fc.integer({ min: now - 3, max: now + 2 }), ms: fc.integer({ min: 1, max: 4 }) })
  .map(({ from, ms }) => ({ from, to: from + ms }))
const bodyOf = { x: 'other', g: 'property', o: 'street', p: 'street' } as Record<string, string>
const places = [committee, `${committee}-01`, `${committee}-01-26`, home, `${committee}-02`, other]

/** Any street: posts of two committees, a property firm and the street, with whatever else. */
const anything = fc
  .record({
    there: fc.uniqueArray(name, { minLength: 1 }),
    ranks: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 8, maxLength: 8 }),
    shifts: fc.array(fc.record({ post: name, span }), { maxLength: 6 }),
    leaves: fc.array(fc.record({ post: name, deputy: fc.option(name), span }), { maxLength: 6 }),
    beats: fc.array(
      fc.record({
        post: name,
        place: fc.constantFrom(...places),
        matters: fc.option(fc.uniqueArray(fc.constantFrom(...matters), { minLength: 1 })),
      }),
      { maxLength: 6 },
    ),
    covers: fc.uniqueArray(fc.constantFrom('committee', 'other', 'property', 'street')),
  })
  .map(({ there, ranks, ...rest }) =>
    made.known({
      posts: there.map((id, at) => {
        const rank = ranks[at] ?? 1
        if (id === 'o' || id === 'p') return officer(id, { rank })
        if (id === 'x') return held(id, { rank, committee: other, body: 'other' })
        const firm = { role: 'property', bodyKind: 'property', committee: null } as const
        return id === 'g' ? held(id, { rank, ...firm, body: 'property' }) : held(id, { rank })
      }),
      shifts: rest.shifts.map((one) =>
        shift(one.post, { ...one.span, body: bodyOf[one.post] ?? 'committee' }),
      ),
      leaves: rest.leaves.map((one) => leave(one.post, one.deputy, one.span)),
      beats: rest.beats.map((one) => beat(one.post, one.place, one.matters)),
      covers: rest.covers.map(roster),
    }),
  )
const anyWanted = fc.record({
  matter: fc.constantFrom(...matters),
  place: fc.constantFrom(...places).map((place) => place as Wanted['place']),
  as: fc.constantFrom(...capacities),
})

describe('whatever the street is like', () => {
  test('nobody stands twice in a ladder, and it is never empty while there is an officer', () => {
    fc.assert(
      fc.property(anything, anyWanted, (known, want) => {
        const found = ladderAmong(known, want, now)
        expect(new Set(found).size).toBe(found.length)
        const officers = known.posts.filter(({ role }) => role === 'street')
        if (want.as !== 'worker' && want.as !== 'duty-officer') return
        for (const each of officers) expect(found).toContain(each)
        expect(found.at(-1)?.role).toBe(officers.length > 0 ? 'street' : found.at(-1)?.role)
      }),
      { numRuns: 2_000 },
    )
  })

  test('nobody on leave is asked while somebody of the same step is there', () => {
    fc.assert(
      fc.property(anything, anyWanted, (known, want) => {
        const rungs = rungsAmong(known, want, now)
        for (const { post, step } of rungs) {
          if (step !== 'officer') expect(isOnLeave(known, post.id, now)).toBe(false)
        }
        const away = rungs
          .filter(({ step }) => step === 'officer')
          .map(({ post }) => isOnLeave(known, post.id, now))
        expect(away).toEqual(away.toSorted((a, b) => Number(a) - Number(b)))
      }),
      { numRuns: 2_000 },
    )
  })

  test('before the officers only those on duty are asked, and of the right bodies', () => {
    fc.assert(
      fc.property(anything, anyWanted, (known, want) => {
        for (const { post, step } of rungsAmong(known, want, now)) {
          if (step === 'officer') continue
          expect(isOnDuty(known, post.id, now)).toBe(true)
          if (want.as === 'worker') expect(post.committee).toBe(want.place.slice(0, 12))
          else expect(post.bodyKind).toBe(want.as)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('in a body with a roster somebody is on duty only by a shift of now', () => {
    fc.assert(
      fc.property(anything, (known) => {
        const body = new Set(known.covers.map((cover) => cover.body))
        for (const post of known.posts) {
          const running = known.shifts.filter(({ from, to }) => from <= now && now < to)
          if (!body.has(post.body)) {
            expect(isOnDuty(known, post.id, now)).toBe(!isOnLeave(known, post.id, now))
            continue
          }
          const isOwn = running.some((one) => one.post === post.id)
          if (isOwn && !isOnLeave(known, post.id, now)) {
            expect(isOnDuty(known, post.id, now)).toBe(true)
          }
          const deputised = known.leaves.some(({ deputy }) => deputy === post.id)
          if (!isOwn && !deputised) expect(isOnDuty(known, post.id, now)).toBe(false)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
