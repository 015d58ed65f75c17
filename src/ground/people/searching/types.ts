import type { HomeCode } from '../../../kernel/ids.ts'

/** What is known of a person in one committee, for its words. Numbers are keyed hashes. */
export type Facts = {
  committee: string
  name: string
  reading: string | null
  homes: readonly { home: HomeCode; building: string | null }[]
  tails: readonly string[]
  numbers: readonly string[]
}

export type Compound = { code: string; name: string }

export type Word = {
  kind: 'name' | 'sound' | 'compound' | 'building' | 'stair' | 'room' | 'tail' | 'number'
  text: string
  isPrefix: boolean
}

/** A part of what somebody typed. */
export type Piece =
  | { is: 'letters'; text: string }
  | { is: 'sound'; text: string }
  | { is: 'compound'; codes: readonly string[] }
  | { is: 'building' | 'stair' | 'room'; text: string }
  | { is: 'hyphened'; parts: readonly string[] }
  /** `isWhole`: it stands alone, so it may be the end of a telephone. */
  | { is: 'number'; text: string; isWhole: boolean }

export const hitsMax = 20
