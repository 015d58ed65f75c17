import type { Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, PlanId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { CareTables } from '../tables.gen.ts'
import type { Answer } from '../types.ts'
import type { AskingPurpose, Question } from './types.ts'

/** At once; the next round takes the rest. */
const dueMax = 1000

function questionFrom(row: Selectable<CareTables['care.question']>): Question {
  return {
    street: row.street as StreetCode,
    question: row.id,
    asks: row.asks as Question['asks'],
    plan: row.plan as PlanId,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    purpose: row.purpose as AskingPurpose,
    rule: row.rule,
    ruleVersion: row.rule_version,
    askedAt: toInstant(row.asked_at),
    until: toInstant(row.until),
    isUrgent: row.is_urgent,
    isLast: row.is_last,
  }
}

/** False where it was asked before, or the same rule has asked and waits. */
export async function addQuestion(tx: Tx, question: Question): Promise<boolean> {
  const { street, question: id, asks, plan, person, home, purpose, rule } = question
  const done = await tables<CareTables>(tx)
    .insertInto('care.question')
    .values({
      ...{ street, id, asks, plan, person, home, purpose, rule },
      ...{ is_urgent: question.isUrgent, is_last: question.isLast },
      rule_version: question.ruleVersion,
      asked_at: toDate(question.askedAt),
      until: toDate(question.until),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Open ones, the one that ends first in front. Without `person`: those put to contacts, of all. */
export async function openQuestions(tx: Tx, which: { person: PersonId } | 'contacts') {
  const open = tables<CareTables>(tx)
    .selectFrom('care.question')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('until')
    .limit(dueMax)
  const wanted =
    which === 'contacts'
      ? open.where('asks', '=', 'contact')
      : open.where('person', '=', which.person)
  return (await wanted.execute()).map(questionFrom)
}

/** Undefined: answered, over, or erased with the agreement. */
export async function openQuestion(tx: Tx, id: string): Promise<Question | undefined> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.question')
    .selectAll()
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row && questionFrom(row)
}

/** Of whom anything is kept that a rule asked, open or ended. */
export async function peopleAsked(tx: Tx): Promise<PersonId[]> {
  const rows = await tables<CareTables>(tx)
    .selectFrom('care.question')
    .select('person')
    .distinct()
    .execute()
  return rows.map(({ person }) => person as PersonId)
}

/** Locks it: an answer and the end of its time come one after the other. */
export async function openContactQuestion(tx: Tx, id: string): Promise<Question | undefined> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.question')
    .selectAll()
    .where('id', '=', id)
    .where('asks', '=', 'contact')
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && questionFrom(row)
}

/** Each open question ends once: with an answer, or with its time. */
export async function endOpen(
  tx: Tx,
  which: { person: PersonId } | { question: string } | { dueAt: Instant },
  now: Instant,
  answer: Answer | null,
): Promise<Question[]> {
  const at = toDate(now)
  const open = tables<CareTables>(tx)
    .updateTable('care.question')
    .set(answer === null ? { ended_at: at } : { ended_at: at, answered_at: at, answer })
    .where('ended_at', 'is', null)
  const wanted =
    'person' in which
      ? open.where('person', '=', which.person)
      : 'question' in which
        ? open.where('id', '=', which.question)
        : open.where((eb) =>
            eb(
              eb.refTuple('id', 'asks'),
              'in',
              eb
                .selectFrom('care.question')
                .select(['id', 'asks'])
                .where('ended_at', 'is', null)
                .where('until', '<=', toDate(which.dueAt))
                .orderBy('until')
                .limit(dueMax)
                .$asTuple('id', 'asks'),
            ),
          )
  return (await wanted.returningAll().execute()).map(questionFrom)
}

/** The agreement has ended: nothing of what was asked under it stays. Answers which those were. */
export async function deleteQuestions(
  tx: Tx,
  person: PersonId,
  purpose?: AskingPurpose,
): Promise<Question[]> {
  const all = tables<CareTables>(tx).deleteFrom('care.question').where('person', '=', person)
  const gone = purpose ? all.where('purpose', '=', purpose) : all
  return (await gone.returningAll().execute()).map(questionFrom)
}

/** Ended ones stay as long as an event may come again, so that nobody is asked twice. */
export async function forgetQuestions(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<CareTables>(tx)
    .deleteFrom('care.question')
    .where('ended_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
