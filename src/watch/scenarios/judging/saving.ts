/**
 * judging: what the kernel finds becomes rows, tasks and lines in the book, once, in one
 * transaction a street.
 */
import { isFault } from '../../../kernel/fault.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { findConsent, writeLooks } from '../../../ground/privacy/index.ts'
import type { Duration } from '../../../ground/rules/index.ts'
import { openTask, withdraw, type Asked } from '../../../desks/tasks/index.ts'
import { errorFacts } from '../../../platform/log.ts'
import { gatewayAt, wrongNow, type SensorAt, type Sensing } from '../../sensing/index.ts'
import { repairOf, ruleLook, wantedFor, type Wanted } from '../decide.ts'
import type { Kernel, PlanState, SensorState } from '../kernel/index.ts'
import * as store from '../store.ts'
import { careSilence, deviceSilence, ruleOfCondition, type Rule, type Watch } from '../types.ts'

/** How soon somebody has to see to a device (product; the street's own later). */
const repairWithin: Record<string, Duration> = {
  [deviceSilence]: { count: 1, kind: 'working_day' },
  [ruleOfCondition('battery-low')]: { count: 5, kind: 'working_day' },
  [ruleOfCondition('tampered')]: { count: 1, kind: 'working_day' },
  [ruleOfCondition('copied')]: { count: 1, kind: 'working_day' },
  [ruleOfCondition('clock-wrong')]: { count: 5, kind: 'working_day' },
}

/** A condition that a task was asked for; `since` tells it from an earlier one. */
export type Raised = { street: StreetCode; rule: string; subject: string; since: Instant }

/** What memory has found or changed and the database does not know yet. Kept until it does. */
type Unsaved = {
  plans: Map<string, PlanState>
  sensors: Map<string, SensorState>
  wanted: Wanted[]
}

export function openJudging(
  given: Given,
  sensing: Sensing,
  kernel: Kernel,
  { plans, sensors }: Watched,
  raisedBefore: readonly Raised[],
) {
  const raised = new Map(raisedBefore.map((one) => [keyOf(one), one]))
  const unsaved: Unsaved = { plans: new Map(), sensors: new Map(), wanted: [] }
  let running: Promise<number> | undefined
  let saved = 0

  const collect = (now: Instant) => {
    for (const finding of kernel.tick(now)) {
      const wanted = wantedFor(
        finding,
        (plan) => plans.get(plan),
        (device) => sensors.get(device),
        (gateway) => gatewayAt(sensing, gateway),
      )
      if (wanted) unsaved.wanted.push(wanted)
    }
    unsaved.wanted.push(...wantedNow(sensing, sensors, raised))
    for (const state of kernel.changedSince()) unsaved.plans.set(state.plan, state)
    for (const state of kernel.changedSensors()) unsaved.sensors.set(state.sensor, state)
  }

  /** Who agreed in a home: a look at the task of its single device is a look at them. */
  const whoAt: WhoAt = (place) =>
    [...plans.values()].find((watch) => watch.home === place)?.person ?? null

  const save = async (now: Instant, position: number): Promise<number> => {
    const streets = streetsIn(unsaved, plans, sensors)
    for (const street of streets) {
      const ours = partOf(unsaved, street, plans, sensors)
      const done = await given.db
        .inStreet({ street }, (tx) => saveStreet(given, tx, street, ours, now, whoAt))
        .then(
          () => true,
          (error: unknown) => {
            given.log.say('scenarios.save-failed', errorFacts(error))
            return false
          },
        )
      if (!done) return saved
      forget(unsaved, ours)
    }
    if (position > saved) await given.db.asOwner((tx) => store.saveJudged(tx, position))
    saved = Math.max(saved, position)
    return saved
  }

  return {
    /** Answers up to which reading everything is judged and saved. */
    async tick(now: Instant, fed: () => number): Promise<number> {
      await running
      const position = fed()
      collect(now)
      running = save(now, position).finally(() => (running = undefined))
      return running
    },
  }
}

type Watched = {
  plans: ReadonlyMap<string, Watch>
  sensors: ReadonlyMap<string, SensorAt>
}

function keyOf({ rule, subject, since }: Omit<Raised, 'street'>): string {
  return `${rule} ${subject} ${since}`
}

/**
 * What is wrong with devices and was not asked for yet; what is right again is taken back. A task
 * that somebody closed is not opened again for the same wrong.
 */
function wantedNow(
  sensing: Sensing,
  sensors: ReadonlyMap<string, SensorAt>,
  raised: Map<string, Raised>,
): Wanted[] {
  const wanted: Wanted[] = []
  const now = new Set<string>()
  for (const wrong of wrongNow(sensing)) {
    const { street, source: subject, since } = wrong
    const one = { street, subject, since, rule: ruleOfCondition(wrong.condition) }
    now.add(keyOf(one))
    if (raised.has(keyOf(one))) continue
    raised.set(keyOf(one), one)
    const name = gatewayAt(sensing, subject)?.name ?? null
    wanted.push(repairOf(wrong, sensors.get(subject), name))
  }
  for (const [key, { street, rule, subject }] of raised) {
    if (now.has(key)) continue
    raised.delete(key)
    wanted.push({ do: 'withdraw', street, rule, subject })
  }
  return wanted
}

type WhoAt = (place: PlaceCode) => PersonId | null
type Part = { plans: PlanState[]; sensors: SensorState[]; wanted: Wanted[] }

function streetsIn(
  unsaved: Unsaved,
  plans: ReadonlyMap<string, Watch>,
  sensors: ReadonlyMap<string, SensorAt>,
): Set<StreetCode> {
  const streets = new Set<StreetCode>()
  for (const watch of plans.values()) streets.add(watch.street)
  for (const device of unsaved.sensors.keys()) {
    const sensor = sensors.get(device)
    if (sensor) streets.add(sensor.street)
  }
  for (const wanted of unsaved.wanted) streets.add(wanted.street)
  return streets
}

function partOf(
  unsaved: Unsaved,
  street: StreetCode,
  plans: ReadonlyMap<string, Watch>,
  sensors: ReadonlyMap<string, SensorAt>,
): Part {
  return {
    plans: [...unsaved.plans.values()].filter((one) => plans.get(one.plan)?.street === street),
    sensors: [...unsaved.sensors.values()].filter(
      (one) => sensors.get(one.sensor)?.street === street,
    ),
    wanted: unsaved.wanted.filter((one) => one.street === street),
  }
}

/** Only what was saved goes; what changed meanwhile stays for the next time. */
function forget(unsaved: Unsaved, part: Part): void {
  for (const state of part.plans) {
    if (unsaved.plans.get(state.plan) === state) unsaved.plans.delete(state.plan)
  }
  for (const state of part.sensors) {
    if (unsaved.sensors.get(state.sensor) === state) unsaved.sensors.delete(state.sensor)
  }
  unsaved.wanted = unsaved.wanted.filter((one) => !part.wanted.includes(one))
}

async function saveStreet(
  given: Given,
  tx: Tx,
  street: StreetCode,
  part: Part,
  now: Instant,
  whoAt: WhoAt,
): Promise<void> {
  await store.savePlans(tx, part.plans)
  await store.saveSensors(tx, street, part.sensors)
  const silence = await store.ruleInForce(tx, careSilence, now)
  for (const wanted of part.wanted) await fulfil(given, tx, wanted, silence, whoAt)
  await askAgain(given, tx, street, silence, whoAt)
  const watched = await store.notLookedOn(tx, dayOf(now))
  await writeLooks(
    given,
    tx,
    watched.map((watch) => ruleLook(watch, now, watch.ruleVersion)),
  )
}

async function fulfil(
  given: Given,
  tx: Tx,
  wanted: Wanted,
  silence: Rule,
  whoAt: WhoAt,
): Promise<void> {
  switch (wanted.do) {
    case 'withdraw':
      await withdraw(given, tx, wanted.rule, wanted.subject)
      return store.dropFindings(tx, wanted.rule, wanted.subject)
    case 'visit': {
      // The last gate: the consent's row is locked, so an ending one either waits or has won.
      const { watch } = wanted
      const { consent } = watch
      if (!(await findConsent(tx, 'agreed-care', { consent }, given.clock.now()))) return
      const asked = {
        ...({ kind: 'care-visit', rule: watch.rule, ruleVersion: watch.ruleVersion } as const),
        ...{ subject: watch.subject, place: watch.home, person: watch.person, facts: wanted.facts },
      }
      return find(given, tx, wanted, asked, silence)
    }
    case 'repair': {
      const { version } = await store.ruleInForce(tx, wanted.rule, wanted.at)
      const { subject, place, facts } = wanted
      const person = ofRepair({ facts, place }, whoAt)
      const rule = { kind: 'device-repair', rule: wanted.rule, ruleVersion: version } as const
      return find(given, tx, wanted, { ...rule, subject, place, person, facts }, silence)
    }
    default:
      return wanted satisfies never
  }
}

async function find(
  given: Given,
  tx: Tx,
  { street, at }: { street: StreetCode; at: Instant },
  asked: Asked,
  silence: Rule,
): Promise<void> {
  const opened = await openTask(given, tx, street, asked, within(asked, silence))
  const { rule, ruleVersion, subject, place } = asked
  await store.addFinding(tx, {
    ...{ street, id: given.newId<string>(), rule, ruleVersion, subject, place, foundAt: at },
    // Whoever lives where a device failed is no part of what was found.
    facts: asked.kind === 'care-visit' ? asked : { ...asked, person: null },
    task: isFault(opened) ? null : opened.task,
  })
}

/**
 * Findings that nobody was responsible for are asked for again at every tick, until somebody is.
 */
async function askAgain(
  given: Given,
  tx: Tx,
  street: StreetCode,
  silence: Rule,
  whoAt: WhoAt,
): Promise<void> {
  for (const found of await store.findingsWithoutTask(tx)) {
    const stored = found.facts as Asked
    const isVisit = stored.kind === 'care-visit'
    if (isVisit && !(await isAgreed(given, tx, stored.subject))) continue
    const asked = isVisit ? stored : { ...stored, person: ofRepair(stored, whoAt) }
    const opened = await openTask(given, tx, street, asked, within(asked, silence))
    if (!isFault(opened)) await store.giveTask(tx, found.id, opened.task)
  }
}

/** The last gate for what was found before and is asked again: the same consent, still live. */
async function isAgreed(given: Given, tx: Tx, subject: string): Promise<boolean> {
  const [watch] = await store.watches(tx, { subject })
  if (!watch) return false
  const { consent } = watch
  return (await findConsent(tx, 'agreed-care', { consent }, given.clock.now())) !== undefined
}

/** A repair in a home is a look at whoever agreed there; a gateway's is nobody's. */
function ofRepair({ facts, place }: Pick<Asked, 'facts' | 'place'>, whoAt: WhoAt) {
  return facts.gateway === null ? whoAt(place) : null
}

function within(asked: Asked, silence: Rule): Duration {
  return asked.kind === 'care-visit'
    ? { count: silence.visitHours ?? 2, kind: 'hour' }
    : (repairWithin[asked.rule] ?? { count: 1, kind: 'working_day' })
}
