import { randomInt } from 'node:crypto'
import type { Asker, Hand } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { endStreams } from '../../../platform/live.ts'
import type { Tx } from '../../../platform/sql.ts'
import { namesOf } from '../../../ground/people/index.ts'
import { mayTry } from '../attempts/index.ts'
import type * as api from './api.ts'
import { grantCodeMs, grantsMax, untilOf } from './decide.ts'
import * as store from './store.ts'

const codeKind = 'grant-code'

export async function makeGrantCode(
  given: Given,
  asker: Asker,
  { relation, days }: Input<typeof api.makeGrantCode>,
): Promise<Output<typeof api.makeGrantCode> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person } = asker
  const madeAt = given.clock.now()
  const expiresAt = madeAt + grantCodeMs
  return given.db.inStreet(asker, async (tx) => {
    const held = await store.grantsHeld(tx, { person }, madeAt)
    const open = await store.openCodes(tx, person, madeAt)
    if (held.length + open >= grantsMax) return fault('too-many')
    const wish = { street, id: given.newId<string>(), person, relation, days }
    for (;;) {
      const code = String(randomInt(100_000_000)).padStart(8, '0')
      const hashed = { digest: given.seal.find(codeKind, code), key: given.seal.foundBy() }
      if (await store.addCode(tx, wish, hashed, { madeAt, expiresAt })) return { code, expiresAt }
    }
  })
}

export async function takeGrant(
  given: Given,
  asker: Asker,
  { code, called }: Input<typeof api.takeGrant>,
): Promise<Output<typeof api.takeGrant> | Fault> {
  const account = accountOf(asker)
  if (!account) return fault('not-allowed')
  const refused = await mayTry(given, [{ kind: 'grant', key: account }])
  if (refused) return refused
  const now = given.clock.now()
  // The code says which street: until it is known the transaction has none.
  return given.db.asOwner(async (tx) => {
    const used = await store.useCode(tx, given.seal.finds(codeKind, code), now)
    if (!used) return fault('not-found', 'code')
    const { street, person, relation, days } = used
    if (asker.kind === 'person' && asker.person === person) return fault('bad-input', 'code')
    const grant = {
      ...{ street, grant: given.newId<string>(), person, account, relation },
      ...{ called: called.normalize('NFC'), way: 'code' as const, since: now },
      until: untilOf(days, now),
    }
    if (!(await store.addGrant(tx, grant, null))) return fault('already-so', 'code')
    return { grant: grant.grant, until: grant.until }
  })
}

export async function myGrants(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.myGrants>> | Fault> {
  if (asker.kind !== 'person' && asker.kind !== 'account') return fault('not-allowed')
  const account = accountOf(asker) ?? handOf(asker)?.account
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const forMe =
      asker.kind === 'person' ? await store.grantsHeld(tx, { person: asker.person }, now) : []
    const byMe = account ? await store.grantsHeld(tx, { account }, now) : []
    const names = await namesOf(
      tx,
      byMe.map(({ person }) => person),
    )
    const answer = {
      forMe: forMe.map((one) => ({ ...shown(one), called: one.called })),
      byMe: byMe.map((one) => ({ ...shown(one), name: names.get(one.person) ?? '' })),
      acting: handOf(asker)?.grant ?? null,
      now,
    }
    const looks = byMe.map(({ street, person, grant }): Look => {
      return { street, person, fields: ['name'], matter: byGrant(grant) }
    })
    return { answer, looks }
  })
}

export async function endGrant(
  given: Given,
  asker: Asker,
  { grant }: Input<typeof api.endGrant>,
): Promise<Output<typeof api.endGrant> | Fault> {
  const now = given.clock.now()
  const account = accountOf(asker) ?? handOf(asker)?.account
  return given.db.asOwner(async (tx) => {
    const [held] = await store.grantsHeld(tx, { grant }, now)
    if (!held) return fault('not-found', 'grant')
    const isTheirs = asker.kind === 'person' && !handOf(asker) && asker.person === held.person
    if (!isTheirs && held.account !== account) return fault('not-found', 'grant')
    await end(tx, grant, isTheirs ? 'person' : 'helper', now)
    return { grant }
  })
}

export async function end(
  tx: Tx,
  grant: string,
  by: 'person' | 'helper' | 'station',
  now: Instant,
): Promise<void> {
  await store.endGrant(tx, grant, by, now)
  endStreams(tx, await store.endActing(tx, grant))
}

/** All that somebody gave, and that their account was given in their street: it ends for both. */
export async function endAllGrants(
  tx: Tx,
  of: { street: StreetCode; person: PersonId; account: AccountId | null },
  now: Instant,
): Promise<number> {
  const { street, person, account } = of
  const gave = await store.grantsHeld(tx, { person }, now)
  const had = account === null ? [] : await store.grantsHeld(tx, { account }, now)
  const here = had.filter((one) => one.street === street)
  for (const { grant } of gave) await end(tx, grant, 'person', now)
  for (const { grant } of here) await end(tx, grant, 'helper', now)
  return gave.length + here.length
}

export async function actFor(
  given: Given,
  asker: Asker,
  { grant }: Input<typeof api.actFor>,
): Promise<Output<typeof api.actFor> | Fault> {
  const account = accountOf(asker) ?? handOf(asker)?.account
  const session = sessionOf(asker)
  if (!account || !session) return fault('not-allowed')
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const [held] = grant === null ? [] : await store.grantsHeld(tx, { grant }, now)
    if (grant !== null && held?.account !== account) return fault('not-found', 'grant')
    await store.setActing(tx, session, grant)
    endStreams(tx, [session])
    return { grant }
  })
}

/**
 * Whom a session acts for, and by what right; nothing where the grant is over or another's. Asked
 * with each call, so that an ended grant ends at the very next one.
 */
export async function actingBy(
  tx: Tx,
  grant: string,
  account: AccountId,
  now: Instant,
): Promise<{ held: store.Grant; hand: Hand } | undefined> {
  const [held] = await store.grantsHeld(tx, { grant }, now)
  if (held?.account !== account) return undefined
  return { held, hand: { grant, account, relation: held.relation } }
}

export function shown({ grant, relation, way, since, until }: store.Grant) {
  return { grant, relation, way, since, until }
}

export function byGrant(grant: string) {
  return { kind: 'grant', id: grant, label: 'grant' } as const
}

function handOf(asker: Asker): Hand | null {
  return asker.kind === 'person' ? asker.signIn.hand : null
}

export function accountOf(asker: Asker): AccountId | null {
  if (asker.kind === 'account') return asker.account
  return asker.kind === 'person' ? asker.signIn.account : null
}

function sessionOf(asker: Asker): string | null {
  if (asker.kind === 'account') return asker.session
  return asker.kind === 'person' ? asker.signIn.session : null
}

/** Whether a paper signed that day may still be entered today. */
export function isSignedInTime(signedOn: string, now: Instant, withinDays: number): boolean {
  return signedOn <= dayOf(now) && signedOn >= dayOf(now - withinDays * dayMs)
}
