/**
 * town: one believable street for the demo, the tests and the simulator, built through the public
 * API. `buildTown` opens it, `liveUntilNow` gives it two days of life, `openDemoTown` does both.
 */
export { CallRefused, townApi, type TownApi } from '../simulator/call.ts'
export { historyMs, liveUntilNow, openDemoTown } from './history.ts'
export { buildTown } from './open.ts'
export { demoPeople } from './welcome.ts'
export type { TownDevice, TownElder, TownMap } from './map.ts'
