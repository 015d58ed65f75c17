import type { Instant } from '../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../kernel/ids.ts'
import type { Consented, JudgedPurpose } from '../../../../ground/privacy/index.ts'
import { createKernel } from '../kernel.ts'
import { lengthOf, within } from '../gaps.ts'
import { isChanged, markDirty, none, wake, type Run } from '../patterns/index.ts'
import type { Silence, StreetSensor } from '../street-types.ts'
import type { Judgement, Kernel, Loss, PlanState } from '../types.ts'
import { agreedFor, planOf } from './binding.ts'
import { turn } from './turning.ts'
import { factsOfLoss, setLossTimer } from './losing.ts'
import { coverRun, signOfLife, waiting } from './queue.ts'
import { isOverdue, isTold, type Street } from './state.ts'

/**
 * The core judges silence of life and losses. It hears every message in the order of events, and is
 * asked at instants that those alone decide: so it finds the same whenever somebody looks.
 */
export function coreOf(street: Street): Kernel {
  if (street.core) return street.core
  const core = createKernel(street.settledAt)
  street.core = core
  street.settled.judgeLife = (run, row, at) =>
    core.judge(planOf(run, run.subjects.nameOf[row]!), at)
  street.settled.silenceOf = (run, row, at) => silenceOf(street, run, row, at)
  for (const [id, sensor] of street.sensors.known.entries()) {
    if (sensor) watchInCore(street, id, sensor)
  }
  for (const plan of street.plans.keys()) street.toArm.add(plan)
  armAll(street)
  return core
}

export function watchInCore(street: Street, id: number, sensor: StreetSensor): void {
  const { core, sensors } = street
  if (!core) return
  const { limitMs, gateway, since } = sensor
  const heardAt = nullable(street.settled.heardAt[id]!)
  core.watch({ sensor: sensor.sensor, limitMs, gateway, since, heardAt, lost: lostOf(street, id) })
  sensors.coreId[id] = core.sensorId(sensor.sensor)
}

/** Plans whose sensors came, went or changed. */
export function armAll(street: Street): void {
  const { core, toArm } = street
  if (!core || toArm.size === 0) return
  readPlans(street)
  for (const plan of toArm) {
    const one = street.plans.get(plan)
    if (one) arm(street, core, plan, one)
  }
  toArm.clear()
}

/** As if what waits had been judged already: a core for this one home, told what waits. */
export function judgeNow(street: Street, key: string, home: PlaceCode, now: Instant) {
  coreOf(street)
  armAll(street)
  const run = street.rules.get(key)?.run
  const row = run?.subjects.idOf.get(home)
  if (!run || row === undefined || !run.program.life) return undefined
  readPlans(street)
  const ids = sensorsOf(run, row)
  const core = createKernel(street.settledAt, Math.max(8, ids.length), 1)
  for (const id of ids) {
    const { sensor, limitMs, since } = street.sensors.known[id]!
    core.watch({ sensor, limitMs, gateway: null, since, heardAt: nullable(heardAt(street, id)) })
  }
  arm(street, core, planOf(run, home), { run, row, home })
  tellWaiting(street, core, new Set(ids), now)
  return core.judge(planOf(run, home), now) satisfies Judgement | undefined
}

function silenceOf(street: Street, run: Run, row: number, at: Instant): Silence | null {
  const plan = planOf(run, run.subjects.nameOf[row]!)
  const judged = street.core?.judge(plan, at)
  readPlans(street)
  const state = judged?.kind === 'silent' ? judged : street.planStates.get(plan)
  if (!state) return null
  const gaps = within(state.gaps, state.since, at)
  const gapMs = lengthOf(gaps)
  return { since: state.since, silentMs: at - state.since - gapMs, gapMs, gaps }
}

/** What the core has changed since it was asked last. */
export function readPlans(street: Street): void {
  for (const state of street.core?.changedSince() ?? []) {
    street.planStates.set(state.plan, state)
    const one = street.plans.get(state.plan)
    if (one) one.run.flags[one.row]! |= isChanged
  }
}

/** A look at losses, at an instant that the events decide. */
export function tickCore(street: Street, at: Instant): void {
  street.isTickWanted = false
  const found = coreOf(street).tick(at)
  for (const one of found) {
    if (one.kind === 'silent') continue
    const { id, told } = factsOfLoss(street, one)
    for (const sensor of told.back) street.sensors.flags[sensor]! &= ~isTold
    if (one.kind === 'gateway-back') street.openGateways.add(one.gateway)
    street.found.push(id)
  }
  for (const one of found) {
    if (one.kind === 'silent') continue
    const { told } = factsOfLoss(street, one)
    for (const sensor of told.lost) street.sensors.flags[sensor]! |= isTold
    if (one.kind === 'device-lost') turn(street, 'settled', one.sensor, 'silent', true, at)
    if (one.kind === 'device-back') turn(street, 'settled', one.sensor, 'silent', false, at)
  }
  if (street.openGateways.size > 0 || found.length > 0) findOpenGateways(street)
}

/** The timer of a sensor: overdue if it was not heard since. */
export function lookForLoss(street: Street, id: number, due: Instant, at: Instant): void {
  const { sensors, settled } = street
  const sensor = sensors.known[id]
  if (!sensor || sensors.lossAt[id] !== due) return
  const heard = settled.heardAt[id]!
  const last = Number.isNaN(heard) ? sensor.since : heard
  const end = last + sensor.limitMs + 1
  if (end > at) return setLossTimer(street, id, end)
  sensors.lossAt[id] = Number.NaN
  sensors.flags[id]! |= isOverdue
  if (sensor.gateway !== null) street.openGateways.add(sensor.gateway)
  street.isTickWanted = true
}

function arm(
  street: Street,
  core: Kernel,
  plan: string,
  { run, row, home }: { run: Run; row: number; home: PlaceCode },
): void {
  const { consent } = street.rules.get(run.key)?.inUse.definition ?? {}
  const agreed = consent ? agreedFor(street, consent, home) : undefined
  const { life } = run.program
  if (!agreed || !life) return
  const { since, awayUntil, proof } = agreed
  if (!isCare(proof)) return
  const own = street.planStates.get(plan)
  const beside = own ? undefined : stateBeside(street, plan, home)
  const state = own ?? beside
  if (beside && core === street.core) {
    const began = Math.max(since, beside.since)
    street.planStates.set(plan, { ...beside, since: began })
    run.rows[row * run.program.rowSize + life.row] = began
    wake(run, row, street.settledAt)
  }
  const sensors = sensorsOf(run, row)
  const begun = state?.since ?? street.rules.get(run.key)?.addedAt ?? since
  core.arm({
    plan,
    consent: proof,
    silentMs: life.ms,
    since: Math.max(since, begun, firstThere(street, sensors)),
    awayUntil,
    gaps: state?.gaps ?? [],
    raised: state?.raised ?? false,
    sensors: sensors.map((id) => street.settled.nameOf(id)),
  })
  if (core === street.core) markDirty(run, row)
}

/** Before the first of its sensors was there, nothing covered the home. */
function firstThere({ sensors }: Street, ids: readonly number[]): Instant {
  if (ids.length === 0) return -Infinity
  return Math.min(
    ...ids.map((id) => {
      const { since, thereFrom = since } = sensors.known[id]!
      return thereFrom
    }),
  )
}

/**
 * A version that came later goes on with the clock of the one beside it: the same home, the same
 * signs. Without one it begins when the version came, since nothing earlier is known.
 */
function stateBeside(street: Street, plan: string, home: PlaceCode): PlanState | undefined {
  for (const { run, addedAt: since } of street.rules.values()) {
    const other = run.program.life ? planOf(run, home) : plan
    if (other === plan || !street.plans.has(other)) continue
    // Nothing has changed of that one since it began.
    const begun = { plan, since, gaps: [], raised: false }
    return { ...begun, ...street.planStates.get(other), plan, raised: false }
  }
  return undefined
}

/** Silence of life is judged by agreed care and by no other consent. */
function isCare(proof: Consented<JudgedPurpose>): proof is Consented<'agreed-care'> {
  return proof.purpose === 'agreed-care'
}

function sensorsOf(run: Run, row: number): number[] {
  const ids: number[] = []
  for (let cell = run.first[row]!; cell !== none; cell = run.cells.next[cell]!) {
    ids.push(run.cells.sensor[cell]!)
  }
  return ids
}

function tellWaiting(street: Street, core: Kernel, ids: ReadonlySet<number>, now: Instant): void {
  const { queue } = street
  for (const row of waiting(queue)) {
    const id = queue.sensor[row]!
    const at = queue.at[row]!
    if (!ids.has(id) || at > now) continue
    const name = queue.nameOf(id)
    if ((queue.flags[row]! & signOfLife) !== 0) core.signOfLife(name, at, at)
    else core.heard(name, at, at)
    const until = Math.min(now, queue.value[row]!)
    if (queue.code[row] === coverRun) core.coveredId(core.sensorId(name), at, until)
  }
}

/** Still open: some sensor behind it is overdue and nothing is told of it. */
function findOpenGateways(street: Street): void {
  const { sensors, openGateways, behind } = street
  for (const gateway of openGateways) {
    const isOpen = [...(behind.get(gateway) ?? [])].some(
      (id) => (sensors.flags[id]! & (isOverdue | isTold)) === isOverdue,
    )
    if (!isOpen) openGateways.delete(gateway)
  }
}

function lostOf(street: Street, id: number): Loss | null {
  return street.sensors.known[id]?.lost ?? null
}

function heardAt(street: Street, id: number): Instant {
  return street.settled.heardAt[id]!
}

function nullable(at: Instant): Instant | null {
  return Number.isNaN(at) ? null : at
}
