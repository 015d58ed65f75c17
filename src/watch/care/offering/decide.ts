import { dayOf, startOfDay, timeOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { CommitteeCode, HomeCode, PersonId, TaskId } from '../../../kernel/ids.ts'
import { committeeOf } from '../../../ground/places/index.ts'

/** Asked at eighty, by a visit (rules §10.3). */
export const offerAge = 80
/** Of one committee's workers, each day, and open at once (parameters; no law says it). */
export const offersADayMax = 2
export const offersOpenMax = 10
const hours = { from: '08:00', to: '17:00' }

export type Offer = {
  person: PersonId
  committee: CommitteeCode
  task: TaskId
  offeredAt: Instant
  endedAt: Instant | null
  /** Null: not again, as long as nobody changes it. */
  againAt: Instant | null
}

export type Old = { person: PersonId; home: HomeCode; bornOn: string }

/** Born on this day or before, one is eighty now. As text: a 29 February may not be a day. */
export function bornByFor(now: Instant): string {
  const today = dayOf(now)
  return `${Number(today.slice(0, 4)) - offerAge}${today.slice(4)}`
}

/** Nobody's inbox fills at night. */
export function isOfferTime(now: Instant): boolean {
  const time = timeOf(now)
  return hours.from <= time && time < hours.to
}

/**
 * Whom to ask next, the eldest first, so many of each committee. Not whoever agreed, said no within
 * twelve months, or was asked and may not be asked again yet.
 */
export function whomToOffer(
  old: readonly Old[],
  known: {
    offers: readonly Offer[]
    agreed: ReadonlySet<PersonId>
    refused: ReadonlySet<PersonId>
  },
  now: Instant,
): Old[] {
  const asked = new Map(known.offers.map((one) => [one.person, one]))
  const left = new Map<CommitteeCode, number>()
  for (const committee of new Set(old.map(({ home }) => committeeOf(home)))) {
    left.set(committee, roomIn(known.offers, committee, now))
  }
  const chosen: Old[] = []
  for (const one of old.toSorted(byAge)) {
    const committee = committeeOf(one.home)
    const room = left.get(committee) ?? 0
    const isSettled = known.agreed.has(one.person) || known.refused.has(one.person)
    if (room < 1 || isSettled || !mayAsk(asked.get(one.person), now)) continue
    left.set(committee, room - 1)
    chosen.push(one)
  }
  return chosen
}

function mayAsk(offer: Offer | undefined, now: Instant): boolean {
  return !offer || (offer.againAt !== null && offer.againAt <= now)
}

function roomIn(offers: readonly Offer[], committee: CommitteeCode, now: Instant): number {
  const ours = offers.filter((one) => one.committee === committee)
  const today = ours.filter(({ offeredAt }) => offeredAt >= startOfDay(now)).length
  const open = ours.filter(({ endedAt }) => endedAt === null).length
  return Math.min(offersADayMax - today, offersOpenMax - open)
}

function byAge(a: Old, b: Old): number {
  return a.bornOn < b.bornOn ? -1 : a.bornOn > b.bornOn ? 1 : a.person < b.person ? -1 : 1
}

const yearMs = 365 * dayMs

/**
 * After a visit: when the person may be asked again. Whoever was not met soon, whoever wants to
 * think it over in three months, all others not within a year.
 */
export function againAfter(outcome: Outcome, hasAgreed: boolean, at: Instant): Instant {
  if (outcome === 'away') return at + 14 * dayMs
  if (outcome === 'fine' && !hasAgreed) return at + 90 * dayMs
  return at + yearMs
}

/** Ended, or said no, in their own words: nobody asks for a year. */
export function againAfterEnd(at: Instant): Instant {
  return at + yearMs
}
