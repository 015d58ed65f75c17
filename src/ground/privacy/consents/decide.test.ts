import { describe, expect, test } from 'vitest'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { handRelations } from '../../../kernel/asker.ts'
import { isLive, mayEnd, standingOf, wordsHoldUntil, type Known } from './decide.ts'
import type { KnownConsent } from './types.ts'

const now: Instant = Date.parse('2026-07-07T08:00:00+08:00')

const consent = (more: Partial<KnownConsent> = {}): KnownConsent => ({
  ...{ purpose: 'agreed-care', givenAt: now - 10 * dayMs, until: now + 355 * dayMs },
  ...{ endedAt: null, givenBy: 'person', isOnPaper: false, textVersion: 2, hasOldWords: false },
  ...more,
})

const known = (more: Partial<Known> = {}): Known => ({
  ...{ consents: [], isOn: true, presentVersion: 2, newerSince: undefined },
  ...{ notAskedUntil: undefined, now, ...more },
})

const is = (more: Partial<Known>) => standingOf('agreed-care', known(more)).is

describe('how it stands', () => {
  test.each<[string, string, Partial<Known>]>([
    ['never', 'nobody ever agreed', {}],
    ['off', 'the street has not switched it on', { isOn: false }],
    ['live', 'they agree', { consents: [consent()] }],
    ['ended', 'they ended it', { consents: [consent({ endedAt: now - 1 })] }],
    ['refused', 'they said no', { notAskedUntil: now + 1 }],
    ['never', 'the twelve months of their no are over', { notAskedUntil: now }],
    [
      'refused',
      'they ended it and then said no',
      { consents: [consent({ endedAt: now - 1 })], notAskedUntil: now + 1 },
    ],
    [
      'off',
      'they agree, and the street has switched it off',
      { consents: [consent()], isOn: false },
    ],
    ['live', 'its last moment has not come', { consents: [consent({ until: now + 1 })] }],
    ['ended', 'its last moment has come', { consents: [consent({ until: now })] }],
    ['ended', 'its words hold no more', { consents: [consent({ hasOldWords: true })] }],
  ])('%s: %s', (expected, _, more) => {
    expect(is(more)).toBe(expected)
  })

  test('a yes does not show the no before it', () => {
    const both = known({ consents: [consent()], notAskedUntil: now + dayMs })
    expect(standingOf('agreed-care', both).notAskedUntil).toBeNull()
  })

  test('what is over is listed with its dates, newest first, ten at most', () => {
    const past = Array.from({ length: 12 }, (_, n) =>
      consent({ givenAt: now - (n + 2) * dayMs, endedAt: now - (n + 1) * dayMs }),
    )
    const { before } = standingOf('agreed-care', known({ consents: [consent(), ...past] }))
    expect(before).toHaveLength(10)
    expect(before[0]).toEqual({ since: now - 2 * dayMs, endedAt: now - dayMs, by: 'person' })
  })

  test('one past its date that nobody has written down yet ended at its date', () => {
    const over = consent({ until: now - dayMs })
    expect(standingOf('agreed-care', known({ consents: [over] })).before).toEqual([
      { since: over.givenAt, endedAt: now - dayMs, by: 'person' },
    ])
  })
})

describe('words that have changed', () => {
  const since = now - 29 * dayMs
  const old = consent({ textVersion: 1 })

  test('older words are asked anew by a day, thirty days after the newer came', () => {
    const { renewBy, is: stands } = standingOf(
      'agreed-care',
      known({ consents: [old], newerSince: since }),
    )
    expect(stands).toBe('live')
    expect(renewBy).toBe(since + 30 * dayMs)
    expect(wordsHoldUntil(since)).toBe(since + 30 * dayMs)
  })

  test('whoever agreed to the present ones is asked nothing', () => {
    const at = known({ consents: [consent()], newerSince: since })
    expect(standingOf('agreed-care', at).renewBy).toBeNull()
  })

  test('once they hold no more it ended on that day', () => {
    const gone = { ...old, hasOldWords: true }
    const began = now - 31 * dayMs
    const { is: stands, before } = standingOf(
      'agreed-care',
      known({ consents: [gone], newerSince: began }),
    )
    expect(stands).toBe('ended')
    expect(before[0]?.endedAt).toBe(began + 30 * dayMs)
    expect(isLive(gone, now)).toBe(false)
  })
})

test('kin may end for somebody; who only helps and a clerk may not, and the person always', () => {
  expect(mayEnd(null)).toBe(true)
  expect(handRelations.filter((hand) => mayEnd(hand))).toEqual(['child', 'kin'])
})
