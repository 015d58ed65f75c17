import type { ImportKind } from '../importing/types.ts'

export const exportReasons = [
  'vote-register',
  'census',
  'handover-of-books',
  'rescue',
  'authority',
  'move-to-other-system',
] as const
export type ExportReason = (typeof exportReasons)[number]

/** Above so many rows two other officers approve. */
export const rowsFree = 500
/** As many as an import takes. */
export const rowsMax = 20_000
/** From the asking on. */
export const termHours = 72

/**
 * What each reason needs. A number that it does not need is masked: owners are told apart by their
 * identity numbers in a vote, who is missing in a rescue is called; an authority gets numbers by
 * its own request on record, never in a list; only whole books go with both.
 */
export const numbersFor: Readonly<Record<ExportReason, { phone: boolean; idNumber: boolean }>> = {
  'vote-register': { phone: false, idNumber: true },
  census: { phone: false, idNumber: true },
  'handover-of-books': { phone: true, idNumber: true },
  rescue: { phone: true, idNumber: false },
  authority: { phone: false, idNumber: false },
  'move-to-other-system': { phone: true, idNumber: true },
}

/** Whole books hold what has ended, too; the others only what is so now. */
export const withPast: ReadonlySet<ExportReason> = new Set([
  'handover-of-books',
  'move-to-other-system',
])

export type ExportRequest = {
  export: string
  kind: ImportKind
  committee: string | null
  reason: ExportReason
  rows: number
  byPerson: string
  askedAt: number
  firstBy: string | null
  secondBy: string | null
  refusedAt: number | null
  until: number
  fetchedAt: number | null
}

export const exportStates = ['waiting', 'ready', 'refused', 'over'] as const
export type ExportState = (typeof exportStates)[number]
