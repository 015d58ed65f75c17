import type { Instant } from '../../../kernel/clock.ts'
import { covered, hearAll, heard, signOfLife } from './hearing.ts'
import { findLosses } from './loss.ts'
import { addPlan, addSensor, arm, changedSensors, disarm, unwatch, watch } from './registry.ts'
import { addGap, changedPlans, findSilent, judge, restart, setAway } from './silence.ts'
import type { Found } from './silence.ts'
import { rowCount } from './rows.ts'
import { none } from './slots.ts'
import { bytesOf, createState } from './state.ts'
import type { State } from './state.ts'
import type { Kernel, KernelFinding } from './types.ts'

/**
 * An empty kernel. After a restart, `watch` and `arm` what was saved, at the `start` of now.
 * `rows`: plans, sensors and links for which there is room from the beginning; it grows by itself.
 * `buckets`: of its wheel of timers, a power of two; 1 for a kernel that is asked once and goes.
 */
export function createKernel(start: Instant, rows?: number, buckets?: number): Kernel {
  const state = createState(start, rows, buckets)
  const sensorId = (sensor: string) => state.sensors.slots.idOf.get(sensor) ?? none
  return {
    watch: (sensor) => watch(state, sensor),
    unwatch: (sensor) => unwatch(state, sensor),
    arm: (plan) => arm(state, plan),
    disarm: (plan) => disarm(state, plan),
    heard: (sensor, at, arrivedAt) => {
      const id = sensorId(sensor)
      return id !== none && heard(state, id, at, arrivedAt)
    },
    signOfLife: (sensor, at, arrivedAt) => {
      const id = sensorId(sensor)
      return id !== none && signOfLife(state, id, at, arrivedAt)
    },
    sensorId,
    heardId: (id, at, arrivedAt) => heard(state, id, at, arrivedAt),
    signOfLifeId: (id, at, arrivedAt) => signOfLife(state, id, at, arrivedAt),
    coveredId: (id, from, to) => covered(state, id, from, to),
    hearAll: (batch) => hearAll(state, batch),
    addSensor: (sensor) => addSensor(state, sensor),
    addPlan: (plan) => addPlan(state, plan),
    setAway: (plan, until, now) =>
      withPlan(state, plan, (id) => setAway(state.plans, id, until, now)),
    uncovered: (plan, gap) => withPlan(state, plan, (id) => addGap(state.plans, id, gap)),
    restart: (plan, at) => withPlan(state, plan, (id) => restart(state.plans, id, at)),
    judge: (plan, now) => {
      const id = state.plans.slots.idOf.get(plan)
      return id === undefined ? undefined : judge(state, id, now)
    },
    tick: (now) => tick(state, now),
    changedSince: () => changedPlans(state.plans),
    changedSensors: () => changedSensors(state.sensors),
    bytesPerPlan: () => bytesOf(state).plans / rowCount(state.plans.rows),
    bytes: () => bytesOf(state),
  }
}

function tick(state: State, now: Instant): KernelFinding[] {
  if (now < state.tickedAt) return []
  state.tickedAt = now
  const found = [...findLosses(state, now), ...findSilent(state, now)]
  return found.toSorted(inOrder).map(({ finding }) => finding)
}

function inOrder(a: Found, b: Found): number {
  const { finding: one } = a
  const { finding: other } = b
  return one.at - other.at || compare(a.id, b.id) || compare(one.kind, other.kind)
}

/** By code unit, so that the order does not depend on a locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function withPlan(state: State, plan: string, change: (id: number) => void): boolean {
  const id = state.plans.slots.idOf.get(plan)
  if (id === undefined) return false
  change(id)
  return true
}
