/** Generated from the migrated database; `npm run generate`. */
export interface Device {
  street: string
  id: string
  kind: string
  home: string
  gateway: string | null
  heartbeat_seconds: number
  password_sha256: Buffer
  installed_at: Date
  revoked_at: Date | null
}

export interface Mark {
  street: string
  device: string
  recent: string[]
  heard_at: Date
  arrived_at: Date
}

export interface Reading {
  street: string
  device: string
  sequence: number
  event_at: Date
  arrived_at: Date
  position: number
  kind: string
  state: string
  consent: string | null
}

export interface Refusal {
  street: string
  device: string
  day: string
  reason: string
  count: number
  last_at: Date
}

export interface SensingTables {
  'sensing.device': Device
  'sensing.mark': Mark
  'sensing.reading': Reading
  'sensing.refusal': Refusal
}
