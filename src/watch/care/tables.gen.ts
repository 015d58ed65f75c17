/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface AskedContact {
  street: string
  id: string
  question: string
  asks: Generated<string>
  person: string
  contact: unknown
  asked_at: Date
  until: Date
  answer: string | null
  answered_at: Date | null
}

export interface ContactLink {
  street: string
  digest: Buffer
  asked: string
  made_at: Date
}

export interface MonthShown {
  street: string
  committee: string
  month: string
  counted: number
  shown: number
}

export interface Offer {
  street: string
  person: string
  committee: string
  task: string
  offered_at: Date
  ended_at: Date | null
  again_at: Date | null
}

export interface Plan {
  street: string
  id: string
  person: string
  home: string
  consent: string
  contacts: unknown
  agreed_at: Date
  way: string
  signed_on: string | null
  recorded_title: string | null
  recorded_unit: string | null
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
  asks: string
  is_urgent: boolean
  is_last: boolean
  answer: string | null
}

export interface CareTables {
  'care.asked_contact': AskedContact
  'care.contact_link': ContactLink
  'care.month_shown': MonthShown
  'care.offer': Offer
  'care.plan': Plan
  'care.question': Question
}
