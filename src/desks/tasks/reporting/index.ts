/**
 * Reporting: somebody reports something about a place, and it is a task. Who did is sealed by
 * `privacy`; the reporter finds it again by a receipt, or by a secret of their own browser. Keeps:
 * what was reported and in which words, with its task.
 */
export { forgetReporters } from './reporting.ts'
export { openReportingRoutes } from './routes.ts'
