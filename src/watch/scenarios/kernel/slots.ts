/**
 * Dense ids, with names or without. Freed ids are given out again, so columns stay as short as they
 * can. `size`: ids ever given out at once.
 */
export type Slots = {
  idOf: Map<string, number>
  nameOf: (string | undefined)[]
  free: number[]
  size: number
}

export function createSlots(): Slots {
  return { idOf: new Map(), nameOf: [], free: [], size: 0 }
}

/** @throws RangeError past 2^24 names, the limit of a Map; ids without a name have no such limit */
export function takeSlot(slots: Slots, name: string | null): number {
  const id = slots.free.pop() ?? slots.size++
  if (name === null) return id
  slots.idOf.set(name, id)
  slots.nameOf[id] = name
  return id
}

export function freeSlot(slots: Slots, id: number): void {
  const name = slots.nameOf[id]
  if (name !== undefined) {
    slots.idOf.delete(name)
    slots.nameOf[id] = undefined
  }
  slots.free.push(id)
}

/** What has no name is called by its id, `#12`. */
export function nameOf(slots: Slots, id: number): string {
  return slots.nameOf[id] ?? `#${id}`
}

type Column = Float64Array | Int32Array

/** The same column at `length`; new rows hold `empty`. */
export function grown<C extends Column>(column: C, length: number, empty: number): C {
  const Kind = column.constructor as new (length: number) => C
  const longer = new Kind(length)
  longer.fill(empty)
  longer.set(column)
  return longer
}

/** The end of a list of ids, and "no such row". */
export const none = -1

/** Columns start with this many rows. */
export const firstRows = 1024

/** They double while they are short; long ones grow by a quarter, which leaves less unused. */
export function moreRows(rows: number): number {
  return rows < 65_536 ? rows * 2 : Math.ceil((rows * 1.25) / firstRows) * firstRows
}
