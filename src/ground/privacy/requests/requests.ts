import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Matter } from '../../../kernel/book.ts'
import { startOfDay } from '../../../kernel/calendar.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { CommitteeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { deadline } from '../../rules/index.ts'
import type * as api from './api.ts'
import { judgeHome, judgeRequest, type AtHome } from './decide.ts'
import * as store from './store.ts'
import {
  glassADayMax,
  requestMs,
  requestsADayMax,
  reviewDays,
  type Request,
  type RequestLabel,
} from './types.ts'

/**
 * The matter under which the asker may see this person, or why not; with `person: null` whether
 * they may search. The first person binds the request. A child's waits for a yes of the person in
 * charge: the fault says so, and the request is listed for them.
 */
export async function matterFor(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  asker: SignedIn,
  { request: id, person, isMinor = false }: Sought,
): Promise<Matter | Fault> {
  if (id === undefined) return fault('request-needed', 'request')
  const now = given.clock.now()
  const isSearch = person === null
  const request = isSearch ? await store.requestSeen(tx, id) : await store.requestHeld(tx, id)
  const judged = judgeRequest(request, { asker, person, isMinor, now })
  if (isFault(judged)) return judged
  if (request && person !== null && request.person === null) {
    await store.setRequest(tx, id, { person })
  }
  if (judged === 'waits-for-approval') {
    if (request?.minorAt === null) await store.setRequest(tx, id, { minorAt: now })
    return fault('minor-needs-approval', 'request')
  }
  return { kind: 'request', id, label: request?.reason ?? '' }
}

/** The matter under which the asker may see a home, or why not. The first one binds the request. */
export async function matterForHome(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  asker: SignedIn,
  { request: id, ...at }: { request: string } & AtHome,
): Promise<Matter | Fault> {
  const request = await store.requestHeld(tx, id)
  const judged = judgeHome(request, { asker, now: given.clock.now(), ...at })
  if (isFault(judged)) return judged
  if (judged === 'binds') await store.setRequest(tx, id, { home: at.home })
  return { kind: 'request', id, label: request?.reason ?? '' }
}

type Sought = { request?: string | undefined; person: PersonId | null; isMinor?: boolean }

/**
 * Which committees' people a transaction of the register may touch for this request: with the glass
 * broken the whole street, else the asker's own.
 */
export async function committeesFor(
  given: Pick<Given, 'clock' | 'db'>,
  asker: SignedIn,
  id: string | undefined,
): Promise<'*' | readonly CommitteeCode[]> {
  const own = committeesOf(asker)
  if (id === undefined || own === '*') return own
  const request = await given.db.inStreet(asker, (tx) => store.requestSeen(tx, id))
  if (request?.reason !== 'break-glass') return own
  const sought = { asker, person: null, isMinor: false, now: given.clock.now() }
  return judgeRequest(request, sought) === 'opens' ? '*' : own
}

export async function openRequest(
  given: Given,
  asker: Asker,
  { reason }: Input<typeof api.openRequest>,
): Promise<Output<typeof api.openRequest> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const made = await opened(given, tx, asker, { reason, person: null, words: null })
    return isFault(made) ? made : { request: made.request, until: made.until }
  })
}

/** Told in the same transaction: whoever cannot tell anybody has not broken the glass. */
export async function breakGlass(
  given: Given,
  asker: Asker,
  { person, words }: Input<typeof api.breakGlass>,
): Promise<Output<typeof api.breakGlass> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  if (words.trim().length < 4) return fault('bad-input', 'words')
  return given.db.inStreet(asker, async (tx) => {
    const made = await opened(given, tx, asker, { reason: 'break-glass', person, words })
    if (isFault(made)) return made
    const { request, street, until, reviewBy } = made
    const { person: by } = asker
    await given.tell(tx, { name: 'privacy.glass-broken', street, request, by })
    return { request, until, reviewBy: reviewBy ?? until }
  })
}

async function opened(
  given: Given,
  tx: Tx,
  asker: SignedIn,
  facts: { reason: RequestLabel; person: PersonId | null; words: string | null },
): Promise<Request | Fault> {
  const { post, street, person: byPerson } = asker
  if (!post) return fault('not-allowed')
  const at = given.clock.now()
  const today = await store.countSince(tx, byPerson, startOfDay(at))
  const isGlass = facts.reason === 'break-glass'
  if (today.all >= requestsADayMax || (isGlass && today.glass >= glassADayMax)) {
    return fault('too-many')
  }
  const due = await deadline(tx, at, { count: reviewDays, kind: 'working_day' })
  const made: Request = {
    ...facts,
    ...{ request: given.newId<string>(), street, byPerson, byPost: post.id },
    ...{ title: post.title, unit: post.unit, committee: post.committee },
    ...{ at, until: at + requestMs, endedAt: null, minorAt: null, approvedAt: null },
    ...{ home: null, refusedAt: null, result: null, reviewedAt: null },
    reviewBy: isGlass ? due.at : null,
  }
  await store.addRequest(tx, made)
  return made
}

export async function endRequest(
  given: Given,
  asker: Asker,
  { request: id, result }: Input<typeof api.endRequest>,
): Promise<Output<typeof api.endRequest> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const request = await store.requestHeld(tx, id)
    if (request?.byPerson !== asker.person) return fault('not-found', 'request')
    const endedAt = request.endedAt ?? Math.min(given.clock.now(), request.until)
    // Said once: whoever reads their book is not told one thing today and another tomorrow.
    const said = request.result === null && result !== undefined ? { result } : {}
    await store.setRequest(tx, id, { endedAt, ...said })
    return { endedAt }
  })
}

const listed = 50

export async function myRequests(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.myRequests> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const own = await given.db.inStreet(asker, (tx) => store.requestsBy(tx, asker.person, listed))
  const requests = own.map(({ request, reason, at, until, endedAt, person, home, ...more }) => ({
    ...{ request, reason, at, until, result: more.result },
    isBound: person !== null || home !== null,
    isOpen: endedAt === null && now < until,
    approval: approvalOf(more),
  }))
  return { requests, now }
}

type Approval = Pick<Request, 'minorAt' | 'approvedAt' | 'refusedAt'>

function approvalOf({ minorAt, approvedAt, refusedAt }: Approval) {
  if (minorAt === null) return 'none' as const
  if (refusedAt !== null) return 'refused' as const
  return approvedAt === null ? ('waiting' as const) : ('given' as const)
}
