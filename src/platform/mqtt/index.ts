/** mqtt: devices' messages come in here, from our own broker or from an outside one. The door. */
export { openMqtt } from './broker.ts'
export { followBroker, type OutsideBroker } from './follow.ts'
export { usualLimits, type Limits } from './limits.ts'
export type { Certificate, Held, Listener, Mqtt, MqttRoom, SignIn, Taken } from './room.ts'
export { openMqttTrial, openRoom } from './trial.ts'
