/** Dense ids for names. Freed ids are given out again, so columns stay as short as they can. */
export type Slots = { idOf: Map<string, number>; nameOf: string[]; free: number[] }

export function createSlots(): Slots {
  return { idOf: new Map(), nameOf: [], free: [] }
}

/** @throws RangeError past 2^24 names, the limit of a Map */
export function takeSlot(slots: Slots, name: string): number {
  const id = slots.free.pop() ?? slots.nameOf.length
  slots.idOf.set(name, id)
  slots.nameOf[id] = name
  return id
}

export function freeSlot(slots: Slots, id: number): void {
  slots.idOf.delete(nameOf(slots, id))
  slots.nameOf[id] = ''
  slots.free.push(id)
}

export function nameOf(slots: Slots, id: number): string {
  return slots.nameOf[id]!
}

type Column = Float64Array | Int32Array | Uint16Array | Uint8Array

/** The same column at `length`; new rows hold `empty`. */
export function grown<C extends Column>(column: C, length: number, empty: number): C {
  const Kind = column.constructor as new (length: number) => C
  const longer = new Kind(length)
  longer.fill(empty)
  longer.set(column)
  return longer
}

/** Columns start with this many rows and double. */
export const firstRows = 1024
