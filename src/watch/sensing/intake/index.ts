/** intake: from a device's message to COMMIT, and only then to PUBACK. The door of this folder. */
export { Intake, type Batch, type Known } from './intake.ts'
export { openMemory } from './memory.ts'
export * as intakeStore from './store.ts'
