/** Generated from the migrated database; `npm run generate`. */
export interface Minute {
  street: string
  at: Date
  heard: number
}

export interface OverviewTables {
  'overview.minute': Minute
}
