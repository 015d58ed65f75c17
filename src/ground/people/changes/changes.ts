import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { isInScope } from '../homes/index.ts'
import { addNumbers, idNumberIn, masked, phoneIn } from '../numbers/index.ts'
import { indexPeople } from '../searching/index.ts'
import { namesOf } from '../store.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

/** Nobody decided for so long: it is asked anew. */
const waitsMs = 7 * dayMs
const listedMax = 100

/** Which cell a waiting number is sealed for. */
export function cellOfChange(change: string): string {
  return `people.number_change:${change}`
}

/** Says nothing of the number that is kept, not even that it is the same. */
export async function setNumber(
  given: Given,
  asker: Asker,
  { person, kind, number: written }: Input<typeof api.setNumber>,
): Promise<Output<typeof api.setNumber> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { post, street } = asker
  const number = kind === 'phone' ? phoneIn(written) : idNumberIn(written)
  if (number === undefined) return fault('bad-input', 'number')
  return inScope(given, asker, async (tx) => {
    if (!(await isInScope(tx, person))) return fault('not-found', 'person')
    const change = given.newId<string>()
    const { sealed, key } = given.seal.close(cellOfChange(change), number)
    const askedAt = given.clock.now()
    const until = askedAt + waitsMs
    const by = { byPerson: asker.person, byPost: post.id }
    await store.addChange(tx, { change, street, person, kind, sealed, key, askedAt, until, ...by })
    return { change, until }
  })
}

export async function numberChanges(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.numberChanges>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return inScope(given, asker, async (tx) => {
    const waiting = await store.waiting(tx, 'all', given.clock.now(), listedMax + 1)
    const shown = waiting.slice(0, listedMax)
    const names = await namesOf(
      tx,
      shown.map(({ person }) => person),
    )
    const changes = shown.map((one) => ({
      ...{ change: one.change, name: names.get(one.person) ?? '', kind: one.kind },
      masked: masked(one.kind, opened(given, one)),
      ...{ askedAt: one.askedAt, until: one.until, isOwn: one.byPerson === asker.person },
    }))
    const looks = shown.map(({ street, person, kind }): Look => ({
      ...{ street, person, fields: ['name', kind] },
      matter: { kind: 'operation', id: null, label: 'number-change' },
    }))
    return { answer: { changes, hasMore: waiting.length > listedMax }, looks }
  })
}

/** By anybody of the street or committee but the one who asked, and but the person. */
export async function decideNumber(
  given: Given,
  asker: Asker,
  { change: id, approves }: Input<typeof api.decideNumber>,
): Promise<Output<typeof api.decideNumber> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { post } = asker
  return inScope(given, asker, async (tx) => {
    const change = await store.changeHeld(tx, id, given.clock.now())
    if (!change) return fault('not-found', 'change')
    if ([change.byPerson, change.person].includes(asker.person)) return fault('second-worker')
    const verdict = approves ? 'approved' : 'refused'
    await decided(given, tx, change, { person: asker.person, post: post.id }, verdict)
    return { verdict }
  })
}

/** Their own sign-in is the proof: it took a code to a telephone, or a passkey. */
export async function confirmNumber(
  given: Given,
  asker: Asker,
  { change: id, isRight }: Input<typeof api.confirmNumber>,
): Promise<Output<typeof api.confirmNumber> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person } = asker
  return given.db.inStreet({ street, person }, async (tx) => {
    const change = await store.changeHeld(tx, id, given.clock.now())
    if (!change || change.person !== person) return fault('not-found', 'change')
    if (change.byPerson === person) return fault('second-worker')
    const verdict = isRight ? 'confirmed' : 'refused'
    await decided(given, tx, change, { person, post: null }, verdict)
    return { verdict }
  })
}

async function decided(
  given: Given,
  tx: Tx,
  change: store.Change,
  by: { person: PersonId; post: string | null },
  verdict: 'approved' | 'confirmed' | 'refused',
): Promise<void> {
  const { street, person, kind } = change
  const number = opened(given, change)
  await store.decide(tx, change.change, { ...by, at: given.clock.now() }, verdict)
  if (verdict === 'refused') return
  await addNumbers(given, tx, street, [{ person, kind, number }])
  await indexPeople(given, tx, street, [person])
}

/** What waits to be confirmed by the person themself. */
export async function ownChanges(given: Given, tx: Tx, person: PersonId) {
  const waiting = await store.waiting(tx, { person }, given.clock.now(), 2)
  return waiting.map((one) => ({
    ...{ change: one.change, kind: one.kind, masked: masked(one.kind, opened(given, one)) },
  }))
}

function opened({ seal }: Pick<Given, 'seal'>, { change, sealed, key }: store.Change): string {
  return seal.open(cellOfChange(change), sealed, key)
}

function inScope<T>(given: Given, asker: SignedIn, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { street, person } = asker
  return given.db.inStreet({ street, person, committees: committeesOf(asker) }, work)
}
