import { duties } from './duties.ts'
import { sensing } from './sensing.ts'
import { tasks } from './tasks.ts'

/** Words of those who work here: no resident’s telephone needs them. */
export const work = { duties, sensing, tasks }
