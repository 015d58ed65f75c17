import { sql } from 'kysely'
import type { HandRelation } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

export type Grant = {
  street: StreetCode
  grant: string
  person: PersonId
  account: AccountId
  called: string
  relation: HandRelation
  way: 'code' | 'signature'
  since: Instant
  until: Instant
}
export type Witness = { person: PersonId; post: PostId }
export type GrantCode = {
  street: StreetCode
  id: string
  person: PersonId
  relation: HandRelation
  days: number
}

/** False where this account may act for that person already. */
export async function addGrant(tx: Tx, grant: Grant, witness: Witness | null): Promise<boolean> {
  const { street, grant: id, person, account, called, relation, way, since, until } = grant
  const done = await tables<IdentityTables>(tx)
    .insertInto('identity.grant')
    .values({
      ...{ street, id, of_person: person, to_account: account, called, relation, way },
      ...{ witness_person: witness?.person ?? null, witness_post: witness?.post ?? null },
      ...{ made_at: toDate(since), until: toDate(until) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

const columns = sql<Grant>`
  street, id as grant, of_person as person, to_account as account, called, relation, way,
  (extract(epoch from made_at) * 1000)::bigint as since,
  (extract(epoch from until) * 1000)::bigint as until`

type Whose = { person: PersonId } | { account: AccountId } | { grant: string }

/** Those that hold now, the newest first. */
export async function grantsHeld(tx: Tx, whose: Whose, now: Instant): Promise<Grant[]> {
  const { rows } = await sql<Grant>`
    select ${columns} from identity.grant
    where ${whereOf(whose)} and ended_at is null and "grant".until > ${toDate(now)}
    order by made_at desc, id`.execute(tx)
  return rows
}

function whereOf(whose: Whose) {
  if ('person' in whose) return sql`of_person = ${whose.person}`
  return 'account' in whose ? sql`to_account = ${whose.account}` : sql`id = ${whose.grant}`
}

/** For whom of these people somebody acts by a grant, or who of them acts for somebody. */
export async function grantedWith(
  tx: Tx,
  somebody: PersonId,
  people: readonly PersonId[],
  now: Instant,
): Promise<Set<PersonId>> {
  const ids = [...people]
  const { rows } = await sql<{ person: PersonId }>`
    select held.of_person as person
    from identity.grant as held join identity.standing on standing.account = held.to_account
    where standing.person = ${somebody} and held.of_person = any(${ids}::uuid[])
      and held.ended_at is null and held.until > ${toDate(now)}
    union
    select standing.person
    from identity.grant as held join identity.standing on standing.account = held.to_account
    where held.of_person = ${somebody} and standing.person = any(${ids}::uuid[])
      and held.ended_at is null and held.until > ${toDate(now)}`.execute(tx)
  return new Set(rows.map(({ person }) => person))
}

/** False where it is over already. */
export async function endGrant(
  tx: Tx,
  grant: string,
  by: 'person' | 'helper' | 'station' | 'moved',
  now: Instant,
): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .updateTable('identity.grant')
    .set({ ended_at: toDate(now), ended_by: by })
    .where('id', '=', grant)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Which grant a session acts by; null: none. Sessions that have it lose it when it ends. */
export async function setActing(tx: Tx, session: string, grant: string | null): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.session')
    .set({ grant_id: grant })
    .where('id', '=', session)
    .execute()
}

/** The sessions that acted by it: each is its own holder's again. */
export async function endActing(tx: Tx, grant: string): Promise<string[]> {
  const rows = await tables<IdentityTables>(tx)
    .updateTable('identity.session')
    .set({ grant_id: null })
    .where('grant_id', '=', grant)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** False where a code of the same digits is open. */
export async function addCode(
  tx: Tx,
  { street, id, person, relation, days }: GrantCode,
  { digest, key }: { digest: Buffer; key: string },
  term: { madeAt: Instant; expiresAt: Instant },
): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .insertInto('identity.grant_code')
    .values({
      ...{ street, id, of_person: person, digest, key, relation, days },
      ...{ made_at: toDate(term.madeAt), expires_at: toDate(term.expiresAt) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function openCodes(tx: Tx, person: PersonId, now: Instant): Promise<number> {
  const { count } = await tables<IdentityTables>(tx)
    .selectFrom('identity.grant_code')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('of_person', '=', person)
    .where('used_at', 'is', null)
    .where('expires_at', '>', toDate(now))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** One use: the update itself decides who was first. */
export async function useCode(
  tx: Tx,
  digests: readonly Buffer[],
  now: Instant,
): Promise<GrantCode | undefined> {
  const { rows } = await sql<GrantCode>`
    update identity.grant_code set used_at = ${toDate(now)}
    where digest = any(${[...digests]}::bytea[]) and used_at is null
      and expires_at > ${toDate(now)}
    returning street, id, of_person as person, relation, days`.execute(tx)
  return rows[0]
}

/** As the owner: codes made with another key than this go with it. */
export async function deleteCodesBut(tx: Tx, key: string): Promise<void> {
  await tables<IdentityTables>(tx)
    .deleteFrom('identity.grant_code')
    .where('used_at', 'is', null)
    .where((row) => row.or([row('key', 'is', null), row('key', '<>', key)]))
    .execute()
}

export async function deleteGrantsBefore(tx: Tx, before: Instant, now: Instant): Promise<number> {
  const codes = await tables<IdentityTables>(tx)
    .deleteFrom('identity.grant_code')
    .where('expires_at', '<', toDate(now))
    .executeTakeFirst()
  const grants = await tables<IdentityTables>(tx)
    .deleteFrom('identity.grant')
    .where((row) =>
      row.or([row('until', '<', toDate(before)), row('ended_at', '<', toDate(before))]),
    )
    .executeTakeFirst()
  return Number(codes.numDeletedRows + grants.numDeletedRows)
}
