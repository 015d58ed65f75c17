import { Type, type Static, type TSchema } from 'typebox'
import { closed, maybe, oneOf, text } from '../../../kernel/contract.ts'
import { deviceKinds, devicePurposes } from '../../devices/index.ts'
import { conditions } from '../../sensing/index.ts'

/**
 * A rule as data. Everything that a street may change stands here and nowhere else; the kernel is
 * made of it, the sentence is written from it, and it leaves and comes back as JSON.
 *
 * Times are whole minutes, shares are whole percent, hours of the day are 'HH:MM' in Shanghai. A
 * stretch that ends before it begins goes over midnight. What each leaf means in time is said in
 * `kernel/patterns`, for fast and slow judges alike.
 */

/** Something that a device says: any of these states of this kind. */
export const signal = closed({
  kind: oneOf(deviceKinds),
  states: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
    minItems: 1,
    maxItems: 8,
    uniqueItems: true,
  }),
})
export type Signal = Static<typeof signal>

const yearMinutes = 527_040
const minutes = Type.Integer({ minimum: 1, maximum: yearMinutes })
const minutesOrNone = Type.Integer({ minimum: 0, maximum: yearMinutes })
const percent = Type.Integer({ minimum: 1, maximum: 10_000 })
const number = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })
const side = oneOf(['above', 'below'])

/**
 * `silence`: no sign for so long, while the sensors worked. `signs` null: no sign of life at all,
 * from any sensor that serves an agreement. `state`: a state, for so long. `threshold`: a number
 * above or below, for so long. `count`: so often within a window. `sequence`: one thing, and then
 * for so long not the other. `habit`: against what is usual for this very place, as a share of it.
 * `health`: something is wrong with a device; `silent` is one that does not speak any more.
 * `peers`: daily sums of a home against homes of the same building, on so many of so many days.
 */
const leaves = [
  closed({
    is: Type.Literal('silence'),
    signs: maybe(Type.Array(signal, { minItems: 1, maxItems: 8 })),
    minutes,
  }),
  closed({ is: Type.Literal('state'), signal, minutes: minutesOrNone }),
  closed({
    is: Type.Literal('threshold'),
    measure: Type.String({ minLength: 1, maxLength: 40 }),
    side,
    number,
    minutes: minutesOrNone,
  }),
  closed({
    is: Type.Literal('count'),
    signal,
    atLeast: Type.Integer({ minimum: 1, maximum: 100 }),
    minutes,
  }),
  closed({ is: Type.Literal('sequence'), first: signal, then: signal, minutes }),
  closed({
    is: Type.Literal('habit'),
    of: oneOf(['gap', 'count', 'use']),
    /** What is counted, or a measure that counts up; null: signs of life. */
    signal: maybe(signal),
    side,
    percent,
    /** Days that must have been watched in full before anything is judged. */
    days: Type.Integer({ minimum: 7, maximum: 90 }),
  }),
  closed({ is: Type.Literal('health'), condition: oneOf([...conditions, 'silent']) }),
  closed({
    is: Type.Literal('peers'),
    measures: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
      minItems: 2,
      maxItems: 4,
      uniqueItems: true,
    }),
    percent,
    days: Type.Integer({ minimum: 1, maximum: 28 }),
    ofDays: Type.Integer({ minimum: 7, maximum: 28 }),
    peersMin: Type.Integer({ minimum: 10, maximum: 1_000 }),
  }),
] as const
export const leafKinds = [
  'silence',
  'state',
  'threshold',
  'count',
  'sequence',
  'habit',
  'health',
  'peers',
] as const

const leaf = Type.Union([...leaves])
const notLeaf = closed({ is: Type.Literal('not'), of: leaf })

function joined<const Is extends 'all' | 'any', Part extends TSchema>(is: Is, part: Part) {
  return closed({ is: Type.Literal(is), of: Type.Array(part, { minItems: 2, maxItems: 5 }) })
}

/** *and*, *or* and *not*, three deep: deeper rules cannot be read as a sentence. */
const inner = Type.Union([...leaves, notLeaf])
const middle = Type.Union([...leaves, notLeaf, joined('all', inner), joined('any', inner)])
const when = Type.Union([...leaves, notLeaf, joined('all', middle), joined('any', middle)])
export type Leaf = Static<typeof leaf>
export type When = Static<typeof when>

const timeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
const dayOfYear = Type.String({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })
const hours = closed({ from: timeOfDay, to: timeOfDay })

/** Working days are those of the calendar that the year published; without one nobody guesses. */
export const dayKinds = ['every-day', 'working-days', 'days-off'] as const
const only = closed({
  hours: maybe(hours),
  days: oneOf(dayKinds),
  season: maybe(closed({ from: dayOfYear, to: dayOfYear })),
})

/** Who is told. `person` is asked and nobody is sent; `contact` and `volunteer` help by agreement. */
export const tellKinds = [
  'person',
  'contact',
  'volunteer',
  'worker',
  'property',
  'duty-officer',
] as const
export type Tell = (typeof tellKinds)[number]

/**
 * One after the other until a person answers. `withinMinutes`: how long the one who is told has;
 * after that the next one is told. The last one keeps the matter. Whole days of a repair or of a
 * check at home are working days.
 */
const step = closed({ tell: oneOf(tellKinds), withinMinutes: minutes })

/** A kind of work at the door; decides which outcomes its form offers. */
export const actKinds = ['ask', 'visit', 'look', 'repair', 'check-home'] as const

/** What one neighbourhood does otherwise; the rest is as in the street. */
const local = closed({
  place: Type.String({ pattern: '^[0-9]{12}$' }),
  quiet: maybe(hours),
  steps: Type.Array(step, { minItems: 1, maxItems: 6 }),
})

export const definition = closed({
  /** The rule's name: lower case words joined by hyphens. */
  rule: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+){0,5}$', maxLength: 60 }),
  /**
   * Whose readings it may judge; no rule reads across purposes. `device-operation`: no reading at
   * all, only the health of devices of any purpose.
   */
  purpose: oneOf([...devicePurposes, 'device-operation']),
  /** A separate consent without which it cannot judge. Personal purposes cannot leave it out. */
  consent: maybe(oneOf(['agreed-care', 'wandering-guard'])),
  /** What one finding is about; a second signal from the same one joins it. */
  per: oneOf(['device', 'home', 'stair', 'compound']),
  when,
  only,
  /** Judged only while every sensor it listens to works; what is not covered is unknown. */
  isCovered: Type.Boolean(),
  /** Only when it came true so often within so long. */
  after: closed({ times: Type.Integer({ minimum: 1, maximum: 100 }), minutes }),
  /** Taken back when it has not been so for so long. Null: only a person ends it. */
  clearsAfterMinutes: maybe(minutesOrNone),
  /** After it ended, not raised again for so long. */
  cooldownMinutes: minutesOrNone,
  act: oneOf(actKinds),
  /** People are told at once at any hour. */
  isEmergency: Type.Boolean(),
  /** Hours in which nobody is sent; the matter waits for their end. Never for an emergency. */
  quiet: maybe(hours),
  steps: Type.Array(step, { minItems: 1, maxItems: 6 }),
  local: Type.Array(local, { maxItems: 60 }),
  /** Minutes of a worker that one visit takes, for the trial (a parameter of the street). */
  workMinutes: Type.Integer({ minimum: 1, maximum: 600 }),
  /** A finding that nobody confirmed is gone after so many days. */
  expiresDays: maybe(Type.Integer({ minimum: 1, maximum: 365 })),
  /** Stops by itself when fewer of the newest so many checks were right. */
  stopsBelow: maybe(closed({ percent, ofChecks: Type.Integer({ minimum: 10, maximum: 1_000 }) })),
  /** Why it is so, in the words of whoever wrote it. */
  reason: text({ min: 1, max: 500 }),
})
export type Definition = Static<typeof definition>
export type Only = Definition['only']
export type Step = Definition['steps'][number]
