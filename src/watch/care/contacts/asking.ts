import type { EventOf } from '../../../kernel/event.ts'
import type { PlanId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { newSecret } from '../../../platform/ids.ts'
import { digest } from '../../../platform/secrets.ts'
import type { Tx } from '../../../platform/sql.ts'
import { endNotes, notesAbout, put, tellPages } from '../../../desks/delivery/index.ts'
import {
  findConsent,
  writeLooks,
  type Consented,
  type ConsentPurpose,
} from '../../../ground/privacy/index.ts'
import { goOn, type Scenarios } from '../../scenarios/index.ts'
import {
  addQuestion,
  endOpen,
  openContactQuestion,
  openQuestions,
  type AskedContact,
  type Question,
} from '../asking/index.ts'
import { planOf } from '../store.ts'
import type { Contact, Plan } from '../types.ts'
import { isNextDue, nextContact, shareUntil } from './decide.ts'
import * as store from './store.ts'

type Rooms = { given: Given; scenarios: Scenarios }

/**
 * A rule goes on to the contacts. Where the person chose none the rule goes on at once. True: so it
 * did, and the street is to be looked at.
 */
export async function askContacts(
  { given }: Pick<Rooms, 'given'>,
  tx: Tx,
  asked: EventOf<'scenarios.contact-asked'>,
): Promise<boolean> {
  const { name: _, subject, ...question } = asked
  const plan = await planOf(given, tx, { plan: subject as PlanId })
  if (!plan) return false
  const now = given.clock.now()
  const consent = await findConsent(tx, asked.purpose, { person: plan.person }, now)
  if (!consent) return false
  const { person, home } = plan
  const row: Question = {
    ...{ ...question, asks: 'contact', plan: plan.plan, person, home, askedAt: now },
  }
  if (!(await addQuestion(tx, row))) return false
  return !(await askNext(given, tx, row, plan, consent))
}

/** The next of the contacts is asked, if there is one. False: the question is over. */
export async function askNext(
  given: Given,
  tx: Tx,
  question: Question,
  plan: Plan,
  consent: Consented<ConsentPurpose>,
): Promise<boolean> {
  const before = await store.askedContacts(given, tx, question.question)
  const contact = nextContact(plan.contacts, before)
  if (!contact) {
    await endContactQuestion(given, tx, question)
    return false
  }
  const now = given.clock.now()
  const until = shareUntil(question, plan.contacts, before, now)
  const { street, person } = question
  const asked = given.newId<string>()
  const row = { street, asked, question: question.question, person, contact, askedAt: now, until }
  await store.addAsked(given, tx, row)
  const urgency = question.isUrgent ? 'emergency' : 'usual'
  const note = { street, topic: 'contact', matter: question.question, urgency } as const
  await put(given, tx, { ...note, person: asked as Plan['person'], says: 'contact-asked' })
  await writeLooks(given, tx, [lookOf(question, contact, consent, now)])
  await tellPages(tx, person, 'care')
  return true
}

/** In the person's book: that a contact learned of them, of which kind, and by which rule. */
function lookOf(
  { street, person, rule, ruleVersion: version }: Question,
  { relation }: Contact,
  { consent, purpose }: Consented<ConsentPurpose>,
  at: number,
) {
  return {
    ...{ street, person, at, fields: ['name'] as const, how: 'push' as const, why: purpose },
    matter: { kind: 'agreement', id: consent, label: purpose } as const,
    by: { kind: 'contact', relation, rule, version } as const,
  }
}

/** Nobody is left to ask: the rule goes on, unless nothing comes after it. */
async function endContactQuestion(given: Given, tx: Tx, { question, person }: Question) {
  await endOpen(tx, { question }, given.clock.now(), null)
  await endNotes(given, tx, question, 'contact')
  await goOn(given, tx, question)
  await tellPages(tx, person, 'care')
}

/** Whoever was asked last has had their share of the time, or cannot be written to. */
export async function askNextContacts({ given }: Rooms): Promise<number> {
  let asked = 0
  const open = await given.db.asOwner((tx) => openQuestions(tx, 'contacts'))
  for (const { street, question, person, purpose } of open) {
    asked += await given.db.inStreet({ street }, async (tx) => {
      const plan = await planOf(given, tx, { person })
      const now = given.clock.now()
      const consent = await findConsent(tx, purpose, { person }, now)
      const still = await openContactQuestion(tx, question)
      if (!plan || !consent || !still || still.until <= now) return 0
      if (!(await isDue(given, tx, still, plan))) return 0
      await askNext(given, tx, still, plan, consent)
      return 1
    })
  }
  return asked
}

/** The last one keeps the question until its time is over. */
async function isDue(given: Given, tx: Tx, { question }: Question, plan: Plan): Promise<boolean> {
  const asked = await store.askedContacts(given, tx, question)
  if (!nextContact(plan.contacts, asked)) return false
  const notes = await notesAbout(tx, question)
  const isUnreachable = (one: AskedContact) =>
    notes.some(
      ({ person, endedAt, attemptedAt }) =>
        (person as string) === one.asked && endedAt !== null && attemptedAt === null,
    )
  return isNextDue(asked, isUnreachable, given.clock.now())
}

/** Whom the person takes off their list is not asked any more: the link opens nothing. */
export async function dropRemoved(
  given: Given,
  tx: Tx,
  plan: Plan,
  kept: readonly Contact[],
): Promise<void> {
  const asked = await store.contactsAskedOf(given, tx, plan.person)
  const gone = asked.filter(({ contact }) => !kept.some(({ phone }) => phone === contact.phone))
  await store.dropAsked(
    tx,
    gone.map((one) => one.asked),
  )
}

/** For delivery: where a contact is written to, with a new link each time. */
export function addressOfContact(publicUrl: () => string) {
  return async (
    given: Given,
    tx: Tx,
    { matter, person }: { matter: string; person: string },
  ): Promise<{ phone: string; link: string } | undefined> => {
    const asked = await store.askedContact(given, tx, person)
    if (!asked || asked.answer !== null) return undefined
    const now = given.clock.now()
    const open = await openQuestions(tx, { person: asked.person })
    if (!open.some(({ question, until }) => question === matter && until > now)) return undefined
    const secret = newSecret()
    await store.addLink(tx, asked, digest(secret), now)
    return { phone: asked.contact.phone, link: `${publicUrl()}/answer/${secret}` }
  }
}
