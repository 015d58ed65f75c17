/** Cells on the way between two threads: texts, of which each is unpacked in a moment. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Cell } from './types.ts'

export type Packed = readonly string[]

const rowsTogether = 500

/** For a thread in which nobody waits for anything else. */
export function packed(rows: readonly (readonly Cell[])[]): Packed {
  return [...piecesOf(rows)]
}

/** In between, others have their turn. */
export async function packedByTurns(rows: readonly (readonly string[])[]): Promise<Packed> {
  const pieces: string[] = []
  for (const piece of piecesOf(rows)) {
    pieces.push(piece)
    await nextTurn()
  }
  return pieces
}

export function unpacked(pieces: Packed): Cell[][] {
  return pieces.flatMap(rowsIn)
}

/** In between, others have their turn. */
export async function unpackedByTurns(pieces: Packed): Promise<Cell[][]> {
  const rows: Cell[][] = []
  for (const piece of pieces) {
    rows.push(...rowsIn(piece))
    await nextTurn()
  }
  return rows
}

function* piecesOf(rows: readonly (readonly Cell[])[]): Generator<string> {
  for (let at = 0; at < rows.length; at += rowsTogether) {
    yield JSON.stringify(rows.slice(at, at + rowsTogether).map((row) => row.map(written)))
  }
}

type Written = string | number | boolean | null | { day: number }

/** A day and a number that is none are what JSON does not have. */
function written(cell: Cell): Written {
  if (cell instanceof Date) return { day: cell.getTime() }
  return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell
}

function rowsIn(piece: string): Cell[][] {
  const rows = JSON.parse(piece) as Written[][]
  return rows.map((row) => row.map((cell) => (isDay(cell) ? new Date(cell.day) : cell)))
}

function isDay(cell: Written): cell is { day: number } {
  return typeof cell === 'object' && cell !== null
}
