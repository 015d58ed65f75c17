import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../places/index.ts'
import type * as api from './api.ts'
import { mayDecideOn } from './decide.ts'
import * as store from './store.ts'
import type { Request } from './types.ts'

/** Whether the asker's post is the first of its committee; `duties` knows it. */
export type InCharge = (tx: Tx, asker: SignedIn) => Promise<boolean>

/** Who a child is, and where they live: `people` knows it. */
export type WhoIs = (
  tx: Tx,
  person: PersonId,
  now: Instant,
) => Promise<{ name: string; age: number | null; homes: HomeCode[] } | undefined>

const listed = 50

/** Whoever decides sees whom they decide on; each child named here has it in their book. */
export async function waitingApprovals(
  given: Given,
  asker: Asker,
  isInCharge: InCharge,
  whoIs: WhoIs,
): Promise<Seen<Output<typeof api.waitingApprovals>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const isFirst = await isInCharge(tx, asker)
    const waiting = await store.waitingForApproval(tx, now, listed)
    const requests: Output<typeof api.waitingApprovals>['requests'] = []
    const looks: Look[] = []
    for (const request of waiting.filter((one) => mayDecideOn(one, asker, isFirst))) {
      const { person } = request
      const child = person === null ? undefined : await whoIs(tx, person, now)
      if (person === null || !child) continue
      const { name, age, homes } = child
      const places = (await placesOf(tx, homes)).slice(0, 20)
      const waitsSince = request.minorAt ?? request.at
      requests.push({
        ...{ ...askedOf(request), waitsSince, until: request.until },
        child: { name, age, places },
      })
      looks.push(lookAt(asker, request, person, { age, isPlaced: places.length > 0 }))
    }
    return { answer: { requests }, looks }
  })
}

function lookAt(
  { street }: SignedIn,
  { request, reason }: Request,
  person: PersonId,
  { age, isPlaced }: { age: number | null; isPlaced: boolean },
): Look {
  const fields: Look['fields'] = [
    'name',
    ...(age === null ? [] : (['age'] as const)),
    ...(isPlaced ? (['address'] as const) : []),
  ]
  return { street, person, fields, matter: { kind: 'request', id: request, label: reason } }
}

function askedOf({ request, reason, title, unit, at }: Request) {
  return { request, reason, title, unit, at }
}

export async function approveMinor(
  given: Given,
  asker: Asker,
  { request: id, decision }: Input<typeof api.approveMinor>,
  isInCharge: InCharge,
): Promise<Output<typeof api.approveMinor> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { person, post } = asker
  return given.db.inStreet(asker, async (tx) => {
    const at = given.clock.now()
    const request = await decidable(tx, asker, id, isInCharge)
    if (isFault(request)) return request
    if (request.minorAt === null) return fault('not-found', 'request')
    if (request.approvedAt !== null || request.refusedAt !== null) {
      return fault('already-so', 'request')
    }
    if (request.endedAt !== null || at >= request.until) return fault('request-over', 'request')
    const decided = { person, post: post.id, at, because: decision.because }
    await (decision.says === 'yes' ? store.setApproved : store.setRefused)(tx, id, decided)
    return { decidedAt: at }
  })
}

/** The asker's own is said to be theirs; one out of reach is answered as one that is not there. */
async function decidable(
  tx: Tx,
  asker: SignedIn,
  id: string,
  isInCharge: InCharge,
): Promise<Request | Fault> {
  const request = await store.requestHeld(tx, id)
  if (!request) return fault('not-found', 'request')
  if (request.byPerson === asker.person) return fault('second-officer')
  const may = mayDecideOn(request, asker, await isInCharge(tx, asker))
  return may ? request : fault('not-found', 'request')
}

export async function dueReviews(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.dueReviews> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const due = await given.db.inStreet(asker, (tx) => store.dueForReview(tx, listed))
  const reviews = due
    .filter((request) => mayDecideOn(request, asker, false))
    .map((request) => ({
      ...askedOf(request),
      ...{ words: request.words ?? '', reviewBy: request.reviewBy ?? request.until },
    }))
  return { reviews, now: given.clock.now() }
}

export async function review(
  given: Given,
  asker: Asker,
  { request: id, outcome, words }: Input<typeof api.review>,
): Promise<Output<typeof api.review> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { person, post } = asker
  return given.db.inStreet(asker, async (tx) => {
    const request = await decidable(tx, asker, id, async () => false)
    if (isFault(request)) return request
    if (request.reviewBy === null) return fault('not-found', 'request')
    if (request.reviewedAt !== null) return fault('already-so', 'request')
    const at = given.clock.now()
    await store.setReviewed(tx, id, { person, post: post.id, at, outcome, words })
    return { reviewedAt: at }
  })
}
