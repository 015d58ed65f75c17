/**
 * sensing: devices and what they say. MQTT comes in here and nowhere else. A message is committed
 * before it is acknowledged; a copy is known by (device, sequence); whatever cannot be stored is
 * acknowledged, counted and shown on the device's page. Without a live consent nothing that says
 * somebody moved is stored at all.
 * Keeps: readings until judged, at most 72 h + 1 h; refusal counts 90 days; devices while
 * installed.
 */
import { dayOf } from '../../kernel/calendar.ts'
import { dayMs } from '../../kernel/clock.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import type { Sensing } from './actions.ts'
import { deleteRefusalsBefore } from './store.ts'

export { allSensors, mqttRoom, openSensing, sensorsAt } from './actions.ts'
export { listens } from './listens.ts'
export { openRoutes } from './routes.ts'
export type { SensorAt, Sensing } from './actions.ts'
export type { Reading } from './types.ts'

export function keeps(sensing: Sensing): Keeps[] {
  return [
    { purpose: 'agreed-care', what: 'raw readings', expire: (now) => sensing.dropHours(now) },
    {
      purpose: 'device-operation',
      what: 'refusal counts older than 90 days',
      expire: (now) =>
        sensing.given.db.asOwner((tx) => deleteRefusalsBefore(tx, dayOf(now - 90 * dayMs))),
    },
  ]
}
