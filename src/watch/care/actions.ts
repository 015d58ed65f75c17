import type { Asker, SignedIn } from '../../kernel/asker.ts'
import type { Look, Seen } from '../../kernel/book.ts'
import { dayOf } from '../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { EventOf } from '../../kernel/event.ts'
import type { Input, Output, Sees } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { PersonId, PlanId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { ageOn, residentOf } from '../../ground/people/index.ts'
import { placeOf } from '../../ground/places/index.ts'
import {
  endConsent,
  findConsent,
  giveConsent,
  notAskedUntil,
  refuseConsent,
  textVersions,
} from '../../ground/privacy/index.ts'
import { postNamed } from '../../ground/duties/index.ts'
import { tellPages } from '../../desks/delivery/index.ts'
import {
  forget,
  lastClosed,
  openTaskOf,
  openTasks,
  withdrawVisits,
  type Task,
} from '../../desks/tasks/index.ts'
import { sensorsAt, type Sensing } from '../sensing/index.ts'
import { careSilence, judge, silenceRuleOf, watchPlan, type Scenarios } from '../scenarios/index.ts'
import * as scenarios from '../scenarios/index.ts'
import type * as api from './api.ts'
import { answerAll, askPerson, dropQuestion, dropQuestions, questionOf } from './asking/index.ts'
import { residentAsking } from './decide.ts'
import * as store from './store.ts'
import type { Plan } from './types.ts'
import { endGuard, guardOf } from './wandering/index.ts'

const purpose = 'agreed-care'
const awayDaysMax = 90

/** What this room needs: the machine, the sensors of a home, the judge. */
export type CareGiven = { given: Given; sensing: Sensing; scenarios: Scenarios }

export async function agree(
  rooms: CareGiven,
  asker: Asker,
  input: Input<typeof api.agree>,
): Promise<Output<typeof api.agree> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  if (input.textVersion !== textVersions[purpose]) return fault('moved-on', 'textVersion')
  const { given, sensing } = rooms
  const { street, person, home } = resident
  return given.db.inStreet(resident, async (tx) => {
    if ((await sensorsAt(sensing, tx, home)).length === 0) return fault('no-sensor')
    if (await store.planOf(tx, { person })) return fault('already-so')
    if (await store.isHomeTaken(tx, home)) return fault('home-agreed')
    const consent = await giveConsent(given, tx, { street, person, home, purpose })
    if (!consent) return fault('already-so')
    const plan = given.newId<PlanId>()
    const { contacts } = input
    const row = { plan, street, person, home, consent: consent.consent, contacts }
    await store.addPlan(tx, row, consent.givenAt)
    await watchPlan(rooms.scenarios, tx, plan, consent)
    await tellPages(tx, person, 'care')
    return { plan }
  })
}

export async function refuse(
  { given }: CareGiven,
  asker: Asker,
): Promise<Output<typeof api.refuse> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  return given.db.inStreet(resident, async (tx) => {
    const { person, street } = resident
    if (await store.planOf(tx, { person })) return fault('already-so')
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
    if (!(await endConsent(given, tx, resident.person, purpose))) return fault('no-consent')
    await erase(given, tx, resident.person)
    return { endedAt: given.clock.now() }
  })
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
      await dropQuestions(tx, person, ended)
      return tellPages(tx, person, 'care')
    }
    const plan = await store.planOf(tx, { person })
    if (!plan || plan.consent === consent) await erase(given, tx, person)
  })
}

/**
 * Open visits go in the same transaction: what they hold could else outlive the agreement. So does
 * the wandering guard, which is agreed to beside agreed care only.
 */
async function erase(given: Given, tx: Tx, person: PersonId): Promise<void> {
  await withdrawVisits(given, tx, person)
  await endGuard(given, tx, person)
  await dropQuestions(tx, person)
  await store.erasePlan(tx, person)
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
    const plan = await store.planOf(tx, { person: resident.person })
    if (!plan) return fault('no-consent')
    await store.setContacts(tx, plan.plan, input.contacts)
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
    const plan = await store.planOf(tx, { person: resident.person })
    if (!plan) return fault('no-consent')
    await scenarios.setAway(rooms.scenarios, tx, plan.street, plan.plan, until)
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
    const plan = await store.planOf(tx, { plan: asked.subject as PlanId })
    if (!plan) return
    const consent = await findConsent(tx, asked.purpose, { person: plan.person }, now)
    if (consent) await askPerson(given, tx, plan, consent, asked)
  })
}

export async function questionDropped(
  { given }: CareGiven,
  { street, question }: EventOf<'scenarios.question-dropped'>,
): Promise<void> {
  await given.db.inStreet({ street }, (tx) => dropQuestion(given, tx, question))
}

/** "I am well", by the person: a human answer to all that was asked. */
export async function well(
  { given }: CareGiven,
  asker: Asker,
): Promise<Output<typeof api.well> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  return given.db.inStreet(resident, async (tx) => {
    const { person } = resident
    const now = given.clock.now()
    if (!(await findConsent(tx, purpose, { person }, now))) return fault('no-consent')
    if ((await answerAll(given, tx, person)) === 0) return fault('moved-on')
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
    const textVersion = textVersions[purpose]
    return { answer: { name: person.name, place, sensors, plan, textVersion, now }, looks: [] }
  })
}

type ShownPlan = Output<typeof api.myCare>['plan']

async function planShown(rooms: CareGiven, tx: Tx, person: PersonId): Promise<ShownPlan> {
  const { clock } = rooms.given
  const now = clock.now()
  const plan = await store.planOf(tx, { person })
  const consent = plan && (await findConsent(tx, purpose, { person }, now))
  if (!plan || !consent) {
    const until = await notAskedUntil(tx, person, purpose)
    return until !== undefined && until > now
      ? { is: 'refused', notAskedUntil: until }
      : { is: 'offered' }
  }
  const rule = silenceRuleOf(rooms.scenarios, plan.street)
  const last = await lastClosed(tx, person, careSilence)
  return {
    is: 'agreed',
    since: consent.givenAt,
    agreedUntil: consent.until,
    isJudged: rule !== undefined,
    rule: careSilence,
    ruleVersion: rule?.version ?? 0,
    silentHours: rule?.silentHours ?? 0,
    ...judgementShown(rooms, plan, [consent.givenAt, last?.at ?? 0, awayEnd(rooms, plan)]),
    contacts: plan.contacts,
    visit: await visitShown(tx, person),
    lastVisit: last ?? null,
    question: await questionShown(tx, person),
    wandering: (await guardOf(tx, person, now)) ?? null,
    wanderingTextVersion: textVersions['wandering-guard'],
  }
}

async function questionShown(tx: Tx, person: PersonId) {
  const asked = await questionOf(tx, person)
  if (!asked) return null
  const { rule, ruleVersion, askedAt, until } = asked
  return { rule, ruleVersion, askedAt, until }
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
  return { state, title: held?.title ?? '', unit: held?.unit ?? '', dueAt }
}

type Card = Exclude<Awaited<ReturnType<typeof behindTask>>, Fault>

/** The gate of every card: nobody sees anything of one who did not come through it. */
async function withCard<T>(
  given: Given,
  asker: Asker,
  task: Task['task'],
  show: (tx: Tx, card: Card) => Promise<T | Fault>,
): Promise<T | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet({ street: asker.street }, async (tx) => {
    const card = await behindTask(given, tx, asker, task)
    return isFault(card) ? card : show(tx, card)
  })
}

/** An open visit of one's own, about somebody who still agrees. */
async function behindTask(given: Given, tx: Tx, asker: SignedIn, id: Task['task']) {
  const task = await openTaskOf(tx, id, asker.person)
  if (!task?.person || task.kind !== 'care-visit') return fault('no-open-task')
  const consent = await findConsent(tx, purpose, { person: task.person }, given.clock.now())
  const person = await residentOf(tx, task.person)
  const plan = await store.planOf(tx, { person: task.person })
  return consent && person && plan ? { task, consent, person, plan } : fault('no-consent')
}

function lookAt(task: Task, person: PersonId, fields: Sees[]): Look {
  const matter = { kind: 'task', id: task.task, label: task.kind } as const
  return { street: task.street, person, fields, matter }
}

export async function personCard(
  { given }: CareGiven,
  asker: Asker,
  input: Input<typeof api.personCard>,
): Promise<Seen<Output<typeof api.personCard>> | Fault> {
  return withCard(given, asker, input.task, async (tx, { task, consent, person, plan }) => {
    const last = await lastClosed(tx, person.person, careSilence)
    const answer = {
      name: person.name,
      age: person.bornOn === null ? null : ageOn(person.bornOn, dayOf(given.clock.now())),
      livesAlone: person.livesAlone,
      hasPhone: person.phone !== null,
      contacts: plan.contacts.map(({ relation }, i) => ({ contact: i + 1, relation })),
      agreedUntil: consent.until,
      lastVisit: last ? { at: last.at, outcome: last.outcome } : null,
    }
    const fields: Sees[] = ['name', 'age', 'address', 'contacts', 'consents', 'visit-outcome']
    return { answer, looks: [lookAt(task, person.person, fields)] }
  })
}

export async function showPhone(
  { given }: CareGiven,
  asker: Asker,
  input: Input<typeof api.showPhone>,
): Promise<Seen<Output<typeof api.showPhone>> | Fault> {
  return withCard(given, asker, input.task, async (_tx, { task, person, plan }) => {
    const whose = input.contact === 0 ? person : plan.contacts[input.contact - 1]
    if (!whose?.phone) return fault('not-found', 'contact')
    const fields: Sees[] = input.contact === 0 ? ['phone'] : ['contacts', 'phone']
    const answer = { name: whose.name, phone: whose.phone }
    return { answer, looks: [lookAt(task, person.person, fields)] }
  })
}
