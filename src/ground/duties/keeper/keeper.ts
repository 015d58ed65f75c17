import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from '../api.ts'
import { holdersOf, looksAt } from '../roster/index.ts'
import * as store from '../store.ts'

/** Whether the asker's post is the one that may open who reported something. */
export async function keepsReporters(tx: Tx, { post }: Pick<SignedIn, 'post'>): Promise<boolean> {
  return post?.role === 'street' && (await store.keeperPost(tx))?.post === post.id
}

export async function reporterKeeper(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.reporterKeeper>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, post } = asker
  return given.db.inStreet(asker, async (tx) => {
    const posts = (await store.heldPosts(tx, 'all'))
      .filter(({ role }) => role === 'street')
      .toSorted((a, b) => a.rank - b.rank)
    const kept = await store.keeperPost(tx)
    const holderAt = await holdersOf(tx, posts)
    const officers = posts.map(({ id }) => ({ ...holderAt(id), isMe: id === post?.id }))
    const keeper = kept ? { post: kept.post, since: kept.since } : null
    return { answer: { keeper, officers, now: given.clock.now() }, looks: looksAt(street, posts) }
  })
}

/**
 * Never themself: whoever opens was named by somebody else. Who is it now and who was it are both
 * told.
 */
export async function nameKeeper(
  given: Given,
  asker: Asker,
  { post }: Input<typeof api.nameKeeper>,
): Promise<Output<typeof api.nameKeeper> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person } = asker
  return given.db.inStreet(asker, async (tx) => {
    const [held] = await store.heldPosts(tx, { post })
    if (held?.role !== 'street') return fault('not-found', 'post')
    if (held.person === person) return fault('second-officer', 'post')
    await store.holdPosts(tx, held.body)
    const before = await store.keeperPost(tx)
    if (before?.post === post) return fault('already-so', 'post')
    const since = given.clock.now()
    await store.setKeeper(tx, post, person, since)
    const told = [held.person, ...(before ? [before.person] : [])]
    const naming = given.newId<string>()
    await given.tell(tx, { name: 'duties.keeper-named', street, naming, told })
    return { post, since }
  })
}
