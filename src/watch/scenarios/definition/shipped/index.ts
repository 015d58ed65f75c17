/** shipped: the rules that come with the program, version 1 of each, with a page of reasons. */
import { careRules } from './care.ts'
import { crowdingRules } from './crowding.ts'
import { deviceRules } from './devices.ts'
import { doorRules } from './doors.ts'
import { emergencyRules } from './emergencies.ts'
import { publicRules } from './public.ts'
import type { ShippedRule } from './shape.ts'

export type { ShippedRule } from './shape.ts'

/**
 * In the order in which a street reads them. From the first day in force: what watches over life
 * and agreed care, and the health of devices. The rest is tried and then switched on.
 */
export function shippedRules(): readonly ShippedRule[] {
  return [
    ...careRules,
    ...emergencyRules,
    ...publicRules,
    ...doorRules,
    ...crowdingRules,
    ...deviceRules,
  ]
}
