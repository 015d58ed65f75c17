/**
 * town: one believable street for the demo, the tests and the simulator, built through the public
 * API. `buildTown` opens it as it is; `openDemoTown` also gives it its last two days of life.
 */
export { townApi, type TownApi } from '../simulator/call.ts'
export { openDemoTown } from './history.ts'
export { buildTown, townYearMs } from './open.ts'
export { demoPeople } from './welcome.ts'
export type { TownDevice, TownElder, TownGateway, TownMap } from './map.ts'
