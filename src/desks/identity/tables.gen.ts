/** Generated from the migrated database; `npm run generate`. */
export interface Link {
  hash: Buffer
  street: string
  person: string
  expires_at: Date
  used_at: Date | null
}

export interface Session {
  hash: Buffer
  street: string
  person: string
  kind: string
  made_at: Date
  expires_at: Date
}

export interface IdentityTables {
  'identity.link': Link
  'identity.session': Session
}
