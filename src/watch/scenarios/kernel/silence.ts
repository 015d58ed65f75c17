import type { Instant } from '../../../kernel/clock.ts'
import { lengthOf, whenSilent, within, withGap } from './gaps.ts'
import type { Gaps } from './gaps.ts'
import { nameOf } from './slots.ts'
import { isAlive, planChanged, planHasGaps, planRaised, sensorAwaited, sensorsOf } from './state.ts'
import type { Plans, State } from './state.ts'
import type { Gap, Judgement, KernelFinding, PlanState } from './types.ts'
import { place, takeOut } from './wheel.ts'

/** A finding with the instant at which it fell due, and the id that orders equals. */
export type Due = { due: Instant; id: string; finding: KernelFinding }

const noGaps: Gaps = []

export function judge(state: State, plan: number, now: Instant): Judgement {
  const { plans } = state
  const away = plans.awayUntil.get(plan)
  if (away !== undefined && away > now) return { kind: 'away', until: away }
  const lost = sensorsOf(state, plan).filter((id) => !isAlive(state.sensors, id, now))
  if (lost.length > 0 || plans.firstSensor[plan]! < 0) return unknown(state, lost)
  const since = Math.max(plans.since[plan]!, away ?? -Infinity)
  const silence = silenceSince(plans, plan, since, now)
  if (silence.silentMs >= silentMsOf(plans, plan)) return { kind: 'silent', since, ...silence }
  return { kind: 'seen', at: since, silentMs: silence.silentMs }
}

/** Plans that are silent at `now`, each once until it is seen or restarted. */
export function findSilent(state: State, now: Instant): Due[] {
  const found: Due[] = []
  for (const plan of takeOut(state.plans.wheel, now)) {
    settleAway(state.plans, plan, now)
    const due = dueOf(state.plans, plan)
    if (due > now) place(state.plans.wheel, plan, due)
    else if (!awaitsSensors(state, plan, now)) found.push(raise(state.plans, plan, due, now))
  }
  return found
}

/** The last sign of life moves forward; a plan that was raised may be raised again. */
export function seeLife(plans: Plans, plan: number, at: Instant, now: Instant): void {
  if ((plans.flags[plan]! & (planRaised | planHasGaps)) === 0) {
    plans.since[plan] = at
    plans.flags[plan]! |= planChanged
    return
  }
  settleAway(plans, plan, now)
  if (at > plans.since[plan]!) restart(plans, plan, at)
}

export function restart(plans: Plans, plan: number, at: Instant): void {
  moveSince(plans, plan, at)
  if ((plans.flags[plan]! & planRaised) !== 0) {
    plans.flags[plan]! &= ~planRaised
    plans.flags[plan]! |= planChanged
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
  const from = Math.max(gap.from, plans.since[plan]!)
  if (!(gap.to > from)) return
  plans.gaps.set(plan, withGap(gapsOf(plans, plan), { from, to: gap.to }))
  plans.flags[plan]! |= planHasGaps | planChanged
}

/** Into the wheel, also from waiting for a lost sensor. */
export function lookAgain(plans: Plans, plan: number): void {
  if ((plans.flags[plan]! & planRaised) === 0) place(plans.wheel, plan, dueOf(plans, plan))
}

export function gapsOf(plans: Plans, plan: number): Gaps {
  return plans.gaps.get(plan) ?? noGaps
}

/** Plans with a change mark, which this clears. A scan of one byte a plan: about 1 ms a million. */
export function changedPlans(plans: Plans): PlanState[] {
  const changed: PlanState[] = []
  for (let plan = 0; plan < plans.slots.nameOf.length; plan++) {
    const flags = plans.flags[plan]!
    if ((flags & planChanged) === 0) continue
    plans.flags[plan] = flags & ~planChanged
    changed.push({
      plan: nameOf(plans.slots, plan),
      since: plans.since[plan]!,
      gaps: gapsOf(plans, plan).map((gap) => ({ ...gap })),
      raised: (flags & planRaised) !== 0,
    })
  }
  return changed
}

function silentMsOf(plans: Plans, plan: number): number {
  return plans.limits[plans.limit[plan]!]!
}

/** Never later than the true due time, whatever comes: more gaps and signs of life only delay. */
function dueOf(plans: Plans, plan: number): Instant {
  const since = Math.max(plans.since[plan]!, plans.awayUntil.get(plan) ?? -Infinity)
  return whenSilent(gapsOf(plans, plan), since, silentMsOf(plans, plan))
}

function silenceSince(plans: Plans, plan: number, since: Instant, now: Instant) {
  const gaps = within(gapsOf(plans, plan), since, now)
  const gapMs = lengthOf(gaps)
  return { silentMs: Math.max(0, now - since) - gapMs, gapMs, gaps }
}

function raise(plans: Plans, plan: number, due: Instant, now: Instant): Due {
  plans.flags[plan]! |= planRaised | planChanged
  const id = nameOf(plans.slots, plan)
  const since = plans.since[plan]!
  const silence = silenceSince(plans, plan, since, now)
  return { due, id, finding: { kind: 'silent', plan: id, since, ...silence, at: now } }
}

/**
 * True: some sensor does not cover the home, so the plan stays out of the wheel until one of those
 * is heard. How long that gap will be is not known before, since a sensor may send what it stored.
 */
function awaitsSensors(state: State, plan: number, now: Instant): boolean {
  let awaits = state.plans.firstSensor[plan]! < 0
  for (const id of sensorsOf(state, plan)) {
    if (isAlive(state.sensors, id, now)) continue
    state.sensors.flags[id]! |= sensorAwaited
    awaits = true
  }
  return awaits
}

function unknown({ sensors }: State, lost: number[]): Judgement {
  const heardAt = lost.map((id) => sensors.heardAt[id]!)
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
  if (!(at > plans.since[plan]!)) return
  plans.since[plan] = at
  plans.flags[plan]! |= planChanged
  if ((plans.flags[plan]! & planHasGaps) === 0) return
  const left = within(gapsOf(plans, plan), at, Infinity)
  if (left.length > 0) plans.gaps.set(plan, left)
  else {
    plans.gaps.delete(plan)
    plans.flags[plan]! &= ~planHasGaps
  }
}
