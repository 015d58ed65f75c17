/** Generated from the migrated database; `npm run generate`. */
export interface Plan {
  street: string
  id: string
  person: string
  home: string
  consent: string
  contacts: unknown
  agreed_at: Date
}

export interface Question {
  street: string
  id: string
  plan: string
  person: string
  home: string
  purpose: string
  rule: string
  rule_version: number
  asked_at: Date
  until: Date
  answered_at: Date | null
  ended_at: Date | null
}

export interface CareTables {
  'care.plan': Plan
  'care.question': Question
}
