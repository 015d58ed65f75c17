import type { Asker } from '../../kernel/asker.ts'
import type { Seen } from '../../kernel/book.ts'
import { dayMs } from '../../kernel/clock.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { Browser } from '../../platform/browser.ts'
import type { Given } from '../../platform/given.ts'
import { newSecret } from '../../platform/ids.ts'
import { digest } from '../../platform/secrets.ts'
import { streetsOpen } from '../../ground/duties/index.ts'
import { peopleNamed, personOf } from '../../ground/people/index.ts'
import { divisionNamed, placeOf } from '../../ground/places/index.ts'
import { writeLooks } from '../../ground/privacy/index.ts'
import type * as api from './api.ts'
import { isOpening, openOpening } from './first-run/index.ts'
import { actingBy } from './grants/index.ts'
import { endSessions, openSession, type Holder, type Opened } from './sessions/index.ts'
import * as store from './store.ts'

const linkMs = dayMs
const cityWide = { street: '' }

/**
 * Finds the one person of that name on this installation. Two of one name are not guessed between.
 */
export async function theOneNamed(given: Given, name: string): Promise<Holder | Fault> {
  const streets = await given.db.asOwner((tx) => streetsOpen(tx))
  const found: Holder[] = []
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
async function writeDown(given: Given, { street, person }: Holder): Promise<void> {
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
  if (isFault(holder)) return holder
  const opened = await openSession(given, {
    ...{ account: null, holder, openedBy: 'token', browser: null },
  })
  return { token: opened.token, expiresAt: opened.expiresAt }
}

export async function isOpenLink(given: Given, secret: string): Promise<boolean> {
  const now = given.clock.now()
  const isOpen = await given.db.inStreet(cityWide, (tx) =>
    store.isOpenLink(tx, digest(secret), now),
  )
  return isOpen || isOpening(given, secret)
}

/**
 * Turns a one-time link into a session of this browser. A link works once. In the example town,
 * where nobody has a key, whoever opened it counts as having just shown who they are.
 */
export async function enter(
  given: Given,
  secret: string,
  browser: Pick<Browser, 'device' | 'userAgent'>,
  isDemo: boolean,
): Promise<(Opened & { to?: string }) | Fault> {
  const now = given.clock.now()
  const holder = await given.db.inStreet(cityWide, (tx) => store.useLink(tx, digest(secret), now))
  if (!holder) return openOpening(given, secret, browser)
  const wish = { account: null, holder, openedBy: 'link', browser, isSteppedUp: isDemo } as const
  return openSession(given, wish)
}

export async function leave(given: Given, token: string): Promise<void> {
  await endSessions(given, { token })
}

export async function whoAmI(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.whoAmI>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const person = await personOf(tx, asker.person)
    const place = asker.home ? await placeOf(tx, asker.home) : undefined
    const name = person?.name ?? ''
    const { hand } = asker.signIn
    const acting = hand && (await actingBy(tx, hand.grant, hand.account, given.clock.now()))
    const answer = {
      name,
      place: place ?? null,
      role: asker.post?.role ?? ('resident' as const),
      title: asker.post?.title ?? null,
      unit: asker.post?.unit ?? null,
      street: (await divisionNamed(tx, asker.street)) ?? asker.street,
      acting: acting ? { name, until: acting.held.until, relation: acting.hand.relation } : null,
    }
    return { answer, looks: [] }
  })
}
