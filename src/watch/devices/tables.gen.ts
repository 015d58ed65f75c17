/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface Device {
  street: string
  id: string
  kind: string
  place: string
  heartbeat_seconds: number
  password_sha256: Buffer
  installed_at: Date
  revoked_at: Date | null
  gateway: string | null
  name_at_gateway: string | null
  model: string | null
  purpose: string
  per_minute_max: number | null
  label: Generated<string>
  keeper: Generated<string>
  lent_until: string | null
  replaces: string | null
}

export interface Gateway {
  street: string
  id: string
  name: string
  maker: string
  format: string
  place: string
  password_sha256: Buffer
  installed_at: Date
  revoked_at: Date | null
}

export interface Model {
  id: string
  vendor: string
  model: string
  format: string
  kinds: string[]
  fields: unknown
  source: string
  added_at: Date
}

export interface Step {
  street: string
  id: string
  device: string
  at: Date
  act: string
  place: string | null
  words: Generated<string>
  by_post: string | null
  title: string | null
  unit: string | null
}

export interface DevicesTables {
  'devices.device': Device
  'devices.gateway': Gateway
  'devices.model': Model
  'devices.step': Step
}
