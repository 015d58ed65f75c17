import { dayOf } from '../../../kernel/calendar.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { ageOn, isNumberDoubled, residentsOf } from '../../../ground/people/index.ts'
import { accountOfPerson, proveStanding, standingsOf } from '../accounts/index.ts'
import { whoOf } from './decide.ts'
import * as store from './store.ts'
import type { Found, HomeProof } from './types.ts'

export type Settled = { state: 'proven' | 'waiting' }

export type Said = {
  street: StreetCode
  account: AccountId
  home: HomeCode
  name: string
  proof: HomeProof
  byPerson?: PersonId
  byPost?: string
}

/** Whose transactions: a street's, with the committee of the home. */
export function scopeOf(home: HomeCode): { street: StreetCode; committees: string[] } {
  return { street: home.slice(0, 9) as StreetCode, committees: [home.slice(0, 12)] }
}

/** Whether the account is somebody of that street already. */
export async function isSomebody(tx: Tx, account: AccountId, street: StreetCode): Promise<boolean> {
  return (await standingsOf(tx, account)).some((one) => one.street === street)
}

/** The one adult of that name in the home is who they are now; else a person looks at it. */
export async function settle(given: Given, tx: Tx, said: Said): Promise<Settled | Fault> {
  const found = await whoIn(given, tx, said)
  if (!('is' in found)) return addClaim(given, tx, said, found)
  return settleAs(given, tx, said, found.is)
}

/** That person, whom somebody knows. */
export async function settleAs(
  given: Given,
  tx: Tx,
  said: Said,
  person: PersonId,
): Promise<Settled | Fault> {
  const { name: _, home: __, ...standing } = said
  if (await proveStanding(given, tx, { ...standing, person, level: 'resident' })) {
    return { state: 'proven' }
  }
  const holder = await accountOfPerson(tx, person)
  if (holder === null || holder === said.account) return fault('already-so')
  return addClaim(given, tx, said, { claim: 'held-by-another', person })
}

async function whoIn(given: Given, tx: Tx, { home, name }: Said): Promise<Found> {
  const today = dayOf(given.clock.now())
  const residents = (await residentsOf(tx, home)).map(({ person, name: called, bornOn }) => ({
    ...{ person, name: called, age: bornOn === null ? null : ageOn(bornOn, today) },
  }))
  const first = whoOf(name, residents, new Set(), new Set())
  if (!('is' in first)) return first
  const { is: person } = first
  const holder = await accountOfPerson(tx, person)
  const taken = new Set(holder === null ? [] : [person])
  const isDoubled = await isNumberDoubled(given, tx, person, 'id-number')
  const doubled = new Set(isDoubled ? [person] : [])
  return whoOf(name, residents, taken, doubled)
}

export async function addClaim(
  given: Given,
  tx: Tx,
  said: Said,
  found: Exclude<Found, { is: PersonId }>,
): Promise<Settled> {
  const other = found.person === null ? null : await accountOfPerson(tx, found.person)
  await store.addClaim(tx, {
    ...{ id: given.newId<string>(), at: given.clock.now(), reason: found.claim },
    ...{ person: found.person, other, ...said },
  })
  return { state: 'waiting' }
}
