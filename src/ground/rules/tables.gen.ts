/** Generated from the migrated database; `npm run generate`. */
export interface CalendarDay {
  day: string
  year: number
  is_working: boolean
}

export interface CalendarYear {
  year: number
  source: string
}

export interface RulesTables {
  'rules.calendar_day': CalendarDay
  'rules.calendar_year': CalendarYear
}
