/** What happens when, the earliest first; what comes at one time in the order of its putting. */
export type Queue<Thing> = {
  put(at: number, thing: Thing): void
  /** The time of the next, or Infinity. */
  next(): number
  take(): Thing | undefined
}

type Entry<Thing> = { at: number; order: number; thing: Thing }

export function openQueue<Thing>(): Queue<Thing> {
  const heap: Entry<Thing>[] = []
  let order = 0

  const isBefore = (a: Entry<Thing>, b: Entry<Thing>): boolean =>
    a.at === b.at ? a.order < b.order : a.at < b.at

  const sink = (entry: Entry<Thing>): void => {
    let here = 0
    for (;;) {
      const left = here * 2 + 1
      const [a, b] = [heap[left], heap[left + 1]]
      if (!a) break
      const first = b && isBefore(b, a) ? b : a
      if (isBefore(entry, first)) break
      heap[here] = first
      here = first === a ? left : left + 1
    }
    heap[here] = entry
  }
  return {
    put(at, thing) {
      const entry = { at, order: order++, thing }
      let here = heap.length
      heap.push(entry)
      while (here > 0) {
        const above = (here - 1) >> 1
        const other = heap[above]
        if (!other || isBefore(other, entry)) break
        heap[here] = other
        here = above
      }
      heap[here] = entry
    },
    next: () => heap[0]?.at ?? Number.POSITIVE_INFINITY,
    take() {
      const first = heap[0]
      const last = heap.pop()
      if (last && heap.length > 0) sink(last)
      return first?.thing
    },
  }
}
