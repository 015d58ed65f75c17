import type { Asker } from '../../kernel/asker.ts'
import type { Seen } from '../../kernel/book.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { EventOf } from '../../kernel/event.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { ConsentId, PersonId, PlanId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { residentOf } from '../../ground/people/index.ts'
import { placeOf } from '../../ground/places/index.ts'
import {
  type ConsentPurpose,
  endConsent,
  findConsent,
  isSwitchedOn,
  notAskedUntil,
  refuseConsent,
  type SensitivePurpose,
  textVersions,
} from '../../ground/privacy/index.ts'
import { postNamed } from '../../ground/duties/index.ts'
import { tellPages } from '../../desks/delivery/index.ts'
import { forget, lastClosed, openTasks, withdrawVisits } from '../../desks/tasks/index.ts'
import { sensorsAt, type Sensing } from '../sensing/index.ts'
import { careSilence, judge, silenceRuleOf, type Scenarios } from '../scenarios/index.ts'
import * as scenarios from '../scenarios/index.ts'
import type * as api from './api.ts'
import {
  askPerson,
  dropQuestion,
  dropQuestions,
  isNotBegun,
  peopleAsked,
  questionOf,
  saidFine,
  saidHelp,
} from './asking/index.ts'
import { beginPlan, purposeOf } from './agreeing/index.ts'
import { askContacts, contactsAskedOf, dropRemoved } from './contacts/index.ts'
import { residentAsking, wayWith } from './decide.ts'
import { offerAnswered } from './offering/index.ts'
import * as store from './store.ts'
import type { Plan } from './types.ts'
import { endGuard, guardOf } from './wandering/index.ts'

const purpose = 'agreed-care'
const awayDaysMax = 90
const askedShownMax = 10

/** What this room needs: the machine, the sensors of a home, the judge. */
export type CareGiven = { given: Given; sensing: Sensing; scenarios: Scenarios }

export async function agree(
  rooms: CareGiven,
  asker: Asker,
  input: Input<typeof api.agree>,
): Promise<Output<typeof api.agree> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  const { textVersion, contacts, way = wayWith('sensor', contacts) } = input
  return rooms.given.db.inStreet(resident, async (tx) => {
    const wish = { way, textVersion, contacts, paper: null }
    const plan = await beginPlan(rooms, tx, resident, wish)
    if (isFault(plan)) return plan
    await offerAnswered(rooms, tx, resident.person)
    return { plan }
  })
}

export async function refuse(
  rooms: CareGiven,
  asker: Asker,
): Promise<Output<typeof api.refuse> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  const { given } = rooms
  return given.db.inStreet(resident, async (tx) => {
    const { person, street } = resident
    if (await store.planOf(given, tx, { person })) return fault('already-so')
    await offerAnswered(rooms, tx, person)
    const until = await refuseConsent(given, tx, person, street, purpose)
    await tellPages(tx, person, 'care')
    return { notAskedUntil: until }
  })
}

/** One tap: the consent ends here; whoever lives on it hears of it and lets go. */
export async function endCare(
  { given }: CareGiven,
  asker: Asker,
): Promise<Output<typeof api.endCare> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  return given.db.inStreet(resident, async (tx) => {
    const ground = await store.groundOf(tx, resident.person)
    const ending = purposeOf(ground?.way ?? 'sensor')
    if (!(await endAgreement({ given }, tx, resident, ending))) return fault('no-consent')
    return { endedAt: given.clock.now() }
  })
}

/** Ends one agreement with all that stands on it, in the caller's transaction. False: none. */
export async function endAgreement(
  { given }: Pick<CareGiven, 'given'>,
  tx: Tx,
  { street, person }: Pick<Ended, 'street' | 'person'>,
  ending: ConsentPurpose,
): Promise<boolean> {
  if (ending === 'wandering-guard') return endGuard(given, tx, person)
  const ground = await store.groundOf(tx, person)
  if (!(await endConsent(given, tx, person, ending))) return false
  const consent = ground && purposeOf(ground.way) === ending ? ground.consent : null
  await erase(given, tx, { street, person, consent })
  return true
}

/**
 * The street has switched a purpose off: nothing of what was asked under it stays open, and
 * nothing more is said to anybody about it. The plans go as their consents are heard to have ended.
 */
export async function stopPurpose(
  { given }: Pick<CareGiven, 'given'>,
  tx: Tx,
  stopped: SensitivePurpose,
): Promise<void> {
  if (stopped === 'crowding-check') return
  const only = stopped === 'wandering-guard' ? stopped : undefined
  for (const person of await peopleAsked(tx)) await dropQuestions(given, tx, person, only)
}

/**
 * Heard when a consent ends, whichever way: the plan, the contacts, what visits wrote. An end that
 * is heard late says nothing of an agreement made since.
 */
export async function consentEnded(
  { given }: CareGiven,
  { street, person, consent, purpose: ended }: EventOf<'privacy.consent-ended'>,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    if (ended === 'wandering-guard') {
      await dropQuestions(given, tx, person, ended)
      return tellPages(tx, person, 'care')
    }
    const ground = await store.groundOf(tx, person)
    if (!ground || ground.consent === consent) await erase(given, tx, { street, person, consent })
  })
}

type Ended = { street: StreetCode; person: PersonId; consent: ConsentId | null }

/**
 * Open visits go in the same transaction: what they hold could else outlive the agreement. So does
 * the wandering guard, which is agreed to beside agreed care only.
 */
async function erase(given: Given, tx: Tx, ended: Ended): Promise<void> {
  const { street, person, consent } = ended
  if (consent !== null) await scenarios.letGo({ given }, tx, street, consent)
  await withdrawVisits(given, tx, person)
  await endGuard(given, tx, person)
  await dropQuestions(given, tx, person)
  await store.erasePlan(tx, person)
  await offerAnswered({ given }, tx, person)
  await forget(tx, person)
  await tellPages(tx, person, 'care')
}

export async function setContacts(
  { given }: CareGiven,
  asker: Asker,
  input: Input<typeof api.setContacts>,
): Promise<Output<typeof api.setContacts> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  return given.db.inStreet(resident, async (tx) => {
    const plan = await store.planOf(given, tx, { person: resident.person })
    if (!plan) return fault('no-consent')
    const { contacts } = input
    await store.setContacts(given, tx, plan, { contacts, way: wayWith(plan.way, contacts) })
    await dropRemoved(given, tx, plan, input.contacts)
    await tellPages(tx, resident.person, 'care')
    return { count: input.contacts.length }
  })
}

export async function setAway(
  rooms: CareGiven,
  asker: Asker,
  input: Input<typeof api.setAway>,
): Promise<Output<typeof api.setAway> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  const { given } = rooms
  const now = given.clock.now()
  const { until } = input
  if (until !== null && (until <= now || until > now + awayDaysMax * dayMs)) {
    return fault('bad-input', 'until')
  }
  return given.db.inStreet(resident, async (tx) => {
    const plan = await store.planOf(given, tx, { person: resident.person })
    if (!plan) return fault('no-consent')
    await scenarios.setAway(rooms.scenarios, tx, plan.street, plan.plan, until)
    // They spoke: whatever was asked about them has its answer.
    if (until !== null) await saidFine(rooms, tx, plan)
    await tellPages(tx, resident.person, 'care')
    return { awayUntil: until }
  })
}

/** A rule wants to know: the person is asked, if they still agree and it is not over already. */
export async function personAsked(
  { given }: CareGiven,
  asked: EventOf<'scenarios.person-asked'>,
): Promise<void> {
  const now = given.clock.now()
  await given.db.inStreet({ street: asked.street }, async (tx) => {
    const plan = await store.planOf(given, tx, { plan: asked.subject as PlanId })
    if (!plan) return
    const consent = await findConsent(tx, asked.purpose, { person: plan.person }, now)
    if (consent) await askPerson(given, tx, plan, consent, asked)
  })
}

/** They did not answer: a question of its own goes to the contacts whom they chose. */
export async function contactsAsked(
  rooms: CareGiven,
  asked: EventOf<'scenarios.contact-asked'>,
): Promise<void> {
  const { street } = asked
  const isNobody = await rooms.given.db.inStreet({ street }, (tx) => askContacts(rooms, tx, asked))
  if (isNobody) await rooms.scenarios.settle(street)
}

export async function questionDropped(
  { given }: CareGiven,
  { street, question }: EventOf<'scenarios.question-dropped'>,
): Promise<void> {
  await given.db.inStreet({ street }, (tx) => dropQuestion(given, tx, question))
}

/** "I am well", by the person: a human answer to all that was asked, at whatever step it is. */
export async function well(
  rooms: CareGiven,
  asker: Asker,
): Promise<Output<typeof api.well> | Fault> {
  return answering(rooms, asker, async (tx, plan) => (await saidFine(rooms, tx, plan)) > 0)
}

/** "I need help", by the person: a worker is asked before this is answered. */
export async function help(
  rooms: CareGiven,
  asker: Asker,
): Promise<Output<typeof api.help> | Fault> {
  return answering(rooms, asker, (tx, plan) => saidHelp(rooms, tx, plan, { by: 'person' }))
}

async function answering(
  { given }: CareGiven,
  asker: Asker,
  say: (tx: Tx, plan: Plan) => Promise<boolean>,
): Promise<{ answeredAt: Instant } | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  return given.db.inStreet(resident, async (tx) => {
    const { person } = resident
    const now = given.clock.now()
    const consent = await findConsent(tx, purpose, { person }, now)
    const plan = await store.planOf(given, tx, { person })
    if (!consent || !plan) return fault('no-consent')
    if (!(await say(tx, plan))) return fault('moved-on')
    await tellPages(tx, person, 'care')
    return { answeredAt: now }
  })
}

export async function myCare(
  rooms: CareGiven,
  asker: Asker,
): Promise<Seen<Output<typeof api.myCare>> | Fault> {
  const asking = residentAsking(asker)
  if (isFault(asking)) return asking
  const { given, sensing } = rooms
  return given.db.inStreet(asking, async (tx) => {
    const person = await residentOf(tx, asking.person)
    const place = await placeOf(tx, asking.home)
    if (!person || !place) return fault('not-found')
    const sensors = (await sensorsAt(sensing, tx, asking.home)).map(({ kind, state }) => ({
      kind,
      state,
    }))
    const plan = await planShown(rooms, tx, asking.person)
    const now = given.clock.now()
    const versions = {
      textVersion: textVersions[purpose],
      callsTextVersion: textVersions[purposeOf('call')],
    }
    const isOn = await isSwitchedOn(tx, asking.street, purpose)
    const shown = { name: person.name, place, sensors, plan, isOn }
    return { answer: { ...shown, ...versions, now }, looks: [] }
  })
}

type ShownPlan = Output<typeof api.myCare>['plan']

async function planShown(rooms: CareGiven, tx: Tx, person: PersonId): Promise<ShownPlan> {
  const { clock } = rooms.given
  const now = clock.now()
  const plan = await store.planOf(rooms.given, tx, { person })
  const consent = plan && (await findConsent(tx, purposeOf(plan.way), { person }, now))
  if (!plan || !consent) {
    const until = await notAskedUntil(tx, person, purpose)
    return until !== undefined && until > now
      ? { is: 'refused', notAskedUntil: until }
      : { is: 'offered' }
  }
  const said = { since: consent.givenAt, agreedUntil: consent.until }
  const { contacts, way, paper } = plan
  if (way === 'call') return { is: 'calls', ...said, contacts, paper }
  const rule = silenceRuleOf(rooms.scenarios, plan.street)
  const last = await lastClosed(tx, person, careSilence)
  return {
    is: 'agreed',
    ...{ ...said, way, paper, contacts },
    isJudged: rule !== undefined,
    rule: careSilence,
    ruleVersion: rule?.version ?? 0,
    silentHours: rule?.silentHours ?? 0,
    ...judgementShown(rooms, plan, [consent.givenAt, last?.at ?? 0, awayEnd(rooms, plan)]),
    visit: await visitShown(tx, person),
    lastVisit: last ?? null,
    question: await questionShown(tx, person),
    contactsAsked: await contactsShown(rooms, tx, person),
    wandering: (await guardOf(tx, person, now)) ?? null,
    wanderingTextVersion: textVersions['wandering-guard'],
  }
}

async function questionShown(tx: Tx, person: PersonId) {
  const asked = await questionOf(tx, person)
  if (!asked) return null
  const { asks, rule, ruleVersion, askedAt, until } = asked
  return { asks, rule, ruleVersion, askedAt, until }
}

/** Whom of their contacts a rule asked in the last days, and what they said. */
async function contactsShown({ given }: CareGiven, tx: Tx, person: PersonId) {
  const asked = await contactsAskedOf(given, tx, person)
  return asked.slice(-askedShownMax).map(({ contact, askedAt, answer, rule, ruleVersion }) => {
    const { name, relation } = contact
    return { name, relation, askedAt, answer, rule, ruleVersion }
  })
}

function awayEnd(rooms: CareGiven, { plan }: Plan): Instant {
  return rooms.scenarios.plans.get(plan)?.awayUntil ?? 0
}

/**
 * Not armed yet is unknown, never fine. The clock also starts where somebody agrees, or a visit
 * or an absence ends: these are no signs of life, and are not shown as one.
 */
function judgementShown(rooms: CareGiven, plan: Plan, starts: readonly Instant[]) {
  const said = judge(rooms.scenarios, plan.plan)
  const seenAt = (at: Instant) => (starts.includes(at) ? null : at)
  const blank = { lastSeen: null, unknownSince: null, awayUntil: null }
  switch (said?.kind) {
    case 'seen':
      return { ...blank, judgement: 'seen' as const, lastSeen: seenAt(said.at) }
    case 'silent':
      return { ...blank, judgement: 'silent' as const, lastSeen: seenAt(said.since) }
    case 'away':
      return { ...blank, judgement: 'away' as const, awayUntil: said.until }
    case 'unknown':
      return { ...blank, judgement: 'unknown' as const, unknownSince: said.since }
    case undefined:
      return { ...blank, judgement: 'unknown' as const }
    default:
      return said satisfies never
  }
}

/** Of whatever rule: the person sees every visit that is under way. */
async function visitShown(tx: Tx, person: PersonId) {
  const open = await openTasks(tx, { person })
  const task = open.find(({ kind }) => kind === 'care-visit')
  if (!task) return null
  const held = await postNamed(tx, task.post)
  const { state, dueAt } = task
  const isTakenBackByWell = isNotBegun(task)
  return { state, dueAt, isTakenBackByWell, title: held?.title ?? '', unit: held?.unit ?? '' }
}
