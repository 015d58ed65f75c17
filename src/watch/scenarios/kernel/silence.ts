import type { Instant } from '../../../kernel/clock.ts'
import { lengthOf, whenSilent, within, withGap } from './gaps.ts'
import type { Gaps } from './gaps.ts'
import { sensorsOf } from './links.ts'
import { firstLinkOf, has, limitOf, mark, setTime, unmark } from './rows.ts'
import { nameOf } from './slots.ts'
import {
  heardAtOf,
  isAlive,
  planChanged,
  planHasGaps,
  planRaised,
  sensorAwaited,
  sensorWatched,
  sinceOf,
} from './state.ts'
import type { Plans, Sensors, State } from './state.ts'
import type { Gap, Judgement, KernelFinding, PlanState } from './types.ts'
import { place, takeOut } from './wheel.ts'

/** A finding, and the id that orders those of the same instant. */
export type Found = { id: string; finding: KernelFinding }

const noGaps: Gaps = []

export function judge(state: State, plan: number, now: Instant): Judgement {
  const { plans } = state
  const away = plans.awayUntil.get(plan)
  if (away !== undefined && away > now) return { kind: 'away', until: away }
  const lost = sensorsOf(state, plan).filter((id) => !isAlive(state.sensors, id, now))
  if (lost.length > 0 || firstLinkOf(plans.rows, plan) < 0) return unknown(state, lost)
  const since = Math.max(sinceOf(plans, plan), away ?? -Infinity)
  const silence = silenceSince(plans, plan, since, now)
  const due = dueOf(plans, plan)
  if (due <= now && isConfirmed(state, plan, due)) return { kind: 'silent', since, ...silence }
  return { kind: 'seen', at: since, silentMs: silence.silentMs }
}

/** Plans whose silence is confirmed by `now`, each once until it is seen or restarted. */
export function findSilent(state: State, now: Instant): Found[] {
  const found: Found[] = []
  for (const plan of takeOut(state.plans.wheel, now)) {
    settleAway(state.plans, plan, now)
    const due = dueOf(state.plans, plan)
    if (due > now) place(state.plans.wheel, plan, due)
    else if (isConfirmed(state, plan, due)) found.push(raise(state.plans, plan, due))
    else awaitSensors(state, plan, due)
  }
  return found
}

/**
 * The last sign of life moves forward; a plan that was raised may be raised again. Only for plans
 * that are raised or have gaps: of others, nothing changes but the time.
 */
export function seeLife(plans: Plans, plan: number, at: Instant, now: Instant): void {
  settleAway(plans, plan, now)
  if (at > sinceOf(plans, plan)) restart(plans, plan, at)
}

export function restart(plans: Plans, plan: number, at: Instant): void {
  moveSince(plans, plan, at)
  if (has(plans.rows, plan, planRaised)) {
    unmark(plans.rows, plan, planRaised)
    mark(plans.rows, plan, planChanged)
  }
  lookAgain(plans, plan)
}

export function setAway(plans: Plans, plan: number, until: Instant | null, now: Instant): void {
  settleAway(plans, plan, now)
  const wasAway = plans.awayUntil.delete(plan)
  if (until !== null && until > now) plans.awayUntil.set(plan, until)
  else if (wasAway) moveSince(plans, plan, now)
  else if (until !== null) moveSince(plans, plan, until)
  lookAgain(plans, plan)
}

/** No sensor of the plan's home covered this time; what lies before `since` does not matter. */
export function addGap(plans: Plans, plan: number, gap: Gap): void {
  const from = Math.max(gap.from, sinceOf(plans, plan))
  if (!(gap.to > from)) return
  plans.gaps.set(plan, withGap(gapsOf(plans, plan), { from, to: gap.to }))
  mark(plans.rows, plan, planHasGaps | planChanged)
}

/** Into the wheel, also from waiting for a sensor. */
export function lookAgain(plans: Plans, plan: number): void {
  if (!has(plans.rows, plan, planRaised)) place(plans.wheel, plan, dueOf(plans, plan))
}

export function gapsOf(plans: Plans, plan: number): Gaps {
  return plans.gaps.get(plan) ?? noGaps
}

/** Plans with a change mark, which this clears. A scan of one byte a plan: about 1 ms a million. */
export function changedPlans(plans: Plans): PlanState[] {
  const changed: PlanState[] = []
  for (let plan = 0; plan < plans.slots.size; plan++) {
    if (!has(plans.rows, plan, planChanged)) continue
    unmark(plans.rows, plan, planChanged)
    changed.push({
      plan: nameOf(plans.slots, plan),
      since: sinceOf(plans, plan),
      gaps: gapsOf(plans, plan).map((gap) => ({ ...gap })),
      raised: has(plans.rows, plan, planRaised),
    })
  }
  return changed
}

function silentMsOf(plans: Plans, plan: number): number {
  return plans.limits.ms[limitOf(plans.rows, plan)]!
}

/** Never later than the true due time, whatever comes: more gaps and signs of life only delay. */
function dueOf(plans: Plans, plan: number): Instant {
  const since = Math.max(sinceOf(plans, plan), plans.awayUntil.get(plan) ?? -Infinity)
  return whenSilent(gapsOf(plans, plan), since, silentMsOf(plans, plan))
}

function silenceSince(plans: Plans, plan: number, since: Instant, now: Instant) {
  const gaps = within(gapsOf(plans, plan), since, now)
  const gapMs = lengthOf(gaps)
  return { silentMs: Math.max(0, now - since) - gapMs, gapMs, gaps }
}

/** As of the due moment, whenever it is looked at. */
function raise(plans: Plans, plan: number, due: Instant): Found {
  mark(plans.rows, plan, planRaised | planChanged)
  const id = nameOf(plans.slots, plan)
  const since = sinceOf(plans, plan)
  const silence = silenceSince(plans, plan, since, due)
  return { id, finding: { kind: 'silent', plan: id, since, ...silence, at: due } }
}

/**
 * Every sensor spoke at or after the due moment, so the time up to it was covered. Before that,
 * one of them may be dead already, and the silence a gap.
 */
function isConfirmed(state: State, plan: number, due: Instant): boolean {
  if (firstLinkOf(state.plans.rows, plan) < 0) return false
  return sensorsOf(state, plan).every((id) => spokeSince(state.sensors, id, due))
}

/**
 * The plan stays out of the wheel until one of these is heard. How long a gap will be is not known
 * before, since a sensor may send what it stored.
 */
function awaitSensors(state: State, plan: number, due: Instant): void {
  for (const id of sensorsOf(state, plan)) {
    if (!spokeSince(state.sensors, id, due)) mark(state.sensors.rows, id, sensorAwaited)
  }
}

function spokeSince(sensors: Sensors, id: number, due: Instant): boolean {
  return has(sensors.rows, id, sensorWatched) && heardAtOf(sensors, id) >= due
}

function unknown({ sensors }: State, lost: number[]): Judgement {
  const heardAt = lost.map((id) => heardAtOf(sensors, id))
  const since = lost.length === 0 || heardAt.some(Number.isNaN) ? null : Math.min(...heardAt)
  return { kind: 'unknown', since, lost: lost.map((id) => nameOf(sensors.slots, id)) }
}

/** Away that ended by time: its end counts as a sign of life. */
function settleAway(plans: Plans, plan: number, now: Instant): void {
  const until = plans.awayUntil.get(plan)
  if (until === undefined || until > now) return
  plans.awayUntil.delete(plan)
  moveSince(plans, plan, until)
}

function moveSince(plans: Plans, plan: number, at: Instant): void {
  if (!(at > sinceOf(plans, plan))) return
  setTime(plans.rows, plan, at)
  mark(plans.rows, plan, planChanged)
  if (!has(plans.rows, plan, planHasGaps)) return
  const left = within(gapsOf(plans, plan), at, Infinity)
  if (left.length > 0) plans.gaps.set(plan, left)
  else {
    plans.gaps.delete(plan)
    unmark(plans.rows, plan, planHasGaps)
  }
}
