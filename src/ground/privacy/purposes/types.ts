import type { Instant } from '../../../kernel/clock.ts'
import type { Purpose } from '../../../kernel/purpose.ts'

/** What a street thought through before it switched a purpose on, and who wrote it (个保法 56). */
export type Impact = {
  impact: string
  purpose: Purpose
  at: Instant
  title: string
  unit: string
  necessity: string
  risks: string
  measures: string
  /** An upgrade carried it over; nobody has thought it through yet. */
  isCarriedOver: boolean
}

/** The last turn of a purpose's switch. */
export type Turn = { turn: number; isOn: boolean; at: Instant; title: string; unit: string }

/** The upgrade: nobody's hand. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** Fewer are told as fewer than so many, also to officers (k ≥ 10). */
export const leastCounted = 10
