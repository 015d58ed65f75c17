import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { Asking, Counts } from './types.ts'

/** Until the transaction ends nobody else asks in that person's name: ten are ten. */
export async function holdAsker(tx: Tx, person: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`asks ${person}`}))`.execute(tx)
}

export async function countOpen(tx: Tx, person: PersonId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from privacy.question
    where person = ${person} and answered_at is null`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function isAsked(tx: Tx, look: string): Promise<boolean> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.question')
    .select('id')
    .where('look', '=', look)
    .executeTakeFirst()
  return row !== undefined
}

export async function addQuestion(
  tx: Tx,
  asked: {
    street: StreetCode
    question: string
    look: string
    person: PersonId
    at: Instant
    dueAt: Instant
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.question')
    .values({
      ...{ street: asked.street, id: asked.question, look: asked.look, person: asked.person },
      ...{ asked_at: toDate(asked.at), due_at: toDate(asked.dueAt) },
    })
    .execute()
}

const facts = [
  ...(['look.at', 'look.by_kind', 'look.title', 'look.unit', 'look.rule'] as const),
  ...(['look.rule_version', 'look.fields', 'look.matter_kind', 'look.label', 'look.how'] as const),
  ...(['look.by_person', 'look.by_post', 'question.id', 'question.person'] as const),
  ...(['question.asked_at', 'question.due_at'] as const),
] as const

/** The wall of the book lets everybody read their own alone; this is the one way past it. */
const looksAsked = sql<Selectable<PrivacyTables['privacy.look']>>`privacy.looks_asked()`

/** The most urgent first, with the look that each is about. */
export async function openQuestions(tx: Tx) {
  return tables<PrivacyTables>(tx)
    .selectFrom('privacy.question as question')
    .innerJoin(
      () => looksAsked.as('look'),
      (join) => join.onRef('look.id', '=', 'question.look'),
    )
    .select(facts)
    .where('question.answered_at', 'is', null)
    .orderBy('question.due_at')
    .orderBy('question.id')
    .execute()
}

export type OpenQuestion = Awaited<ReturnType<typeof openQuestions>>[number]

export function askingOf(row: {
  person: string
  by_post: string | null
  by_person: string | null
}): Asking {
  return {
    asker: row.person as PersonId,
    ofPost: row.by_post as PostId | null,
    ofPerson: row.by_person as PersonId | null,
  }
}

/** Held until the transaction ends: it is answered once. */
export async function questionHeld(tx: Tx, id: string) {
  const held = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.question')
    .select(['look', 'person', 'answered_at', 'answered_by'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!held) return undefined
  const look = await tables<PrivacyTables>(tx)
    .selectFrom(looksAsked.as('look'))
    .select(['by_post', 'by_person'])
    .where('id', '=', held.look)
    .executeTakeFirst()
  const { by_post = null, by_person = null } = look ?? {}
  const { person } = held
  return { look: held.look, asking: askingOf({ person, by_post, by_person }), ...answeredOf(held) }
}

function answeredOf(held: { answered_at: Date | null; answered_by: string | null }) {
  return {
    answeredAt: held.answered_at && toInstant(held.answered_at),
    answeredBy: held.answered_by as PersonId | null,
  }
}

export async function setAnswered(
  tx: Tx,
  id: string,
  by: {
    person: PersonId
    post: PostId
    title: string
    unit: string
    at: Instant
    answer: string
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.question')
    .set({
      ...{ answered_at: toDate(by.at), answered_by: by.person, answered_post: by.post },
      ...{ title: by.title, unit: by.unit, answer: by.answer },
    })
    .where('id', '=', id)
    .execute()
}

/** As the owner, of all streets or of one. */
export async function countAsked(tx: Tx, now: Instant, street: StreetCode | null): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*)::int as asked,
      count(*) filter (where answered_at <= due_at)::int as "inTime",
      count(*) filter (where answered_at > due_at)::int as late,
      count(*) filter (where answered_at is null)::int as open,
      count(*) filter (where answered_at is null and due_at < ${toDate(now)})::int as overdue
    from privacy.question where ${street}::text is null or street = ${street}`.execute(tx)
  return rows[0] ?? { asked: 0, inTime: 0, late: 0, open: 0, overdue: 0 }
}
