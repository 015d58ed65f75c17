/** intake: from a device's message to COMMIT, and only then to PUBACK. The door of this folder. */
export { begin, remark } from './accept.ts'
export type { Entry } from './entry.ts'
export { Intake, type Declared } from './intake.ts'
export type { Connection, Known, KnownGateway, Source } from './known.ts'
export { forgetStream, openMemory } from './memory.ts'
export { notSaved, rowsOf } from './rows.ts'
export * as intakeStore from './store.ts'
