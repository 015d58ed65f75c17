/**
 * staffing: bodies and posts as a whole, and many new ones at once: what an import and an export of
 * the register ask for. The door of this folder.
 */
import type { StaffDoor } from '../../people/index.ts'
import * as store from './store.ts'

export const staffDoor: StaffDoor = store
