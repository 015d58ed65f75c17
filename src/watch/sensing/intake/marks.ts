/**
 * Which sequence numbers of one device were taken, as ranges: a device that counts on is one range
 * however long. More than `rangesMax` holes join the two oldest ranges: a number in a joined hole
 * is then refused as a copy, and counted.
 */
export type Marks = {
  /** Sorted, apart from each other: [from, to, from, to, …], both ends taken. */
  ranges: number[]
}

export const rangesMax = 256

export function newMarks(): Marks {
  return { ranges: [] }
}

/** From pairs as the database keeps them: sorted, `to` taken. */
export function marksFrom(pairs: readonly (readonly [number, number])[]): Marks {
  const marks = newMarks()
  for (const [from, to] of pairs) insert(marks, from, to)
  bound(marks)
  return marks
}

export function isTaken({ ranges }: Marks, sequence: number): boolean {
  const last = ranges.length - 1
  if (last < 0 || sequence > ranges[last]!) return false
  return sequence >= ranges[last - 1]! || sequence >= ranges[firstEndFrom(ranges, sequence) - 1]!
}

export function take(marks: Marks, sequence: number): void {
  const { ranges } = marks
  const last = ranges.length - 1
  if (last > 0 && sequence === ranges[last]! + 1) {
    ranges[last] = sequence
    return
  }
  insert(marks, sequence, sequence)
  if (ranges.length > 2 * rangesMax) bound(marks)
}

/** After a failed commit: the message was not stored and may come again. */
export function giveBack(marks: Marks, sequence: number): void {
  const { ranges } = marks
  const end = firstEndFrom(ranges, sequence)
  const from = ranges[end - 1]
  const to = ranges[end]
  if (from === undefined || to === undefined || sequence < from) return
  const left = sequence > from ? [from, sequence - 1] : []
  const right = sequence < to ? [sequence + 1, to] : []
  ranges.splice(end - 1, 2, ...left, ...right)
}

/** Every number up to here counts as taken: what lay below is one range, and tells nothing. */
export function collapse(marks: Marks, through: number): void {
  const { ranges } = marks
  const first = ranges[0]
  if (first === undefined || through < first) return
  insert(marks, first, through)
}

/** Forgets what lies below, as if it had never been taken. */
export function forgetBelow(marks: Marks, lowest: number): void {
  const { ranges } = marks
  ranges.splice(0, firstEndFrom(ranges, lowest) - 1)
}

/** The highest number taken; -1 where none was. */
export function top(marks: Marks): number {
  return marks.ranges.at(-1) ?? -1
}

export function pairsOf({ ranges }: Marks): [number, number][] {
  const pairs: [number, number][] = []
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!])
  return pairs
}

/** Index of the first range end that is not below the number. */
function firstEndFrom(ranges: readonly number[], sequence: number): number {
  let low = 0
  let high = ranges.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[2 * middle + 1]! < sequence) low = middle + 1
    else high = middle
  }
  return 2 * low + 1
}

function insert(marks: Marks, from: number, to: number): void {
  const { ranges } = marks
  // Ranges that touch the new one, with one number beside it, become one with it.
  const first = firstEndFrom(ranges, from - 1) - 1
  let after = first
  while (after < ranges.length && ranges[after]! <= to + 1) after += 2
  const merged =
    after > first ? [Math.min(from, ranges[first]!), Math.max(to, ranges[after - 1]!)] : [from, to]
  ranges.splice(first, after - first, ...merged)
}

function bound(marks: Marks): void {
  const { ranges } = marks
  while (ranges.length > 2 * rangesMax) ranges.splice(0, 4, ranges[0]!, ranges[3]!)
}
