/** What became of it, as the reporter is told. */
export const reportStates = ['waiting', 'taken-up', 'done'] as const
export type ReportState = (typeof reportStates)[number]

export const wordsMax = 300
/** Reports that one browser can find again at a time; of more only the receipt is left. */
export const marksMax = 256
/** The newest that are shown. */
export const shownMax = 50
