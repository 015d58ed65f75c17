import { dayMs, type Instant } from '../../../kernel/clock.ts'

/**
 * One day of a street, in order of arrival, as columns. The arrays are longer than the day and are
 * used again for the next one: read `count` entries, keep none of it. A `value` of NaN is none.
 */
export type DayOfMessages = {
  from: Instant
  count: number
  /** Index into the sensors that the simulation was opened with. */
  sensor: Uint32Array
  /** Index into `codes`. */
  code: Uint16Array
  value: Float64Array
  at: Float64Array
  arrivedAt: Float64Array
  /** Heartbeats, folded: what is not covered here is a dead sensor. */
  covers: NumberedCover[]
  /** Told at `at`: nobody is at home until then. */
  away: { home: string; at: Instant; until: Instant }[]
}

/** As `Cover`, the sensor by its index. */
export type NumberedCover = { sensor: number; from: Instant; to: Instant }

/** Collects a day's messages in any order and puts them in order of arrival. */
export type DayBuffer = {
  clear(from: Instant): void
  /** `at` and `delayMs` in whole ms; what lies outside the day is not of this day. */
  say(sensor: number, code: number, value: number, at: Instant, delayMs: number): void
  sorted(): DayOfMessages
  day: DayOfMessages
}

export function openDayBuffer(): DayBuffer {
  let raw = columns(1 << 14)
  let size = 0
  const day = { from: 0, count: 0, covers: [], away: [], ...columns(1 << 14) } as DayOfMessages
  return {
    day,
    clear: (from) => {
      size = 0
      Object.assign(day, { from, count: 0, covers: [], away: [] })
    },
    say: (sensor, code, value, at, delayMs) => {
      if (at < day.from || at >= day.from + dayMs) return
      if (size === raw.sensor.length) raw = grown(raw)
      raw.sensor[size] = sensor
      raw.code[size] = code
      raw.value[size] = value
      raw.at[size] = at
      // Nothing arrives after 24:00, so that a day can be fed whole.
      raw.arrivedAt[size] = Math.min(at + delayMs, day.from + dayMs)
      size++
    },
    sorted: () => {
      if (day.sensor.length < raw.sensor.length) Object.assign(day, columns(raw.sensor.length))
      sortInto(day, raw, size)
      return day
    },
  }
}

type Columns = Pick<DayOfMessages, 'sensor' | 'code' | 'value' | 'at' | 'arrivedAt'>

function columns(length: number): Columns {
  return {
    sensor: new Uint32Array(length),
    code: new Uint16Array(length),
    value: new Float64Array(length),
    at: new Float64Array(length),
    arrivedAt: new Float64Array(length),
  }
}

function grown(old: Columns): Columns {
  const next = columns(old.sensor.length * 2)
  next.sensor.set(old.sensor)
  next.code.set(old.code)
  next.value.set(old.value)
  next.at.set(old.at)
  next.arrivedAt.set(old.arrivedAt)
  return next
}

/**
 * One number a message, arrival in front and its place behind (2^27 × 2^25 < 2^53), so that the
 * engine's own sort of numbers does the work: a comparing function costs five times as much.
 */
function sortInto(day: DayOfMessages, raw: Columns, size: number): void {
  const places = 2 ** 25
  if (size >= places) throw new RangeError('more than 33 million messages in one day of a part')
  const keys = new Float64Array(size)
  for (let i = 0; i < size; i++) keys[i] = ((raw.arrivedAt[i] ?? 0) - day.from) * places + i
  keys.sort()
  for (let to = 0; to < size; to++) {
    const from = (keys[to] ?? 0) % places
    day.sensor[to] = raw.sensor[from] ?? 0
    day.code[to] = raw.code[from] ?? 0
    day.value[to] = raw.value[from] ?? 0
    day.at[to] = raw.at[from] ?? 0
    day.arrivedAt[to] = raw.arrivedAt[from] ?? 0
  }
  day.count = size
}
