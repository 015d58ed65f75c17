import type { Asker, SignedIn } from '../../kernel/asker.ts'
import type { Seen } from '../../kernel/book.ts'
import { timeOf } from '../../kernel/calendar.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PlaceCode, PostId } from '../../kernel/ids.ts'
import type { Capacity, Matter } from '../../kernel/matter.ts'
import { tagOf } from '../../platform/access-log.ts'
import type { Given } from '../../platform/given.ts'
import { endStreamsOf } from '../../platform/live.ts'
import type { Tx } from '../../platform/sql.ts'
import { addNumbers, addPerson, indexPeople, personOf, phoneIn } from '../people/index.ts'
import { committeeOf, divisionNamed, placesOf } from '../places/index.ts'
import type * as api from './api.ts'
import {
  answersAt,
  bodiesAsked,
  endOfDuty,
  isOfBody,
  isOnLeave,
  ladderAmong,
  onDutyAmong,
  rungsAmong,
  wrongOfBody,
} from './decide.ts'
import { endAllOf, holdersOf, looksAt } from './roster/index.ts'
import * as store from './store.ts'
import type { HeldPost, Known, Responsible, Span, Wanted } from './types.ts'

/** The title of the first officer; further posts are named by the street itself. */
const officerTitle = '值班长'

/** Who is asked for a matter at a place now, in turn. Answered here and nowhere else. */
export async function ladderFor(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  wanted: Wanted,
): Promise<Responsible[]> {
  const now = given.clock.now()
  const known = await store.knownOf(tx, momentOf(now), bodiesAsked(wanted))
  return ladderAmong(known, wanted, now).map(asResponsible)
}

/** The first of the ladder. */
export async function responsibleFor(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  place: PlaceCode,
  matter: Matter = 'care-visit',
  as: Capacity = 'worker',
): Promise<Responsible | undefined> {
  const [first] = await ladderFor(given, tx, { matter, place, as })
  return first
}

/** Whether the asker's post is the first of its neighbourhood committee. */
export async function isInCharge(tx: Tx, { post }: Pick<SignedIn, 'post'>): Promise<boolean> {
  if (post?.role !== 'committee') return false
  const [held] = await store.heldPosts(tx, { post: post.id })
  return held?.rank === 1
}

/** Everybody on duty now: of a committee, of a body, or of the whole street. */
export async function onDuty(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  of: { committee: CommitteeCode } | { body: string } | 'all',
): Promise<Responsible[]> {
  const now = given.clock.now()
  const which = of !== 'all' && 'committee' in of ? { ...of, kinds: [] } : of
  const known = await store.knownOf(tx, momentOf(now), which)
  return onDutyAmong(known, now).map(asResponsible)
}

function asResponsible(post: HeldPost): Responsible {
  const { id, person, title, unit, committee } = post
  return { post: id, person, title, unit, committee }
}

function momentOf(now: Instant): Span {
  return { from: now, to: now + 1 }
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
  const number = phoneIn(phone)
  if (number === undefined) return fault('bad-input', 'phone')
  return given.db.inStreet({ street, committees: '*' }, async (tx) => {
    const name = await divisionNamed(tx, street)
    if (name === undefined) return fault('not-found', 'street')
    const hours = { opens_at: '00:00', closes_at: '24:00' }
    const body = { id, street, kind: 'street' as const, committee: null, name, phone, ...hours }
    if (!(await store.addBody(tx, body))) return fault('already-so', 'street')
    const officerName = officer.normalize('NFC')
    // The duty line is where the first officer is reached too.
    await addPerson(tx, { person, street, name: officerName, bornOn: null })
    await addNumbers(given, tx, street, [{ person, kind: 'phone', number }])
    await indexPeople(given, tx, street, [person])
    const since = given.clock.now()
    const held = { street, id: post, body: id, title: officerTitle, person, rank: 1, since }
    await store.addPost(tx, held)
    sayPost(given, 'filled', post, person)
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
  const { kind = 'committee', committee, phone, opensAt: opens_at, closesAt: closes_at } = input
  const wrong = wrongOfBody(kind, input)
  if (wrong) return fault('bad-input', wrong)
  if (committee?.startsWith(street) === false) return fault('not-found', 'committee')
  const id = given.newId()
  return given.db.inStreet({ street }, async (tx) => {
    const name = committee ? await divisionNamed(tx, committee) : input.name?.normalize('NFC')
    if (name === undefined) return fault('not-found', 'committee')
    const hours = { opens_at, closes_at }
    const body = { id, street, kind, committee: committee ?? null, name, phone, ...hours }
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
    if (!isNew) return fault('already-so', 'rank')
    endStreamsOf(tx, [person])
    sayPost(given, 'filled', id, person)
    return { post: id }
  })
}

export async function endPost(
  given: Given,
  asker: Asker,
  { post }: Input<typeof api.endPost>,
): Promise<Output<typeof api.endPost> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const held = await postNamed(tx, post)
    if (!held) return fault('not-found', 'post')
    if ((await store.holdPosts(tx, held.body)) === 1 && held.role === 'street') {
      return fault('last-officer', 'post')
    }
    await endAllOf(tx, post, now)
    await store.endPost(tx, post, now)
    endStreamsOf(tx, [held.person])
    sayPost(given, 'ended', post, held.person)
    return { post }
  })
}

function sayPost(given: Given, what: 'filled' | 'ended', post: PostId, person: PersonId): void {
  const { log, seal } = given
  log.say(`duties.post-${what}`, { post: tagOf(seal, post), who: tagOf(seal, person) })
}

export async function setBeats(
  given: Given,
  asker: Asker,
  { post, beats }: Input<typeof api.setBeats>,
): Promise<Output<typeof api.setBeats> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const rows = beats.map((beat) => ({ ...beat, id: given.newId<string>() }))
  const codes = [...new Set(beats.map(({ place }) => place))]
  if (codes.length < beats.length) return fault('bad-input', 'beats')
  return given.db.inStreet({ street }, async (tx) => {
    const held = await postNamed(tx, post)
    if (!held) return fault('not-found', 'post')
    const strange = beats.findIndex(({ place }) => !isOfBody(held, street, place))
    if (strange >= 0) return fault('not-found', `beats.${strange}.place`)
    const there = new Set<string>((await placesOf(tx, codes)).map(({ place }) => place))
    const missing = beats.findIndex(({ place }) => !there.has(place))
    if (missing >= 0) return fault('not-found', `beats.${missing}.place`)
    await store.setBeats(tx, street, post, rows, given.clock.now())
    return { post }
  })
}

/** The street's bodies to its officers, to the others their own. */
async function knownTo(
  tx: Tx,
  post: PostId,
  now: Instant,
): Promise<{ own: HeldPost; known: Known } | undefined> {
  const own = await postNamed(tx, post)
  if (!own) return undefined
  const which = own.role === 'street' ? 'all' : { body: own.body }
  return { own, known: await store.knownOf(tx, momentOf(now), which) }
}

export async function listBodies(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.listBodies>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id } = asker.post
  const { street } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const found = await knownTo(tx, id, now)
    if (!found) return fault('not-allowed')
    const { own, known } = found
    const holderAt = await holdersOf(tx, known.posts)
    const onDuty = new Set(onDutyAmong(known, now))
    const mine = (await store.bodies(tx)).filter(
      (body) => own.role === 'street' || body.id === own.body,
    )
    const bodies = mine.map((body) => ({
      ...{ body: body.id, kind: body.kind, name: body.name, committee: body.committee },
      ...{ phone: body.phone, opensAt: body.opens_at, closesAt: body.closes_at },
      covers: known.covers
        .filter((cover) => cover.body === body.id)
        .map(({ days, from, to, people }) => ({ days, from, to, people })),
      posts: known.posts
        .filter((post) => post.body === body.id)
        .map((post) => ({
          ...{ ...holderAt(post.id), rank: post.rank, onDuty: onDuty.has(post) },
          onLeave: isOnLeave(known, post.id, now),
          beats: beatsOf(known, post),
        })),
    }))
    return { answer: { bodies, now }, looks: looksAt(street, known.posts) }
  })
}

function beatsOf({ beats }: Known, { id }: HeldPost) {
  return beats
    .filter(({ post }) => post === id)
    .map(({ place, matters }) => ({ place, matters: matters && [...matters] }))
}

export async function whoNext(
  given: Given,
  asker: Asker,
  input: Input<typeof api.whoNext>,
): Promise<Seen<Output<typeof api.whoNext>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const { place, matter, as = 'worker' } = input
  if (!place.startsWith(street)) return fault('not-found', 'place')
  const now = given.clock.now()
  const wanted = { place, matter, as }
  return given.db.inStreet({ street }, async (tx) => {
    const [there] = await placesOf(tx, [place])
    if (!there) return fault('not-found', 'place')
    const known = await store.knownOf(tx, momentOf(now), bodiesAsked(wanted))
    const rungs = rungsAmong(known, wanted, now)
    const posts = rungs.map(({ post }) => post)
    const holderAt = await holdersOf(tx, posts)
    const ladder = rungs.map(({ post, step }) => ({
      ...{ ...holderAt(post.id), step, onLeave: isOnLeave(known, post.id, now) },
    }))
    return { answer: { ladder, now }, looks: looksAt(street, posts) }
  })
}

export async function onDutyNow(
  given: Given,
  asker: Asker,
  { committee }: Input<typeof api.onDutyNow>,
): Promise<Seen<Output<typeof api.onDutyNow>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id } = asker.post
  const { street } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const known = (await knownTo(tx, id, now))?.known
    if (!known) return fault('not-allowed')
    const posts = onDutyAmong(known, now).filter(
      (post) => committee === undefined || post.committee === committee,
    )
    const holderAt = await holdersOf(tx, posts)
    const shown = posts.map((post) => ({
      ...{ ...holderAt(post.id), body: post.body, kind: post.bodyKind },
      ...{ committee: post.committee, beats: beatsOf(known, post) },
      until: endOfDuty(known, post, now),
    }))
    return { answer: { posts: shown, now }, looks: looksAt(street, posts) }
  })
}

export async function whomToCall(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.whomToCall> | Fault> {
  if (asker.kind !== 'person' || !asker.home) return whomWithoutHome(given, asker)
  const committee = committeeOf(asker.home)
  return given.db.inStreet(asker, async (tx) => {
    const body = await store.bodyOfCommittee(tx, committee)
    const unit = body?.name ?? (await divisionNamed(tx, committee)) ?? committee
    const { opens_at: opensAt = null, closes_at: closesAt = null, phone = null } = body ?? {}
    const answersNow = answersAt(opensAt, closesAt, timeOf(given.clock.now()))
    return { unit, phone, opensAt, closesAt, answersNow }
  })
}

/** 12345, the line of every city's government: somebody answers at any hour. */
const cityLine = { unit: null, phone: '12345', opensAt: null, closesAt: null, answersNow: true }

async function whomWithoutHome(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.whomToCall> | Fault> {
  if (asker.kind !== 'person' && asker.kind !== 'account') return fault('not-allowed')
  const open = await given.db.asOwner((tx) => store.streetsOpen(tx))
  const street = asker.kind === 'person' ? asker.street : open.length === 1 ? open[0] : undefined
  if (street === undefined) return cityLine
  const body = await given.db.inStreet({ street }, (tx) => store.bodyOfStreet(tx))
  if (!body) return cityLine
  const { name: unit, phone, opens_at: opens, closes_at: closes } = body
  const answersNow = answersAt(opens, closes, timeOf(given.clock.now()))
  // Around the clock is said without hours.
  const isAlways = opens === '00:00' && closes === '24:00'
  const hours = isAlways ? { opensAt: null, closesAt: null } : { opensAt: opens, closesAt: closes }
  return { unit, phone, ...hours, answersNow }
}
