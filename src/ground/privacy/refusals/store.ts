import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { ConsentPurpose } from '../types.ts'

export async function saveRefusal(
  tx: Tx,
  row: {
    street: StreetCode
    person: PersonId
    purpose: ConsentPurpose
    at: Instant
    until: Instant
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.refusal')
    .values({
      street: row.street,
      person: row.person,
      purpose: row.purpose,
      refused_at: toDate(row.at),
      not_asked_until: toDate(row.until),
    })
    .onConflict((conflict) =>
      conflict.columns(['person', 'purpose']).doUpdateSet({
        refused_at: toDate(row.at),
        not_asked_until: toDate(row.until),
      }),
    )
    .execute()
}

export async function dropRefusal(tx: Tx, person: PersonId, purpose: ConsentPurpose) {
  await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.refusal')
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .execute()
}

export async function notAskedUntil(
  tx: Tx,
  person: PersonId,
  purpose: ConsentPurpose,
): Promise<Instant | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.refusal')
    .select('not_asked_until')
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  return row && toInstant(row.not_asked_until)
}

/** Everybody who said no to it and may not be asked yet. */
export async function notAsked(
  tx: Tx,
  purpose: ConsentPurpose,
  now: Instant,
): Promise<Set<PersonId>> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.refusal')
    .select('person')
    .where('purpose', '=', purpose)
    .where('not_asked_until', '>', toDate(now))
    .execute()
  return new Set(rows.map(({ person }) => person as PersonId))
}

/** A no whose twelve months are over: the person may be asked again, so nothing is kept of it. */
export async function deleteRefusalsOver(tx: Tx, now: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.refusal')
    .where('not_asked_until', '<=', toDate(now))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
