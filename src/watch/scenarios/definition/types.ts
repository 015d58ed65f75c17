import type { Definition } from './schema.ts'

export type { Definition, Leaf, Only, Signal, Step, Tell, When } from './schema.ts'

/**
 * Why a definition is refused. The first group is about its shape, the second about what it says.
 * Pages have a sentence for each.
 */
export const problemWords = [
  'malformed',
  'missing',
  'unknown-field',
  'wrong-type',
  'wrong-form',
  'not-in-list',
  'too-small',
  'too-large',
  'too-few',
  'too-many',
  'too-short',
  'too-long',
  'repeated',
  'too-deep',

  /** A kind does not say such a thing. `more`: what it says. */
  'unknown-state',
  'unknown-measure',
  /** What only happens cannot have lasted. */
  'moment-cannot-last',
  /** The measure goes up and down, so that a day's use cannot be told from it. */
  'measure-not-counting',
  /** No sensor of this kind may serve the purpose, or none in such a place. */
  'kind-not-of-purpose',
  /** A gap is only ever too long. */
  'gap-above-only',
  /** The core keeps one clock of life a rule and home. */
  'one-silence-of-life',
  /** A device that does not speak covers nothing, so this would never be true. */
  'silent-and-covered',
  'no-such-day',

  'name-reserved',
  'names-a-person',

  'consent-missing',
  'consent-unfit',
  /** Somebody agreed for a home, so it is judged per home. */
  'consent-per-home',
  /** What tells of a person is judged only while every sensor works. */
  'coverage-missing',
  /** The wandering guard begins at the door and at nothing else. */
  'wandering-needs-door',
  /** Somebody would be sent before 48 covered hours. `more`: the minutes that would do. */
  'below-floor',
  'ask-sends-nobody',
  /** Without an agreement nobody is known whom one could ask or ring. */
  'nobody-to-ask',
  /** Whoever is asked and stirs meanwhile would be visited all the same. `more`: what would do. */
  'asks-past-a-sign',
  'family-first',
  'act-unfit',

  'quiet-on-emergency',
  'quiet-all-day',
  'emergency-always',
  'emergency-cannot-wait',

  'health-only',
  'health-per-device',

  'peers-alone',
  'peers-per-home',
  'peers-purpose',
  'crowding-needs-peers',
  'measure-too-fine',
  'expires-too-late',
  'stops-missing',
  'workers-only',

  'steps-out-of-order',
  /** Somebody whose work it is has to be on the list. */
  'nobody-keeps-it',
  'outside-street',
] as const
export type ProblemWord = (typeof problemWords)[number]

/** `field`: where, as `when.of.1.minutes`; '' is the whole. `more`: what would do, or is allowed. */
export type Problem = { field: string; because: ProblemWord; more?: string | number }

/** Where a rule is to be in force. */
export type CheckContext = {
  street: string
  /** The street's neighbourhoods, where they are known. */
  committees?: readonly string[]
}

declare const checked: unique symbol

/**
 * A definition without problems, frozen. Only `checkDefinition` makes one, so that nothing else can
 * be armed: a rule over personal readings without consent does not compile as data.
 */
export type CheckedDefinition = Definition & { readonly [checked]: true }
