/** running: the open room. Memory, intake, shelves and what the broker asks. The folder's door. */
export { mqttRoom } from './broker.ts'
export { openSensing, type Sensing } from './open.ts'
