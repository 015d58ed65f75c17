import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { namesOf, registerPeople, residentsOf } from '../../../ground/people/index.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { accountOf, endStandingOf, proveStanding, standingsOf } from '../accounts/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

const matter = { kind: 'operation', id: null, label: 'sign-in' } as const

export async function listClaims(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.listClaims>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person } = asker
  const scope = { street, person, committees: committeesOf(asker) }
  return given.db.inStreet(scope, async (tx) => {
    const open = await store.openClaims(tx)
    const homes = [...new Set(open.map(({ home }) => home))]
    const places = new Map((await placesOf(tx, homes)).map((place) => [place.place, place]))
    const people = open.flatMap((claim) => claim.person ?? [])
    const names = await namesOf(tx, people)
    const claims = open.map(({ claim, home, nameSaid, reason, proof, at, person: whose }) => {
      const named = whose === null ? null : { person: whose, name: names.get(whose) ?? '' }
      return { claim, place: places.get(home) ?? null, home, nameSaid, reason, proof, at, named }
    })
    const fields: Look['fields'] = ['name', 'address', 'account']
    const looks = [...new Set(people)].map((one) => ({ street, person: one, fields, matter }))
    return { answer: { claims }, looks }
  })
}

/**
 * A person decides what the machine does not. Whoever was that person by another account is it no
 * more, from now on.
 */
export async function decideClaim(
  given: Given,
  asker: Asker,
  input: Input<typeof api.decideClaim>,
): Promise<Seen<Output<typeof api.decideClaim>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { claim, verdict } = input
  const { street, person, post } = asker
  const scope = { street, person, committees: committeesOf(asker) }
  const now = given.clock.now()
  return given.db.inStreet(scope, async (tx) => {
    const open = await store.lockClaim(tx, claim)
    if (!open) return fault('not-found', 'claim')
    if (open.account === accountOf(asker)) return fault('second-officer')
    const decided = { claim, by: person, post: post.id, verdict }
    if (verdict === 'refused') {
      await store.decideClaim(tx, { ...decided, person: open.person }, now)
      return { answer: { verdict }, looks: looksAt(street, open.person) }
    }
    const whose = await personMeant(given, tx, asker, open, input)
    if (isFault(whose)) return whose
    if ((await standingsOf(tx, open.account)).some((one) => one.street === street)) {
      return fault('already-so')
    }
    await endStandingOf(tx, whose, now)
    const by = { byPerson: person, byPost: post.id }
    const standing = { street, account: open.account, person: whose, level: 'resident' as const }
    const isProven = await proveStanding(given, tx, { ...standing, proof: 'claim', ...by })
    if (!isProven) throw new Error('a claim could not be settled')
    await store.decideClaim(tx, { ...decided, person: whose }, now)
    return { answer: { verdict }, looks: looksAt(street, whose) }
  })
}

function looksAt(street: SignedIn['street'], person: PersonId | null): Look[] {
  return person === null ? [] : [{ street, person, fields: ['account'], matter }]
}

/** Somebody who lives in that home, or a new one, whom the worker has seen. */
async function personMeant(
  given: Given,
  tx: Tx,
  asker: SignedIn,
  { home, nameSaid }: store.Claim,
  { verdict, person }: Input<typeof api.decideClaim>,
): Promise<PersonId | Fault> {
  if (verdict === 'new-person') {
    const row = { name: nameSaid, bornOn: null, phone: null, home, livesAlone: false }
    const [made] = await registerPeople(given, tx, asker.street, [row])
    return made ?? fault('bad-input', 'claim')
  }
  if (person === undefined) return fault('bad-input', 'person')
  if (person === asker.person) return fault('second-officer')
  const residents = await residentsOf(tx, home)
  return residents.some((one) => one.person === person) ? person : fault('not-found', 'person')
}
