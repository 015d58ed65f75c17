import { vouchedFor, type Asker } from '../../kernel/asker.ts'
import type { Seen } from '../../kernel/book.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { Given } from '../../platform/given.ts'
import { newSecret } from '../../platform/ids.ts'
import { digest, isSame } from '../../platform/secrets.ts'
import { postOf, streetsOpen } from '../../ground/duties/index.ts'
import { peopleNamed, personOf, residentOf } from '../../ground/people/index.ts'
import { divisionNamed, placeOf } from '../../ground/places/index.ts'
import { writeLooks } from '../../ground/privacy/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

const linkMs = dayMs
const sessionMs = 30 * dayMs
const cityWide = { street: '' }

/** The operator's key is a random secret in a file of the data folder, made at first start. */
export type Operator = { keyDigest: Buffer }

/** Who a token belongs to. An unknown or expired one is nobody. */
export async function whoAsks(given: Given, operator: Operator, token: string): Promise<Asker> {
  const hash = digest(token)
  if (isSame(hash, operator.keyDigest)) return { kind: 'operator' }
  const now = given.clock.now()
  return given.db.inStreet(cityWide, async (tx) => {
    const holder = await store.enterBySession(tx, hash, now)
    if (!holder) return { kind: 'nobody' }
    const resident = await residentOf(tx, holder.person)
    const held = await postOf(tx, holder.person)
    const post = held && {
      id: held.id,
      role: held.role,
      title: held.title,
      unit: held.unit,
      committee: held.committee,
    }
    return {
      kind: 'person',
      ...holder,
      home: resident?.home ?? null,
      post: post ?? null,
      signIn: vouchedFor,
    }
  })
}

/**
 * Finds the one person of that name on this installation. Two of one name are not guessed between.
 */
async function theOneNamed(given: Given, name: string): Promise<store.Holder | Fault> {
  const streets = await given.db.asOwner((tx) => streetsOpen(tx))
  const found: store.Holder[] = []
  for (const street of streets) {
    const people = await given.db.inStreet({ street }, (tx) =>
      peopleNamed(tx, name.normalize('NFC')),
    )
    found.push(...people.map(({ person }) => ({ street, person })))
  }
  const [one, another] = found
  if (!one) return fault('not-found', 'name')
  if (another) return fault('bad-input', 'name')
  await writeDown(given, one)
  return one
}

/** Whoever makes a link in a person's name finds that person: they see it in their book. */
async function writeDown(given: Given, { street, person }: store.Holder): Promise<void> {
  const look = {
    ...{ street, person, at: given.clock.now(), fields: ['name'] as const },
    matter: { kind: 'operation', id: null, label: 'sign-in' } as const,
    ...{ by: { kind: 'operator' } as const, how: 'command' as const, why: 'sign-in' as const },
  }
  await given.db.inStreet({ street }, (tx) => writeLooks(given, tx, [look]))
}

export async function makeLink(
  given: Given,
  input: Input<typeof api.makeLink>,
  publicUrl: string,
): Promise<Output<typeof api.makeLink> | Fault> {
  const holder = await theOneNamed(given, input.name)
  if (isFault(holder)) return holder
  const secret = newSecret()
  const expiresAt = given.clock.now() + linkMs
  await given.db.inStreet(cityWide, (tx) => store.addLink(tx, digest(secret), holder, expiresAt))
  return { url: `${publicUrl}/in/${secret}`, expiresAt }
}

export async function makeToken(
  given: Given,
  input: Input<typeof api.makeToken>,
): Promise<Output<typeof api.makeToken> | Fault> {
  const holder = await theOneNamed(given, input.name)
  return isFault(holder) ? holder : openSession(given, holder, 'token')
}

async function openSession(
  given: Given,
  holder: store.Holder,
  kind: 'page' | 'token',
): Promise<{ token: string; expiresAt: Instant }> {
  const token = newSecret()
  const madeAt = given.clock.now()
  const expiresAt = madeAt + sessionMs
  await given.db.inStreet(cityWide, (tx) =>
    store.addSession(tx, digest(token), holder, { kind, madeAt, expiresAt }),
  )
  return { token, expiresAt }
}

export async function isOpenLink(given: Given, secret: string): Promise<boolean> {
  const now = given.clock.now()
  return given.db.inStreet(cityWide, (tx) => store.isOpenLink(tx, digest(secret), now))
}

/** Turns a one-time link into a session. A link works once. */
export async function enter(
  given: Given,
  secret: string,
): Promise<{ token: string; expiresAt: Instant } | Fault> {
  const now = given.clock.now()
  const holder = await given.db.inStreet(cityWide, (tx) => store.useLink(tx, digest(secret), now))
  return holder ? openSession(given, holder, 'page') : fault('link-used')
}

export async function leave(given: Given, token: string): Promise<void> {
  await given.db.inStreet(cityWide, (tx) => store.endSession(tx, digest(token)))
}

export async function whoAmI(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.whoAmI>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const person = await personOf(tx, asker.person)
    const place = asker.home ? await placeOf(tx, asker.home) : undefined
    const answer = {
      name: person?.name ?? '',
      place: place ?? null,
      role: asker.post?.role ?? ('resident' as const),
      title: asker.post?.title ?? null,
      unit: asker.post?.unit ?? null,
      street: (await divisionNamed(tx, asker.street)) ?? asker.street,
    }
    return { answer, looks: [] }
  })
}
