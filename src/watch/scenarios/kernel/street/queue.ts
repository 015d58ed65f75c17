import type { Instant } from '../../../../kernel/clock.ts'

/**
 * Messages that wait until everything older than the stated lateness is there. They lie in rows of
 * numbers; `line` holds the rows in order of (at, sensor, order). What comes in order is put at its
 * end; what does not is moved in, one copy of a few kilobytes.
 */
export type Queue = {
  at: Float64Array
  arrivedAt: Float64Array
  order: Float64Array
  value: Float64Array
  sensor: Int32Array
  code: Int32Array
  flags: Uint8Array
  /** Facts of messages that hold more than one. */
  more: Map<number, readonly Fact[]>
  free: number[]
  rows: number
  line: Int32Array
  head: number
  tail: number
  nameOf(sensor: number): string
}
export type Fact = { code: number; value: number }

export type Waiting = {
  sensor: number
  at: Instant
  arrivedAt: Instant
  order: number
  code: number
  value: number
  flags: number
}

export const heartbeat = -1
export const severalFacts = -2
/** A folded run of heartbeats, up to `value`. */
export const coverRun = -3
export const signOfLife = 1

const firstRows = 1024

export function createQueue(nameOf: (sensor: number) => string): Queue {
  return {
    at: new Float64Array(firstRows),
    arrivedAt: new Float64Array(firstRows),
    order: new Float64Array(firstRows),
    value: new Float64Array(firstRows),
    sensor: new Int32Array(firstRows),
    code: new Int32Array(firstRows),
    flags: new Uint8Array(firstRows),
    more: new Map(),
    free: [],
    rows: 0,
    line: new Int32Array(firstRows),
    head: 0,
    tail: 0,
    nameOf,
  }
}

export function nextAt(queue: Queue): Instant {
  return queue.head === queue.tail ? Infinity : queue.at[queue.line[queue.head]!]!
}

/** Answers its row, for facts that do not fit. */
export function enqueue(
  queue: Queue,
  sensor: number,
  at: Instant,
  arrivedAt: Instant,
  order: number,
  code: number,
  value: number,
  flags: number,
): number {
  const row = queue.free.pop() ?? queue.rows++
  if (row === queue.at.length) growRows(queue)
  queue.at[row] = at
  queue.arrivedAt[row] = arrivedAt
  queue.order[row] = order
  queue.value[row] = value
  queue.sensor[row] = sensor
  queue.code[row] = code
  queue.flags[row] = flags
  if (queue.tail === queue.line.length) makeRoom(queue)
  const { line, tail } = queue
  if (tail > queue.head && isBefore(queue, row, line[tail - 1]!)) insert(queue, row)
  else line[tail] = row
  queue.tail++
  return row
}

/** The first in line; its row may be read until the next one is put in. */
export function dequeue(queue: Queue): number {
  const row = queue.line[queue.head++]!
  if (queue.head === queue.tail) {
    queue.head = 0
    queue.tail = 0
  }
  queue.free.push(row)
  return row
}

export function factsOf(queue: Queue, row: number): readonly Fact[] {
  const facts = queue.more.get(row) ?? []
  queue.more.delete(row)
  return facts
}

/** The rows that wait, in order. */
export function waiting({ line, head, tail }: Queue): Int32Array {
  return line.subarray(head, tail)
}

function insert(queue: Queue, row: number): void {
  const { line, tail } = queue
  let low = queue.head
  let high = tail
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(queue, row, line[middle]!)) high = middle
    else low = middle + 1
  }
  line.copyWithin(low + 1, low, tail)
  line[low] = row
}

function isBefore(queue: Queue, a: number, b: number): boolean {
  const { at, sensor, order } = queue
  if (at[a]! !== at[b]!) return at[a]! < at[b]!
  if (sensor[a]! === sensor[b]!) return order[a]! < order[b]!
  return queue.nameOf(sensor[a]!) < queue.nameOf(sensor[b]!)
}

function makeRoom(queue: Queue): void {
  const { head, tail, line } = queue
  if (head > line.length / 2) line.copyWithin(0, head, tail)
  else {
    queue.line = new Int32Array(line.length * 2)
    queue.line.set(line.subarray(head, tail))
  }
  queue.head = 0
  queue.tail = tail - head
}

function growRows(queue: Queue): void {
  const length = queue.at.length * 2
  const more = (column: Float64Array) => {
    const longer = new Float64Array(length)
    longer.set(column)
    return longer
  }
  queue.at = more(queue.at)
  queue.arrivedAt = more(queue.arrivedAt)
  queue.order = more(queue.order)
  queue.value = more(queue.value)
  const [sensor, code, flags] = [queue.sensor, queue.code, queue.flags]
  queue.sensor = new Int32Array(length)
  queue.sensor.set(sensor)
  queue.code = new Int32Array(length)
  queue.code.set(code)
  queue.flags = new Uint8Array(length)
  queue.flags.set(flags)
}
