import type { Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { AskedContact } from '../asking/index.ts'
import { openContact, sealContact } from '../sealing/index.ts'
import type { CareTables } from '../tables.gen.ts'
import type { Answer } from '../types.ts'

type Sealing = Pick<Given, 'seal'>

function askedFrom(
  given: Sealing,
  row: Selectable<CareTables['care.asked_contact']>,
): AskedContact {
  return {
    street: row.street as StreetCode,
    asked: row.id,
    question: row.question,
    person: row.person as PersonId,
    contact: openContact(given, row.person, row.contact),
    askedAt: toInstant(row.asked_at),
    until: toInstant(row.until),
    answer: row.answer as Answer | null,
    answeredAt: maybeInstant(row.answered_at),
  }
}

export async function addAsked(
  given: Sealing,
  tx: Tx,
  asked: Omit<AskedContact, 'answer' | 'answeredAt'>,
): Promise<void> {
  const { street, question, person, contact } = asked
  await tables<CareTables>(tx)
    .insertInto('care.asked_contact')
    .values({
      ...{ street, id: asked.asked, question, person },
      contact: JSON.stringify(sealContact(given, person, contact)),
      ...{ asked_at: toDate(asked.askedAt), until: toDate(asked.until) },
    })
    .execute()
}

export async function askedContact(
  given: Sealing,
  tx: Tx,
  id: string,
): Promise<AskedContact | undefined> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.asked_contact')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && askedFrom(given, row)
}

/** In the order in which they were asked. */
export async function askedContacts(
  given: Sealing,
  tx: Tx,
  question: string,
): Promise<AskedContact[]> {
  const rows = await tables<CareTables>(tx)
    .selectFrom('care.asked_contact')
    .selectAll()
    .where('question', '=', question)
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => askedFrom(given, row))
}

/** All that is kept of a person's contacts, with the rule that asked; oldest first. */
export async function contactsAskedOf(given: Sealing, tx: Tx, person: PersonId) {
  const rows = await tables<CareTables>(tx)
    .selectFrom('care.asked_contact as asked')
    .innerJoin('care.question as question', (join) =>
      join
        .onRef('question.street', '=', 'asked.street')
        .onRef('question.id', '=', 'asked.question')
        .onRef('question.asks', '=', 'asked.asks'),
    )
    .selectAll('asked')
    .select(['question.rule', 'question.rule_version'])
    .where('asked.person', '=', person)
    .orderBy('asked.asked_at')
    .orderBy('asked.id')
    .execute()
  return rows.map(({ rule, rule_version: ruleVersion, ...row }) => {
    return { ...askedFrom(given, row), rule, ruleVersion }
  })
}

/** Once: of two who answer with one link, one does. */
export async function setAnswer(tx: Tx, id: string, answer: Answer, at: Instant): Promise<boolean> {
  const done = await tables<CareTables>(tx)
    .updateTable('care.asked_contact')
    .set({ answer, answered_at: toDate(at) })
    .where('id', '=', id)
    .where('answer', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Whom the person has taken off their list: they are not asked any more, and nothing is kept. */
export async function dropAsked(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tables<CareTables>(tx)
    .deleteFrom('care.asked_contact')
    .where('id', 'in', [...ids])
    .execute()
}

export async function addLink(
  tx: Tx,
  { street, asked }: Pick<AskedContact, 'street' | 'asked'>,
  digest: Buffer,
  at: Instant,
): Promise<void> {
  await tables<CareTables>(tx)
    .insertInto('care.contact_link')
    .values({ street, digest, asked, made_at: toDate(at) })
    .execute()
}

/** As the owner: whoever opens a link says in no street. */
export async function behindDigest(
  tx: Tx,
  digest: Buffer,
): Promise<Pick<AskedContact, 'street' | 'asked'> | undefined> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.contact_link')
    .select(['street', 'asked'])
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row && { street: row.street as StreetCode, asked: row.asked }
}
