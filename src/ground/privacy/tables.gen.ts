/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface AuthorityRequest {
  street: string
  id: string
  authority: string
  legal_basis: string
  document: string
  asks: string
  person: string | null
  home: string | null
  fields: string[]
  at: Date
  until: Date
  first_by: string
  first_post: string
  decided_at: Date | null
  second_by: string | null
  second_post: string | null
  verdict: string | null
  given_at: Date | null
  given_by: string | null
  disclosed_at: Date | null
}

export interface BackupTaken {
  street: string
  id: string
  at: Date
  rows: number
  by_kind: string
}

export interface ChainCheck {
  at: Date
  links: number
  looks: number
  findings: number
}

export interface Consent {
  street: string
  id: string
  person: string
  home: string
  purpose: string
  text_version: number
  given_at: Date
  until: Date
  ended_at: Date | null
  given_by: string
  is_on_paper: boolean
}

export interface Deletion {
  id: string
  at: Date
  purpose: string
  what: string
  because: string
  rows: number
}

export interface Erasure {
  street: string
  kind: string
  id: string
  at: Date
}

export interface Impact {
  street: string
  id: string
  purpose: string
  edition: number
  at: Date
  by_person: string
  by_post: string
  title: string
  unit: string
  necessity: string
  risks: string
  measures: string
}

export interface JudgedTo {
  one: Generated<number>
  number: number
  requests_at: Date
}

export interface Link {
  number: number
  kind: string
  look: string | null
  at: Date
  digest: Buffer
  head: Buffer
}

export interface Look {
  street: string
  id: string
  person: string
  at: Date
  by_kind: string
  by_person: string | null
  by_post: string | null
  title: string | null
  unit: string | null
  rule: string | null
  rule_version: number | null
  fields: string[]
  matter_kind: string
  matter_id: string | null
  label: string
  how: string
  why: string
  shown_from: Date | null
  salt: Generated<string>
}

export interface LookReview {
  street: string
  id: string
  look: string
  reasons: string[]
  is_drawn: boolean
  by_post: string | null
  at: Date
  due_at: Date
  opened_at: Date | null
  reviewed_at: Date | null
  reviewed_by: string | null
  reviewed_post: string | null
  outcome: string | null
  words: string | null
}

export interface MonthNumber {
  street: string
  month: string
  what: string
  counted: number
  shown: number
}

export interface OwnRequest {
  street: string
  id: string
  person: string
  committee: string | null
  kind: string
  part: string | null
  says: string | null
  at: Date
  due_at: Date
  station_person: string | null
  station_post: string | null
  ended_at: Date | null
  state: Generated<string>
  because: string | null
  answer: string | null
  decided_by: string | null
  decided_post: string | null
}

export interface PurposeSwitch {
  street: string
  purpose: string
  turn: number
  is_on: boolean
  impact: string | null
  at: Date
  by_person: string
  by_post: string
  title: string
  unit: string
}

export interface Question {
  street: string
  id: string
  look: string
  person: string
  asked_at: Date
  due_at: Date
  answered_at: Date | null
  answered_by: string | null
  answered_post: string | null
  title: string | null
  unit: string | null
  answer: string | null
}

export interface Refusal {
  street: string
  person: string
  purpose: string
  refused_at: Date
  not_asked_until: Date
}

export interface Renewal {
  street: string
  consent: string
  text_version: number
  at: Date
}

export interface Reporter {
  street: string
  id: string
  matter_kind: string
  matter_id: string
  sealed: Buffer
  key: string
  made_at: Date
  until: Date
}

export interface Request {
  street: string
  id: string
  by_person: string
  by_post: string
  title: string
  unit: string
  committee: string | null
  reason: string
  person: string | null
  at: Date
  until: Date
  ended_at: Date | null
  minor_at: Date | null
  approved_by: string | null
  approved_post: string | null
  approved_at: Date | null
  words: string | null
  review_by: Date | null
  reviewed_by: string | null
  reviewed_post: string | null
  reviewed_at: Date | null
  outcome: string | null
  review_words: string | null
  home: string | null
  refused_by: string | null
  refused_post: string | null
  refused_at: Date | null
  because: string | null
  result: string | null
}

export interface Struck {
  number: number
  erasure: number
}

export interface Unlinked {
  look: string
}

export interface Witnessed {
  number: number
  head: Buffer
  at: Date
}

export interface WordsInUse {
  purpose: string
  version: number
  since: Date
}

export interface PrivacyTables {
  'privacy.authority_request': AuthorityRequest
  'privacy.backup_taken': BackupTaken
  'privacy.chain_check': ChainCheck
  'privacy.consent': Consent
  'privacy.deletion': Deletion
  'privacy.erasure': Erasure
  'privacy.impact': Impact
  'privacy.judged_to': JudgedTo
  'privacy.link': Link
  'privacy.look': Look
  'privacy.look_review': LookReview
  'privacy.month_number': MonthNumber
  'privacy.own_request': OwnRequest
  'privacy.purpose_switch': PurposeSwitch
  'privacy.question': Question
  'privacy.refusal': Refusal
  'privacy.renewal': Renewal
  'privacy.reporter': Reporter
  'privacy.request': Request
  'privacy.struck': Struck
  'privacy.unlinked': Unlinked
  'privacy.witnessed': Witnessed
  'privacy.words_in_use': WordsInUse
}
