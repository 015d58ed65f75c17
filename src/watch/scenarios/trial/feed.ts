import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { PlaceCode } from '../../../kernel/ids.ts'
import type { Message, StreetFinding, StreetSensor } from '../kernel/street-types.ts'
import type { ReplayKernel } from '../kernel/index.ts'
import { codes } from './codes.ts'
import type { DayOfMessages, NumberedCover } from './day-buffer.ts'
import type { Cover } from './types.ts'

/** What is done with the findings of each look, before the next one. */
export type Look = (found: StreetFinding[], now: Instant) => void

/**
 * Feeds days to a kernel as a live street would be heard: in order of arrival, with a look at every
 * station. Between two stations a sensor's heartbeats are one covered stretch; who goes away and
 * tells it is away from the next station on.
 */
export type Feed = {
  /** A day in columns, of the sensors that the feed was opened with. */
  day(day: DayOfMessages, everyMs: number, look: Look): void
  /** Kept messages of [from, to), in order of arrival, and when their sensors worked. */
  stored(stored: StoredDay, everyMs: number, look: Look): void
}
export type StoredDay = {
  from: Instant
  to: Instant
  messages: readonly Message[]
  covers: readonly Cover[]
}

export function openFeed(kernel: ReplayKernel, sensors: readonly StreetSensor[]): Feed {
  const ids = Int32Array.from(sensors, ({ sensor }) => kernel.sensorId(sensor))
  const numbers = Int32Array.from(codes, ({ kind, state }) => kernel.codeOf(kind, state))
  const signs = Uint8Array.from(codes, ({ isSignOfLife }) => (isSignOfLife ? 1 : 0))
  let order = 0
  const stations = (
    from: Instant,
    to: Instant,
    covers: readonly NumberedCover[],
    everyMs: number,
    look: Look,
    takeUpTo: (station: Instant) => void,
  ) => {
    for (let last = from; last < to;) {
      const station = stationAfter(last, to, everyMs)
      coverUpTo(kernel, covers, last, station)
      takeUpTo(station)
      look(kernel.advance(station), station)
      last = station
    }
  }
  return {
    day: (day, everyMs, look) => {
      let next = 0
      let told = 0
      const away = day.away.toSorted((a, b) => a.at - b.at)
      const covers = day.covers.map((one) => ({ ...one, sensor: ids[one.sensor] ?? -1 }))
      stations(day.from, day.from + dayMs, covers, everyMs, look, (station) => {
        for (; next < day.count && (day.arrivedAt[next] ?? 0) <= station; next++) {
          const code = day.code[next] ?? 0
          kernel.takeCoded(
            ids[day.sensor[next] ?? 0] ?? -1,
            numbers[code] ?? -1,
            day.value[next] ?? Number.NaN,
            day.at[next] ?? 0,
            day.arrivedAt[next] ?? 0,
            ++order,
            signs[code] === 1,
          )
        }
        for (; told < away.length && (away[told]?.at ?? station) < station; told++) {
          const one = away[told]
          if (one) kernel.setAway(one.home as PlaceCode, one.until, one.at)
        }
      })
    },
    stored: ({ from, to, messages, covers: named }, everyMs, look) => {
      let next = 0
      const covers = named.map((one) => ({ ...one, sensor: kernel.sensorId(one.sensor) }))
      stations(from, to, covers, everyMs, look, (station) => {
        for (; next < messages.length; next++) {
          const message = messages[next]
          if (!message || message.arrivedAt > station) return
          kernel.take({ ...message, order: ++order })
        }
      })
    },
  }
}

function stationAfter(last: Instant, to: Instant, everyMs: number): Instant {
  return Math.min(to, last - (last % everyMs) + everyMs)
}

/** `sensor` of a cover is the kernel's own number here. */
function coverUpTo(
  kernel: ReplayKernel,
  covers: readonly NumberedCover[],
  last: Instant,
  station: Instant,
): void {
  for (const { sensor, from, to } of covers) {
    const begins = Math.max(from, last)
    const ends = Math.min(to, station)
    if (begins < ends) kernel.cover(sensor, begins, ends)
  }
}
