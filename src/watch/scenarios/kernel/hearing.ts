import type { Instant } from '../../../kernel/clock.ts'
import { nextOfSensor, planOf, plansOf } from './links.ts'
import { expectMessage, markBack } from './loss.ts'
import { addGap, lookAgain, seeLife } from './silence.ts'
import { firstLinkOf, flagsOf, has, mark, setTime, unmark } from './rows.ts'
import { none } from './slots.ts'
import {
  heardAtOf,
  lastSign,
  limitMsOf,
  planChanged,
  planHasGaps,
  planRaised,
  sensorAwaited,
  sensorChanged,
  sensorPending,
  sensorTold,
  sensorWatched,
  sinceOf,
} from './state.ts'
import type { State } from './state.ts'
import type { Batch } from './types.ts'

/**
 * The hot path: a message writes when its sensor was heard, and touches no timer. What is rare
 * stands in functions of its own, so that the rest is compiled into one piece that takes no memory.
 */
export function heard(state: State, id: number, at: Instant, arrivedAt: Instant): boolean {
  if (!has(state.sensors.rows, id, sensorWatched)) return false
  hear(state, id, Math.min(at, arrivedAt), arrivedAt)
  return true
}

export function signOfLife(state: State, id: number, at: Instant, arrivedAt: Instant): boolean {
  const { sensors, plans, links } = state
  if (!has(sensors.rows, id, sensorWatched)) return false
  const seenAt = Math.min(at, arrivedAt)
  hear(state, id, seenAt, arrivedAt)
  const { cells } = links
  for (
    let link = firstLinkOf(sensors.rows, id);
    link !== none;
    link = cells[link + nextOfSensor]!
  ) {
    const plan = cells[link + planOf]!
    if (!(seenAt > sinceOf(plans, plan))) continue
    if (has(plans.rows, plan, planRaised | planHasGaps)) seeLife(plans, plan, seenAt, arrivedAt)
    else {
      setTime(plans.rows, plan, seenAt)
      mark(plans.rows, plan, planChanged)
    }
  }
  return true
}

/** Heartbeats folded into one stretch: a message at its beginning, and no gap up to its end. */
export function covered(state: State, id: number, from: Instant, to: Instant): boolean {
  if (!heard(state, id, from, from)) return false
  if (to > heardAtOf(state.sensors, id)) keep(state, id, to, to)
  return true
}

/** Many messages, in the order in which they are taken. How many were of a sensor not watched. */
export function hearAll(state: State, batch: Batch): number {
  const { sensor, at, arrivedAt, isSignOfLife, count } = batch
  let unknown = 0
  for (let from = 0; from < count; from += fetchedAtOnce) {
    const to = Math.min(count, from + fetchedAtOnce)
    fetchAhead(state, sensor, from, to)
    for (let i = from; i < to; i++) {
      const isKnown =
        isSignOfLife[i] === 1
          ? signOfLife(state, sensor[i]!, at[i]!, arrivedAt[i]!)
          : heard(state, sensor[i]!, at[i]!, arrivedAt[i]!)
      if (!isKnown) unknown++
    }
  }
  return unknown
}

const fetchedAtOnce = 64

/**
 * Reads what the messages of these sensors will need, so that the processor fetches many places of
 * its memory at once and not one after the other: with a million homes, 10 million signs of life a
 * second instead of 3. It changes nothing; the sum only keeps the reads from being left out.
 */
function fetchAhead(state: State, ids: Int32Array, from: number, to: number): void {
  const { sensors, plans, links } = state
  const { cells } = links
  let sum = 0
  for (let i = from; i < to; i++) sum += firstLinkOf(sensors.rows, ids[i]!)
  for (let i = from; i < to; i++) sum += cells[firstLinkOf(sensors.rows, ids[i]!) + planOf]! | 0
  for (let i = from; i < to; i++) {
    const plan = cells[firstLinkOf(sensors.rows, ids[i]!) + planOf]! | 0
    sum += flagsOf(plans.rows, plan)
  }
  state.fetched = sum | 0
}

function hear(state: State, id: number, at: Instant, arrivedAt: Instant): void {
  const { sensors } = state
  const before = heardAtOf(sensors, id)
  if (at <= before) return
  // Written so that a first message, where `before` is NaN, closes a gap too.
  if (!(at - before <= limitMsOf(sensors, id))) closeGap(state, id, at)
  keep(state, id, at, arrivedAt)
  // A first message may be older than the registration, and so be due earlier.
  if (Number.isNaN(before) && !has(sensors.rows, id, sensorTold | sensorPending)) {
    expectMessage(sensors, id)
  }
}

function keep(state: State, id: number, at: Instant, arrivedAt: Instant): void {
  const { rows } = state.sensors
  setTime(rows, id, at)
  mark(rows, id, sensorChanged)
  if (has(rows, id, sensorAwaited | sensorTold)) comeBack(state, id, at, arrivedAt)
}

function closeGap(state: State, id: number, at: Instant): void {
  const gap = { from: lastSign(state.sensors, id), to: at }
  for (const plan of plansOf(state, id)) addGap(state.plans, plan, gap)
}

/** A message that was already older than the limit when it arrived is no proof of being back. */
function comeBack(state: State, id: number, at: Instant, arrivedAt: Instant): void {
  const { sensors, plans } = state
  const flags = flagsOf(sensors.rows, id)
  if ((flags & sensorAwaited) !== 0) {
    unmark(sensors.rows, id, sensorAwaited)
    for (const plan of plansOf(state, id)) lookAgain(plans, plan)
  }
  const isFresh = arrivedAt - at <= limitMsOf(sensors, id)
  if (isFresh && (flags & sensorTold) !== 0) markBack(state, id, at)
}
