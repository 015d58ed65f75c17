/** What can be reported about a place. Never about a person. */
export const reportable = [
  'crowding',
  'hazard',
  'fire-way-blocked',
  'e-bike-charging',
  'noise',
  'other',
] as const
export type Reportable = (typeof reportable)[number]

/** What became of it, as the reporter is told. */
export const reportStates = ['waiting', 'taken-up', 'done'] as const
export type ReportState = (typeof reportStates)[number]

/** Of one task: whoever comes after them is refused. */
export const reportsMax = 50
export const wordsMax = 300
/** Reports that one browser can find again at a time; of more only the receipt is left. */
export const marksMax = 256
/** The newest that are shown. */
export const shownMax = 50
