/**
 * sensing: what devices say. MQTT comes in here and nowhere else. A message is committed before it
 * is acknowledged; a copy is known by (device, sequence), or by its state where a device counts
 * none; whatever cannot be stored is acknowledged, counted and shown on the device's page. Without
 * a live consent nothing that says somebody moved is stored at all.
 * Keeps: what tells of people until judged, at most 72 h + 1 h; alarms and public space 30 days;
 * sums of meters, coverage, refusals and remarks 90 days.
 */
import { dayOf } from '../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import type { Sensing } from './running/index.ts'
import * as store from './store.ts'

export { allSensors, gatewayAt, healthCounts, looksAt } from './actions.ts'
export { sensorNamed, sensorsAt, wrongNow } from './actions.ts'
export { gatewaySubject, isSignOfLife } from './decide.ts'
export { listens } from './listens.ts'
export { openRoutes } from './routes.ts'
export { sumsOf, type HomeSum } from './store.ts'
export { mqttRoom, openSensing, type Sensing } from './running/index.ts'
export type { SensorAt, Wrong } from './actions.ts'
export { keeper } from './own/index.ts'
export { conditions, type Condition, type Heard } from './types.ts'

const countsDays = 90

export function keeps(sensing: Sensing): Keeps[] {
  const { db } = sensing.given
  const dayBefore = (now: Instant) => dayOf(now - countsDays * dayMs)
  return [
    { purpose: 'agreed-care', what: 'raw readings', expire: (now) => sensing.dropHours(now) },
    { purpose: 'home-safety', what: 'alarms and scenes', expire: (now) => sensing.dropDays(now) },
    {
      purpose: 'water-and-power',
      what: 'sums of meters older than 90 days',
      expire: (now) => db.asOwner((tx) => store.deleteUsageBefore(tx, dayBefore(now))),
    },
    {
      purpose: 'device-operation',
      what: 'refusals and remarks older than 90 days',
      expire: (now) => db.asOwner((tx) => store.deleteCountsBefore(tx, dayBefore(now))),
    },
    {
      purpose: 'device-operation',
      what: 'coverage older than 90 days',
      expire: (now) => db.asOwner((tx) => store.deleteCoverageBefore(tx, now - countsDays * dayMs)),
    },
  ]
}
