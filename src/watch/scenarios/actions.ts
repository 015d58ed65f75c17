import type { EventOf } from '../../kernel/event.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, DeviceId, GatewayId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Tx } from '../../platform/sql.ts'
import {
  findConsent,
  liveConsents,
  type Consented,
  type JudgedPurpose,
} from '../../ground/privacy/index.ts'
import { streetsOpen } from '../../ground/duties/index.ts'
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
import type { Judgement } from './kernel/index.ts'
import { hitsOf, isStopped } from './crowding/index.ts'
import {
  leadClosed,
  openCalendar,
  openJudging,
  openLeads,
  openMemory,
  type Calendar,
  type Memory,
} from './judging/index.ts'
import { addOutcome, conditionsFound, endFindings } from './found/index.ts'
import * as store from './store.ts'
import { deviceSilence, overcrowding, ruleOfCondition } from './types.ts'
import { Trials } from './trial/index.ts'
import {
  adoptShipped,
  judgedVersions,
  newestOutcomes,
  stopRule,
  thoseAllowed,
  versions,
} from './workshop/index.ts'

export type Scenarios = Awaited<ReturnType<typeof openScenarios>>

/**
 * Rebuilds the kernels from what lasts, then judges on from the readings that were not judged yet.
 */
export async function openScenarios(given: Given, sensing: Sensing) {
  const now = given.clock.now()
  const calendar = await openCalendar(given)
  const { memory, judged, raised } = await given.db.asOwner((tx) =>
    rebuild(given, tx, sensing, calendar),
  )
  let fed = judged
  const feed = (taken: readonly Heard[]) => {
    for (const one of taken) {
      memory.take(one)
      fed = one.order
    }
  }
  for await (const taken of sensing.readingsAfter(judged)) feed(taken)
  // Heartbeats since the last save are stored as one moment. Told as a message, so that a hole
  // before it counts as one: without it, whoever spoke just before a crash would look lost.
  for (const device of memory.sensors.keys()) {
    const eventAt = sensing.heardAt(device)
    if (eventAt === null) continue
    const beat = { device: device as DeviceId, eventAt, arrivedAt: now, order: fed }
    memory.take({ ...beat, isSignOfLife: false, facts: [] })
  }
  sensing.afterCommit((taken) => {
    feed(taken)
    alarm()
  })
  sensing.countIn((street) => isInForce({ memory }, street, overcrowding))
  const judging = openJudging(given, sensing, memory, raised)
  const leads = openLeads(given, memory)
  const look = (which?: ReadonlySet<StreetCode>) => judging.tick(() => fed, which)
  let isPrompt = false
  let alarmed: Promise<unknown> = Promise.resolve()
  /** An emergency does not wait for the next look: one begins as soon as the last is done. */
  function alarm(): void {
    const streets = isPrompt ? memory.alarmed() : []
    if (streets.length === 0) return
    alarmed = look(new Set(streets)).then(
      () => undefined,
      (error: unknown) => given.log.say('scenarios.look-failed', errorFacts(error)),
    )
  }
  return {
    ...{ given, sensing, memory, plans: memory.plans, sensors: memory.sensors },
    trials: new Trials(),
    /** From now on, until it is disposed of, emergencies are told as they arrive. */
    beginAtOnce(): AsyncDisposable {
      isPrompt = true
      return {
        async [Symbol.asyncDispose]() {
          isPrompt = false
          await alarmed
        },
      }
    },
    /**
     * One look at everything that fell due; one after the other, so that a slow one is waited for.
     */
    async tick(): Promise<void> {
      await sensing.tick(given.clock.now())
      await calendar.look(given.clock.now())
      sensing.judged((await look()).saved)
      await leads.look(given.clock.now())
    },
    /** As `tick` for one street, and throws where it was not saved: who told it tells it again. */
    async settle(street: StreetCode): Promise<void> {
      const { failed } = await look(new Set([street]))
      if (failed.has(street)) throw new Error('what was judged could not be saved')
    },
  }
}

async function rebuild(given: Given, tx: Tx, sensing: Sensing, { dayKind }: Calendar) {
  const now = given.clock.now()
  const memory = openMemory(
    ...([now, sensing, dayKind, await store.savedSensors(tx)] as const),
    (street, rule, version) => given.log.say('scenarios.rule-refused', { street, rule, version }),
  )
  for (const sensor of allSensors(sensing)) memory.watchSensor(sensor)
  const streets = new Set([...memory.streets.keys(), ...(await streetsOpen(tx))])
  for (const street of streets) await takeRules(given, tx, memory, street)
  await store.forgetStrays(tx)
  const consents = await consentsNow(tx, now)
  for (const watch of await store.watches(tx, 'all')) {
    const consent = consents.get(watch.consent)
    if (consent) memory.agree(watch, consent)
  }
  const judged = await store.judgedPosition(tx)
  const progress = await store.progressOf(tx)
  const subjects = Map.groupBy(await store.savedSubjects(tx), ({ street }) => street)
  for (const { street, kernel } of memory.streets.values()) {
    const saved = (subjects.get(street) ?? []).map(({ rule, version, subject, state }) => ({
      ...{ rule: `${street} ${rule} ${version}`, subject, state },
    }))
    const before = progress.get(street) ?? { fed: judged, settledAt: 0, from: judged + 1 }
    kernel.restore(saved, before)
  }
  const raised = await conditionsFound(tx, conditions.map(ruleOfCondition))
  addDowntime(memory, sensing)
  return { memory, judged, raised }
}

/** The street's own versions, and a first one of everything that ships. */
async function takeRules(given: Given, tx: Tx, memory: Memory, street: StreetCode) {
  await adoptShipped(given, tx, street)
  return memory.judge(street, await thoseAllowed(tx, street, await judgedVersions(tx, street)))
}

/** Every agreement that lives: in all streets for the owner, else in one's own. */
export async function consentsNow(tx: Tx, now: Instant) {
  const all = new Map<string, Consented<JudgedPurpose>>()
  for (const one of await liveConsents(tx, 'agreed-care', now)) all.set(one.consent, one)
  for (const one of await liveConsents(tx, 'wandering-guard', now)) all.set(one.consent, one)
  return all
}

/** While nobody listened, nothing covered a home: its clock stands still in that time. */
function addDowntime(memory: Memory, { downtime: { since, until } }: Sensing): void {
  if (since === null) return
  for (const { kernel } of memory.streets.values()) kernel.uncovered(since, until)
}

/** Begins to judge a home, in the transaction that agreed to it. Needs the proof of it. */
export async function watchPlan(
  scenarios: Scenarios,
  tx: Tx,
  subject: string,
  agreed: Consented<JudgedPurpose>,
): Promise<void> {
  const { street, person, home, purpose, consent, givenAt: since } = agreed
  const watch = { street, subject, purpose, person, home, consent, since, awayUntil: null }
  const before = (await store.watches(tx, { subject })).filter((one) => one.purpose === purpose)
  // Ended a moment ago, and nobody has heard of it yet.
  for (const one of before) await letGo(scenarios, tx, street, one.consent)
  await store.addWatch(tx, watch)
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

/** Undefined while the home is not judged yet, or not any more. */
export function judge({ memory, given }: Scenarios, subject: string): Judgement | undefined {
  const watch = memory.plans.get(subject)
  const silence = watch && memory.silenceOf(watch.street)
  if (!watch || !silence) return undefined
  return memory.streetOf(watch.street).kernel.judge(silence.key, watch.home, given.clock.now())
}

/** The version by which a street's agreed homes are judged; undefined where it is switched off. */
export function silenceRuleOf({ memory }: Scenarios, street: StreetCode) {
  const silence = memory.silenceOf(street)
  if (!silence) return undefined
  const { rule, version, definition } = silence.judged
  const minutes = definition.when.is === 'silence' ? definition.when.minutes : 0
  return { rule, version, silentHours: Math.floor(minutes / 60) }
}

/** Whether a street has a rule in force: what serves only that rule may be there only then. */
export function isInForce(
  { memory }: { memory: Memory },
  street: StreetCode,
  rule: string,
): boolean {
  const judged = memory.streets.get(street)?.judged.values() ?? []
  return [...judged].some((one) => one.rule === rule && !one.isShadow)
}

/** Takes a plan's rows into the kernel: new, or with another end of being away. */
export async function watchChanged(
  { given, memory }: Scenarios,
  street: StreetCode,
  subject: string,
): Promise<void> {
  const now = given.clock.now()
  await given.db.inStreet({ street }, async (tx) => {
    for (const watch of await store.watches(tx, { subject })) {
      const { consent, purpose } = watch
      const proof = await findConsent(tx, purpose, { consent }, now)
      const held = memory.watchHeld(watch)
      if (!proof) memory.endAgreement(consent)
      else if (held?.consent === consent) memory.setAway(watch, now)
      else {
        // Another one was there, and its end was not heard yet.
        if (held) memory.endAgreement(held.consent)
        memory.agree(watch, proof)
      }
    }
  })
}

/** Judging stops here; what was kept for it is erased, and an open visit goes. */
export async function consentEnded(
  { given, memory }: Scenarios,
  street: StreetCode,
  consent: ConsentId,
): Promise<void> {
  memory.endAgreement(consent)
  await given.db.inStreet({ street }, (tx) => letGo({ given }, tx, street, consent))
}

/** What was judged under a consent, in the caller's transaction; the kernel hears of it after. */
export async function letGo(
  { given }: Pick<Scenarios, 'given'>,
  tx: Tx,
  street: StreetCode,
  consent: ConsentId,
): Promise<void> {
  const all = await versions(tx, street)
  for (const { subject, person, purpose } of await store.erase(tx, consent)) {
    const ours = all.filter(({ definition }) => definition.consent === purpose)
    const rules = [...new Set(ours.map(({ rule }) => rule))]
    // Of this agreement: the same person may have agreed anew before this is heard.
    for (const rule of rules) await withdraw(given, tx, rule, subject)
    await forget(tx, person, rules)
  }
}

/** Another version is judged from now on, or one is not judged any more. */
export async function rulesChanged(scenarios: Scenarios, street: StreetCode): Promise<void> {
  const { given, memory } = scenarios
  const hasSilence = () => isInForce(scenarios, street, deviceSilence)
  const before = hasSilence()
  await given.db.inStreet({ street }, async (tx) => {
    for (const { rule, version } of await takeRules(given, tx, memory, street)) {
      await store.forgetVersion(tx, rule, version)
    }
  })
  if (before || !hasSilence()) return
  // What was lost while nobody was to be told.
  lookAgain(scenarios, (sensor) => sensor.street === street, given.clock.now())
}

/**
 * A device came, went or moved: homes are judged anew with the sensors that are there. Of a gateway
 * that changed, every device is looked at.
 */
export async function registryChanged(
  scenarios: Scenarios,
  { street, source }: EventOf<'devices.changed'>,
): Promise<void> {
  const { given, sensing, memory } = scenarios
  await sensing.registryChanged(source)
  await scenarios.settle(street)
  const isNew = !memory.streets.has(street)
  const devices = gatewayAt(sensing, source)
    ? sensing.behind(source as GatewayId)
    : [source as DeviceId]
  const gone = devices.filter((device) => {
    const present = sensorNamed(sensing, device)
    if (present) memory.watchSensor(present)
    else memory.unwatchSensor(device)
    return !present
  })
  await given.db.inStreet({ street }, async (tx) => {
    if (isNew) await takeRules(given, tx, memory, street)
    for (const device of gone) await withdraw(given, tx, deviceSilence, device)
  })
}

/** A person looked: the outcome scores the rule's version, and the clock starts anew. */
export async function taskClosed(
  scenarios: Scenarios,
  closed: EventOf<'tasks.closed'>,
): Promise<void> {
  const { given, memory } = scenarios
  const { street, subject, rule, at } = closed
  await given.db.inStreet({ street }, async (tx) => {
    await addOutcome(tx, closed)
    await leadClosed(tx, closed)
    if (memory.hasFloor(street, rule)) await stopBelowFloor(given, tx, closed)
  })
  if (rule === deviceSilence) lookAgain(scenarios, isAbout(subject), at)
  else memory.closeSubject(street, rule, subject, at)
  // Saved before this event counts as heard: a crash must not leave the matter raised for ever.
  await scenarios.settle(street)
}

/** A rule that was wrong too often among its newest checks stops by itself; none of care does. */
async function stopBelowFloor(given: Given, tx: Tx, closed: EventOf<'tasks.closed'>) {
  const { street, rule } = closed
  const judged = (await judgedVersions(tx, street)).find(
    (one) => one.rule === rule && one.state === 'in-force',
  )
  const floor = judged?.definition.stopsBelow
  if (!judged || !floor || judged.definition.consent !== null) return
  const newest = await newestOutcomes(tx, rule, judged.version, floor.ofChecks)
  if (!isStopped(newest, floor)) return
  const { right, checked } = hitsOf(newest)
  await stopRule(given, tx, street, judged, `${right}/${checked} < ${floor.percent}%`)
}

/** "I am well": a human answer. The clocks of the home start anew and nothing more is asked. */
export async function personAnswered(
  scenarios: Scenarios,
  { street, subject, rule, at }: EventOf<'care.answered'>,
): Promise<void> {
  const { given, memory } = scenarios
  memory.closeAll(street, subject, at)
  await given.db.inStreet({ street }, (tx) => endFindings(tx, rule, subject, at))
  await scenarios.settle(street)
}

/** Whatever of these is still silent gets its time, and then is found anew. */
function lookAgain(
  { given, sensing, memory }: Scenarios,
  isMeant: (sensor: SensorAt) => boolean,
  at: Instant,
): void {
  const now = given.clock.now()
  for (const sensor of memory.sensors.values()) {
    const heardAt = sensing.heardAt(sensor.device) ?? 0
    if (isMeant(sensor) && now - heardAt > sensor.limitMs) memory.watchAnew(sensor, at)
  }
}

/** Its repair is about it, or about the gateway that it stands behind. */
function isAbout(subject: string): (sensor: SensorAt) => boolean {
  return ({ device, gateway }) =>
    device === subject || (gateway !== null && subject === gatewaySubject(gateway))
}
