/** Generated from the migrated database; `npm run generate`. */
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
}

export interface DeliveryTables {
  'delivery.note': Note
}
