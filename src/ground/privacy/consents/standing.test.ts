import { describe, expect, test } from 'vitest'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { standingOf, type Known, type Standing } from './decide.ts'
import type { KnownConsent } from './types.ts'

const now: Instant = Date.parse('2026-07-07T08:00:00+08:00')

const consent = (more: Partial<KnownConsent> = {}): KnownConsent => ({
  ...{ purpose: 'agreed-care', givenAt: now - 10 * dayMs, until: now + 355 * dayMs },
  ...{ endedAt: null, givenBy: 'guardian', isOnPaper: true, textVersion: 2, hasOldWords: false },
  ...more,
})

function standing(more: Partial<Known>): Standing {
  return standingOf('agreed-care', {
    ...{ consents: [], isOn: true, presentVersion: 2, newerSince: undefined },
    ...{ notAskedUntil: undefined, now, ...more },
  })
}

const silent = {
  ...{ purpose: 'agreed-care', presentVersion: 2, since: null, until: null, by: null },
  ...{ isOnPaper: false, textVersion: null, renewBy: null, notAskedUntil: null, before: [] },
}

describe('the whole of what is said', () => {
  test('of a purpose that nobody ever agreed to is that, and nothing else', () => {
    expect(standing({})).toEqual({ ...silent, is: 'never' })
    expect(standing({ isOn: false })).toEqual({ ...silent, is: 'off' })
  })

  test('of a living agreement is when, until when, who, how and by which words', () => {
    const facts = { since: now - 10 * dayMs, until: now + 355 * dayMs, by: 'guardian' }
    const live = { ...silent, ...facts, is: 'live', isOnPaper: true, textVersion: 2 }
    expect(standing({ consents: [consent()] })).toEqual(live)
  })

  test('of a no is until when nobody asks, to the moment', () => {
    const is = { ...silent, is: 'refused', notAskedUntil: now + 1 }
    expect(standing({ notAskedUntil: now + 1 })).toEqual(is)
    expect(standing({ notAskedUntil: now })).toEqual({ ...silent, is: 'never' })
    expect(standing({ notAskedUntil: now - 1 })).toEqual({ ...silent, is: 'never' })
  })
})

test('what is over is listed by when it ended, whichever order it is known in', () => {
  const ended = [3, 1, 2].map((days) => consent({ endedAt: now - days * dayMs }))
  const { before } = standing({ consents: ended })
  expect(before.map(({ endedAt }) => endedAt)).toEqual([1, 2, 3].map((days) => now - days * dayMs))
})

test('newer words shorten nothing that did not stand on the old ones', () => {
  const until = now - dayMs
  const over = consent({ givenAt: until - 365 * dayMs, until })
  const { before } = standing({ consents: [over], newerSince: now - 100 * dayMs })
  expect(before.map(({ endedAt }) => endedAt)).toEqual([until])
})
