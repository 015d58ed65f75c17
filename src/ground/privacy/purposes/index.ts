/**
 * Purposes: what a street keeps, why and how long. A sensitive one is off until somebody has
 * written down why it is needed, what could go wrong and what is done about it; switching it off
 * ends every agreement to it at once. Keeps: assessments and switches, at least 3 years (个保法 56).
 */
export type { SeenBy, StopsPurpose } from './purposes.ts'
export { openPurposeRoutes } from './routes.ts'
