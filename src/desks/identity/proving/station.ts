import { randomInt } from 'node:crypto'
import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { homesOf, isNumberDoubled, namesOf } from '../../../ground/people/index.ts'
import { accountOf } from '../accounts/index.ts'
import { mayTry, mayTryIn } from '../attempts/index.ts'
import type * as api from './api.ts'
import { shownCodeMs } from './decide.ts'
import { addClaim, settleAs } from './settling.ts'
import * as store from './store.ts'

const cityWide = { street: '' }

/** Shown on the page of whoever stands at the station, and said to the worker. */
export async function showCode(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.showCode> | Fault> {
  const account = accountOf(asker)
  if (!account) return fault('not-allowed')
  const refused = await mayTry(given, [{ kind: 'show-code', key: account }])
  if (refused) return refused
  const now = given.clock.now()
  const expiresAt = now + shownCodeMs
  return given.db.inStreet(cityWide, async (tx) => {
    for (;;) {
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const digest = given.seal.find('station', code)
      if (await store.showCode(tx, { account, digest, expiresAt }, now)) return { code, expiresAt }
    }
  })
}

/** Whose page shows this code: once. A worker may enter so many an hour. */
export async function accountByStationCode(
  given: Given,
  tx: Tx,
  clerk: SignedIn,
  code: string,
): Promise<AccountId | Fault> {
  const refused = await mayTryIn(given, tx, [{ kind: 'station', key: clerk.person }])
  if (refused) return refused
  const digests = given.seal.finds('station', code)
  const account = await store.takeShownCode(tx, digests, given.clock.now())
  if (!account) return fault('code-wrong', 'code')
  // Nobody proves themself.
  return account === accountOf(clerk) ? fault('second-officer') : account
}

/** The worker has the person and their telephone in front of them, and knows who they are. */
export async function proveAtStation(
  given: Given,
  asker: Asker,
  { code, person }: Input<typeof api.proveAtStation>,
): Promise<Seen<Output<typeof api.proveAtStation>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person: own, post } = asker
  if (own === person) return fault('second-officer')
  const scope = { street, person: own, committees: committeesOf(asker) }
  return given.db.inStreet(scope, async (tx) => {
    const home = await homeWithin(tx, scope.committees, person)
    if (!home) return fault('not-found', 'person')
    const account = await accountByStationCode(given, tx, asker, code)
    if (isFault(account)) return account
    const name = (await namesOf(tx, [person])).get(person) ?? ''
    const by = { byPerson: own, byPost: post.id }
    const said = { street, account, home, name, proof: 'station' as const, ...by }
    const settled = (await isNumberDoubled(given, tx, person, 'id-number'))
      ? await addClaim(given, tx, said, { claim: 'same-id-number', person })
      : await settleAs(given, tx, said, person)
    if (isFault(settled)) return settled
    const matter = { kind: 'operation', id: null, label: 'sign-in' } as const
    return { answer: settled, looks: [{ street, person, fields: ['account'], matter }] }
  })
}

/** Where they live, or what they own, in the worker's own committee. */
async function homeWithin(
  tx: Tx,
  committees: '*' | readonly string[],
  person: PersonId,
): Promise<HomeCode | undefined> {
  const homes = (await homesOf(tx, person)).map(({ home }) => home)
  return homes.find((home) => committees === '*' || committees.some((one) => home.startsWith(one)))
}
