import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'

type Row = { person: PersonId; name: string; reading: string | null; bornOn: string | null }

export async function addPeople(
  tx: Tx,
  street: StreetCode,
  rows: readonly Row[],
  at: Instant,
): Promise<void> {
  await sql`
    insert into people.person (street, id, name, reading, born_on, registered_at)
    select ${street}, person, name, reading, "bornOn", ${toDate(at)}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (person uuid, name text, reading text, "bornOn" date)`.execute(tx)
}
