import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

export type Pass = {
  street: StreetCode
  pass: string
  person: PersonId
  home: HomeCode
  door: PlaceCode
  from: Instant
  until: Instant
  isRevoked: boolean
}

export async function addPass(
  tx: Tx,
  { street, pass, person, home, door, from, until }: Pass,
  digest: Buffer,
  at: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .insertInto('identity.pass')
    .values({
      ...{ street, id: pass, person, home, door, digest },
      ...{ from_at: toDate(from), until: toDate(until), made_at: toDate(at) },
    })
    .execute()
}

const columns = sql<Pass>`
  street, id as pass, person, home, door, revoked_at is not null as "isRevoked",
  (extract(epoch from from_at) * 1000)::bigint as "from",
  (extract(epoch from until) * 1000)::bigint as until`

/** Those that are not over, the next one to end first. */
export async function passesOf(tx: Tx, person: PersonId, now: Instant): Promise<Pass[]> {
  const { rows } = await sql<Pass>`
    select ${columns} from identity.pass
    where person = ${person} and pass.until > ${toDate(now)}
    order by pass.until, id`.execute(tx)
  return rows
}

export async function passBy(tx: Tx, digest: Buffer): Promise<Pass | undefined> {
  const { rows } = await sql<Pass>`
    select ${columns} from identity.pass where digest = ${digest}`.execute(tx)
  return rows[0]
}

/** False where it is not theirs, over or revoked already. */
export async function revoke(
  tx: Tx,
  { pass, person }: { pass: string; person: PersonId },
  now: Instant,
): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .updateTable('identity.pass')
    .set({ revoked_at: toDate(now) })
    .where('id', '=', pass)
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .where('until', '>', toDate(now))
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function deletePassesOver(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<IdentityTables>(tx)
    .deleteFrom('identity.pass')
    .where((where) =>
      where.or([where('until', '<=', toDate(before)), where('revoked_at', '<=', toDate(before))]),
    )
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
