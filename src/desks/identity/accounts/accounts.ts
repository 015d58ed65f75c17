import type { Asker } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import * as store from './store.ts'

export type Proof = 'letter' | 'station' | 'household' | 'deed' | 'link' | 'invitation' | 'claim'

/** Which person an account is in one street, and by what it was proven. */
export type Standing = {
  street: StreetCode
  account: AccountId
  person: PersonId
  level: 'resident' | 'owner' | 'staff'
  proof: Proof
  at: Instant
}

const cellOf = (account: AccountId) => `identity.account:${account}`

/** A new one. `phone` as `phoneIn` writes it; null: whoever signs in by a key alone. */
export async function addAccount(
  given: Pick<Given, 'clock' | 'newId' | 'seal'>,
  tx: Tx,
  phone: string | null,
): Promise<AccountId> {
  const account = given.newId<AccountId>()
  const sealed = phone === null ? null : given.seal.close(cellOf(account), phone)
  const find = phone === null ? null : given.seal.find('phone', phone)
  await store.addAccount(tx, { account, sealed, find }, given.clock.now())
  return account
}

/** The open account that signs in with this telephone, and when it was used last. */
export async function accountByPhone(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  phone: string,
): Promise<{ account: AccountId; seenAt: Instant } | undefined> {
  return store.accountByPhone(tx, given.seal.finds('phone', phone))
}

/** In clear: only to send a code to. */
export async function phoneOf(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  account: AccountId,
): Promise<string | null> {
  const row = await store.sealedPhone(tx, account)
  return row ? given.seal.open(cellOf(account), row.sealed, row.key) : null
}

/** The account that asks, as itself: null for a link, a program, and whoever acts for another. */
export function accountOf(asker: Asker): AccountId | null {
  if (asker.kind === 'account') return asker.account
  return asker.kind === 'person' && !asker.signIn.hand ? asker.signIn.account : null
}

/** The account that is this person now. */
export async function accountOfPerson(tx: Tx, person: PersonId): Promise<AccountId | null> {
  return store.accountOfPerson(tx, person)
}

/**
 * From now on the account is that person. False: the person has another account, or the account is
 * somebody else of that street already; then nothing changed.
 */
export async function proveStanding(
  given: Pick<Given, 'clock' | 'newId'>,
  tx: Tx,
  proven: Omit<Standing, 'at'> & { byPerson?: PersonId; byPost?: string },
): Promise<boolean> {
  return store.addStanding(tx, { ...proven, id: given.newId(), at: given.clock.now() })
}

/**
 * For a change of keys: up to `most` telephones that were sealed with another key than the one in
 * use. Answers how many it changed; 0: none is left.
 */
export async function resealAccounts(
  given: Pick<Given, 'db' | 'seal'>,
  most: number,
): Promise<number> {
  const { seal } = given
  return given.db.asOwner(async (tx) => {
    const rows = await store.sealedWithAnother(tx, seal.current(), most)
    for (const { account, sealed, key } of rows) {
      const phone = seal.open(cellOf(account), sealed, key)
      const anew = seal.close(cellOf(account), phone)
      await store.setSealed(tx, account, anew, seal.find('phone', phone))
    }
    return rows.length
  })
}
