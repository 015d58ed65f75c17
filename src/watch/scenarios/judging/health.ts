import type { Instant } from '../../../kernel/clock.ts'
import { conditions, type SensorAt, type Wrong } from '../../sensing/index.ts'
import { leavesOf, type Definition } from '../definition/index.ts'
import type { StreetKernel } from '../kernel/index.ts'

type Told = Pick<Wrong, 'source' | 'condition'>

/**
 * What a street's kernel was told to be wrong with its devices. `isStale`: a rule or a device came
 * since, and has to hear it too.
 */
export type Health = { told: Map<string, Told> | undefined; isStale: boolean }

type Hearing = {
  kernel: StreetKernel
  health: Health
  judged: ReadonlyMap<string, { definition: Definition }>
}

/** Tells what began and ended; `wrong` is all that is wrong in the street now. */
export function tellHealth(
  { kernel, health, judged }: Hearing,
  wrong: readonly Wrong[],
  sensors: () => readonly SensorAt[],
  now: Instant,
): void {
  const on = new Map(wrong.map((one) => [keyOf(one), one] as const))
  const before = health.told ?? (hears(judged) ? everything(sensors()) : new Map<string, Told>())
  for (const [key, { source, condition }] of before) {
    if (!on.has(key)) kernel.setCondition(source, condition, false, now)
  }
  for (const [key, { source, condition, since }] of on) {
    const isNew = health.isStale || !before.has(key)
    if (isNew) kernel.setCondition(source, condition, true, since)
  }
  Object.assign(health, { told: on, isStale: false })
}

function keyOf({ source, condition }: Told): string {
  return `${source} ${condition}`
}

function hears(judged: Hearing['judged']): boolean {
  return [...judged.values()].some(({ definition }) =>
    leavesOf(definition.when).some(({ leaf }) => leaf.is === 'health'),
  )
}

/** After a start nobody knows what was told last: of all, whatever is not so has ended. */
function everything(sensors: readonly SensorAt[]): Map<string, Told> {
  const all = sensors.flatMap(({ device }) =>
    conditions.map((condition) => ({ source: device, condition })),
  )
  return new Map(all.map((one) => [keyOf(one), one] as const))
}
