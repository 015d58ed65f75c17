import type { HandRelation } from '../../../kernel/asker.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { oldWordsDays } from '../types.ts'
import type { ConsentPurpose, Giver } from '../types.ts'
import type { KnownConsent } from './types.ts'

/** How it stands with one purpose, for the person whose consent it is. */
export type Standing = {
  purpose: ConsentPurpose
  is: 'live' | 'refused' | 'off' | 'ended' | 'never'
  since: Instant | null
  until: Instant | null
  by: Giver | null
  isOnPaper: boolean
  /** Of a living one: the words that were agreed to. */
  textVersion: number | null
  presentVersion: number
  /** Newer words are in use: agreed to again by then, or it ends. */
  renewBy: Instant | null
  notAskedUntil: Instant | null
  /** Those that are over, newest first. */
  before: { since: Instant; endedAt: Instant; by: Giver }[]
}

export type Known = {
  /** Of this purpose, newest first. */
  consents: readonly KnownConsent[]
  isOn: boolean
  presentVersion: number
  newerSince: Instant | undefined
  notAskedUntil: Instant | undefined
  now: Instant
}

const beforeMax = 10

export function isLive({ endedAt, until, hasOldWords }: KnownConsent, now: Instant): boolean {
  return endedAt === null && now < until && !hasOldWords
}

/** When words that are not in use any more hold no longer. */
export function wordsHoldUntil(newerSince: Instant): Instant {
  return newerSince + oldWordsDays * dayMs
}

export function standingOf(purpose: ConsentPurpose, known: Known): Standing {
  const { consents, isOn, presentVersion, newerSince, now } = known
  const live = isOn ? consents.find((one) => isLive(one, now)) : undefined
  const refusedUntil = known.notAskedUntil ?? 0
  const before = consents
    .filter((one) => one !== live)
    .map((one) => ({ since: one.givenAt, endedAt: endOf(one, known), by: one.givenBy }))
    .toSorted((one, other) => other.endedAt - one.endedAt)
    .slice(0, beforeMax)
  const isOld = live !== undefined && live.textVersion < presentVersion
  return {
    ...{ purpose, before, presentVersion },
    is: live ? 'live' : refusedUntil > now ? 'refused' : silentOf(isOn, before.length > 0),
    since: live?.givenAt ?? null,
    until: live?.until ?? null,
    by: live?.givenBy ?? null,
    isOnPaper: live?.isOnPaper ?? false,
    textVersion: live?.textVersion ?? null,
    renewBy: isOld && newerSince !== undefined ? wordsHoldUntil(newerSince) : null,
    notAskedUntil: live || refusedUntil <= now ? null : refusedUntil,
  }
}

function silentOf(isOn: boolean, wasGiven: boolean): 'off' | 'ended' | 'never' {
  return isOn ? (wasGiven ? 'ended' : 'never') : 'off'
}

/** One that is over and not written down as such: it was over when its time or its words were. */
function endOf({ endedAt, until, hasOldWords }: KnownConsent, known: Known): Instant {
  if (endedAt !== null) return endedAt
  const words =
    hasOldWords && known.newerSince !== undefined ? wordsHoldUntil(known.newerSince) : until
  return Math.min(until, words, known.now)
}

/** Kin may take back what a person agreed to; whoever only helps, and a clerk, may not. */
export function mayEnd(hand: HandRelation | null): boolean {
  return hand === null || hand === 'child' || hand === 'kin'
}
