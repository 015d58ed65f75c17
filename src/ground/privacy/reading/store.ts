import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { LookOutcome } from './types.ts'

const facts = [
  ...([
    'id',
    'at',
    'by_kind',
    'by_person',
    'by_post',
    'title',
    'unit',
    'rule',
    'rule_version',
  ] as const),
  ...(['fields', 'matter_kind', 'matter_id', 'label', 'how'] as const),
] as const

type Page = { before: string | null; count: number; now: Instant }

/** Without those whose time has not come. */
export async function looksAt(tx: Tx, person: PersonId, { before, count, now }: Page) {
  let query = tables<PrivacyTables>(tx)
    .selectFrom('privacy.look')
    .select(facts)
    .where('person', '=', person)
    .where((its) => its.or([its('shown_from', 'is', null), its('shown_from', '<=', toDate(now))]))
    .orderBy('id', 'desc')
    .limit(count)
  if (before !== null) query = query.where('id', '<', before)
  return query.execute()
}

/** One look at this person, once its time has come. */
export async function lookAt(tx: Tx, person: PersonId, look: string, now: Instant) {
  return tables<PrivacyTables>(tx)
    .selectFrom('privacy.look')
    .select(facts)
    .where('id', '=', look)
    .where('person', '=', person)
    .where((its) => its.or([its('shown_from', 'is', null), its('shown_from', '<=', toDate(now))]))
    .executeTakeFirst()
}

/** When everything of the asker's street was copied, newest first. */
export async function backupsBefore(tx: Tx, before: string | null, count: number) {
  let query = tables<PrivacyTables>(tx)
    .selectFrom('privacy.backup_taken')
    .select(['id', 'at'])
    .orderBy('street')
    .orderBy('id', 'desc')
    .limit(count)
  if (before !== null) query = query.where('id', '<', before)
  return query.execute()
}

/** Looks per day in Shanghai since a day's start: 'YYYY-MM-DD' → count. */
export async function looksByDay(
  tx: Tx,
  person: PersonId,
  { since, firstId, now }: { since: Instant; firstId: string; now: Instant },
) {
  const { rows } = await sql<{ day: string; n: number }>`
    select (at at time zone 'Asia/Shanghai')::date as day, count(*) as n
    from privacy.look where person = ${person} and id >= ${firstId}::uuid and at >= ${toDate(since)}
      and (shown_from is null or shown_from <= ${toDate(now)})
    group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.day, row.n]))
}

/** What came of requests on record and of what was given to authorities, by their ids. */
export async function requestEnds(
  tx: Tx,
  requests: readonly string[],
): Promise<Map<string, LookOutcome | null>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<{ id: string; came: LookOutcome | null }>`
    select id, case when review_by is null then result when outcome = 'right' then 'found-right'
        when outcome = 'wrong' then 'found-wrong' else 'in-review' end as came
    from privacy.request where id = any(${[...requests]}::uuid[])
    union all
    select id, case when given_at is not null then 'given' end
    from privacy.authority_request where id = any(${[...requests]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, came }) => [id, came]))
}

export type Asked = {
  askedAt: Instant
  dueAt: Instant
  answered: { at: Instant; title: string; unit: string; says: string } | null
}

/** What was asked about these looks, and answered. */
export async function questionsOn(tx: Tx, looks: readonly string[]): Promise<Map<string, Asked>> {
  if (looks.length === 0) return new Map()
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.question')
    .select(['look', 'asked_at', 'due_at', 'answered_at', 'title', 'unit', 'answer'])
    .where('look', 'in', [...looks])
    .execute()
  return new Map(
    rows.map((row) => [
      row.look,
      {
        askedAt: toInstant(row.asked_at),
        dueAt: toInstant(row.due_at),
        answered: row.answered_at && {
          ...{ at: toInstant(row.answered_at), title: row.title ?? '', unit: row.unit ?? '' },
          says: row.answer ?? '',
        },
      },
    ]),
  )
}
