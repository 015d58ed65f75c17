import { openReport } from '../report.ts'

export const report = openReport('prove:privacy')
export const { brokenPromises, say, promiseNone, promiseAtLeast, promiseWithin } = report
