import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, PersonId } from '../../../kernel/ids.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { newSecret } from '../../../platform/ids.ts'
import { digest } from '../../../platform/secrets.ts'
import type { Tx } from '../../../platform/sql.ts'
import { postNamed, postOf, streetsOpen } from '../../../ground/duties/index.ts'
import { accountOfPerson, addAccount, proveStanding } from '../accounts/index.ts'
import { openSession, type Holder, type Opened } from '../sessions/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

const cityWide = { street: '' }
const linkMs = dayMs

/** Finds the one person of a name on this installation, and writes into their book who asked. */
export type Finding = (name: string) => Promise<Holder | Fault>

type Link = Output<typeof api.makeOwnerLink>

export async function makeOwnerLink(
  given: Given,
  { name }: Input<typeof api.makeOwnerLink>,
  publicUrl: string,
  find: Finding,
): Promise<Link | Fault> {
  if (name === undefined) {
    const isOpen = (await given.db.asOwner((tx) => streetsOpen(tx))).length > 0
    return isOpen ? fault('already-so') : addLink(given, publicUrl, null, null)
  }
  const holder = await find(name)
  if (isFault(holder)) return holder
  const { street, person } = holder
  const held = await given.db.inStreet({ street }, (tx) => postOf(tx, person))
  if (!held) return fault('not-found', 'name')
  return addLink(given, publicUrl, { street, person, post: held.id }, null)
}

export async function invite(
  given: Given,
  asker: Asker,
  { post }: Input<typeof api.invite>,
  publicUrl: string,
): Promise<Seen<Link> | Fault> {
  if (asker.kind !== 'person' || asker.post?.role !== 'street') return fault('not-allowed')
  const { street } = asker
  const held = await given.db.inStreet({ street }, (tx) => postNamed(tx, post))
  if (!held) return fault('not-found', 'post')
  const { person } = held
  const answer = await addLink(given, publicUrl, { street, person, post }, asker.person)
  const matter = { kind: 'operation', id: null, label: 'sign-in' } as const
  return { answer, looks: [{ street, person, fields: ['account'], matter }] }
}

async function addLink(
  given: Given,
  publicUrl: string,
  invited: store.Invited | null,
  by: PersonId | null,
): Promise<Link> {
  const secret = newSecret()
  const at = given.clock.now()
  const expiresAt = at + linkMs
  await given.db.inStreet(cityWide, (tx) =>
    store.addOpening(tx, digest(secret), { invited, by, at, expiresAt }),
  )
  return { url: `${publicUrl}/in/${secret}`, expiresAt }
}

export async function isOpening(given: Given, secret: string): Promise<boolean> {
  const now = given.clock.now()
  return given.db.inStreet(cityWide, (tx) => store.isOpening(tx, digest(secret), now))
}

/**
 * Turns such a link into an account and a session of this browser; it works once. `to`: what to do
 * first there.
 */
export async function openOpening(
  given: Given,
  secret: string,
  browser: Pick<Browser, 'device' | 'userAgent'>,
): Promise<(Opened & { to: string }) | Fault> {
  const hash = digest(secret)
  const now = given.clock.now()
  const opened = await given.db.inStreet(cityWide, async (tx) => {
    const opening = await store.openingFor(tx, hash, now)
    if (!opening) return undefined
    const account = opening.invited
      ? await accountFor(given, tx, opening.invited, opening.by)
      : await ownerAccount(given, tx)
    if (!account) return undefined
    await store.useOpening(tx, hash, account, now)
    return { account, to: opening.invited ? '/me/keys' : '/begin' }
  })
  if (!opened) {
    given.log.say('identity.link-refused')
    return fault('link-used')
  }
  const { account, to } = opened
  const wish = { account, holder: null, openedBy: 'link', browser } as const
  const session = await openSession(given, wish)
  await given.db.inStreet(cityWide, (tx) => store.setSession(tx, hash, session.session))
  return { ...session, to }
}

/** As long as no street has an officer. */
async function ownerAccount(given: Given, tx: Tx): Promise<AccountId | undefined> {
  const streets = await given.db.asOwner((all) => streetsOpen(all))
  return streets.length === 0 ? addAccount(given, tx, null) : undefined
}

/** As long as they hold the post that they were invited to. */
async function accountFor(
  given: Given,
  tx: Tx,
  { street, person, post }: store.Invited,
  by: PersonId | null,
): Promise<AccountId | undefined> {
  const held = await given.db.inStreet({ street }, (other) => postNamed(other, post))
  if (held?.person !== person) return undefined
  const known = await accountOfPerson(tx, person)
  if (known) {
    await store.raiseToStaff(tx, person, by, given.clock.now())
    return known
  }
  const account = await addAccount(given, tx, null)
  const proven = { street, account, person, level: 'staff', proof: 'invitation' } as const
  const isProven = await proveStanding(given, tx, by ? { ...proven, byPerson: by } : proven)
  return isProven ? account : undefined
}
