import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { WrittenLook } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../places/index.ts'
import { writeLooks } from '../actions.ts'
import type * as api from './api.ts'
import * as store from './store.ts'
import { daysMs, disclosedDays, type About, type AuthorityRequest } from './types.ts'

/** Whether somebody or a home is registered here, and who lives there; `people` knows it. */
export type WhomItTells = (tx: Tx, about: About) => Promise<readonly PersonId[] | undefined>

export async function recordAuthority(
  given: Given,
  asker: Asker,
  { days, ...input }: Input<typeof api.recordAuthority>,
  whomItTells: WhomItTells,
): Promise<Output<typeof api.recordAuthority> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person: firstBy, post } = asker
  const about = aboutOne(input)
  if (!about) return fault('bad-input', 'person')
  return given.db.inStreet({ ...asker, committees: '*' }, async (tx) => {
    const told = await whomItTells(tx, about)
    if (!told) return fault('not-found', about.person === null ? 'home' : 'person')
    const at = given.clock.now()
    const request = given.newId<string>()
    const until = at + daysMs(days)
    await store.addRequest(tx, {
      ...{ ...input, ...about, request, street, at, until, firstBy, firstPost: post.id },
      ...{ decidedAt: null, verdict: null, givenAt: null, disclosedAt: null },
    })
    return { request, until }
  })
}

function aboutOne({ person, home }: { person: PersonId | null; home: HomeCode | null }) {
  if (person !== null && home === null) return { person, home }
  return person === null && home !== null ? { person, home } : undefined
}

export async function decideAuthority(
  given: Given,
  asker: Asker,
  { request: id, verdict }: Input<typeof api.decideAuthority>,
): Promise<Output<typeof api.decideAuthority> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { person, post } = asker
  return given.db.inStreet(asker, async (tx) => {
    const at = given.clock.now()
    const request = await live(tx, id, at)
    if (isFault(request)) return request
    if (request.firstBy === person) return fault('second-officer')
    if (request.verdict !== null) return fault('already-so', 'request')
    await store.setDecided(tx, id, { person, post: post.id, at, verdict })
    return { decidedAt: at }
  })
}

async function live(tx: Tx, id: string, now: number): Promise<AuthorityRequest | Fault> {
  const request = await store.requestHeld(tx, id)
  if (!request) return fault('not-found', 'request')
  return now >= request.until ? fault('authority-over', 'request') : request
}

/** Each person whom it tells of has a look in their book, shown to them from `disclosedAt` on. */
export async function giveAuthority(
  given: Given,
  asker: Asker,
  { request: id, disclosedAfterDays = disclosedDays }: Input<typeof api.giveAuthority>,
  whomItTells: WhomItTells,
): Promise<Output<typeof api.giveAuthority> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  return given.db.inStreet({ ...asker, committees: '*' }, async (tx) => {
    const at = given.clock.now()
    const request = await live(tx, id, at)
    if (isFault(request)) return request
    if (request.verdict !== 'approved') return fault('not-approved', 'request')
    if (request.givenAt !== null) return fault('already-so', 'request')
    const people = (await whomItTells(tx, request)) ?? []
    const disclosedAt = at + daysMs(disclosedAfterDays)
    await writeLooks(given, tx, looksAt(people, request, asker, { at, disclosedAt }))
    await store.setGiven(tx, id, { person: asker.person, at, disclosedAt })
    return { people: people.length, disclosedAt }
  })
}

function looksAt(
  people: readonly PersonId[],
  { request, street, fields }: AuthorityRequest,
  { person: by, post }: SignedIn,
  { at, disclosedAt }: { at: number; disclosedAt: number },
): WrittenLook[] {
  if (!post) return []
  const { id, title, unit } = post
  return people.map((person) => ({
    ...{ street, person, fields, at, how: 'export' as const, why: 'access-record' as const },
    ...{ by: { kind: 'post', person: by, post: id, title, unit } },
    matter: { kind: 'request', id: request, label: 'authority' },
    shownFrom: disclosedAt,
  }))
}

const listed = 100

export async function listAuthority(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.listAuthority> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const [all, places] = await given.db.inStreet(asker, async (tx) => {
    const found = await store.listRequests(tx, listed)
    const homes = [...new Set(found.flatMap(({ home }) => home ?? []))]
    return [found, new Map((await placesOf(tx, homes)).map((one) => [one.place, one]))] as const
  })
  const requests = all.map(({ person, home, firstBy, fields, ...one }) => ({
    ...{ request: one.request, authority: one.authority, legalBasis: one.legalBasis },
    ...{ document: one.document, asks: one.asks, fields: [...fields] },
    about: person === null ? ('home' as const) : ('person' as const),
    home: (home && places.get(home)) ?? null,
    ...{ at: one.at, until: one.until, isMine: firstBy === asker.person },
    ...{ verdict: one.verdict, givenAt: one.givenAt, disclosedAt: one.disclosedAt },
  }))
  return { requests, now: given.clock.now() }
}

const quartersMax = 40

/** The table has no street in it: whoever asks needs none. */
export async function countAuthority(given: Given): Promise<Output<typeof api.countAuthority>> {
  const now = given.clock.now()
  const quarters = await given.db.asOwner((tx) => store.countByQuarter(tx, now, quartersMax))
  return { quarters }
}
