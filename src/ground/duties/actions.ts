import type { Asker } from '../../kernel/asker.ts'
import { timeOf } from '../../kernel/calendar.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { PersonId, PlaceCode, PostId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { addPerson, personOf } from '../people/index.ts'
import { committeeOf, divisionNamed } from '../places/index.ts'
import type * as api from './api.ts'
import { answersAt, responsibleAmong } from './decide.ts'
import * as store from './store.ts'
import type { HeldPost, Responsible } from './types.ts'

/** The title of the first officer; further posts are named by the street itself. */
const officerTitle = '值班长'

/** Who is responsible for this place now. The only place that answers it. */
export async function responsibleFor(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  place: PlaceCode,
): Promise<Responsible | undefined> {
  const committee = committeeOf(place)
  const posts = await store.heldPosts(tx, { committee })
  const found = responsibleAmong(posts, committee, given.clock.now())
  return found && { post: found.id, person: found.person, title: found.title, unit: found.unit }
}

export async function postOf(tx: Tx, person: PersonId): Promise<HeldPost | undefined> {
  const [held] = await store.heldPosts(tx, { person })
  return held
}

export async function postNamed(tx: Tx, post: PostId): Promise<HeldPost | undefined> {
  const [held] = await store.heldPosts(tx, { post })
  return held
}

export async function foundStreet(
  given: Given,
  input: Input<typeof api.foundStreet>,
): Promise<Output<typeof api.foundStreet> | Fault> {
  const { street, officer, phone } = input
  const person = given.newId<PersonId>()
  const post = given.newId<PostId>()
  const id = given.newId()
  return given.db.inStreet({ street }, async (tx) => {
    const name = await divisionNamed(tx, street)
    if (name === undefined) return fault('not-found', 'street')
    const hours = { opens_at: '00:00', closes_at: '24:00' }
    const body = { id, street, kind: 'street' as const, committee: null, name, phone, ...hours }
    if (!(await store.addBody(tx, body))) return fault('already-so', 'street')
    const officerName = officer.normalize('NFC')
    await addPerson(tx, { person, street, name: officerName, bornOn: null, phone: null })
    const since = given.clock.now()
    const held = { street, id: post, body: id, title: officerTitle, person, rank: 1, since }
    await store.addPost(tx, held)
    return { person, post, body: id }
  })
}

export async function addBody(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addBody>,
): Promise<Output<typeof api.addBody> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const { committee, phone, opensAt: opens_at, closesAt: closes_at } = input
  if (!committee.startsWith(street)) return fault('not-allowed', 'committee')
  const id = given.newId()
  return given.db.inStreet({ street }, async (tx) => {
    const name = await divisionNamed(tx, committee)
    if (name === undefined) return fault('not-found', 'committee')
    const kind = 'committee' as const
    const body = { id, street, kind, committee, name, phone, opens_at, closes_at }
    return (await store.addBody(tx, body)) ? { body: id } : fault('already-so', 'committee')
  })
}

export async function fillPost(
  given: Given,
  asker: Asker,
  input: Input<typeof api.fillPost>,
): Promise<Output<typeof api.fillPost> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const { body, title, person, rank } = input
  const id = given.newId<PostId>()
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await store.bodyOf(tx, body))) return fault('not-found', 'body')
    if (!(await personOf(tx, person))) return fault('not-found', 'person')
    const since = given.clock.now()
    const isNew = await store.addPost(tx, { street, id, body, title, person, rank, since })
    return isNew ? { post: id } : fault('already-so', 'rank')
  })
}

export async function goOnLeave(
  given: Given,
  asker: Asker,
  input: Input<typeof api.goOnLeave>,
): Promise<Output<typeof api.goOnLeave> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet({ street: asker.street }, async (tx) => {
    const isSet = await store.setLeave(tx, input.post, input.until)
    return isSet ? { post: input.post } : fault('not-found', 'post')
  })
}

export async function whomToCall(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.whomToCall> | Fault> {
  if (asker.kind !== 'person' || !asker.home) return fault('not-allowed')
  const committee = committeeOf(asker.home)
  return given.db.inStreet(asker, async (tx) => {
    const body = await store.bodyOfCommittee(tx, committee)
    const unit = body?.name ?? (await divisionNamed(tx, committee)) ?? committee
    const { opens_at: opensAt = null, closes_at: closesAt = null, phone = null } = body ?? {}
    const answersNow = answersAt(opensAt, closesAt, timeOf(given.clock.now()))
    return { unit, phone, opensAt, closesAt, answersNow }
  })
}
