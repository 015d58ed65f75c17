import { none } from './slots.ts'

/**
 * What a message needs of a plan or a sensor lies side by side in 16 bytes: a time, its first link,
 * its limit and its flags. One look into memory gets all; with a column for each it was four, and a
 * million sensors took twice as long.
 */
export type Rows = { times: Float64Array; words: Int32Array }

const timesEach = 2
const wordsEach = 4
const linkWord = 2
const lastWord = 3
const flagBits = 8
export const allFlags = 255

/** Without links, limits and flags; each with the same time. */
export function createRows(count: number, time: number): Rows {
  const rows = viewsOf(new ArrayBuffer(count * 16))
  for (let id = 0; id < count; id++) clear(rows, id, time)
  return rows
}

export function growRows(rows: Rows, count: number, time: number): void {
  const longer = viewsOf(new ArrayBuffer(count * 16))
  longer.words.set(rows.words)
  for (let id = rowCount(rows); id < count; id++) clear(longer, id, time)
  rows.times = longer.times
  rows.words = longer.words
}

export function clear(rows: Rows, id: number, time: number): void {
  rows.times[id * timesEach] = time
  rows.words[id * wordsEach + linkWord] = none
  rows.words[id * wordsEach + lastWord] = 0
}

export function timeOf(rows: Rows, id: number): number {
  return rows.times[id * timesEach]!
}

export function setTime(rows: Rows, id: number, time: number): void {
  rows.times[id * timesEach] = time
}

export function firstLinkOf(rows: Rows, id: number): number {
  return rows.words[id * wordsEach + linkWord]!
}

export function setFirstLink(rows: Rows, id: number, link: number): void {
  rows.words[id * wordsEach + linkWord] = link
}

export function limitOf(rows: Rows, id: number): number {
  return rows.words[id * wordsEach + lastWord]! >>> flagBits
}

/** @param limit at most 16 bits */
export function setLimit(rows: Rows, id: number, limit: number): void {
  rows.words[id * wordsEach + lastWord] = (limit << flagBits) | flagsOf(rows, id)
}

export function flagsOf(rows: Rows, id: number): number {
  return rows.words[id * wordsEach + lastWord]! & allFlags
}

/** One of the flags at least. Of an id that was never given out: none. */
export function has(rows: Rows, id: number, flags: number): boolean {
  return (rows.words[id * wordsEach + lastWord]! & flags) !== 0
}

export function mark(rows: Rows, id: number, flags: number): void {
  rows.words[id * wordsEach + lastWord]! |= flags
}

export function unmark(rows: Rows, id: number, flags: number): void {
  rows.words[id * wordsEach + lastWord]! &= ~flags
}

export function rowCount({ times }: Rows): number {
  return times.length / timesEach
}

function viewsOf(buffer: ArrayBuffer): Rows {
  return { times: new Float64Array(buffer), words: new Int32Array(buffer) }
}
