/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface Account {
  id: string
  made_at: Date
  seen_at: Date
  phone_sealed: Buffer | null
  phone_find: Buffer | null
  phone_key: string | null
  closed_at: Date | null
}

export interface Attempt {
  kind: string
  key: Buffer
  at: Date
}

export interface Ceremony {
  challenge: Buffer
  kind: string
  account: string | null
  device: Buffer
  facts: unknown
  expires_at: Date
}

export interface Claim {
  street: string
  id: string
  home: string
  account: string
  name_said: string
  reason: string
  person: string | null
  other_account: string | null
  proof: string
  made_at: Date
  decided_at: Date | null
  decided_by: string | null
  decided_post: string | null
  verdict: string | null
  because: string | null
}

export interface Code {
  id: string
  phone_find: Buffer
  digest: Buffer
  device: Buffer
  tries: number
  sent_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface Grant {
  street: string
  id: string
  of_person: string
  to_account: string
  called: string
  relation: string
  way: string
  witness_person: string | null
  witness_post: string | null
  made_at: Date
  until: Date
  ended_at: Date | null
  ended_by: string | null
}

export interface GrantCode {
  street: string
  id: string
  of_person: string
  digest: Buffer
  relation: string
  days: number
  made_at: Date
  expires_at: Date
  used_at: Date | null
  key: string | null
}

export interface Letter {
  street: string
  id: string
  home: string
  digest: Buffer
  by_person: string
  by_post: string
  printed_at: Date
  until: Date
  used_at: Date | null
  used_by: string | null
  revoked_at: Date | null
  key: string | null
  ended_by_keys: Generated<boolean>
}

export interface Link {
  hash: Buffer
  street: string
  person: string
  expires_at: Date
  used_at: Date | null
}

export interface OidcSubject {
  issuer: string
  subject: string
  account: string
  linked_at: Date
}

export interface Opening {
  hash: Buffer
  kind: string
  street: string | null
  person: string | null
  post: string | null
  by_person: string | null
  made_at: Date
  expires_at: Date
  used_at: Date | null
  account: string | null
  session: string | null
}

export interface Pass {
  street: string
  id: string
  person: string
  home: string
  door: string
  digest: Buffer
  from_at: Date
  until: Date
  made_at: Date
  revoked_at: Date | null
}

export interface Passkey {
  id: string
  account: string
  public_key: Buffer
  counter: number
  transports: string[]
  is_backed_up: boolean
  device_name: string
  made_at: Date
  used_at: Date | null
  blocked_at: Date | null
}

export interface Session {
  hash: Buffer
  street: string | null
  person: string | null
  kind: string
  made_at: Date
  expires_at: Date
  id: Generated<string>
  account: string | null
  opened_by: Generated<string>
  device: Buffer | null
  device_name: Generated<string>
  seen_at: Date | null
  idle_ms: number | null
  stepped_up_until: Date | null
  grant_id: string | null
}

export interface ShownCode {
  account: string
  digest: Buffer
  expires_at: Date
}

export interface Standing {
  street: string
  id: string
  account: string
  person: string
  capacity: string
  proof: string
  by_person: string | null
  by_post: string | null
  at: Date
  until: Date | null
}

export interface Vouching {
  street: string
  id: string
  home: string
  account: string
  name_said: string
  asked_at: Date
  until: Date
  answered_at: Date | null
  answered_by: string | null
  is_vouched: boolean | null
}

export interface IdentityTables {
  'identity.account': Account
  'identity.attempt': Attempt
  'identity.ceremony': Ceremony
  'identity.claim': Claim
  'identity.code': Code
  'identity.grant': Grant
  'identity.grant_code': GrantCode
  'identity.letter': Letter
  'identity.link': Link
  'identity.oidc_subject': OidcSubject
  'identity.opening': Opening
  'identity.pass': Pass
  'identity.passkey': Passkey
  'identity.session': Session
  'identity.shown_code': ShownCode
  'identity.standing': Standing
  'identity.vouching': Vouching
}
