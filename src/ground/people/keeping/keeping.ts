import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import { dayOf, startOfDay } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { endStreamsOf } from '../../../platform/live.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../places/index.ts'
import { endConsent, findConsent, textVersions, type ConsentPurpose } from '../../privacy/index.ts'
import { isBirthday } from '../decide.ts'
import { indexPeople } from '../searching/index.ts'
import type * as api from './api.ts'
import { areaIn, areaText, areaThatCounts, grantOf, isWithin, wrongShare } from '../homes/decide.ts'
import { moveIn, moveOut } from '../homes/moving.ts'
import * as store from '../homes/store.ts'
import { rights, standings } from '../homes/types.ts'

type Moving = Input<typeof api.registerMove>

export async function registerMove(
  given: Given,
  asker: Asker,
  input: Moving,
): Promise<Output<typeof api.registerMove> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const at = instantOf(input.on, given.clock.now())
  if (at === undefined) return fault('bad-input', 'on')
  if (input.what === 'moved-in' && input.home === null) return fault('bad-input', 'home')
  return inScope(given, asker, async (tx) => {
    const held = await store.personHeld(tx, input.person)
    if (!held || !(await store.isInScope(tx, input.person))) return fault('not-found', 'person')
    const left =
      input.what === 'moved-in'
        ? await movedIn(given, tx, asker, input, at, held)
        : await movedOut(given, tx, asker, input, at)
    if (isFault(left)) return left
    await indexPeople(given, tx, asker.street, [input.person])
    endStreamsOf(tx, [input.person])
    return { left }
  })
}

async function movedIn(
  given: Given,
  tx: Tx,
  asker: SignedIn,
  { person, home, household, ...one }: Moving,
  at: Instant,
  { leftWhy }: { leftWhy: string | null },
): Promise<HomeCode[] | Fault> {
  if (home === null || !(await isHere(tx, asker, home))) return fault('not-found', 'home')
  if (leftWhy === 'died') return fault('already-so', 'person')
  const lives = await store.dwellingsOf(tx, person)
  if (lives.some((each) => each.home === home)) return fault('already-so', 'home')
  if (household !== undefined && household !== 'new') {
    if (!(await store.isOpenHousehold(tx, household, home))) return fault('not-found', 'household')
  }
  const { livesAlone, tenure, relation } = one
  const dwelling = { person, home, livesAlone, tenure, relation, fromAt: at, toAt: null }
  await moveIn(given, tx, asker.street, [{ ...dwelling, household: household ?? null }])
  if (leftWhy !== null) await store.setLeft(tx, person, null)
  return []
}

/** What somebody agreed to in a home that they have left ends with the day (IDP-3). */
async function movedOut(
  given: Given,
  tx: Tx,
  asker: SignedIn,
  { person, home, what }: Moving,
  at: Instant,
): Promise<HomeCode[] | Fault> {
  const committees = committeesOf(asker)
  const lives = (await store.dwellingsOf(tx, person)).map((one) => one.home)
  // A death or a mistake is one wherever they live; a move is said for the asker's own homes.
  const meant =
    what === 'moved-out'
      ? lives.filter((one) => isWithin(committees, one) && (home === null || home === one))
      : lives
  const left = await moveOut(tx, person, meant, at)
  if (what === 'moved-out' && left.length === 0) return fault('not-found', 'home')
  await endAgreements(given, tx, person, what === 'moved-out' ? left : null)
  const why = what === 'died' || what === 'mistake' ? what : 'moved'
  const isGone = why !== 'moved' || (await store.hasNothing(tx, person))
  if (isGone) await store.setLeft(tx, person, { at, why })
  return left.filter((one) => isWithin(committees, one))
}

async function endAgreements(
  given: Given,
  tx: Tx,
  person: PersonId,
  homes: readonly HomeCode[] | null,
): Promise<void> {
  for (const purpose of Object.keys(textVersions) as ConsentPurpose[]) {
    const consent = await findConsent(tx, purpose, { person }, given.clock.now())
    if (!consent || (homes !== null && !homes.includes(consent.home))) continue
    await endConsent(given, tx, person, purpose)
  }
}

export async function setOwnership(
  given: Given,
  asker: Asker,
  { home, on, owners }: Input<typeof api.setOwnership>,
): Promise<Output<typeof api.setOwnership> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  if (instantOf(on, given.clock.now()) === undefined) return fault('bad-input', 'on')
  const shares = owners.map((one) => ({ ...one, firm: one.firm?.normalize('NFC').trim() ?? null }))
  const wrong = wrongShare(shares)
  if (wrong !== undefined) return fault('bad-input', wrong)
  return inScope(given, asker, async (tx) => {
    if (!(await isHere(tx, asker, home))) return fault('not-found', 'home')
    for (const [n, { person }] of shares.entries()) {
      if (person === null || (await store.isInScope(tx, person))) continue
      return fault('not-found', `owners.${n}.person`)
    }
    const latest = await store.latestOwnership(tx, home)
    if (latest !== null && on < latest) return fault('bad-input', 'on')
    const before = await store.endOwnership(tx, home, on)
    const rows = shares.map((one) => ({ ...one, id: given.newId<string>(), home, fromOn: on }))
    await store.addShares(tx, asker.street, rows)
    const now = shares.flatMap(({ person }) => person ?? [])
    await indexPeople(given, tx, asker.street, [...new Set([...before, ...now])])
    return { owners: rows.length }
  })
}

export async function setArea(
  given: Given,
  asker: Asker,
  { home, source, area: written, since }: Input<typeof api.setArea>,
): Promise<Output<typeof api.setArea> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const area = areaIn(written)
  if (area === undefined) return fault('bad-input', 'area')
  if (instantOf(since, given.clock.now()) === undefined) return fault('bad-input', 'since')
  return inScope(given, asker, async (tx) => {
    if (!(await isHere(tx, asker, home))) return fault('not-found', 'home')
    await store.putAreas(tx, asker.street, [{ home, source, area, since }])
    const counts = areaThatCounts(await store.areasOf(tx, [home]))
    if (!counts) return fault('bad-input', 'area')
    return { counts: { source: counts.source, area: areaText(counts.area) } }
  })
}

export async function tenureRights(): Promise<Output<typeof api.tenureRights>> {
  return {
    rights: rights.map((right) => ({
      right,
      may: standings.map((standing) => ({ standing, grant: grantOf(right, standing) })),
    })),
  }
}

function inScope<T>(given: Given, asker: SignedIn, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { street, person } = asker
  return given.db.inStreet({ street, person, committees: committeesOf(asker) }, work)
}

/** A home of another committee is answered as one that is not there. */
async function isHere(tx: Tx, asker: SignedIn, home: HomeCode): Promise<boolean> {
  if (!isWithin(committeesOf(asker), home)) return false
  return (await placesOf(tx, [home])).length > 0
}

/** When a day begins; today: now. Undefined: no day, or one that is still to come. */
function instantOf(day: string, now: Instant): Instant | undefined {
  if (!isBirthday(day, dayOf(now))) return undefined
  return day === dayOf(now) ? now : startOfDay(Date.parse(`${day}T12:00:00+08:00`))
}
