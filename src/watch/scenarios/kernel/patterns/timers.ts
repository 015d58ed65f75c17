import type { Instant } from '../../../../kernel/clock.ts'

/**
 * A heap of (when, owner, row). Entries are never taken back: whoever takes one out looks whether
 * it still means something.
 */
export type Timers = {
  size: number
  due: Float64Array
  owner: Int32Array
  row: Int32Array
}

const firstSize = 256

export function createTimers(): Timers {
  return {
    size: 0,
    due: new Float64Array(firstSize),
    owner: new Int32Array(firstSize),
    row: new Int32Array(firstSize),
  }
}

export function soonest(timers: Timers): Instant {
  return timers.size === 0 ? Infinity : timers.due[0]!
}

export function setTimer(timers: Timers, due: Instant, owner: number, row: number): void {
  if (timers.size === timers.due.length) grow(timers)
  let at = timers.size++
  while (at > 0) {
    const above = (at - 1) >> 1
    if (timers.due[above]! <= due) break
    move(timers, above, at)
    at = above
  }
  put(timers, at, due, owner, row)
}

/** Takes the soonest out; look at index 0 before. */
export function dropSoonest(timers: Timers): void {
  const last = --timers.size
  if (last === 0) return
  const due = timers.due[last]!
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    if (below >= last) break
    if (below + 1 < last && timers.due[below + 1]! < timers.due[below]!) below++
    if (timers.due[below]! >= due) break
    move(timers, below, at)
    at = below
  }
  put(timers, at, due, timers.owner[last]!, timers.row[last]!)
}

function move({ due, owner, row }: Timers, from: number, to: number): void {
  due[to] = due[from]!
  owner[to] = owner[from]!
  row[to] = row[from]!
}

function put(timers: Timers, at: number, due: Instant, owner: number, row: number): void {
  timers.due[at] = due
  timers.owner[at] = owner
  timers.row[at] = row
}

function grow(timers: Timers): void {
  const { due, owner, row } = timers
  const length = due.length * 2
  timers.due = new Float64Array(length)
  timers.owner = new Int32Array(length)
  timers.row = new Int32Array(length)
  timers.due.set(due)
  timers.owner.set(owner)
  timers.row.set(row)
}
