import { vouchedFor, type Asker, type Post, type SignIn } from '../../../kernel/asker.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { AccountId, HomeCode, PersonId } from '../../../kernel/ids.ts'
import { tagOf } from '../../../platform/access-log.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { newSecret } from '../../../platform/ids.ts'
import { endStreams } from '../../../platform/live.ts'
import { digest, isSame } from '../../../platform/secrets.ts'
import type { Tx } from '../../../platform/sql.ts'
import { postOf } from '../../../ground/duties/index.ts'
import { ownsIn, residentOf } from '../../../ground/people/index.ts'
import { actingBy } from '../grants/index.ts'
import {
  deviceNameOf,
  isOver,
  pagesMax,
  residentsMs,
  seenEveryMs,
  staffMs,
  steppedUpMs,
} from './decide.ts'
import * as store from './store.ts'

export type OpenedBy = 'link' | 'code' | 'passkey' | 'oidc' | 'token'
export type Opened = { token: string; expiresAt: Instant; session: string }

/**
 * What the door knows: the operator's key, a random secret in a file of the data folder; whether
 * this is the example town, in which a link lasts as long as a resident's sign-in.
 */
export type Door = { keyDigest: Buffer; isDemo?: boolean }

const cityWide = { street: '' }

/**
 * Always a new token, and the browser holds no other: whatever it held before ends. With an account
 * the person is looked up at each call, in the holder's street first; a link has a holder alone.
 */
export async function openSession(
  given: Given,
  wish: {
    account: AccountId | null
    holder: store.Holder | null
    openedBy: OpenedBy
    /** Null: a program's token. */
    browser: Pick<Browser, 'device' | 'userAgent'> | null
    /** They have just shown who they are: so it counts for a while. */
    isSteppedUp?: boolean
  },
): Promise<Opened> {
  const { account, holder, openedBy, browser } = wish
  const token = newSecret()
  const session = given.newId()
  const madeAt = given.clock.now()
  const device = browser?.device() ?? null
  const opened = {
    ...{ hash: digest(token), id: session, account, holder, openedBy, device, madeAt },
    kind: openedBy === 'token' ? ('token' as const) : ('page' as const),
    deviceName: deviceNameOf(browser?.userAgent ?? ''),
    expiresAt: madeAt + residentsMs.absoluteMs,
    idleMs: residentsMs.idleMs,
    steppedUpUntil: wish.isSteppedUp ? madeAt + steppedUpMs : null,
  }
  await given.db.inStreet(cityWide, async (tx) => {
    if (device) endStreams(tx, await store.endSessions(tx, { device }))
    await store.addSession(tx, opened)
    if (account) endStreams(tx, await store.endBeyond(tx, account, pagesMax))
  })
  const who = account ?? holder?.person
  given.log.say('identity.signed-in', {
    ...{ by: openedBy, ...(who ? { who: tagOf(given.seal, who) } : {}) },
  })
  return { token, session, expiresAt: opened.expiresAt }
}

/** Who a token belongs to. An unknown, expired or foreign one is nobody. */
export async function whoAsks(
  given: Given,
  door: Door,
  token: string,
  /** Of the browser that asks. */
  device: Buffer | null,
): Promise<Asker> {
  const hash = digest(token)
  if (isSame(hash, door.keyDigest)) return { kind: 'operator' }
  const now = given.clock.now()
  let acting: { grant: string; account: AccountId } | undefined
  const asker = await given.db.inStreet<Asker>(cityWide, async (tx) => {
    const row = await store.enterBySession(tx, hash, now)
    if (!row || !isFrom(row, device)) return { kind: 'nobody' }
    if (row.kind === 'page' && isOver(row, residentsMs, now)) return over(tx, hash)
    const found = await askerOf(tx, row)
    const isStaff = found.kind === 'person' && found.post !== null && row.kind === 'page'
    const isShown = door.isDemo === true && row.openedBy === 'link'
    if (isStaff && !isShown && isOver(row, staffMs, now)) return over(tx, hash)
    if (now - row.seenAt >= seenEveryMs) {
      await store.touch(tx, { hash, ...row }, now, now - seenEveryMs + 1, now - dayMs)
    }
    const { grant, account } = row
    if (grant !== null && account !== null) acting = { grant, account }
    return found
  })
  if (acting === undefined || asker.kind === 'nobody') return asker
  return (await actingAs(given, asker, acting, now)) ?? asker
}

/**
 * Whoever acts for another by a grant that holds now asks as that person: with their home, without
 * a post and without an account of their own meanwhile. The grant says the street: until it is
 * known the transaction has none.
 */
async function actingAs(
  given: Given,
  asker: Asker,
  { grant, account }: { grant: string; account: AccountId },
  now: Instant,
): Promise<Asker | undefined> {
  const acting = await given.db.asOwner((tx) => actingBy(tx, grant, account, now))
  if (!acting) return undefined
  const { street, person } = acting.held
  const resident = await given.db.inStreet({ street, person }, (tx) => residentOf(tx, person))
  if (!resident) return undefined
  const session = sessionOf(asker)
  const signIn: SignIn = {
    ...{ account: null, session, level: 'resident', steppedUpUntil: null, hand: acting.hand },
  }
  return { kind: 'person', person, street, home: resident.home, post: null, signIn }
}

function sessionOf(asker: Asker): string | null {
  if (asker.kind === 'account') return asker.session
  return asker.kind === 'person' ? asker.signIn.session : null
}

async function over(tx: Tx, hash: Buffer): Promise<Asker> {
  endStreams(tx, await store.endSessions(tx, { hash }))
  return { kind: 'nobody' }
}

/** A page's session is of one browser alone. */
function isFrom(row: store.Row, device: Buffer | null): boolean {
  if (row.kind === 'token') return true
  return row.device !== null && device !== null && isSame(row.device, device)
}

async function askerOf(tx: Tx, row: store.Row): Promise<Asker> {
  const { account, session, street, person } = row
  if (street === null || person === null) {
    return account === null ? { kind: 'nobody' } : { kind: 'account', account, session }
  }
  const home = (await residentOf(tx, person))?.home ?? null
  const post = mayWork(row) ? await heldPost(tx, person) : null
  const signIn = await signInOf(tx, row, home)
  // Who moved out is that person no more: only the account is left.
  if (account !== null && home === null && post === null && signIn.level !== 'owner') {
    return { kind: 'account', account, session }
  }
  return { kind: 'person', person, street, home, post, signIn }
}

/**
 * A post is held by whoever an officer invited, and not by who found a letter; and where they have
 * a key or their organisation's sign-in, a telephone alone is not enough.
 */
function mayWork({ account, level, hasKey }: store.Row): boolean {
  return account === null || (level === 'staff' && !hasKey)
}

async function heldPost(tx: Tx, person: PersonId): Promise<Post | null> {
  const held = await postOf(tx, person)
  if (!held) return null
  const { id, role, title, unit, committee } = held
  return { id, role, title, unit, committee }
}

async function signInOf(tx: Tx, row: store.Row, home: HomeCode | null): Promise<SignIn> {
  const { account, session, steppedUpUntil } = row
  if (row.kind === 'token') return { ...vouchedFor, steppedUpUntil }
  const owned = await ownsIn(tx, row.person as PersonId)
  const level = owned.length > 0 ? 'owner' : home === null ? 'phone' : 'resident'
  return { account, session, level, steppedUpUntil, hand: null }
}

/**
 * Whoever has shown more of who they are goes on with a new token; the one before is nobody's from
 * now on. The session stays what it is, and its open streams go on. `steppedUpUntil`: until then it
 * counts as shown anew. False: it is over.
 */
export async function renewSession(
  given: Given,
  session: string,
  browser: Pick<Browser, 'keep'>,
  steppedUpUntil?: Instant,
): Promise<boolean> {
  const token = newSecret()
  const until = steppedUpUntil === undefined ? {} : { steppedUpUntil }
  const expiresAt = await given.db.inStreet(cityWide, (tx) =>
    store.renew(tx, session, { hash: digest(token), ...until }),
  )
  if (expiresAt === undefined) return false
  browser.keep({ token, expiresAt })
  return true
}

/** After whatever made the asker more than they were, or somebody else, in this browser. */
export async function renewFor(
  given: Given,
  asker: Asker,
  browser: Pick<Browser, 'keep'>,
): Promise<void> {
  const session = sessionOf(asker)
  if (session !== null) await renewSession(given, session, browser)
}

/** Ends sessions by their token, or all of an account; their pages' streams close. */
export async function endSessions(
  given: Given,
  which: { token: string } | { account: AccountId },
): Promise<void> {
  await given.db.inStreet(cityWide, async (tx) => {
    const those = 'token' in which ? { hash: digest(which.token) } : which
    const ended = await store.endSessions(tx, those)
    endStreams(tx, ended)
    given.log.say('identity.signed-out', { sessions: ended.length })
  })
}

/**
 * Those with an open page count as used; answers which of them are over, or act for somebody no
 * more. `short`: staff's, which are over sooner.
 */
export async function lookOn(
  given: Given,
  sessions: readonly string[],
  short: readonly string[] = [],
): Promise<string[]> {
  if (sessions.length === 0) return []
  const now = given.clock.now()
  const limit = { short, madeAfter: now - staffMs.absoluteMs }
  const over = await given.db.inStreet(cityWide, (tx) =>
    store.touchOpen(tx, sessions, limit, now, now - seenEveryMs + 1),
  )
  return [...over, ...(await given.db.asOwner((tx) => store.actingTooLong(tx, sessions, now)))]
}
