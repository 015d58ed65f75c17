import type { Instant } from '../../kernel/clock.ts'

/** How a duration counts. A bare number of days is a defect (product; 民法典 201–204). */
export type Duration = {
  count: number
  kind: 'minute' | 'hour' | 'calendar_day' | 'working_day'
}

/** Working days as announced: the years known, and in them the days that are not as usual. */
export type Calendar = {
  readonly years: ReadonlySet<number>
  /** 'YYYY-MM-DD' → is it a working day. An unlisted day of a known year goes by the week. */
  readonly days: ReadonlyMap<string, boolean>
}

export type Deadline =
  /** Minutes and hours count alike, from the moment. */
  | { at: Instant; kind: Exclude<Duration['kind'], 'minute'> }
  /** The table of a year is missing: an estimate by calendar days, and it says so. */
  | { at: Instant; kind: 'calendar_estimate'; unknownYear: number }
