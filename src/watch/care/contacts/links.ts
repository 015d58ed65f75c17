import type { Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { digest } from '../../../platform/secrets.ts'
import type { Tx } from '../../../platform/sql.ts'
import { tellPages, wasAcknowledged } from '../../../desks/delivery/index.ts'
import { residentOf } from '../../../ground/people/index.ts'
import { findConsent } from '../../../ground/privacy/index.ts'
import { goOn, type Scenarios } from '../../scenarios/index.ts'
import { endOpen, openContactQuestion, openQuestions, saidFine, saidHelp } from '../asking/index.ts'
import { planOf } from '../store.ts'
import type { Answer } from '../types.ts'
import { askNext } from './asking.ts'
import { calledBy } from './decide.ts'
import * as store from './store.ts'

type Rooms = { given: Given; scenarios: Scenarios }

/** What whoever holds a link may know. `gone`: used, over, taken back, or never there. */
export type Behind = { is: 'open'; calledAs: string; until: Instant } | { is: 'gone' }
const gone: Behind = { is: 'gone' }

/** Opening a link changes nothing: chat programs open links by themselves. */
export async function behindLink({ given }: Pick<Rooms, 'given'>, secret: string): Promise<Behind> {
  return throughLink(given, secret, gone, async (_tx, { calledAs, question }) => {
    return { is: 'open', calledAs, until: question.until }
  })
}

/** One answer a link, and no longer than the question. False: there is nothing to answer. */
export async function answerLink(rooms: Rooms, secret: string, answer: Answer): Promise<boolean> {
  const { given, scenarios } = rooms
  const street = await throughLink(given, secret, undefined, async (tx, behind) => {
    const { asked, question, plan, consent } = behind
    if (!(await store.setAnswer(tx, asked.asked, answer, given.clock.now()))) return undefined
    await wasAcknowledged(given, tx, question.question, asked.asked as typeof plan.person)
    switch (answer) {
      case 'fine':
        await saidFine(rooms, tx, plan)
        break
      case 'help':
        await saidHelp(rooms, tx, plan, { by: 'contact', question: question.question })
        break
      case 'unreached':
        if (question.isLast) await askNext(given, tx, question, plan, consent)
        else await passOn(given, tx, question.question)
        break
      default:
        answer satisfies never
    }
    await tellPages(tx, plan.person, 'care')
    return plan.street
  })
  // What could not be saved now is looked at again at the next tick.
  if (street && answer === 'unreached') await scenarios.settle(street).catch(() => undefined)
  return street !== undefined
}

/** Whoever would be sent does not wait for another contact. */
async function passOn(given: Given, tx: Tx, question: string): Promise<void> {
  await endOpen(tx, { question }, given.clock.now(), 'unreached')
  await goOn(given, tx, question)
}

type Through = {
  asked: NonNullable<Awaited<ReturnType<typeof store.askedContact>>>
  question: NonNullable<Awaited<ReturnType<typeof openContactQuestion>>>
  plan: NonNullable<Awaited<ReturnType<typeof planOf>>>
  consent: NonNullable<Awaited<ReturnType<typeof findConsent>>>
  calledAs: string
}

/** The gate of every link: an open question, no answer yet, a person who still agrees. */
async function throughLink<T>(
  given: Given,
  secret: string,
  shut: T,
  enter: (tx: Tx, behind: Through) => Promise<T>,
): Promise<T> {
  const found = await given.db.asOwner((tx) => store.behindDigest(tx, digest(secret)))
  if (!found) return shut
  return given.db.inStreet({ street: found.street }, async (tx) => {
    const now = given.clock.now()
    const asked = await store.askedContact(given, tx, found.asked)
    const plan = asked && (await planOf(given, tx, { person: asked.person }))
    const resident = asked && (await residentOf(tx, asked.person))
    if (!asked || asked.answer !== null || !plan || !resident) return shut
    const open = await openQuestions(tx, { person: asked.person })
    const purpose = open.find((one) => one.question === asked.question)?.purpose
    // The consent's row first, as everywhere: an ending one either waits or has won.
    const consent = purpose && (await findConsent(tx, purpose, { person: asked.person }, now))
    const question = consent && (await openContactQuestion(tx, asked.question))
    if (!consent || !question || question.until <= now) return shut
    const calledAs = calledBy(asked.contact, resident.name)
    return enter(tx, { asked, question, plan, consent, calledAs })
  })
}
