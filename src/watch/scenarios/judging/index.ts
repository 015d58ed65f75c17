/** judging: what the kernel watches, and what becomes of what it finds. The door of this folder. */
export { openMemory } from './memory.ts'
export { openJudging, type Raised } from './saving.ts'
