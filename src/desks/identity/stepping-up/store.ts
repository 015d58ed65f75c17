import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'
import type { WaysIn } from './decide.ts'

/** What opens the account. */
export async function waysIn(tx: Tx, account: AccountId): Promise<Omit<WaysIn, 'isStaff'>> {
  const { rows } = await sql<Omit<WaysIn, 'isStaff'>>`
    select phone_sealed is not null as "hasPhone",
      (select count(*) from identity.passkey
        where account = held.id and blocked_at is null) as passkeys,
      (select count(*) from identity.oidc_subject where account = held.id) as subjects
    from identity.account as held where id = ${account}`.execute(tx)
  return rows[0] ?? { hasPhone: false, passkeys: 0, subjects: 0 }
}

/** Until the transaction ends nobody else changes the account's keys: what is counted now holds. */
export async function lockAccount(tx: Tx, account: AccountId): Promise<void> {
  await sql`select from identity.account where id = ${account} for update`.execute(tx)
}

export async function steppedUpUntil(tx: Tx, session: string): Promise<Instant | null> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.session')
    .select('stepped_up_until')
    .where('id', '=', session)
    .executeTakeFirst()
  return maybeInstant(row?.stepped_up_until ?? null)
}

/** The session was opened by an invitation, or by the owner's link, since then. */
export async function isInvitedSince(tx: Tx, session: string, since: Instant): Promise<boolean> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.opening')
    .select('kind')
    .where('session', '=', session)
    .where('used_at', '>', toDate(since))
    .executeTakeFirst()
  return row !== undefined
}
