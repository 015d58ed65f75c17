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

export interface CareTables {
  'care.plan': Plan
}
