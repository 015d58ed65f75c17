/** Generated from the migrated database; `npm run generate`. */
export interface Attempt {
  street: string
  id: string
  note: string
  channel: string
  n: number
  at: Date
  result: string
  detail: string | null
  retry_at: Date | null
  delivered_at: Date | null
}

export interface Note {
  street: string
  id: string
  person: string
  topic: string
  matter: string
  made_at: Date
  attempted_at: Date | null
  delivered_at: Date | null
  acknowledged_at: Date | null
  urgency: string
  says: string
  told_at: Date
  next_at: Date | null
  ended_at: Date | null
}

export interface Subscription {
  street: string
  id: string
  person: string
  endpoint: string
  p256dh: string
  auth: string
  language: string
  made_at: Date
}

export interface DeliveryTables {
  'delivery.attempt': Attempt
  'delivery.note': Note
  'delivery.subscription': Subscription
}
