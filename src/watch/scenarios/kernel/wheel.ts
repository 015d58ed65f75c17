import type { Instant } from '../../../kernel/clock.ts'
import { grown, none } from './slots.ts'

/**
 * Timers by dense id in a ring of buckets, each as long as the time between two looks. A timer may
 * be placed earlier than it is really due, never later: whoever takes it out looks again and places
 * it anew. So the hot path never touches the wheel. A cascade of several rings stalled for seconds
 * at 24 M timers; one ring with a second look had a worst tick of 5.7 ms.
 *
 * Buckets are doubly linked lists: `next` ends with -1; `prev` of the first is -2 - bucket, and -1
 * says that the timer is in no bucket.
 *
 * `soonest`: nothing in the bucket of `turn` is due earlier, so that looking often costs little.
 */
export type Wheel = {
  head: Int32Array
  next: Int32Array
  prev: Int32Array
  turn: number
  soonest: Instant
}

/** 68 hours in all. With buckets of a minute a look every 15 s cost three times as much. */
export const bucketsUsual = 16_384
const bucketMs = 15_000
const nothing: readonly number[] = []

/** `buckets`: a power of two; with few of them timers are looked at more often. */
export function createWheel(start: Instant, rows: number, buckets: number): Wheel {
  return {
    head: new Int32Array(buckets).fill(none),
    next: new Int32Array(rows).fill(none),
    prev: new Int32Array(rows).fill(none),
    turn: Math.floor(start / bucketMs),
    soonest: Infinity,
  }
}

export function growWheel(wheel: Wheel, length: number): void {
  wheel.next = grown(wheel.next, length, none)
  wheel.prev = grown(wheel.prev, length, none)
}

/** Put a timer into the bucket of `due`, out of any other. The far future goes into the last. */
export function place(wheel: Wheel, id: number, due: Instant): void {
  remove(wheel, id)
  const { turn, head, next, prev } = wheel
  const wanted = Math.floor(due / bucketMs)
  if (wanted <= turn && due < wheel.soonest) wheel.soonest = due
  const last = head.length - 1
  const bucket = Math.min(Math.max(wanted, turn), turn + last) & last
  const first = head[bucket]!
  next[id] = first
  prev[id] = -2 - bucket
  if (first !== none) prev[first] = id
  head[bucket] = id
}

export function remove(wheel: Wheel, id: number): void {
  const { head, next, prev } = wheel
  const before = prev[id]!
  if (before === none) return
  const after = next[id]!
  if (before >= 0) next[before] = after
  else head[-2 - before] = after
  if (after !== none) prev[after] = before
  prev[id] = none
  next[id] = none
}

/**
 * Take out every timer of the buckets up to that of `now`. The last one is emptied again at the
 * next call, since it may hold timers due later in that same stretch.
 */
export function takeOut(wheel: Wheel, now: Instant): readonly number[] {
  const until = Math.max(wheel.turn, Math.floor(now / bucketMs))
  if (until === wheel.turn && now < wheel.soonest) return nothing
  wheel.soonest = Infinity
  const taken: number[] = []
  const last = wheel.head.length - 1
  for (let at = Math.max(wheel.turn, until - last); at <= until; at++) {
    emptyBucket(wheel, at & last, taken)
  }
  wheel.turn = until
  return taken
}

function emptyBucket({ head, next, prev }: Wheel, bucket: number, taken: number[]): void {
  let id = head[bucket]!
  head[bucket] = none
  while (id !== none) {
    const after = next[id]!
    next[id] = none
    prev[id] = none
    taken.push(id)
    id = after
  }
}
