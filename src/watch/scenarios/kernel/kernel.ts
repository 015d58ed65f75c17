import type { Instant } from '../../../kernel/clock.ts'
import { heard, signOfLife } from './hearing.ts'
import { findLosses } from './loss.ts'
import { arm, changedSensors, disarm, unwatch, watch } from './registry.ts'
import { changedPlans, findSilent, judge, restart, setAway } from './silence.ts'
import type { Due } from './silence.ts'
import { bytesPerPlan, createState } from './state.ts'
import type { State } from './state.ts'
import type { Kernel, KernelFinding } from './types.ts'

/** An empty kernel. After a restart, `watch` and `arm` what was saved, at the `start` of now. */
export function createKernel(start: Instant): Kernel {
  const state = createState(start)
  return {
    watch: (sensor) => watch(state, sensor),
    unwatch: (sensor) => unwatch(state, sensor),
    arm: (plan) => arm(state, plan),
    disarm: (plan) => disarm(state, plan),
    heard: (sensor, at, arrivedAt) => heard(state, sensor, at, arrivedAt),
    signOfLife: (sensor, at, arrivedAt) => signOfLife(state, sensor, at, arrivedAt),
    setAway: (plan, until, now) =>
      withPlan(state, plan, (id) => setAway(state.plans, id, until, now)),
    restart: (plan, at) => withPlan(state, plan, (id) => restart(state.plans, id, at)),
    judge: (plan, now) => {
      const id = state.plans.slots.idOf.get(plan)
      return id === undefined ? undefined : judge(state, id, now)
    },
    tick: (now) => tick(state, now),
    changedSince: () => changedPlans(state.plans),
    changedSensors: () => changedSensors(state.sensors),
    bytesPerPlan: () => bytesPerPlan(state.plans),
  }
}

function tick(state: State, now: Instant): KernelFinding[] {
  if (now < state.tickedAt) return []
  state.tickedAt = now
  const found = [...findLosses(state, now), ...findSilent(state, now)]
  return found.toSorted(byDue).map(({ finding }) => finding)
}

function byDue(a: Due, b: Due): number {
  return a.due - b.due || compare(a.id, b.id) || compare(a.finding.kind, b.finding.kind)
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
