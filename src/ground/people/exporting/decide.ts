import { rowsFree, type ExportRequest, type ExportState } from './types.ts'

export function approvalsNeeded(rows: number): 0 | 2 {
  return rows > rowsFree ? 2 : 0
}

export function stateOf(
  asked: Pick<ExportRequest, 'rows' | 'secondBy' | 'refusedAt' | 'until'>,
  now: number,
): ExportState {
  if (asked.refusedAt !== null) return 'refused'
  if (asked.until <= now) return 'over'
  return approvalsNeeded(asked.rows) > 0 && asked.secondBy === null ? 'waiting' : 'ready'
}

/** Two other persons: neither who asks nor who has approved already. */
export function mayApprove(
  { byPerson, firstBy, secondBy }: Pick<ExportRequest, 'byPerson' | 'firstBy' | 'secondBy'>,
  person: string,
): boolean {
  return ![byPerson, firstBy, secondBy].includes(person)
}

/** What was approved is what was counted then; a tenth more is another matter. */
export function hasOutgrown(rowsAsked: number, rowsNow: number): boolean {
  if (rowsNow <= rowsFree) return false
  return rowsAsked <= rowsFree || rowsNow > Math.ceil(rowsAsked * 1.1)
}
