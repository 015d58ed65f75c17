import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode, PersonId, PostId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../places/index.ts'
import type * as api from './api.ts'
import { mayReview } from './decide.ts'
import * as store from './store.ts'
import type { LookReview } from './types.ts'

/** What `duties` knows of those who review, and of whom they review. */
export type ReviewDuties = {
  /** The asker's post where it reviews looks, and the body it stands in. */
  reviewerOf(tx: Tx, asker: SignedIn): Promise<{ post: PostId; body: string } | undefined>
  /** Of posts, held now or once. */
  bodiesOf(tx: Tx, posts: readonly PostId[]): Promise<ReadonlyMap<PostId, string>>
  /** Every post of the body whose first the asker is; nothing: they are in charge of none. */
  postsUnder(tx: Tx, asker: SignedIn): Promise<readonly PostId[] | undefined>
}

/** Who somebody is, and where they live: `people` knows it. */
export type WhoItWas = (
  tx: Tx,
  person: PersonId,
  now: number,
) => Promise<{ name: string; homes: HomeCode[] } | undefined>

type Rooms = { given: Given; duties: ReviewDuties; whoIs: WhoItWas }

const listed = 100
/** More wait at once only where nobody reviews at all. */
const waitingMax = 1_000

export async function looksToReview(
  { given, duties }: Rooms,
  asker: Asker,
): Promise<Output<typeof api.looksToReview> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const reviewer = await given.db.inStreet(asker, (tx) => duties.reviewerOf(tx, asker))
  if (!reviewer) return fault('not-allowed')
  const open = await given.db.asOwner((tx) => store.openReviews(tx, street, waitingMax))
  const bodyOf = await given.db.inStreet(asker, (tx) => duties.bodiesOf(tx, postsIn(open)))
  const reviews = open
    .filter(({ byPost }) => mayReview(byPost, reviewer, bodyOf))
    .slice(0, listed)
    .map((one) => ({ ...shownOf(one), dueAt: one.dueAt, openedAt: one.openedAt }))
  return { reviews, now: given.clock.now() }
}

function postsIn(reviews: readonly Pick<LookReview, 'byPost'>[]): PostId[] {
  return [...new Set(reviews.flatMap(({ byPost }) => byPost ?? []))]
}

function shownOf(one: LookReview) {
  return {
    ...{ review: one.review, at: one.at, by: one.byKind, title: one.title, unit: one.unit },
    ...{ fields: one.fields, matter: one.matterKind, label: one.label, how: one.how },
    ...{ reasons: one.reasons, isDrawn: one.isDrawn },
  }
}

export async function openLookReview(
  { given, duties, whoIs }: Rooms,
  asker: Asker,
  { review }: Input<typeof api.openLookReview>,
): Promise<Seen<Output<typeof api.openLookReview>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  const reachable = await given.db.inStreet(asker, (tx) => within(duties, tx, asker, review))
  if (isFault(reachable)) return reachable
  const found = await given.db.asOwner((tx) => store.reviewOpened(tx, street, review))
  if (!found) return fault('not-found', 'review')
  const { person } = found
  return given.db.inStreet({ ...asker, committees: '*' }, async (tx) => {
    await store.setOpened(tx, review, now)
    const known = await whoIs(tx, person, now)
    if (!known) return { answer: { name: null, places: [] }, looks: [] }
    const places = (await placesOf(tx, known.homes)).slice(0, 20)
    const fields: Look['fields'] = ['name', ...(places.length > 0 ? (['address'] as const) : [])]
    const matter = { kind: 'request', id: review, label: 'look-review' } as const
    return { answer: { name: known.name, places }, looks: [{ street, person, fields, matter }] }
  })
}

/** A review of the own body's, or of another street's, is answered as one that is not there. */
async function within(
  duties: ReviewDuties,
  tx: Tx,
  asker: SignedIn,
  review: string,
): Promise<{ reviewer: { post: PostId }; byPost: PostId | null } | Fault> {
  const reviewer = await duties.reviewerOf(tx, asker)
  if (!reviewer) return fault('not-allowed')
  const held = await store.reviewHeld(tx, review)
  if (!held) return fault('not-found', 'review')
  const bodyOf = await duties.bodiesOf(tx, postsIn([held]))
  if (!mayReview(held.byPost, reviewer, bodyOf)) return fault('not-found', 'review')
  return held.isReviewed ? fault('already-so', 'review') : { reviewer, byPost: held.byPost }
}

const wordsMin = 4

export async function reviewLook(
  { given, duties }: Rooms,
  asker: Asker,
  { review, outcome, words }: Input<typeof api.reviewLook>,
): Promise<Output<typeof api.reviewLook> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const said = words.trim()
  if (outcome !== 'right' && said.length < wordsMin) return fault('bad-input', 'words')
  const { street, person } = asker
  return given.db.inStreet(asker, async (tx) => {
    const reachable = await within(duties, tx, asker, review)
    if (isFault(reachable)) return reachable
    const { reviewer, byPost } = reachable
    const at = given.clock.now()
    await store.setReviewed(tx, review, { person, post: reviewer.post, at, outcome, words: said })
    if (outcome === 'wrong' && byPost !== null) {
      await given.tell(tx, { name: 'privacy.look-wrong', street, review, post: byPost })
    }
    return { reviewedAt: at }
  })
}

export async function wrongLooks(
  { given, duties }: Rooms,
  asker: Asker,
): Promise<Output<typeof api.wrongLooks> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  const posts = await given.db.inStreet(asker, (tx) => duties.postsUnder(tx, asker))
  if (!posts) return { isInCharge: false, looks: [], now }
  const found = await given.db.asOwner((tx) => store.foundWrong(tx, street, posts, listed))
  const looks = found.map((one) => ({
    ...{ ...shownOf(one), words: one.words, reviewedAt: one.reviewedAt },
  }))
  return { isInCharge: true, looks, now }
}
