import type { EventOf } from '../../kernel/event.ts'
import { hourMs, type Instant } from '../../kernel/clock.ts'
import type { Asker } from '../../kernel/asker.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { ConsentId, HomeCode, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { findConsent, liveConsents, type Consented } from '../../ground/privacy/index.ts'
import { withdraw } from '../../desks/tasks/index.ts'
import { allSensors, sensorsAt, type SensorAt, type Sensing } from '../sensing/index.ts'
import type * as api from './api.ts'
import { kernelGateway } from './decide.ts'
import { createKernel, type Judgement } from './kernel/index.ts'
import { openJudging } from './judging/index.ts'
import * as store from './store.ts'
import { careSilence, deviceSilence, type Watch } from './types.ts'

export type Scenarios = Awaited<ReturnType<typeof openScenarios>>

/** Rebuilds the kernel from what lasts, then judges on from the readings that were not judged yet. */
export async function openScenarios(given: Given, sensing: Sensing) {
  const now = given.clock.now()
  const kernel = createKernel(now)
  const plans = new Map<string, Watch>()
  const sensors = new Map<string, SensorAt>()
  const saved = await given.db.asOwner((tx) => store.savedSensors(tx))

  const watchSensor = (sensor: SensorAt, since: Instant) => {
    const { device, limitMs, gateway, street } = sensor
    const last = saved.get(device)
    sensors.set(device, sensor)
    kernel.watch({
      sensor: device,
      limitMs,
      gateway: kernelGateway(street, gateway),
      since,
      heardAt: last?.heardAt ?? null,
      lost: last?.lost ?? null,
    })
  }
  const arm = (watch: Watch, consent: Consented<'agreed-care'>, silentMs: number) => {
    const served = [...sensors.values()].filter((sensor) => sensor.home === watch.home)
    plans.set(watch.subject, watch)
    kernel.arm({
      plan: watch.subject,
      consent,
      silentMs,
      since: watch.since,
      awayUntil: watch.awayUntil,
      sensors: served.map((sensor) => sensor.device),
      gaps: watch.gaps,
      raised: watch.isRaised,
    })
  }
  const disarm = (subject: string) => {
    kernel.disarm(subject)
    plans.delete(subject)
  }

  for (const sensor of allSensors(sensing)) watchSensor(sensor, sensor.installedAt)
  const { judged, rule } = await given.db.asOwner(async (tx) => {
    const silence = await store.ruleInForce(tx, careSilence, now)
    const consents = await liveConsents(tx, 'agreed-care', now)
    const byId = new Map(consents.map((consent) => [consent.consent, consent]))
    for (const watch of await store.watches(tx, 'all')) {
      const consent = byId.get(watch.consent)
      if (consent) arm(watch, consent, (silence.silentHours ?? 0) * hourMs)
    }
    return { judged: await store.judgedPosition(tx), rule: silence }
  })

  const judging = openJudging(given, kernel, plans, sensors)
  let fed = judged
  for (const row of await sensing.readingsAfter(judged)) {
    kernel.signOfLife(row.device, row.event_at.getTime(), row.arrived_at.getTime())
    fed = row.position
  }
  sensing.afterCommit((taken) => {
    for (const { device, eventAt, arrivedAt, isSignOfLife, order } of taken) {
      if (isSignOfLife) kernel.signOfLife(device, eventAt, arrivedAt)
      else kernel.heard(device, eventAt, arrivedAt)
      fed = order
    }
  })
  return {
    given,
    sensing,
    kernel,
    plans,
    sensors,
    silenceRule: rule,
    watchSensor,
    arm,
    disarm,
    /** One look at everything that fell due; one after the other, so that a slow one is not overtaken. */
    async tick(): Promise<void> {
      const at = given.clock.now()
      const position = await judging.tick(at, () => fed)
      sensing.judged(position)
    },
  }
}

/** Begins to watch a plan, in the transaction that agreed to it. Needs the proof, so cannot without. */
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
export async function watchChanged(scenarios: Scenarios, subject: string): Promise<void> {
  const { given, kernel, plans } = scenarios
  const now = given.clock.now()
  await given.db.asOwner(async (tx) => {
    const [watch] = await store.watches(tx, { subject })
    const consent =
      watch && (await findConsent(tx, 'agreed-care', { consent: watch.consent }, now))
    if (!watch || !consent) return scenarios.disarm(subject)
    if (plans.has(subject)) kernel.setAway(subject, watch.awayUntil, now)
    else scenarios.arm(watch, consent, (scenarios.silenceRule.silentHours ?? 0) * hourMs)
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
    for (const subject of await store.erase(tx, consent)) {
      await withdraw(scenarios.given, tx, careSilence, subject)
    }
  })
}

/** A device came, went or moved: its home's plan is armed anew with the sensors that are there. */
export async function deviceChanged(
  scenarios: Scenarios,
  street: StreetCode,
  device: string,
  home: HomeCode,
): Promise<void> {
  const { given, sensing, kernel } = scenarios
  const now = given.clock.now()
  // Saves what memory knows, so that the rows read below are what is so now.
  await scenarios.tick()
  await given.db.inStreet({ street }, async (tx) => {
    const there = await sensorsAt(sensing, tx, home)
    const present = there.find((sensor) => sensor.device === device)
    if (present) scenarios.watchSensor(present, present.installedAt)
    else {
      kernel.unwatch(device)
      scenarios.sensors.delete(device)
      await withdraw(given, tx, deviceSilence, device)
    }
    for (const watch of await store.watches(tx, { home })) {
      const { consent: id } = watch
      const consent = await findConsent(tx, 'agreed-care', { consent: id }, now)
      if (consent) scenarios.arm(watch, consent, (scenarios.silenceRule.silentHours ?? 0) * hourMs)
    }
  })
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
    const isMeant = sensor.device === subject || subject.endsWith(` ${sensor.gateway}`)
    const heardAt = scenarios.sensing.heardAt(sensor.device)
    if (!isMeant || now - (heardAt ?? 0) <= sensor.limitMs) continue
    kernel.unwatch(sensor.device)
    const { device, limitMs, street, gateway } = sensor
    const back = { sensor: device, limitMs, gateway: kernelGateway(street, gateway) }
    kernel.watch({ ...back, since: at, heardAt: null, lost: null })
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
