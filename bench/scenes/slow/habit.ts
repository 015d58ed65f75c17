/** What is usual for a place: whole days, learned from the first one on at every question. */
import { startOfDay } from '../../../src/kernel/calendar.ts'
import { dayMs, hourMs, type Instant } from '../../../src/kernel/clock.ts'
import type { Message } from '../../../src/watch/scenarios/index.ts'
import { coverOf, coveredMs } from './coverage.ts'
import type { Simple } from './history.ts'
import { lastSignAt, saidBy, timesSaid, type View } from './view.ts'

type Habit = Extract<Simple, { is: 'habit' }>
/** An exponential mean in 1/1000, and of how many days. */
type Base = { days: number; mean: number }

const partMs = 6 * hourMs
const all = () => true

export function habitHolds(leaf: Habit, view: View, at: Instant): boolean {
  if (view.bound.length === 0) return false
  return leaf.of === 'gap' ? isGapUnusual(leaf, view, at) : wasDayUnusual(leaf, view, at)
}

function wasDayUnusual(leaf: Habit, view: View, at: Instant): boolean {
  const today = startOfDay(at)
  const yesterday = today - dayMs
  if (!isWatched(view, yesterday)) return false
  const base: Base = { days: 0, mean: 0 }
  for (let day = startOfDay(view.history.from); day < yesterday; day += dayMs) {
    if (isWatched(view, day)) learn(base, amountOf(leaf, view, day))
  }
  return base.days >= leaf.days && isBeyond(leaf, amountOf(leaf, view, yesterday), base)
}

function isGapUnusual(leaf: Habit, view: View, at: Instant): boolean {
  const part = partOf(at)
  const base: Base = { days: 0, mean: 0 }
  for (let day = startOfDay(view.history.from); day < startOfDay(at); day += dayMs) {
    const longest = longestGap(leaf, view, day, part)
    if (isWatched(view, day) && longest !== undefined) learn(base, longest)
  }
  if (base.days < leaf.days) return false
  const last = lastSignAt(view, at, (message) => isSign(leaf, message))
  return isBeyond(leaf, coveredMs(view, all, last, at), base)
}

function longestGap(leaf: Habit, view: View, day: Instant, part: number): number | undefined {
  const end = day + dayMs
  const signs = view.history.heard.filter(({ at, message }) => at < end && isSign(leaf, message))
  let longest: number | undefined
  for (const [i, { at }] of signs.entries()) {
    const before = signs[i - 1]?.at ?? view.history.from
    if (at < day || partOf(at) !== part) continue
    longest = Math.max(longest ?? 0, coveredMs(view, all, before, at))
  }
  return longest
}

function isBeyond({ side, percent }: Habit, amount: number, { mean }: Base): boolean {
  const [ours, usual] = [amount * 1000 * 100, mean * percent]
  return side === 'above' ? ours > usual : ours < usual
}

function learn(base: Base, amount: number): void {
  const now = amount * 1000
  base.mean = base.days === 0 ? now : base.mean + Math.floor((now - base.mean) / 16)
  base.days++
}

function partOf(at: Instant): number {
  return Math.floor((at - startOfDay(at)) / partMs)
}

function isSign({ signal }: Habit, message: Message): boolean {
  return signal === null ? message.isSignOfLife : timesSaid(signal, message) > 0
}

/**
 * Every sensor worked from 0:00 to 24:00, as far as it was known at 24:00. One that was taken away
 * in the day worked until it spoke last.
 */
function isWatched(view: View, day: Instant): boolean {
  const end = day + dayMs
  if (view.history.from > day) return false
  if (!view.history.bound.some((one) => one.from < end && one.to > end)) return false
  return view.history.bound.every((one) => {
    if (one.from >= end || one.to <= day) return true
    const isGone = one.to <= end
    const said = saidBy(view.history, one).filter(({ at }) => at <= end)
    const last = said.at(-1)?.at ?? one.sensor.heardAt
    if (last === null) return isGone
    if (isGone ? last <= day : end - last > one.sensor.limitMs) return isGone
    return isUnbroken([...coverOf(view, one, end), { from: last, to: end }], day, end)
  })
}

function isUnbroken(parts: { from: Instant; to: Instant }[], from: Instant, to: Instant): boolean {
  let reached = from
  for (const part of parts) if (part.from <= reached) reached = Math.max(reached, part.to)
  return reached >= to
}

/** How often it was said on that day, or how far its counters went. */
function amountOf(leaf: Habit, view: View, day: Instant): number {
  const inDay = view.history.heard.filter(({ at }) => at >= day && at < day + dayMs)
  if (leaf.of === 'count') {
    return inDay.reduce((sum, { message }) => {
      if (leaf.signal === null) return sum + (message.isSignOfLife ? 1 : 0)
      return sum + timesSaid(leaf.signal, message)
    }, 0)
  }
  let used = 0
  for (const { sensor } of view.history.bound) {
    for (const state of leaf.signal?.states ?? []) {
      const values = inDay
        .filter(({ message }) => message.sensor === sensor.sensor)
        .flatMap(({ message }) => message.facts)
        .filter((fact) => fact.state === state && fact.kind === leaf.signal?.kind)
        .flatMap((fact) => (fact.value === null ? [] : [fact.value]))
      for (const [i, value] of values.entries()) {
        const before = values[i - 1]
        if (before !== undefined) used += value >= before ? value - before : value
      }
    }
  }
  return used
}
