import { setImmediate as breath } from 'node:timers/promises'
import type { Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import type { CellFault, Duplicate, OnDuplicate } from './types.ts'

/** For whom a file is read: the asker's street, and the committees that they may touch. */
export type Scope = {
  street: StreetCode
  committees: '*' | readonly CommitteeCode[]
  /** 'YYYY-MM-DD' */
  today: string
  now: Instant
  onDuplicate: OnDuplicate
}

/** A row that the import made: so that it can be taken back. */
export type Made = { line: number; isShared: boolean; from: TakenFrom; key: string }

/** What a file comes to, against the register as it is now. */
export type Plan = {
  faults: CellFault[]
  duplicates: Duplicate[]
  /** How many lines `write` brings in. */
  good: number
  /** Only where there are no faults. Tells how many lines are in so far. */
  write(tx: Tx, tell: (done: number) => void): Promise<Made[]>
}

export const batchLines = 1_000

/** A batch at a time; others are served between two. */
export async function inBatches<T>(
  rows: readonly T[],
  work: (batch: readonly T[]) => Promise<void> | void,
): Promise<void> {
  for (let from = 0; from < rows.length; from += batchLines) {
    await work(rows.slice(from, from + batchLines))
    await breath()
  }
}

/** Lines that stay out where duplicates are left out. */
export function leftOut({ onDuplicate }: Scope, duplicates: readonly Duplicate[]): Set<number> {
  return new Set(onDuplicate === 'leave-out' ? duplicates.map(({ line }) => line) : [])
}
