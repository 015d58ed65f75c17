import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { endStreamsOf } from '../../../platform/live.ts'
import type { Tx } from '../../../platform/sql.ts'
import { namesOf, registerPeople, residentsOf } from '../../../ground/people/index.ts'
import { placesOf } from '../../../ground/places/index.ts'
import type { WordWay } from '../../delivery/index.ts'
import {
  accountOf,
  accountOfPerson,
  endStandingOf,
  phoneOf,
  proveStanding,
  standingsOf,
} from '../accounts/index.ts'
import type * as api from './api.ts'
import { isReasonFor } from './decide.ts'
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

/** How an account hears of a decision: a message to its telephone, with where to read it. */
export type Telling = { sendWord: WordWay | null; link: string }

type Decided = Seen<Output<typeof api.decideClaim>> & { accounts: readonly AccountId[] }

/**
 * A person decides what the machine does not. Whoever was that person by another account is it no
 * more, from now on; both are told.
 */
export async function decideClaim(
  given: Given,
  asker: Asker,
  input: Input<typeof api.decideClaim>,
  telling: Telling,
): Promise<Seen<Output<typeof api.decideClaim>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  if (!isReasonFor(input.verdict, input.because)) return fault('bad-input', 'because')
  const { street, person } = asker
  const scope = { street, person, committees: committeesOf(asker) }
  const decided = await given.db.inStreet(scope, (tx) => decide(given, tx, asker, input))
  if (isFault(decided)) return decided
  const { accounts, ...seen } = decided
  for (const account of accounts) await tell(given, account, telling)
  return seen
}

async function decide(
  given: Given,
  tx: Tx,
  asker: SignedIn,
  input: Input<typeof api.decideClaim>,
): Promise<Decided | Fault> {
  const { claim, verdict, because } = input
  const { street, person, post } = asker
  const now = given.clock.now()
  const open = await store.lockClaim(tx, claim)
  if (!open || !post) return fault('not-found', 'claim')
  if (open.account === accountOf(asker)) return fault('second-officer')
  const decided = { claim, by: person, post: post.id, verdict, because }
  if (verdict === 'refused') {
    await store.decideClaim(tx, { ...decided, person: open.person }, now)
    const looks = looksAt(street, open.person)
    return { answer: { verdict }, looks, accounts: [open.account] }
  }
  const whose = await personMeant(given, tx, asker, open, input)
  if (isFault(whose)) return whose
  if ((await standingsOf(tx, open.account)).some((one) => one.street === street)) {
    return fault('already-so')
  }
  const before = await accountOfPerson(tx, whose)
  await endStandingOf(tx, whose, now)
  endStreamsOf(tx, [whose])
  const by = { byPerson: person, byPost: post.id }
  const standing = { street, account: open.account, person: whose, level: 'resident' as const }
  const isProven = await proveStanding(given, tx, { ...standing, proof: 'claim', ...by })
  if (!isProven) throw new Error('a claim could not be settled')
  await store.decideClaim(tx, { ...decided, person: whose }, now)
  const accounts = before === null ? [open.account] : [open.account, before]
  return { answer: { verdict }, looks: looksAt(street, whose), accounts }
}

const cityWide = { street: '' }

/** Their page says it, whether the message arrives or not. */
async function tell(given: Given, account: AccountId, { sendWord, link }: Telling): Promise<void> {
  const phone = await given.db.inStreet(cityWide, (tx) => phoneOf(given, tx, account))
  if (phone === null) return
  const word = { id: given.newId<string>(), phone, says: 'home-decided' as const, link }
  void sendWord?.({ ...word, at: given.clock.now() }).then(
    ({ result, detail }) => {
      if (result !== 'sent') given.log.say('identity.not-told', { result, detail: detail ?? '' })
    },
    () => given.log.say('identity.not-told', { result: 'bug' }),
  )
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
