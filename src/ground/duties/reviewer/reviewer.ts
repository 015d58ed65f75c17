import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import { timeOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { answersAt, isOnDuty } from '../decide.ts'
import { holdersOf, looksAt } from '../roster/index.ts'
import { bodyOf, heldPosts, holdPosts, knownOf } from '../store.ts'
import type * as api from './api.ts'
import * as store from './store.ts'
import { isReviewerKind } from './types.ts'

/** The asker's post where it reviews looks, and the body it stands in. */
export async function reviewerOf(
  tx: Tx,
  { post }: Pick<SignedIn, 'post'>,
): Promise<{ post: PostId; body: string } | undefined> {
  if (!post) return undefined
  const found = (await store.reviewerPosts(tx)).get(post.id)
  return found && { post: post.id, body: found.body }
}

export async function reviewerBodies(tx: Tx): Promise<ReadonlySet<string>> {
  return new Set([...(await store.reviewerPosts(tx)).values()].map(({ body }) => body))
}

/**
 * Every post whose looks the asker answers for: the first of a body for all of it, an officer for
 * the street's other posts and for those who are the first of theirs.
 */
export async function postsUnder(
  tx: Tx,
  { post }: Pick<SignedIn, 'post'>,
): Promise<readonly PostId[] | undefined> {
  const [held] = post ? await heldPosts(tx, { post: post.id }) : []
  if (!held) return undefined
  const own = await store.postsOfBody(tx, held.body)
  if (held.role === 'street') {
    return [...own.filter((one) => one !== held.id), ...(await store.firstPosts(tx))]
  }
  return held.rank === 1 ? own : undefined
}

/** Who answers for what a post did: the first of its body; for the first themself, an officer. */
export async function inChargeOf(tx: Tx, post: PostId): Promise<PersonId | undefined> {
  const ever = await store.postEver(tx, post)
  if (!ever) return undefined
  const others = (await heldPosts(tx, 'all'))
    .filter(({ person }) => person !== ever.person)
    .toSorted((a, b) => a.rank - b.rank)
  const first = others.find(({ body, rank }) => body === ever.body && rank === 1)
  return (first ?? others.find(({ role }) => role === 'street'))?.person
}

/**
 * Whether a post was on duty at a moment: by its roster; where a body has none, within its hours.
 */
export async function wasOnDuty(tx: Tx, post: PostId, at: Instant): Promise<boolean> {
  const ever = await store.postEver(tx, post)
  if (!ever) return false
  const known = await knownOf(tx, { from: at, to: at + 1 }, { body: ever.body })
  if (!isOnDuty(known, post, at)) return false
  if (known.covers.length > 0) return true
  const body = await bodyOf(tx, ever.body)
  return answersAt(body?.opens_at ?? null, body?.closes_at ?? null, timeOf(at))
}

export async function lookReviewers(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.lookReviewers>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  return given.db.inStreet(asker, async (tx) => {
    const held = (await heldPosts(tx, 'all'))
      .flatMap((post) => (isReviewerKind(post.bodyKind) ? [{ ...post, kind: post.bodyKind }] : []))
      .toSorted((a, b) => a.unit.localeCompare(b.unit, 'zh') || a.rank - b.rank)
      .slice(0, 200)
    const reviewers = await store.reviewerPosts(tx)
    const holderAt = await holdersOf(tx, held)
    const posts = held.map(({ id, kind }) => ({
      ...{ ...holderAt(id), kind, reviews: reviewers.has(id) },
      since: reviewers.get(id)?.since ?? null,
    }))
    return { answer: { posts, now: given.clock.now() }, looks: looksAt(street, held) }
  })
}

/** Whoever reviews from now on, or does no more, is told. */
export async function nameReviewer(
  given: Given,
  asker: Asker,
  { post, reviews }: Input<typeof api.nameReviewer>,
): Promise<Output<typeof api.nameReviewer> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person: by } = asker
  return given.db.inStreet(asker, async (tx) => {
    const [held] = await heldPosts(tx, { post })
    if (!held || !isReviewerKind(held.bodyKind)) return fault('not-found', 'post')
    await holdPosts(tx, held.body)
    if ((await store.reviewerPosts(tx)).has(post) === reviews) return fault('already-so', 'post')
    const since = given.clock.now()
    await store.setReviewer(tx, post, { reviews, by, since })
    const naming = given.newId<string>()
    await given.tell(tx, { name: 'duties.reviewer-named', street, naming, told: [held.person] })
    return { post, reviews, since }
  })
}
