import { dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId } from '../../../kernel/ids.ts'
import { moments } from '../../devices/index.ts'
import {
  batteryFinePercent,
  batteryLowPercent,
  isDailySum,
  isSignOfLife,
  lateMs,
  tellsOfPerson,
  timeOf,
} from '../decide.ts'
import type { Condition, Fact, Refusal, Remark, Said } from '../types.ts'
import type { Known } from './known.ts'
import { isTaken, take, top, type Marks } from './marks.ts'
import { isJumping, marksFor, standingOf, startAnew, timedNumber } from './stream.ts'

export type Accepted = {
  facts: readonly Fact[]
  sequence: number | null
  marks: Marks | null
  /** Known by its own time, not by a number that it counted. */
  isTimed: boolean
  eventAt: Instant
  isSignOfLife: boolean
  consent: ConsentId | null
}

/**
 * Whether a message is believed and kept, in the order of the cheapest reason against it. What is
 * accepted is marked as taken at once, so that a copy that follows is known.
 */
export function accept(known: Known, said: Said, now: Instant): Accepted | { refusal: Refusal } {
  const { device, stream } = known
  if (isTooMany(known, now)) return { refusal: 'too-many' }
  const time = timeOf(said.at, device, now)
  if ('refused' in time) {
    if (time.refused === 'future') noteClock(known, true, now)
    return { refusal: time.refused }
  }
  const { eventAt } = time
  const kept = keptOf(known, said.facts, eventAt, now)
  if (kept.length === 0 && said.facts.length > 0) return { refusal: refusalOf(known, said.facts) }
  const marked = markOf(known, said, kept, eventAt, now)
  if ('refusal' in marked) return marked
  const { facts } = marked
  if (device.purpose === 'crowding-check' && !isFirstOfDay(known, facts, eventAt)) {
    return { refusal: 'too-fine' }
  }
  if (time.is !== 'trusted') {
    remark(known, time.is === 'ahead' ? 'clock-wrong' : 'no-clock', now)
    if (time.is === 'ahead') noteClock(known, true, now)
  } else {
    if (now - eventAt > lateMs) remark(known, 'late', now)
    if (stream.newestAt === null || eventAt > stream.newestAt) stream.newestAt = eventAt
    if (known.conditions.size > 0) noteClock(known, false, now)
  }
  noteHealth(known, said, now)
  const isSign = facts.length > 0 && facts.some((one) => isSignOfLife(one.kind, one.state))
  const isPersonal = facts.some((one) => tellsOfPerson(device, one))
  const consent = isPersonal ? (known.consent?.id ?? null) : null
  return { ...marked, eventAt, isSignOfLife: isSign, consent }
}

/**
 * What this device is there to say: its own kind, and what tells of a person only by consent. A
 * smoke detector that also senses motion stays a smoke detector; its alarm is not lost for it.
 */
function keptOf(known: Known, facts: readonly Fact[], eventAt: Instant, now: Instant) {
  const { device } = known
  const isKept = (fact: Fact) =>
    fact.kind === device.kind &&
    isDailySum(fact.state) === (device.purpose === 'crowding-check') &&
    (!tellsOfPerson(device, fact) || isAgreed(known, eventAt, now))
  return facts.every(isKept) ? facts : facts.filter(isKept)
}

function refusalOf({ device }: Known, facts: readonly Fact[]): Refusal {
  const ours = facts.filter(({ kind }) => kind === device.kind)
  if (device.purpose === 'crowding-check') return ours.length > 0 ? 'too-fine' : 'wrong-kind'
  return ours.some(({ state }) => !isDailySum(state)) ? 'no-consent' : 'wrong-kind'
}

/**
 * One sum a day and measure: a second one would tell of hours. The days that are taken are kept
 * like the last states, so that a start forgets none; as many as the sums themselves are kept.
 */
function isFirstOfDay(known: Known, facts: readonly Fact[], eventAt: Instant): boolean {
  const day = dayOf(eventAt)
  const taken = facts.map(({ state }) => known.lastStates.get(state)?.split(' ') ?? [])
  if (taken.some((days) => days.includes(day))) return false
  for (const [at, { state }] of facts.entries()) {
    const days = [...(taken[at] ?? []), day].toSorted().slice(-sumDaysMax)
    known.lastStates.set(state, days.join(' '))
    known.areStatesChanged = true
  }
  return true
}
/** What was not stored may come again; of other days it says nothing. */
export function forgetSums({ lastStates }: Known, facts: readonly Fact[], eventAt: Instant): void {
  const day = dayOf(eventAt)
  for (const { state } of facts) {
    if (!isDailySum(state)) continue
    const others =
      lastStates
        .get(state)
        ?.split(' ')
        .filter((one) => one !== day) ?? []
    if (others.length > 0) lastStates.set(state, others.join(' '))
    else lastStates.delete(state)
  }
}
/** The term of the sums, and the days at its two ends. */
const sumDaysMax = 32

type Marked = Pick<Accepted, 'facts' | 'sequence' | 'marks' | 'isTimed'>

/** By its number where it has one, else by its own time, else by its state alone. */
function markOf(
  known: Known,
  said: Said,
  facts: readonly Fact[],
  eventAt: Instant,
  now: Instant,
): Marked | { refusal: Refusal } {
  const { stream } = known
  if (said.sequence === null) return markByState(known, said, facts, now)
  const standing = standingOf(stream, said.sequence, eventAt)
  if (standing === 'duplicate') return { refusal: standing }
  if (standing === 'restarted') beginAnew(known, now)
  const marks = marksFor(stream, eventAt)
  if (said.sequence < top(marks)) remark(known, 'out-of-order', now)
  take(marks, said.sequence)
  known.isStreamChanged = true
  return { facts, sequence: said.sequence, marks, isTimed: false }
}

/** What comes late with its own time is no news of the state now; its copy is known by the time. */
function markByState(
  known: Known,
  { at }: Said,
  facts: readonly Fact[],
  now: Instant,
): Marked | { refusal: Refusal } {
  const { stream } = known
  const isOld = at !== null && stream.newestAt !== null && at <= stream.newestAt
  const fresh = isOld || facts.length === 0 ? facts : changed(known, facts, now)
  const [first] = fresh
  if (at === null || !first) return { facts: fresh, sequence: null, marks: null, isTimed: false }
  const sequence = timedNumber(at, first)
  if (isTaken(stream.timed, sequence)) return { refusal: 'duplicate' }
  if (isOld) remark(known, 'out-of-order', now)
  take(stream.timed, sequence)
  known.isStreamChanged = true
  return { facts: fresh, sequence, marks: stream.timed, isTimed: true }
}

function isAgreed({ consent }: Known, eventAt: Instant, now: Instant): boolean {
  return consent !== null && consent.since <= eventAt && now < consent.until
}

function isTooMany(known: Known, now: Instant): boolean {
  const minute = now - (now % 60_000)
  if (known.minute !== minute) {
    known.minute = minute
    known.inMinute = 0
  }
  return ++known.inMinute > known.device.perMinuteMax
}

function beginAnew(known: Known, now: Instant): void {
  startAnew(known.stream)
  remark(known, 'counter-restarted', now)
  if (isJumping(known.restarts, now)) begin(known, 'copied', now)
}

/** Without numbers a repeated state is the same state; only what changed is a reading. */
function changed(known: Known, facts: readonly Fact[], now: Instant): readonly Fact[] {
  const fresh = facts.filter(
    ({ kind, state, value }) =>
      value !== null || moments.has(state) || known.lastStates.get(kind) !== state,
  )
  if (fresh.length < facts.length) remark(known, 'repeated-state', now)
  for (const { kind, state, value } of fresh) {
    if (value !== null || moments.has(state)) continue
    known.lastStates.set(kind, state)
    known.areStatesChanged = true
  }
  return fresh
}

function noteHealth(known: Known, said: Said, now: Instant): void {
  const { battery, isBatteryLow, isTampered } = said
  if (battery !== null && battery !== known.battery) {
    known.battery = battery
    known.isHealthChanged = true
  }
  if (isBatteryLow === true || (battery !== null && battery <= batteryLowPercent)) {
    begin(known, 'battery-low', now)
  } else if (isBatteryLow === false || (battery !== null && battery >= batteryFinePercent)) {
    end(known, 'battery-low')
  }
  if (isTampered === true) begin(known, 'tampered', now)
  if (isTampered === false) end(known, 'tampered')
}

function noteClock(known: Known, isWrong: boolean, now: Instant): void {
  if (isWrong) begin(known, 'clock-wrong', now)
  else end(known, 'clock-wrong')
}

export function begin(known: Known, condition: Condition, now: Instant): void {
  if (known.conditions.has(condition)) return
  known.conditions.set(condition, now)
  known.isHealthChanged = true
}

export function end(known: Known, condition: Condition): void {
  if (known.conditions.delete(condition)) known.isHealthChanged = true
}

export function remark(known: Known, what: Remark, now: Instant): void {
  const noted = known.remarks.get(what)
  if (noted) {
    noted.count++
    noted.at = now
  } else known.remarks.set(what, { count: 1, at: now })
}
