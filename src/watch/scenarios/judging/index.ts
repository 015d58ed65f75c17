/** judging: what the kernels watch, and what becomes of what they find. The door of this folder. */
export { openCalendar, type Calendar } from './calendar.ts'
export { goOn, sendHelp } from './chain.ts'
export { openMemory, settleMs, type Memory, type Street } from './memory.ts'
export { openJudging, type Raised } from './saving.ts'
export { leadClosed, openLeads } from './leads.ts'
