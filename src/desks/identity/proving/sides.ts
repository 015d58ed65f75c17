import { committeesOf, type Asker } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import {
  ageOn,
  alikeBy,
  homesOf,
  isNumberDoubled,
  masked,
  personOf,
  residentsOf,
} from '../../../ground/people/index.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { accountOfPerson, phoneOf, standingsOf } from '../accounts/index.ts'
import type * as api from './api.ts'
import { candidatesFor } from './decide.ts'
import * as store from './store.ts'

type Sides = Output<typeof api.oneClaim>

/** Opened one at a time: everybody whom it names has it in their book. */
export async function oneClaim(
  given: Given,
  asker: Asker,
  { claim: id }: Input<typeof api.oneClaim>,
): Promise<Seen<Sides> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person } = asker
  const scope = { street, person, committees: committeesOf(asker) }
  return given.db.inStreet(scope, async (tx) => {
    const claim = await store.openClaim(tx, id)
    if (!claim) return fault('not-found', 'claim')
    const candidates = await candidatesOf(given, tx, claim)
    const isDoubled = claim.reason === 'same-id-number' && claim.person !== null
    const alike = isDoubled ? await alikeOf(given, tx, claim.person) : []
    const isAlikeBeyond = isDoubled && alike.length === 0 && (await isTwice(given, tx, claim))
    const holder = await holderOf(given, tx, street, claim)
    const phone = await maskedPhone(given, tx, claim.account)
    const answer = { claim: id, phone, candidates, alike, isAlikeBeyond, holder }
    return { answer, looks: looksAt(street, answer) }
  })
}

async function candidatesOf(
  given: Given,
  tx: Tx,
  { home, nameSaid, person: named }: store.Claim,
): Promise<Sides['candidates']> {
  const today = dayOf(given.clock.now())
  const residents = (await residentsOf(tx, home)).map((one) => ({
    ...one,
    age: one.bornOn === null ? null : ageOn(one.bornOn, today),
  }))
  const meant = residents.filter(({ person }) => person === named)
  const offered = meant.length > 0 ? meant : candidatesFor(nameSaid, residents)
  const candidates: Sides['candidates'] = []
  for (const { person, name, bornOn } of offered) {
    const isHeld = (await accountOfPerson(tx, person)) !== null
    candidates.push({ person, name, bornYear: yearOf(bornOn), isHeld })
  }
  return candidates
}

async function alikeOf(given: Given, tx: Tx, person: PersonId | null): Promise<Sides['alike']> {
  const people = person === null ? [] : await alikeBy(given, tx, person, 'id-number')
  const alike: Sides['alike'] = []
  for (const one of people) {
    const known = await personOf(tx, one)
    if (!known) continue
    const homes = (await homesOf(tx, one)).map(({ home }) => home)
    const places = (await placesOf(tx, homes)).slice(0, 20)
    alike.push({ person: one, name: known.name, bornYear: yearOf(known.bornOn), places })
  }
  return alike
}

async function isTwice(given: Given, tx: Tx, { person }: store.Claim): Promise<boolean> {
  return person !== null && (await isNumberDoubled(given, tx, person, 'id-number'))
}

/** Which account is that person now, as far as a worker needs to know it. */
async function holderOf(
  given: Given,
  tx: Tx,
  street: StreetCode,
  { person, account: own }: store.Claim,
): Promise<Sides['holder']> {
  const account = person === null ? null : await accountOfPerson(tx, person)
  if (account === null || account === own) return null
  const standing = (await standingsOf(tx, account)).find((one) => one.street === street)
  if (!standing) return null
  const { proof, at: since } = standing
  return { phone: await maskedPhone(given, tx, account), proof, since }
}

async function maskedPhone(given: Given, tx: Tx, account: AccountId): Promise<string | null> {
  const phone = await phoneOf(given, tx, account)
  return phone === null ? null : masked('phone', phone)
}

function yearOf(bornOn: string | null): number | null {
  return bornOn === null ? null : Number(bornOn.slice(0, 4))
}

function looksAt(street: StreetCode, { candidates, alike }: Sides): Look[] {
  const matter = { kind: 'operation', id: null, label: 'sign-in' } as const
  const born = (year: number | null) => (year === null ? [] : (['age'] as const))
  return [
    ...candidates.map(({ person, bornYear, isHeld }): Look => {
      const fields: Look['fields'] = [
        ...(['name', ...born(bornYear), 'address'] as const),
        ...(isHeld ? (['account'] as const) : []),
      ]
      return { street, person, fields, matter }
    }),
    ...alike.map(({ person, bornYear, places }): Look => {
      const fields: Look['fields'] = [
        ...(['name', ...born(bornYear)] as const),
        ...(places.length > 0 ? (['address'] as const) : []),
      ]
      return { street, person, fields, matter }
    }),
  ]
}
