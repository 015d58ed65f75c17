import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { endStreamsOf } from '../../../platform/live.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Keeper, type Part } from '../../../ground/privacy/index.ts'
import { accountOfPerson, phoneOf } from '../accounts/index.ts'
import { endAllGrants } from '../grants/index.ts'
import * as store from './store.ts'

export async function copyOut(given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  const account = await accountOfPerson(tx, person)
  return [
    ...partOf('account', await accountFacts(given, tx, account)),
    ...partOf('account', await store.standingsOf(tx, person)),
    ...partOf('signed-in', await store.sessionsOf(tx, person, account)),
    ...partOf('proofs', await store.proofsOf(tx, person, await store.accountEver(tx, person))),
    ...partOf('grants', await store.grantsOf(tx, person, account)),
    ...partOf('passes', await store.passesOf(tx, person)),
  ]
}

async function accountFacts(given: Given, tx: Tx, account: AccountId | null) {
  if (account === null) return []
  const phone = await phoneOf(given, tx, account)
  const [times] = await store.accountTimes(tx, account)
  return [{ phone, ...times }, ...(await store.keysOf(tx, account))]
}

/** Every browser of theirs is signed out and forgotten. Signing in anew stays possible. */
export async function signOutEverywhere(_given: Given, tx: Tx, { person }: About): Promise<number> {
  return store.endSessions(tx, person, await accountOfPerson(tx, person))
}

/** An account that is somebody in another street, too, stays theirs there. */
export async function forget(given: Given, tx: Tx, { person, street }: About): Promise<number> {
  const account = await store.accountEver(tx, person)
  let gone = await store.forgetPerson(tx, person, street)
  if (account === null) return gone
  gone += await store.endSessions(tx, person, account)
  gone += await store.forgetProofs(tx, account, street)
  if (await store.isSomebody(tx, account)) return gone
  return gone + (await store.closeAccount(tx, account, given.clock.now()))
}

/**
 * Nobody signs in as them any more, nobody acts for them, and they for nobody. They stay who they
 * are in the register, and come again as anybody comes.
 */
export async function closeOwn(given: Given, tx: Tx, about: About): Promise<number> {
  return closeAt(tx, about, given.clock.now())
}

type Whose = Pick<About, 'person' | 'street'>

async function closeAt(tx: Tx, { person, street }: Whose, at: Instant): Promise<number> {
  const account = await accountOfPerson(tx, person)
  let gone = await endAllGrants(tx, { street, person, account }, at)
  gone += await store.endSessions(tx, person, account)
  gone += await store.endStanding(tx, { person, street, account }, at)
  endStreamsOf(tx, [person])
  if (account === null || (await store.isSomebody(tx, account))) return gone
  return gone + (await store.closeAccount(tx, account, at))
}

export const closed: NonNullable<Keeper['account']> = {
  ids: (tx, { person }) => store.closingIds(tx, person),
  async closeAgain(tx, id, at) {
    const people = await store.openBy(tx, id)
    let rows = 0
    for (const whom of people) rows += await closeAt(tx, whom, at)
    // Nobody yet when the backup was taken.
    if (await store.isOpenAccount(tx, id)) {
      rows += await store.closeAccount(tx, id as AccountId, at)
    }
    return { people, rows }
  },
}
