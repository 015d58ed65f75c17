import type { Post } from '../../kernel/asker.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PlaceCode, PostId } from '../../kernel/ids.ts'
import type { Capacity, Matter } from '../../kernel/matter.ts'

export const bodyKinds = [
  'street',
  'committee',
  'village-committee',
  'property',
  'police',
  'clinic',
  'volunteers',
] as const
export type BodyKind = (typeof bodyKinds)[number]

/** A post with who holds it; `rank` 1 is asked first, then the deputies in order. */
export type HeldPost = Post & {
  person: PersonId
  body: string
  bodyKind: BodyKind
  rank: number
}

/** What a post is asked for: a place with all below it; null: every matter. */
export type Beat = { post: PostId; place: PlaceCode; matters: readonly Matter[] | null }

export type Span = { from: Instant; to: Instant }
export type Shift = Span & { id: string; body: string; post: PostId }
export type Leave = Span & { id: string; post: PostId; deputy: PostId | null }

export const coverDays = ['every-day', 'working', 'off'] as const

/** A shift is at most so long. */
export const shiftMsMax = dayMs

/** Hours that a body's roster must fill, in the town's time, 'HH:MM'; over midnight if to ≤ from. */
export type Cover = {
  id: string
  body: string
  days: (typeof coverDays)[number]
  from: string
  to: string
  people: number
}

/** What is known of a street's duties: who holds a post, and what touches the time asked of. */
export type Known = {
  posts: readonly HeldPost[]
  beats: readonly Beat[]
  shifts: readonly Shift[]
  leaves: readonly Leave[]
  covers: readonly Cover[]
}

export type Wanted = { matter: Matter; place: PlaceCode; as: Capacity }

export type Responsible = {
  post: PostId
  person: PersonId
  title: string
  unit: string
  committee: CommitteeCode | null
}

/** Why somebody stands in a ladder, in a word. */
export const steps = ['beat', 'rank', 'deputy', 'officer'] as const
export type Step = (typeof steps)[number]
export type Rung = { post: HeldPost; step: Step }

/** Hours ahead in which fewer than wanted are on duty. */
export type Gap = Span & { body: string; missing: number }
