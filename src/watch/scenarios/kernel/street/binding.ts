import type { Instant } from '../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../kernel/ids.ts'
import {
  addCell,
  addRow,
  compile,
  createRun,
  dropRow,
  dropSensor,
  isRaised,
  lookAtDirty,
  none,
  restartLife,
  wake,
  type Run,
} from '../patterns/index.ts'
import type { RuleInUse, StreetSensor } from '../street-types.ts'
import { haveBegun, type Agreed, type Bound, type Rule, type Street } from './state.ts'

/** Which sensors a rule listens to, and for whom: a device, a home, a stair, a compound. */
export function addRule(street: Street, inUse: RuleInUse): void {
  removeRule(street, inUse.key)
  const program = compile(inUse.definition, street.settled.codes)
  if (!program) return
  const { isEmergency } = inUse.definition
  // What only the core of silence and losses knows is known in the order of events.
  const ofCore = program.life ?? program.health.find(({ condition }) => condition === 'silent')
  const isPrompt = isEmergency && !ofCore
  const stream = isPrompt ? street.prompt : street.settled
  const run = createRun(inUse, program, stream, { number: street.runs.length, isPrompt })
  // At a start all is as it was saved; what comes later knows nothing of before.
  const addedAt = street.core ? street.settledAt : -Infinity
  const rule: Rule = { run, inUse, addedAt }
  street.runs.push(run)
  street.rules.set(inUse.key, rule)
  for (const [id, sensor] of street.sensors.known.entries()) if (sensor) bind(street, rule, id)
}

export function removeRule(street: Street, key: string): void {
  const rule = street.rules.get(key)
  if (!rule) return
  const { run } = rule
  for (const row of run.subjects.idOf.values()) disarm(street, run, row)
  for (const list of [street.sensors.settled, street.sensors.prompt]) {
    for (const [id, bounds] of list.entries()) list[id] = bounds.filter((one) => one.run !== run)
  }
  street.runs[run.number] = undefined
  street.rules.delete(key)
}

export function bindSensor(street: Street, id: number): void {
  for (const rule of street.rules.values()) {
    const bound = bind(street, rule, id)
    // At a start, all is as it was saved.
    if (bound && street.core && isAlone(bound)) beginLife(street, bound, id)
  }
}

function isAlone({ run, row, cell }: Bound): boolean {
  return run.first[row] === cell && run.cells.next[cell] === none
}

/** Nothing stood in the home: its clock of life begins with the first sensor that comes. */
function beginLife(street: Street, { run, row }: Bound, id: number): void {
  const subject = run.subjects.nameOf[row]
  const sensor = street.sensors.known[id]
  if (!run.program.life || subject === undefined || !sensor) return
  const plan = planOf(run, subject)
  const since = Math.max(frontierOf(street, run), sensor.since)
  street.core?.restart(plan, since)
  street.planStates.set(plan, { plan, since, gaps: [], raised: false })
  restartLife(run, row, since)
}

/** Nothing of it counts any more; the subjects that it leaves are looked at once more. */
export function unbindSensor(street: Street, id: number): void {
  const { sensors } = street
  for (const { run, row, cell } of [
    ...(sensors.settled[id] ?? []),
    ...(sensors.prompt[id] ?? []),
  ]) {
    dropSensor(run, cell, frontierOf(street, run))
    rearm(street, run, row)
    const isEmpty = run.first[row] === none && (run.flags[row]! & isRaised) === 0
    if (isEmpty && ruleOf(street, run)?.inUse.definition.consent === null)
      dropSubject(street, run, row)
    else wake(run, row, run.isPrompt ? street.lookedAt : street.settledAt)
  }
  sensors.settled[id] = []
  sensors.prompt[id] = []
  lookAtDirty(street.prompt, street.lookedAt)
}

export function addAgreement(street: Street, agreed: Agreed): void {
  street.agreements.set(agreed.consent, agreed)
  const key = agreedKey(agreed.purpose, agreed.home)
  const others = (street.agreedAt.get(key) ?? []).filter((one) => one.consent !== agreed.consent)
  street.agreedAt.set(key, [...others, agreed])
  for (const rule of street.rules.values()) {
    if (rule.inUse.definition.consent !== agreed.purpose) continue
    for (const id of street.atHome.get(agreed.home) ?? []) bind(street, rule, id)
  }
}

/** The agreement by which a home is judged for a purpose; the oldest where there are several. */
export function agreedFor(street: Street, purpose: string, home: string): Agreed | undefined {
  return street.agreedAt.get(agreedKey(purpose, home))?.[0]
}

export function forgetAgreement(street: Street, { consent, purpose, home }: Agreed): void {
  street.agreements.delete(consent)
  const key = agreedKey(purpose, home)
  const left = (street.agreedAt.get(key) ?? []).filter((one) => one.consent !== consent)
  if (left.length > 0) street.agreedAt.set(key, left)
  else street.agreedAt.delete(key)
}

/** Nothing of a home stays where nobody in it agrees to that purpose any more. */
export function dropAgreed(street: Street, { home, purpose }: Agreed): void {
  for (const { run, inUse } of street.rules.values()) {
    if (inUse.definition.consent !== purpose) continue
    for (const [subject, row] of [...run.subjects.idOf]) {
      const isOfHome = subject === home || sensorHome(street, subject) === home
      if (isOfHome) dropSubject(street, run, row)
    }
  }
}

export function planOf(run: Run, home: string): string {
  return `${run.key} ${home}`
}

/** The home in which a place lies; undefined for stairs and whatever is larger. */
export function homeOf(place: string): PlaceCode | undefined {
  return ancestor(place, 4) as PlaceCode | undefined
}

function bind(street: Street, rule: Rule, id: number): Bound | undefined {
  const { run, inUse } = rule
  const { sensors } = street
  const sensor = sensors.known[id]
  if (!sensor || !isMeant(inUse, run, sensor)) return undefined
  const subject = subjectOf(inUse, sensor)
  const agreed = agreementFor(street, inUse, sensor)
  if (agreed === 'none') return undefined
  const list = run.isPrompt ? sensors.prompt : sensors.settled
  const bounds = (list[id] ??= [])
  if (bounds.some((one) => one.run === run)) return undefined
  forgetEmpty(street, rule, subject)
  const row = run.subjects.idOf.get(subject) ?? addSubject(street, run, subject, agreed)
  const isHearing = run.program.hearing.length > 0 || run.program.isCovered
  const bound: Bound = { run, row, cell: addCell(run, row, id), isHearing }
  bounds.push(bound)
  sensors.flags[id]! &= ~haveBegun
  rearm(street, run, row)
  wake(run, row, run.isPrompt ? street.lookedAt : street.settledAt)
  return bound
}

/** Its matter ended after its sensors had gone: nothing of it stays. */
function forgetEmpty(street: Street, { run, inUse }: Rule, subject: string): void {
  const row = run.subjects.idOf.get(subject)
  if (row === undefined || inUse.definition.consent !== null) return
  const isOver = run.first[row] === none && (run.flags[row]! & isRaised) === 0
  if (isOver) dropSubject(street, run, row)
}

function isMeant({ street, definition }: RuleInUse, { program }: Run, sensor: StreetSensor) {
  const { purpose } = definition
  if (sensor.street !== street) return false
  if (purpose !== 'device-operation' && sensor.purpose !== purpose) return false
  return program.kinds === null || program.kinds.has(sensor.kind)
}

function subjectOf({ definition }: RuleInUse, { sensor, place }: StreetSensor): string {
  const depths = { device: 0, compound: 2, stair: 3, home: 4 } as const
  const depth = depths[definition.per]
  // One that stands above speaks for its own place: a probe in the yard, of a rule per stair.
  return depth === 0 ? sensor : (ancestor(place, depth) ?? place)
}

function ancestor(place: string, depth: number): string | undefined {
  const parts = place.split('-')
  return parts.length < depth ? undefined : parts.slice(0, depth).join('-')
}

/** A rule that needs a consent has no subject without it. */
function agreementFor(
  street: Street,
  { definition }: RuleInUse,
  { place }: StreetSensor,
): Agreed | null | 'none' {
  if (definition.consent === null) return null
  const home = homeOf(place)
  return (home && agreedFor(street, definition.consent, home)) ?? 'none'
}

/** Its sensors went before a restart: one that somebody agreed to stays, another for its matter. */
export function subjectLeft(
  street: Street,
  run: Run,
  subject: string,
  isMatter: boolean,
): number | undefined {
  const consent = ruleOf(street, run)?.inUse.definition.consent
  if (!consent) return isMatter ? addSubject(street, run, subject, null) : undefined
  const agreed = agreedFor(street, consent, subject)
  return agreed && addSubject(street, run, subject, agreed)
}

function addSubject(street: Street, run: Run, subject: string, agreed: Agreed | null): number {
  // What was judged before the subject was there is not known of it.
  const frontier = street.core === undefined ? -Infinity : frontierOf(street, run)
  const heardFrom = agreed?.since ?? -Infinity
  street.gone.delete(planOf(run, subject))
  const row = addRow(run, subject, { began: Math.max(frontier, heardFrom), heardFrom })
  const { life } = run.program
  if (!life || !agreed) return row
  for (const leaf of run.program.lives) {
    run.rows[row * run.program.rowSize + leaf.row] = Math.max(agreed.since, frontier)
  }
  street.plans.set(planOf(run, agreed.home), { run, row, home: agreed.home })
  return row
}

function frontierOf(street: Street, run: Run): Instant {
  return run.isPrompt ? street.lookedAt : street.settledAt
}

function dropSubject(street: Street, run: Run, row: number): void {
  disarm(street, run, row)
  const subject = run.subjects.nameOf[row]
  if (subject !== undefined) street.gone.set(planOf(run, subject), { rule: run.key, subject })
  const { sensors } = street
  const list = run.isPrompt ? sensors.prompt : sensors.settled
  const isOther = (one: Bound) => one.run !== run || one.row !== row
  for (let cell = run.first[row]!; cell !== none; cell = run.cells.next[cell]!) {
    const id = run.cells.sensor[cell]!
    list[id] = (list[id] ?? []).filter(isOther)
  }
  dropRow(run, row)
}

/** Its plan is armed with the sensors that are there, before anything else is judged. */
function rearm(street: Street, run: Run, row: number): void {
  const subject = run.subjects.nameOf[row]
  if (run.program.life && subject !== undefined && street.plans.has(planOf(run, subject))) {
    street.toArm.add(planOf(run, subject))
  }
}

function disarm(street: Street, run: Run, row: number): void {
  const subject = run.subjects.nameOf[row]
  if (!run.program.life || subject === undefined) return
  const plan = planOf(run, subject)
  street.plans.delete(plan)
  street.planStates.delete(plan)
  street.toArm.delete(plan)
  street.core?.disarm(plan)
}

function agreedKey(purpose: string, home: string): string {
  return `${purpose} ${home}`
}

function ruleOf(street: Street, run: Run): Rule | undefined {
  return street.rules.get(run.key)
}

function sensorHome(street: Street, name: string): string | undefined {
  const id = street.sensors.slots.idOf.get(name)
  const sensor = id === undefined ? undefined : street.sensors.known[id]
  return sensor && homeOf(sensor.place)
}
