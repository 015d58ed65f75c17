import type { EventOf } from '../../../kernel/event.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { endNotes, put, tellPages } from '../../../desks/delivery/index.ts'
import { isAgreed, type Consented } from '../../../ground/privacy/index.ts'
import type { Answer, Plan } from '../types.ts'
import * as store from './store.ts'
import type { AskingPurpose, Question } from './types.ts'

type Asked = Omit<EventOf<'scenarios.person-asked'>, 'name' | 'subject' | 'purpose'>

/**
 * Asks the person whose consent this is, on their page and by message. False: asked before, or the
 * same rule waits for an answer already. A second rule that asks meanwhile has its own time, and
 * one tap answers both.
 */
export async function askPerson(
  given: Given,
  tx: Tx,
  { plan, home }: Pick<Plan, 'plan' | 'home'>,
  consent: Consented<AskingPurpose>,
  { street, question, rule, ruleVersion, until, isUrgent }: Asked,
): Promise<boolean> {
  const { person, purpose } = consent
  const isNew = await store.addQuestion(tx, {
    ...{ street, question, plan, person, home, purpose, rule, ruleVersion, until, isUrgent },
    ...{ asks: 'person', isLast: false, askedAt: given.clock.now() },
  })
  if (!isNew) return false
  const urgency = isUrgent ? 'emergency' : 'usual'
  const note = { street, person, topic: 'care', matter: question, urgency } as const
  await put(given, tx, { ...note, says: 'question' })
  return true
}

/** The one whose time is over first: the page shows one question at a time. */
export async function questionOf(tx: Tx, person: PersonId): Promise<Question | undefined> {
  return (await store.openQuestions(tx, { person }))[0]
}

/**
 * One answer ends everything that is open about a person, whoever was asked; no message goes out
 * any more. Answers what it was.
 */
export async function answerAll(
  given: Given,
  tx: Tx,
  person: PersonId,
  answer: Answer,
): Promise<Question[]> {
  const answered = await store.endOpen(tx, { person }, given.clock.now(), answer)
  await stopAsking(given, tx, answered)
  return answered
}

/** There was a sign meanwhile, or somebody was sent: nothing is asked any more. */
export async function dropQuestion(given: Given, tx: Tx, question: string): Promise<void> {
  const dropped = await store.endOpen(tx, { question }, given.clock.now(), null)
  await stopAsking(given, tx, dropped)
}

/**
 * For delivery, at every try: a question is put to nobody once it is over, or the agreement under
 * which it was asked has ended and nobody has heard of that yet.
 */
export async function mayTell(
  { clock }: Pick<Given, 'clock'>,
  tx: Tx,
  { matter }: { matter: string },
): Promise<boolean> {
  const asked = await store.openQuestion(tx, matter)
  return asked !== undefined && (await isAgreed(tx, asked.purpose, asked.person, clock.now()))
}

/** The agreement has ended: nothing of what was asked under it stays, and no link opens. */
export async function dropQuestions(
  given: Given,
  tx: Tx,
  person: PersonId,
  purpose?: AskingPurpose,
): Promise<void> {
  await stopAsking(given, tx, await store.deleteQuestions(tx, person, purpose))
}

/**
 * The person and their contacts are asked by one question, and who is asked next may be told before
 * the first one's time is written down as over: each ends their own messages alone.
 */
const topicOf = { person: 'care', contact: 'contact' } as const

async function stopAsking(given: Given, tx: Tx, ended: readonly Question[]): Promise<void> {
  for (const { question, asks } of ended) await endNotes(given, tx, question, topicOf[asks])
  const people = new Set(ended.map(({ person }) => person))
  await tellPages(tx, [...people], 'care')
}

/** What nobody answered in time is told, once, with the time at which it was over. */
export async function expireQuestions(given: Given): Promise<number> {
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const due = await store.endOpen(tx, { dueAt: now }, now, null)
    for (const one of due) await tellEnd(given, tx, 'care.unanswered', one, one.until)
    await stopAsking(given, tx, due)
    return due.length
  })
}

type Told = Pick<Question, 'street' | 'question' | 'plan' | 'home' | 'rule' | 'ruleVersion'>

export async function tellEnd(
  given: Given,
  tx: Tx,
  name: 'care.answered' | 'care.unanswered',
  { street, question, plan: subject, home, rule, ruleVersion }: Told,
  at: Instant,
): Promise<void> {
  await given.tell(tx, { name, street, question, subject, home, rule, ruleVersion, at })
}
