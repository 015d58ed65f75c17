/** Generated from the migrated database; `npm run generate`. */
export interface BackupTaken {
  street: string
  id: string
  at: Date
  rows: number
  by_kind: string
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

export interface Erasure {
  street: string
  kind: string
  id: string
  at: Date
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
}

export interface Refusal {
  street: string
  person: string
  purpose: string
  refused_at: Date
  not_asked_until: Date
}

export interface PrivacyTables {
  'privacy.backup_taken': BackupTaken
  'privacy.consent': Consent
  'privacy.erasure': Erasure
  'privacy.look': Look
  'privacy.refusal': Refusal
}
