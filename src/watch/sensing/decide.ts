import { dayMs, hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import {
  dailySums,
  isHome,
  measures,
  readingStates,
  type Device,
  type DeviceKind,
  type DevicePurpose,
  type Measure,
} from '../devices/index.ts'
import type { DeviceState, Fact } from './types.ts'

/** A device's clock may run ahead by so much before its time is not believed. */
export const aheadMsMax = 2 * minuteMs
/** A reading that arrives so long after it happened is remarked as late. */
export const lateMs = 10 * minuteMs
/** A device that misses three promised heartbeats in a row is unknown. */
const heartbeatsMissedMax = 3

/** Where a purpose's readings lie and for how long (rules §15.2; reasons in privacy's purposes). */
type Term = { shelf: 'hour' | 'day'; termMs: number }
const terms: Record<DevicePurpose, Term> = {
  'agreed-care': { shelf: 'hour', termMs: 72 * hourMs },
  'door-security': { shelf: 'hour', termMs: 72 * hourMs },
  // One sum a home and day, made where the meter is.
  'crowding-check': { shelf: 'day', termMs: 30 * dayMs },
  'water-and-power': { shelf: 'hour', termMs: 72 * hourMs },
  'home-safety': { shelf: 'day', termMs: 30 * dayMs },
  'emergency-call': { shelf: 'day', termMs: 30 * dayMs },
  'public-space': { shelf: 'day', termMs: 30 * dayMs },
}

export function termOf(purpose: DevicePurpose): Term {
  return terms[purpose]
}

/** The longest term of the day shelf: its partitions go then. */
export const dayShelfMs = Math.max(
  ...Object.values(terms).map(({ shelf, termMs }) => (shelf === 'day' ? termMs : 0)),
)

export function limitMsOf(heartbeatSeconds: number): number {
  return heartbeatSeconds * 1000 * heartbeatsMissedMax
}

export function stateOf(
  device: Pick<Device, 'heartbeatSeconds' | 'revokedAt'>,
  heardAt: Instant | null,
  now: Instant,
): DeviceState {
  if (device.revokedAt !== null) return 'revoked'
  if (heardAt === null) return 'never-reported'
  const silentMs = now - heardAt
  if (silentMs > limitMsOf(device.heartbeatSeconds)) return 'unknown'
  // Half a heartbeat of grace: radio and gateways are never on the second.
  return silentMs > device.heartbeatSeconds * 1500 ? 'quiet' : 'alive'
}

/**
 * Whether a fact says that somebody is at home, so that it needs the consent of who lives there.
 * A meter's number in a home does; an alarm of smoke does not. One sum a day, made where the meter
 * is, tells of no hour and of nobody: it says as much as the bill does, and is taken for no other
 * purpose than the crowding check, without anybody's consent (rules §8). Nothing finer is.
 */
export function tellsOfPerson(device: Pick<Device, 'place' | 'purpose'>, fact: Fact): boolean {
  if (device.purpose === 'agreed-care') return true
  if (device.purpose === 'crowding-check' && isDailySum(fact.state)) return false
  return fact.value !== null && isHome(device.place)
}

/** Whether anything that such a device can say needs the consent of who lives there. */
export function canTellOfPerson({ kind, place, purpose }: Device): boolean {
  if (purpose === 'crowding-check') return false
  const hasMeasure = Object.values<DeviceKind>(measures).includes(kind)
  return purpose === 'agreed-care' || (hasMeasure && isHome(place))
}

const sums = new Set<string>(dailySums)
/** A sum of one day, made where the meter is. */
export function isDailySum(state: string): boolean {
  return sums.has(state)
}

/** What says that somebody moved. A refused card or an emptied room does not. */
export function isSignOfLife(kind: DeviceKind | 'heartbeat', state: string | null): boolean {
  switch (kind) {
    case 'door-access':
      return state === 'granted'
    case 'door-contact':
      return true
    case 'motion':
      return state === 'occupied'
    case 'sos-button':
      return state === 'pressed'
    default:
      return false
  }
}

/** What a task about a whole gateway is about: it stands for every device behind it. */
export function gatewaySubject(gateway: string): string {
  return `gateway ${gateway}`
}

/** Whether this kind can say this; a measure needs a whole number, a state none. */
export function isSayable(kind: DeviceKind, state: string, value: number | null): boolean {
  if (value === null) return (readingStates[kind] as readonly string[]).includes(state)
  return isMeasure(state) && measures[state] === kind && Number.isSafeInteger(value)
}

function isMeasure(state: string): state is Measure {
  return Object.hasOwn(measures, state)
}

const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/

/** ISO 8601 with a zone, or whole milliseconds since 1970. */
export function eventTime(at: unknown): Instant | undefined {
  if (typeof at === 'number') return Number.isSafeInteger(at) && at >= 0 ? at : undefined
  if (typeof at !== 'string' || !isoWithZone.test(at)) return undefined
  const parsed = Date.parse(at)
  return Number.isNaN(parsed) || parsed < 0 ? undefined : parsed
}

/**
 * What a message's own time is worth. `trusted`: its event time. `arrival`: no clock, or one that
 * runs ahead where an alarm must not be lost; it happened no later than it arrived. Care is not
 * judged by times that cannot be believed, so there the message is refused.
 */
export function timeOf(
  at: Instant | null,
  device: Pick<Device, 'purpose'>,
  now: Instant,
): { eventAt: Instant; is: 'trusted' | 'no-clock' | 'ahead' } | { refused: 'future' | 'too-old' } {
  if (at === null) return { eventAt: now, is: 'no-clock' }
  const { shelf, termMs } = terms[device.purpose]
  if (at < now - termMs) return { refused: 'too-old' }
  if (at <= now + aheadMsMax) return { eventAt: at, is: 'trusted' }
  return shelf === 'hour' ? { refused: 'future' } : { eventAt: now, is: 'ahead' }
}

/** A battery at or below this needs changing (product); a device may also say so itself. */
export const batteryLowPercent = 15
/** A battery that was changed: a little more than low, so that it does not flap. */
export const batteryFinePercent = 25

export type Interval = { from: Instant; to: Instant }

/**
 * When every one of some devices worked: what all their intervals have in common. Each list is
 * sorted and its intervals do not overlap. No device covers nothing.
 */
export function commonCoverage(lists: readonly (readonly Interval[])[]): Interval[] {
  const [first, ...others] = lists
  if (!first) return []
  const whole: Interval[] = first.map(({ from, to }) => ({ from, to }))
  return others.reduce<Interval[]>((common, list) => overlapOf(common, list), whole)
}

function overlapOf(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  return left.flatMap((a) =>
    right.flatMap((b) => {
      const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)]
      return from <= to ? [{ from, to }] : []
    }),
  )
}
