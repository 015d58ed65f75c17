import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Definition } from '../definition/index.ts'
import type { VersionState, WorkshopAct } from '../types.ts'

/** A post as the history names it: never who held it. */
export type Held = { title: string; unit: string }

export type Version = {
  street: StreetCode
  rule: string
  version: number
  state: VersionState
  definition: Definition
  reason: string
  basedOn: number | null
  madeAt: Instant
  /** Null: it came with the program. */
  madeBy: (Held & { person: PersonId }) | null
  reviewedBy: Held | null
  inForceFrom: Instant | null
  inForceTo: Instant | null
}

export type VersionStep = {
  rule: string
  version: number
  act: WorkshopAct
  at: Instant
  by: Held | null
  reason: string
}
