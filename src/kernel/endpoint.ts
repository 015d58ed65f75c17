import { Type, type Static, type TSchema, type TString } from 'typebox'
import type { Level, Who } from './access.ts'
import type { Purpose } from './purpose.ts'

export type { Role, StaffRole } from './access.ts'

/**
 * A personal datum, in the words of the book of looks. A new one does not compile until it has its
 * sentence in both languages.
 */
export type Sees =
  | 'name'
  | 'age'
  | 'address'
  | 'phone'
  | 'contacts'
  | 'last-seen'
  | 'care-plan'
  | 'consents'
  | 'looks'
  | 'visit-outcome'
  | 'post'
  | 'id-number'
  | 'household'
  | 'ownership'
  | 'account'

/** How a datum was reached. */
export const hows = [
  'page',
  'list',
  'search',
  'export',
  'print',
  'push',
  'rule',
  'command',
  /** Nothing was only shown: something was done in the person's name. */
  'act',
] as const
export type How = (typeof hows)[number]

type Path = { get: `/${string}`; post?: never } | { post: `/${string}`; get?: never }

/**
 * One endpoint, written once and read by five: server, browser, book of looks, PRIVACY.md, OpenAPI.
 * `sees` names every personal datum of another person that an answer may hold; where it is not
 * empty the look is in the book before the answer leaves. `bodyBytesMax` defaults to 64 KiB.
 * `level`: a resident must have proven so much; it cannot be skipped. `stepUp`: staff must have
 * shown within minutes that they still are who signed in. `inPerson`: not for somebody who acts for
 * another by a grant. `finds`: people are found by it, one after the other; counted and limited a
 * post.
 */
export type Endpoint<I extends TSchema = TSchema, O extends TSchema = TSchema> = Path & {
  who: Who
  sees: readonly Sees[]
  why: Purpose
  how?: How
  level?: Level
  stepUp?: true
  inPerson?: true
  finds?: true
  input: I
  output: O
  says: string
  bodyBytesMax?: number
}

export type Input<E extends Endpoint> = Static<E['input']>
export type Output<E extends Endpoint> = Static<E['output']>

export function endpoint<const E extends Endpoint>(contract: E): E {
  return contract
}

/** A closed object: unknown fields are refused, never dropped in silence. */
export function closed<T extends Record<string, TSchema>>(properties: T) {
  return Type.Object(properties, { additionalProperties: false })
}

const controls = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f'
/** What takes no room and joins nothing: two names that look alike would be two. */
const unseen = '\\u200b\\u2060\\ufeff'
/** The first ones, and what ends a line or a cell. */
const ends = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029'
/** Marks, embeddings, overrides and isolates of the writing direction (Unicode UAX 9). */
const turners = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'

/** Text that a person wrote. Length in characters; NUL and what turns the direction are refused. */
export function text(limits: { min?: number; max: number }): TString {
  return Type.String({
    minLength: limits.min ?? 0,
    maxLength: limits.max,
    pattern: `^[^${controls}${turners}]*$`,
  })
}

/** A name or a title: one line, which stands in a cell of a table without breaking it. */
export function line(limits: { min?: number; max: number }): TString {
  return Type.String({
    minLength: limits.min ?? 0,
    maxLength: limits.max,
    pattern: `^[^${ends}${turners}${unseen}]*$`,
  })
}

/** One of a closed list of words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return Type.Unsafe<T[number]>(Type.String({ enum: [...words] }))
}

/** An instant on the wire: ISO 8601 with zone, in UTC. */
export function instant() {
  return Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000, description: 'ms since 1970' })
}

export function maybe<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}
