import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { Consented } from '../../../ground/privacy/index.ts'
import type { SensorAt } from '../../sensing/index.ts'
import type { Kernel, SensorState } from '../kernel/index.ts'
import type { Rule, Watch } from '../types.ts'

/**
 * What the kernel watches, by the names that the rooms use. `saved`: sensors as before a restart.
 */
export function openMemory(kernel: Kernel, saved: ReadonlyMap<string, SensorState>, rule: Rule) {
  const plans = new Map<string, Watch>()
  const sensors = new Map<string, SensorAt>()
  const silentMs = (rule.silentHours ?? 0) * hourMs
  return {
    plans,
    sensors,
    watchSensor(sensor: SensorAt, since: Instant): void {
      const { device, limitMs, gateway } = sensor
      const { heardAt = null, lost = null } = saved.get(device) ?? {}
      sensors.set(device, sensor)
      kernel.watch({ sensor: device, limitMs, gateway, since, heardAt, lost })
    },
    /** Judges a plan from now on. Needs the proof of consent, so cannot be done without. */
    arm(watch: Watch, consent: Consented<'agreed-care'>): void {
      const { subject: plan, since, awayUntil, gaps, isRaised: raised } = watch
      // A smoke detector in the same home says nothing of anybody: it serves no plan.
      const served = [...sensors.values()].filter(
        (sensor) => sensor.place === watch.home && sensor.purpose === 'agreed-care',
      )
      plans.set(plan, watch)
      kernel.arm({
        ...{ plan, consent, silentMs, since, awayUntil, gaps, raised },
        sensors: served.map((sensor) => sensor.device),
      })
    },
    disarm(plan: string): void {
      kernel.disarm(plan)
      plans.delete(plan)
    },
  }
}
