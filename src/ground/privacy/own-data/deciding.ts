import { committeesOf, type Asker } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from './api.ts'
import { judgeErasure } from './decide.ts'
import { forgetAll } from './forgetting.ts'
import { aboutOf, askedShown, holdsOf, type Known } from './reading.ts'
import * as store from './store.ts'
import type { OwnRequest } from './types.ts'

const listed = 50

export async function ownRequests(
  given: Given,
  asker: Asker,
  { whoIs }: Known,
): Promise<Seen<Output<typeof api.ownRequests>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street } = asker
  const committees = committeesOf(asker)
  const now = given.clock.now()
  return given.db.inStreet({ ...asker, committees }, async (tx) => {
    const requests: Output<typeof api.ownRequests>['requests'] = []
    // One look at each, however much they ask.
    const looks = new Map<string, Look>()
    for (const one of await store.openRequests(tx, committees, listed)) {
      const who = await whoIs(tx, one.person, now)
      if (!who) continue
      const home = who.homes[0] ?? null
      requests.push({ ...askedShown(one, now), name: who.name, home })
      if (looks.has(one.person)) continue
      looks.set(one.person, {
        ...{
          street,
          person: one.person,
          fields: ['name', ...(home ? (['address'] as const) : [])],
        },
        matter: { kind: 'request', id: one.request, label: 'own-data' },
      })
    }
    return { answer: { requests, now }, looks: [...looks.values()] }
  })
}

/** Nobody answers what they asked themself. As the owner: an erasure reaches into every room. */
export async function decideOwnRequest(
  given: Given,
  asker: Asker,
  { request: id, verdict }: Input<typeof api.decideOwnRequest>,
  known: Known,
): Promise<Output<typeof api.decideOwnRequest> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { person, post, street } = asker
  const committees = committeesOf(asker)
  if (verdict.is === 'refused' && verdict.words.trim().length < 4) {
    return fault('bad-input', 'verdict.words')
  }
  return given.db.asOwner(async (tx) => {
    const request = await store.requestHeld(tx, id)
    if (request?.street !== street || !isWithin(request, committees)) {
      return fault('not-found', 'request')
    }
    if (request.person === person) return fault('second-officer')
    if (request.state !== 'open') return fault('already-so', 'request')
    const at = given.clock.now()
    if (verdict.is === 'done') {
      const erased = await eraseIfAsked(given, tx, request, known)
      if (isFault(erased)) return erased
    }
    const { is: state } = verdict
    const because = verdict.is === 'refused' ? verdict.because : null
    const answer = verdict.is === 'refused' ? verdict.words.trim().normalize('NFC') : null
    const by = { person, post: post.id }
    await store.endRequest(tx, id, { state, at, because, answer, by })
    const told = { street, request: id, person: request.person }
    await given.tell(tx, { name: 'privacy.own-request-decided', ...told })
    return { state, endedAt: at }
  })
}

function isWithin({ committee }: OwnRequest, committees: '*' | readonly string[]): boolean {
  return committees === '*' || (committee !== null && committees.includes(committee))
}

/** A part that stands by itself goes with everything: what held it would hold the rest, too. */
async function eraseIfAsked(
  given: Given,
  tx: Tx,
  { kind, part, person, street }: OwnRequest,
  known: Known,
): Promise<Fault | undefined> {
  if (kind !== 'erase' || part === null) return undefined
  const about = await aboutOf(tx, { person, street })
  const verdict = judgeErasure('everything', await holdsOf(tx, about, known, given.clock.now()))
  if (verdict.is !== 'all-goes') return fault('still-needed', 'request')
  await forgetAll(given, tx, about, known)
  return undefined
}
