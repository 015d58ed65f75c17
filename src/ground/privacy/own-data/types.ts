import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'

/** How a part ends before its term: at once, with the agreement, or only after all of it may go. */
type Ends = 'consent' | 'own-act' | 'with-all' | 'at-term'

/** Why each part is kept, and how the person themself ends it. Its words are the pages’. */
export const parts = {
  person: { purpose: 'register', ends: 'with-all' },
  numbers: { purpose: 'register', ends: 'with-all' },
  homes: { purpose: 'register', ends: 'with-all' },
  shares: { purpose: 'register', ends: 'with-all' },
  'number-changes': { purpose: 'register', ends: 'with-all' },
  posts: { purpose: 'duty', ends: 'at-term' },
  'own-work': { purpose: 'task', ends: 'at-term' },
  exports: { purpose: 'register', ends: 'at-term' },
  messages: { purpose: 'task', ends: 'with-all' },
  browsers: { purpose: 'task', ends: 'own-act' },
  account: { purpose: 'sign-in', ends: 'own-act' },
  'signed-in': { purpose: 'sign-in', ends: 'own-act' },
  proofs: { purpose: 'sign-in', ends: 'with-all' },
  grants: { purpose: 'own-data', ends: 'with-all' },
  passes: { purpose: 'door-security', ends: 'with-all' },
  visits: { purpose: 'task', ends: 'with-all' },
  signals: { purpose: 'agreed-care', ends: 'consent' },
  watch: { purpose: 'agreed-care', ends: 'consent' },
  care: { purpose: 'agreed-care', ends: 'consent' },
  contacts: { purpose: 'agreed-care', ends: 'consent' },
  questions: { purpose: 'agreed-care', ends: 'consent' },
  offers: { purpose: 'register', ends: 'with-all' },
  consents: { purpose: 'own-data', ends: 'at-term' },
  refusals: { purpose: 'own-data', ends: 'with-all' },
  looks: { purpose: 'access-record', ends: 'at-term' },
  'looks-asked': { purpose: 'access-record', ends: 'at-term' },
  requests: { purpose: 'access-record', ends: 'at-term' },
  authorities: { purpose: 'access-record', ends: 'at-term' },
  'own-requests': { purpose: 'own-data', ends: 'at-term' },
} as const satisfies Record<string, { purpose: Purpose; ends: Ends }>
export type PartKey = keyof typeof parts
export const partKeys = Object.keys(parts) as PartKey[]

/** What stands in a row, and how it is read aloud. A `choice` is a word of a closed list. */
export const fields = {
  ...{ name: 'text', reading: 'text', bornOn: 'day', phone: 'text', idNumber: 'text' },
  ...{ home: 'text', tenure: 'choice', relation: 'choice', livesAlone: 'choice' },
  ...{ othersAdult: 'number', othersYoung: 'number', share: 'text', isRegistered: 'choice' },
  ...{ source: 'choice', from: 'time', to: 'time', fromDay: 'day', toDay: 'day' },
  ...{ kind: 'choice', verdict: 'choice', because: 'choice', askedAt: 'time' },
  ...{ decidedAt: 'time', title: 'text', unit: 'text', says: 'choice', madeAt: 'time' },
  ...{ deliveredAt: 'time', readAt: 'time', language: 'choice', level: 'choice' },
  ...{ proof: 'choice', usedAt: 'time', device: 'choice', called: 'text', way: 'choice' },
  ...{ until: 'time', endedAt: 'time', door: 'text', matter: 'choice', state: 'choice' },
  ...{ outcome: 'choice', words: 'text', openedAt: 'time', closedAt: 'time' },
  ...{ contactName: 'text', contactRelation: 'text', contactPhone: 'text' },
  ...{ hasKey: 'choice', purpose: 'choice', givenBy: 'choice', onPaper: 'choice' },
  ...{ textVersion: 'number', at: 'time', by: 'text', looked: 'choices', how: 'choice' },
  ...{ why: 'choice', signal: 'choice', heard: 'choice', value: 'number', away: 'time' },
  ...{ answer: 'text', authority: 'text', legalBasis: 'text', asks: 'choice' },
  ...{ part: 'choice', dueAt: 'time', count: 'number', signedOn: 'day' },
} as const satisfies Record<string, 'text' | 'day' | 'time' | 'number' | 'choice' | 'choices'>
export type FieldKey = keyof typeof fields
export const fieldKeys = Object.keys(fields) as FieldKey[]

/** One thing that is kept. A time in milliseconds, a day as 'YYYY-MM-DD', choices with commas. */
export type Fact = { field: FieldKey; value: string }
/** `count`: so many there are; `rows`: as many of the newest as were wanted. */
export type Part = { part: PartKey; count: number; rows: Fact[][] }

/** Whose data. `consents`: all that they ever gave, since rooms keep things under one of them. */
export type About = { person: PersonId; street: StreetCode; consents: readonly string[] }

/** Why somebody cannot be forgotten yet, in one word of a closed list. */
export const holdKeys = ['living-here', 'owning-here', 'post', 'open-matter'] as const
export type Hold = { why: (typeof holdKeys)[number]; until: Instant | null }

/**
 * A room as the keeper of people’s data: all that it has of one person, for themself to take along;
 * what holds it back from forgetting them; and the forgetting. What it lets go at a term is beside.
 */
export type Keeper = {
  /** `most`: so many rows are wanted of a part that may be long, the newest. */
  copyOut?(given: Given, tx: Tx, about: About, most: number): Promise<Part[]>
  holds?(tx: Tx, about: About, now: Instant): Promise<Hold[]>
  /** All that no term holds back, and how many rows that were. */
  forget?(given: Given, tx: Tx, about: About): Promise<number>
  /** Parts that end by a word of the person alone. */
  ends?: Partial<Record<PartKey, (given: Given, tx: Tx, about: About) => Promise<number>>>
  account?: AccountKeeper
}

/** A closed account: by which ids it is known again in a backup, and closed again. */
type AccountKeeper = {
  ids(tx: Tx, about: About): Promise<string[]>
  /** Answers who had come back as whom, and how many rows went. */
  closeAgain(tx: Tx, id: string, at: Instant): Promise<{ people: Whom[]; rows: number }>
}

export type Whom = { person: PersonId; street: StreetCode }

export const requestKinds = ['copy', 'correct', 'erase'] as const
export type RequestKind = (typeof requestKinds)[number]
export const requestStates = ['open', 'done', 'refused', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]
/** What can be asked about: a part, or all that is kept of somebody. */
export const askable = ['everything', ...partKeys] as const
export type Askable = (typeof askable)[number]
/** Why a person refuses a request. */
export const refusalWords = [
  ...(['is-right', 'law-keeps-it', 'claim-of-another', 'not-shown', 'not-ours'] as const),
] as const
/** `kept`: said at once by the program, where a term or what still goes on keeps it. */
export const becauses = [...refusalWords, 'kept'] as const
export type Because = (typeof becauses)[number]

/** A request is answered within so many days (rules §15.1; unconfirmed, so a parameter). */
export const answeredDays = 30
/** Somebody has so many open requests at once (product). */
export const openMax = 10
/** Rows of a part on a page; the copy has up to `copiedRows`. */
export const shownRows = 50
export const copiedRows = 10_000

export type OwnRequest = {
  request: string
  street: StreetCode
  person: PersonId
  /** Of the home they live in; null: nowhere, and the street answers. */
  committee: string | null
  kind: RequestKind
  part: Askable | null
  says: string | null
  at: Instant
  dueAt: Instant
  atStation: boolean
  endedAt: Instant | null
  state: RequestState
  because: Because | null
  answer: string | null
}
