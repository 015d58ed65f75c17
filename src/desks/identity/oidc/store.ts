import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'
import type { Subject } from './provider.ts'

/** The open account that this sign-in was linked to. */
export async function accountBySubject(
  tx: Tx,
  { issuer, subject }: Subject,
): Promise<AccountId | undefined> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.oidc_subject')
    .innerJoin('identity.account', 'identity.account.id', 'identity.oidc_subject.account')
    .select('account')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('identity.account.closed_at', 'is', null)
    .executeTakeFirst()
  return row?.account as AccountId | undefined
}

/** False where it is linked already, whoever to. */
export async function addSubject(
  tx: Tx,
  { issuer, subject }: Subject,
  account: AccountId,
  at: Instant,
): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .insertInto('identity.oidc_subject')
    .values({ issuer, subject, account, linked_at: toDate(at) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function removeSubjects(tx: Tx, account: AccountId): Promise<void> {
  await tables<IdentityTables>(tx)
    .deleteFrom('identity.oidc_subject')
    .where('account', '=', account)
    .execute()
}
