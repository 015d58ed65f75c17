import { sql } from 'kysely'
import type { WrittenLook } from '../../kernel/book.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { PrivacyTables } from './tables.gen.ts'
import type { Erasure } from './types.ts'

/** A statement takes 65,535 values. */
const rowsAtOnce = 1000

/** Once for each thing erased, however often it is told. */
export async function addErasures(tx: Tx, erasures: readonly Erasure[]): Promise<void> {
  for (let from = 0; from < erasures.length; from += rowsAtOnce) {
    const rows = erasures.slice(from, from + rowsAtOnce)
    await tables<PrivacyTables>(tx)
      .insertInto('privacy.erasure')
      .values(rows.map(({ street, kind, id, at }) => ({ street, kind, id, at: toDate(at) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** All that were ever erased, or one; oldest first. */
export async function erasuresKept(tx: Tx, id?: string): Promise<Erasure[]> {
  let query = tables<PrivacyTables>(tx).selectFrom('privacy.erasure').selectAll().orderBy('at')
  if (id !== undefined) query = query.where('id', '=', id)
  return (await query.execute()).map((row) => ({
    street: row.street as StreetCode,
    kind: row.kind as Erasure['kind'],
    id: row.id,
    at: toInstant(row.at),
  }))
}

/** Of a database that may be older than the tables asked for. */
export async function erasuresIn(tx: Tx): Promise<Erasure[]> {
  if (await hasTable(tx, 'privacy.erasure')) return erasuresKept(tx)
  if (!(await hasTable(tx, 'privacy.consent'))) return []
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(['street', 'id', 'ended_at'])
    .where('ended_at', 'is not', null)
    .execute()
  return rows.flatMap(({ street, id, ended_at: endedAt }) =>
    endedAt
      ? [{ street: street as StreetCode, kind: 'consent' as const, id, at: toInstant(endedAt) }]
      : [],
  )
}

async function hasTable(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass(${name}) is not null as there`.execute(tx)
  return rows[0]?.there ?? false
}

/** One line for each street whose data went into a backup. False: older than the record. */
export async function addBackupTaken(
  tx: Tx,
  taken: { streets: readonly StreetCode[]; at: Instant; rows: number; newId: () => string },
): Promise<boolean> {
  if (!(await hasTable(tx, 'privacy.backup_taken'))) return false
  if (taken.streets.length === 0) return true
  const at = toDate(taken.at)
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.backup_taken')
    .values(
      taken.streets.map((street) => ({
        ...{ street, id: taken.newId(), at, rows: taken.rows, by_kind: 'operator' },
      })),
    )
    .execute()
  return true
}

/** Both outlive every backup (35 days) by far, and go with the consents they tell of. */
export async function deleteErasuresBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.erasure')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function deleteBackupsTakenBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.backup_taken')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** In one text: an export looks at thousands at once. Each waits for its link from then on. */
export async function addLooks(
  tx: Tx,
  looks: readonly (WrittenLook & { id: string })[],
): Promise<void> {
  const rows = looks.map(({ by, matter, ...look }) => ({
    ...{ street: look.street, id: look.id, person: look.person, at: look.at, by_kind: by.kind },
    by_person: 'person' in by ? by.person : null,
    by_post: by.kind === 'post' ? by.post : null,
    title: by.kind === 'post' ? by.title : 'relation' in by ? by.relation : null,
    unit: by.kind === 'post' ? by.unit : null,
    rule: 'rule' in by ? by.rule : null,
    rule_version: 'rule' in by ? by.version : null,
    ...{ fields: look.fields, matter_kind: matter.kind, matter_id: matter.id },
    ...{ label: matter.label, how: look.how, why: look.why, shown_from: look.shownFrom ?? null },
  }))
  await sql`
    with told as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as row (street text, id uuid, person uuid, at bigint, by_kind text, by_person uuid,
          by_post uuid, title text, unit text, rule text, rule_version int, fields text[],
          matter_kind text, matter_id text, label text, how text, why text, shown_from bigint)
    ), book as (
      insert into privacy.look
        (street, id, person, at, by_kind, by_person, by_post, title, unit, rule, rule_version,
          fields, matter_kind, matter_id, label, how, why, shown_from)
      select street, id, person, to_timestamp(at / 1000.0), by_kind, by_person, by_post, title,
        unit, rule, rule_version, fields, matter_kind, matter_id, label, how, why,
        to_timestamp(shown_from / 1000.0)
      from told
    )
    insert into privacy.unlinked (look) select id from told
  `.execute(tx)
}
