import type { Instant } from '../../kernel/clock.ts'
import type { CommitteeCode } from '../../kernel/ids.ts'

/** Devices of one neighbourhood or kind. Unknown and never reported are figures of their own. */
export type Health = { alive: number; quiet: number; unknown: number; neverReported: number }

/** The worst of a neighbourhood: what colours its tile. `unknown`: nothing open, but no news. */
export const tileStates = ['emergency', 'overdue', 'soon', 'open', 'unknown', 'calm'] as const
export type TileState = (typeof tileStates)[number]

export type Minute = { at: Instant; heard: number }

/** What is usual at a minute: between these on the days compared. */
export type Usual = { at: Instant; low: number; high: number }

export type Named = { committee: CommitteeCode; name: string }
