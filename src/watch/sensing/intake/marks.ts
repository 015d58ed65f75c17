/** How many sequence numbers of a device are remembered exactly. */
export const recentMax = 1024

/**
 * Which sequence numbers of one device were taken. The newest 1,024 are known exactly; a number
 * below all of these may be an old copy or a very late message, and is refused as too old.
 */
export type Marks = { readonly recent: Set<number>; floor: number }

export function marksFrom(sequences: Iterable<number>): Marks {
  const sorted = [...new Set(sequences)].toSorted((a, b) => a - b)
  const kept = sorted.slice(-recentMax)
  // A full memory may have forgotten what lay below it: the floor itself is not saved.
  const floor = kept.length === recentMax ? (kept[0] ?? 0) - 1 : -1
  return { recent: new Set(kept), floor }
}

export function isTaken(marks: Marks, sequence: number): 'new' | 'duplicate' | 'too-old' {
  if (marks.recent.has(sequence)) return 'duplicate'
  return sequence <= marks.floor ? 'too-old' : 'new'
}

export function take(marks: Marks, sequence: number): void {
  marks.recent.add(sequence)
  if (marks.recent.size <= recentMax) return
  // The lowest number goes, not the first to come: a batch that was delayed would else be refused.
  const lowest = Math.min(...marks.recent)
  marks.recent.delete(lowest)
  marks.floor = Math.max(marks.floor, lowest)
}

/** The device counts from its beginning again: what was known of the old count says nothing now. */
export function startAnew(marks: Marks): void {
  marks.recent.clear()
  marks.floor = -1
}

/** After a failed commit: the message was not stored and may come again. */
export function giveBack(marks: Marks, sequence: number): void {
  marks.recent.delete(sequence)
}
