import { openReport } from '../report.ts'

export const report = openReport('prove:access')
export const { brokenPromises, say, promiseNone, promiseAtLeast } = report
