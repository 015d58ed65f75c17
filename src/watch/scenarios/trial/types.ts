import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { DeviceKind } from '../../devices/index.ts'
import type { Definition } from '../definition/index.ts'
import type { Agreement, Message, StreetSensor } from '../kernel/street-types.ts'

/** Where a figure comes from. The two are counted apart and never added without saying so. */
export const sources = ['simulated', 'stored'] as const
export type Source = (typeof sources)[number]

/** A stretch in which a sensor spoke as often as it promised, [from, to]. */
export type Cover = { sensor: string; from: Instant; to: Instant }

/**
 * Something that was really so: planted in a simulated day, or found by a person. `from` and
 * `until`: in that time a finding about `place` or `sensor` is about it. `about`: which rules could
 * have noticed it: a kind, a kind and its state ('smoke alarm'), or any.
 */
export type Matter = {
  about: 'any' | 'life' | 'wandering' | DeviceKind | `${DeviceKind} ${string}`
  place: string
  sensor: string | null
  from: Instant
  until: Instant
  outcome: Outcome
}

/**
 * What is kept of real days, at most 72 hours or 30 days of it, and what people found in them.
 * Only whole days are used: from the first 00:00 in Shanghai at or after `from`.
 */
export type Stored = {
  from: Instant
  messages: readonly Message[]
  covers: readonly Cover[]
  known: readonly Matter[]
}

export type DayKind = 'working' | 'off'

/**
 * A draft beside the version in force, both over the same messages. `until`: 00:00 in Shanghai,
 * where the last day ends. `calendar`: days of published years. `capacityPerDay`: visits that the
 * street's workers can make.
 */
export type TrialInput = {
  street: string
  draft: Definition
  inForce: Definition | null
  sensors: readonly StreetSensor[]
  agreements: readonly Agreement[]
  days: number
  until: Instant
  seed: number
  calendar: ReadonlyMap<string, DayKind>
  capacityPerDay: number
  stored: Stored | null
}

/**
 * What came of one version. `asks`: the person was asked and nobody went. `outcomes`: what those
 * who went found; `unknown`: nobody went, so nobody knows, and it is neither fine nor a hazard.
 * `caught` and `missed`: of the matters that needed somebody.
 */
export type Tally = {
  visits: number
  asks: number
  outcomes: { outcome: Outcome; count: number }[]
  unknown: number
  caught: number
  missed: number
}

export type Side = Tally & {
  perDay: number
  workerHours: number
  /** Days on which the visits are more than the street's workers can make. */
  daysOverCapacity: number
  /** The same, by where the days come from: never mixed without saying so. */
  bySource: Record<Source, Tally>
  /**
   * Fine, away, sensor fault or wrong home, in simulated days; what is unknown is not in it. Null
   * without agreed homes or without simulated days.
   */
  falseVisitsPer1000HomesWeek: number | null
}

export type TrialDay = {
  day: string
  committee: string
  draft: number
  inForce: number
  source: Source
}

export type CommitteeLoad = {
  committee: string
  draft: { visits: number; workerHours: number }
  inForce: { visits: number; workerHours: number }
}

/** `place` is null where it would name a home. */
export type TrialExample = {
  at: Instant
  committee: string
  place: string | null
  source: Source
  by: 'both' | 'draft' | 'in-force'
  outcome: Outcome | 'unknown'
}

export type TrialResult = {
  rule: string
  seed: number
  /** Days in Shanghai; both are judged. */
  from: string
  to: string
  /** Of the days that were judged, rounded up: a part is never shown as none. */
  simulatedPercent: number
  /** The first real day; null where all is simulated. */
  storedFrom: Instant | null
  messages: Record<Source, number>
  /** Homes that agreed. */
  homes: number
  /** Matters in these days that needed somebody. */
  known: number
  capacityPerDay: number
  /** Every committee on every day. */
  days: TrialDay[]
  perCommittee: CommitteeLoad[]
  draft: Side
  inForce: Side | null
  examples: TrialExample[]
}
