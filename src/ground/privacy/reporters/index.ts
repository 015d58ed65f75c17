/**
 * Reporters: who reported something is sealed with keys of its own, beside no person and no
 * account. One named post opens it; each opening is a look. Keeps: sealed identities, until a year
 * after their matter is closed.
 */
export { sealReporter, type IsKeeper } from './reporters.ts'
export { openReporterRoutes } from './routes.ts'
export { sealedParts } from './sealing.ts'
export { deleteReporters } from './store.ts'
export type { Reporter, ReportedMatter } from './types.ts'
