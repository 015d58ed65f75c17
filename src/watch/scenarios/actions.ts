import type { EventOf } from '../../kernel/event.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Asker } from '../../kernel/asker.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { ConsentId, DeviceId, GatewayId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { findConsent, liveConsents, type Consented } from '../../ground/privacy/index.ts'
import { forget, withdraw } from '../../desks/tasks/index.ts'
import {
  allSensors,
  conditions,
  gatewayAt,
  gatewaySubject,
  sensorNamed,
  type Heard,
  type SensorAt,
  type Sensing,
} from '../sensing/index.ts'
import type * as api from './api.ts'
import { createKernel, type Judgement } from './kernel/index.ts'
import { openJudging, openMemory } from './judging/index.ts'
import * as store from './store.ts'
import { careSilence, deviceSilence, ruleOfCondition, type Watch } from './types.ts'

export type Scenarios = Awaited<ReturnType<typeof openScenarios>>

/**
 * Rebuilds the kernel from what lasts, then judges on from the readings that were not judged yet.
 */
export async function openScenarios(given: Given, sensing: Sensing) {
  const now = given.clock.now()
  const kernel = createKernel(now)
  const { memory, rule, judged, raised } = await given.db.asOwner(async (tx) => {
    const silence = await store.ruleInForce(tx, careSilence, now)
    const kept = openMemory(kernel, await store.savedSensors(tx), silence)
    for (const sensor of allSensors(sensing)) kept.watchSensor(sensor, sensor.installedAt)
    const consents = await liveConsents(tx, 'agreed-care', now)
    const byId = new Map(consents.map((consent) => [consent.consent, consent]))
    for (const watch of await store.watches(tx, 'all')) {
      const consent = byId.get(watch.consent)
      if (consent) kept.arm(withDowntime(watch, sensing), consent)
    }
    const asked = await store.conditionsFound(tx, conditions.map(ruleOfCondition))
    return { memory: kept, rule: silence, judged: await store.judgedPosition(tx), raised: asked }
  })
  let fed = judged
  const feed = (taken: readonly Heard[]) => {
    for (const { device, eventAt, arrivedAt, isSignOfLife, order } of taken) {
      if (isSignOfLife) kernel.signOfLife(device, eventAt, arrivedAt)
      else kernel.heard(device, eventAt, arrivedAt)
      fed = order
    }
  }
  for await (const taken of sensing.readingsAfter(judged)) feed(taken)
  // Heartbeats since the last save are stored as one moment. Told as a message, so that a hole
  // before it counts as one: without it, whoever spoke just before a crash would look lost.
  for (const device of memory.sensors.keys()) {
    const heardAt = sensing.heardAt(device)
    if (heardAt !== null) kernel.heard(device, heardAt, now)
  }
  sensing.afterCommit(feed)
  const judging = openJudging(given, sensing, kernel, memory, raised)
  return {
    ...{ given, sensing, kernel, silenceRule: rule },
    ...memory,
    /**
     * One look at everything that fell due; one after the other, so that a slow one is waited for.
     */
    async tick(): Promise<void> {
      await sensing.tick(given.clock.now())
      sensing.judged(await judging.tick(given.clock.now(), () => fed))
    },
  }
}

/** While nobody listened, nothing covered a home: its clock stands still in that time. */
function withDowntime(watch: Watch, { downtime: { since, until } }: Sensing): Watch {
  return since === null ? watch : { ...watch, gaps: [...watch.gaps, { from: since, to: until }] }
}

/**
 * Begins to watch a plan, in the transaction that agreed to it. Needs the proof, so cannot without.
 */
export async function watchPlan(
  scenarios: Scenarios,
  tx: Tx,
  subject: string,
  consent: Consented<'agreed-care'>,
): Promise<void> {
  const { street, person, home, consent: id, givenAt: since } = consent
  const { rule, version: ruleVersion } = scenarios.silenceRule
  const watch = { street, subject, rule, ruleVersion, person, home, consent: id, since }
  await store.addWatch(tx, { ...watch, awayUntil: null, gaps: [], isRaised: false })
  await scenarios.given.tell(tx, { name: 'scenarios.watch-changed', street, subject })
}

export async function setAway(
  scenarios: Scenarios,
  tx: Tx,
  street: StreetCode,
  subject: string,
  until: Instant | null,
): Promise<void> {
  await store.setAway(tx, subject, until)
  await scenarios.given.tell(tx, { name: 'scenarios.watch-changed', street, subject })
}

/** Undefined while the plan is not armed yet, or not any more. */
export function judge(scenarios: Scenarios, subject: string): Judgement | undefined {
  return scenarios.kernel.judge(subject, scenarios.given.clock.now())
}

/** Takes a plan's row into the kernel: new, or with another end of being away. */
export async function watchChanged(
  scenarios: Scenarios,
  street: StreetCode,
  subject: string,
): Promise<void> {
  const { given, kernel, plans } = scenarios
  const now = given.clock.now()
  await given.db.inStreet({ street }, async (tx) => {
    const [watch] = await store.watches(tx, { subject })
    const consent = watch && (await findConsent(tx, 'agreed-care', { consent: watch.consent }, now))
    if (!watch || !consent) return scenarios.disarm(subject)
    if (!plans.has(subject)) return scenarios.arm(watch, consent)
    kernel.setAway(subject, watch.awayUntil, now)
    plans.set(subject, watch)
  })
}

/** Judging stops here; what was kept for it is erased, and an open visit goes. */
export async function consentEnded(
  scenarios: Scenarios,
  street: StreetCode,
  consent: ConsentId,
): Promise<void> {
  for (const [subject, watch] of scenarios.plans) {
    if (watch.consent === consent) scenarios.disarm(subject)
  }
  await scenarios.given.db.inStreet({ street }, async (tx) => {
    for (const { subject, person } of await store.erase(tx, consent)) {
      await withdraw(scenarios.given, tx, careSilence, subject)
      await forget(tx, person)
    }
  })
}

/**
 * A device came, went or moved: the plans of the homes it left and came to are armed anew with the
 * sensors that are there. Of a gateway that changed, every device is looked at.
 */
export async function registryChanged(
  scenarios: Scenarios,
  { street, source, place, before }: EventOf<'devices.changed'>,
): Promise<void> {
  const { given, sensing } = scenarios
  await sensing.registryChanged(source)
  // Saves what memory knows, so that the rows read below are what is so now.
  await scenarios.tick()
  const devices = gatewayAt(sensing, source)
    ? sensing.behind(source as GatewayId)
    : [source as DeviceId]
  // The home it left first: until then its sensor serves that plan, and can serve no other.
  const places = new Set<PlaceCode>([...(before === null ? [] : [before]), place])
  const gone = devices.flatMap((device) => {
    const present = sensorNamed(sensing, device)
    return noteSensor(scenarios, device, present) ? [] : [device]
  })
  await given.db.inStreet({ street }, async (tx) => {
    for (const device of gone) await withdraw(given, tx, deviceSilence, device)
    for (const home of places) {
      for (const watch of await store.watches(tx, { home })) {
        const { consent: id } = watch
        const consent = await findConsent(tx, 'agreed-care', { consent: id }, given.clock.now())
        if (consent) scenarios.arm(watch, consent)
      }
    }
  })
}

function noteSensor(scenarios: Scenarios, device: string, present: SensorAt | undefined): boolean {
  if (present) scenarios.watchSensor(present, present.installedAt)
  else {
    scenarios.kernel.unwatch(device)
    scenarios.sensors.delete(device)
  }
  return present !== undefined
}

/** A person looked: the outcome scores the rule's version, and the clock starts anew. */
export async function taskClosed(
  scenarios: Scenarios,
  closed: EventOf<'tasks.closed'>,
): Promise<void> {
  const { given, kernel } = scenarios
  const { street, subject, rule, at } = closed
  await given.db.inStreet({ street }, async (tx) => {
    await store.addOutcome(tx, closed)
    if (rule === careSilence) await store.restartWatch(tx, subject, at)
  })
  if (rule === careSilence) kernel.restart(subject, at)
  else lookAgain(scenarios, subject, at)
}

/** A repair was closed though the device is still silent: it gets its time, then is found anew. */
function lookAgain(scenarios: Scenarios, subject: string, at: Instant): void {
  const { kernel, sensors } = scenarios
  const now = scenarios.given.clock.now()
  for (const sensor of sensors.values()) {
    const isMeant =
      sensor.device === subject ||
      (sensor.gateway !== null && subject === gatewaySubject(sensor.gateway))
    const heardAt = scenarios.sensing.heardAt(sensor.device)
    if (!isMeant || now - (heardAt ?? 0) <= sensor.limitMs) continue
    kernel.unwatch(sensor.device)
    const { device, limitMs, gateway } = sensor
    kernel.watch({ sensor: device, limitMs, gateway, since: at, heardAt: null, lost: null })
  }
}

export async function listRules(
  scenarios: Scenarios,
  asker: Asker,
): Promise<Output<typeof api.listRules> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return scenarios.given.db.inStreet(asker, async (tx) => {
    const outcomes = await store.countOutcomes(tx)
    const findings = await store.countFindings(tx)
    const rules = (await store.allRules(tx)).map((rule) => {
      const isOurs = (row: { rule: string; version: number }) =>
        row.rule === rule.rule && row.version === rule.version
      const counted = outcomes.filter(isOurs)
      return {
        ...rule,
        findings: findings.find(isOurs)?.count ?? 0,
        outcomes: counted.map(({ outcome, count }) => ({ outcome, count })),
      }
    })
    return { rules }
  })
}
