import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'
import type { PasskeyName } from './decide.ts'

export type Passkey = {
  id: string
  account: AccountId
  publicKey: Buffer
  counter: number
  transports: string[]
  isSynced: boolean
  name: PasskeyName
  madeAt: Instant
  usedAt: Instant | null
  isBlocked: boolean
}

/** False where the passkey is known already, whoever has it. */
export async function addPasskey(
  tx: Tx,
  passkey: Omit<Passkey, 'usedAt' | 'isBlocked'>,
): Promise<boolean> {
  const { id, account, publicKey, counter, transports, isSynced, name, madeAt } = passkey
  const done = await tables<IdentityTables>(tx)
    .insertInto('identity.passkey')
    .values({
      ...{ id, account, public_key: publicKey, counter, transports, device_name: name },
      ...{ is_backed_up: isSynced, made_at: toDate(madeAt) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Of open accounts. */
export async function passkeyOf(tx: Tx, id: string): Promise<Passkey | undefined> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.passkey')
    .innerJoin('identity.account', 'identity.account.id', 'identity.passkey.account')
    .selectAll('identity.passkey')
    .where('identity.passkey.id', '=', id)
    .where('identity.account.closed_at', 'is', null)
    .executeTakeFirst()
  return row && asPasskey(row)
}

export async function passkeysOf(tx: Tx, account: AccountId): Promise<Passkey[]> {
  const rows = await tables<IdentityTables>(tx)
    .selectFrom('identity.passkey')
    .selectAll()
    .where('account', '=', account)
    .orderBy('made_at')
    .execute()
  return rows.map(asPasskey)
}

function asPasskey(row: IdentityTables['identity.passkey']): Passkey {
  return {
    ...{ id: row.id, account: row.account as AccountId, publicKey: row.public_key },
    ...{ counter: row.counter, transports: row.transports, isSynced: row.is_backed_up },
    ...{ name: row.device_name as PasskeyName, madeAt: row.made_at.getTime() },
    ...{ usedAt: maybeInstant(row.used_at), isBlocked: row.blocked_at !== null },
  }
}

/** Of two uses at once the second waits, and sees the first one's counter. */
export async function lockCounter(
  tx: Tx,
  id: string,
): Promise<Pick<Passkey, 'counter' | 'isBlocked'> | undefined> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.passkey')
    .select(['counter', 'blocked_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { counter: row.counter, isBlocked: row.blocked_at !== null }
}

export async function markUsed(
  tx: Tx,
  { id, counter, isSynced }: Pick<Passkey, 'id' | 'counter' | 'isSynced'>,
  now: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.passkey')
    .set({ counter, is_backed_up: isSynced, used_at: toDate(now) })
    .where('id', '=', id)
    .execute()
}

export async function block(tx: Tx, id: string, now: Instant): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.passkey')
    .set({ blocked_at: toDate(now) })
    .where('id', '=', id)
    .where('blocked_at', 'is', null)
    .execute()
}

export async function namePasskey(
  tx: Tx,
  account: AccountId,
  id: string,
  name: PasskeyName,
): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .updateTable('identity.passkey')
    .set({ device_name: name })
    .where('id', '=', id)
    .where('account', '=', account)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export async function removePasskey(tx: Tx, account: AccountId, id: string): Promise<void> {
  await tables<IdentityTables>(tx)
    .deleteFrom('identity.passkey')
    .where('id', '=', id)
    .where('account', '=', account)
    .execute()
}
