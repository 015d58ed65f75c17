import type { EventOf } from '../../../kernel/event.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { tellPages } from '../../../desks/delivery/index.ts'
import type { Consented } from '../../../ground/privacy/index.ts'
import type { Plan } from '../types.ts'
import * as store from './store.ts'
import type { AskingPurpose, Question } from './types.ts'

type Asked = Omit<EventOf<'scenarios.person-asked'>, 'name' | 'subject' | 'purpose'>

/**
 * Asks the person whose consent this is. False: asked before, or the same rule waits for an answer
 * already. A second rule that asks meanwhile has its own time, and one tap answers both.
 */
export async function askPerson(
  given: Given,
  tx: Tx,
  { plan, home }: Pick<Plan, 'plan' | 'home'>,
  consent: Consented<AskingPurpose>,
  { street, question, rule, ruleVersion, until }: Asked,
): Promise<boolean> {
  const { person, purpose } = consent
  const isNew = await store.addQuestion(tx, {
    ...{ street, question, plan, person, home, purpose, rule, ruleVersion, until },
    askedAt: given.clock.now(),
  })
  if (isNew) await tellPages(tx, person, 'care')
  return isNew
}

/** The one whose time is over first: the page shows one question at a time. */
export async function questionOf(tx: Tx, person: PersonId): Promise<Question | undefined> {
  return (await store.openQuestions(tx, person))[0]
}

/** One tap answers everything that is open. Answers how many questions that were. */
export async function answerAll(given: Given, tx: Tx, person: PersonId): Promise<number> {
  const now = given.clock.now()
  const answered = await store.endOpen(tx, { person }, now, true)
  for (const one of answered) await tellEnd(given, tx, 'care.answered', one, now)
  return answered.length
}

/** There was a sign meanwhile, or somebody was sent: nothing is asked any more. */
export async function dropQuestion(given: Given, tx: Tx, question: string): Promise<void> {
  const dropped = await store.endOpen(tx, { question }, given.clock.now(), false)
  for (const { person } of dropped) await tellPages(tx, person, 'care')
}

/** What nobody answered in time is told, once, with the time at which it was over. */
export async function expireQuestions(given: Given): Promise<number> {
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const due = await store.endOpen(tx, { dueAt: now }, now, false)
    for (const one of due) {
      await tellEnd(given, tx, 'care.unanswered', one, one.until)
      await tellPages(tx, one.person, 'care')
    }
    return due.length
  })
}

async function tellEnd(
  given: Given,
  tx: Tx,
  name: 'care.answered' | 'care.unanswered',
  { street, question, plan: subject, home, rule, ruleVersion }: Question,
  at: Instant,
): Promise<void> {
  await given.tell(tx, { name, street, question, subject, home, rule, ruleVersion, at })
}
