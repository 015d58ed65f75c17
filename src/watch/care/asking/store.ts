import type { Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, PlanId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { CareTables } from '../tables.gen.ts'
import type { AskingPurpose, Question } from './types.ts'

/** At once; the next round takes the rest. */
const dueMax = 1000

function questionFrom(row: Selectable<CareTables['care.question']>): Question {
  return {
    street: row.street as StreetCode,
    question: row.id,
    plan: row.plan as PlanId,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    purpose: row.purpose as AskingPurpose,
    rule: row.rule,
    ruleVersion: row.rule_version,
    askedAt: toInstant(row.asked_at),
    until: toInstant(row.until),
  }
}

/** False where it was asked before, or the same rule has asked and waits. */
export async function addQuestion(tx: Tx, question: Question): Promise<boolean> {
  const { street, question: id, plan, person, home, purpose, rule } = question
  const done = await tables<CareTables>(tx)
    .insertInto('care.question')
    .values({
      ...{ street, id, plan, person, home, purpose, rule },
      rule_version: question.ruleVersion,
      asked_at: toDate(question.askedAt),
      until: toDate(question.until),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Open ones of a person, the one that ends first in front. */
export async function openQuestions(tx: Tx, person: PersonId): Promise<Question[]> {
  const rows = await tables<CareTables>(tx)
    .selectFrom('care.question')
    .selectAll()
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .orderBy('until')
    .execute()
  return rows.map(questionFrom)
}

/** Each open question ends once: with an answer, or with its time. */
export async function endOpen(
  tx: Tx,
  which: { person: PersonId } | { question: string } | { dueAt: Instant },
  now: Instant,
  isAnswered: boolean,
): Promise<Question[]> {
  const at = toDate(now)
  const open = tables<CareTables>(tx)
    .updateTable('care.question')
    .set(isAnswered ? { ended_at: at, answered_at: at } : { ended_at: at })
    .where('ended_at', 'is', null)
  const wanted =
    'person' in which
      ? open.where('person', '=', which.person)
      : 'question' in which
        ? open.where('id', '=', which.question)
        : open.where('id', 'in', (eb) =>
            eb
              .selectFrom('care.question')
              .select('id')
              .where('ended_at', 'is', null)
              .where('until', '<=', toDate(which.dueAt))
              .orderBy('until')
              .limit(dueMax),
          )
  return (await wanted.returningAll().execute()).map(questionFrom)
}

/** The agreement has ended: nothing of what was asked under it stays. */
export async function dropQuestions(
  tx: Tx,
  person: PersonId,
  purpose?: AskingPurpose,
): Promise<void> {
  const all = tables<CareTables>(tx).deleteFrom('care.question').where('person', '=', person)
  await (purpose ? all.where('purpose', '=', purpose) : all).execute()
}

/** Ended ones stay as long as an event may come again, so that nobody is asked twice. */
export async function forgetQuestions(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<CareTables>(tx)
    .deleteFrom('care.question')
    .where('ended_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
