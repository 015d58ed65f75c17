import { sql } from 'kysely'
import type { StaffRole } from '../../../kernel/access.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, type Tx } from '../../../platform/sql.ts'
import { roleOf } from '../store.ts'
import type { DutiesTables } from '../tables.gen.ts'
import type { BodyKind } from '../types.ts'
import { reviewerKinds } from './types.ts'

/** The posts that review looks, while somebody holds them, each with its body and since when. */
export async function reviewerPosts(
  tx: Tx,
): Promise<Map<PostId, { body: string; since: Instant | null }>> {
  const rows = await tables<DutiesTables>(tx)
    .selectFrom('duties.post as post')
    .innerJoin('duties.body as body', 'body.id', 'post.body')
    .select(['post.id', 'post.body', 'post.reviewer_since'])
    .where('post.reviews_looks', '=', true)
    .where('post.until', 'is', null)
    .where('body.kind', 'in', [...reviewerKinds])
    .execute()
  return new Map(
    rows.map(({ id, body, reviewer_since: since }) => [
      id as PostId,
      { body, since: maybeInstant(since) },
    ]),
  )
}

export async function setReviewer(
  tx: Tx,
  post: PostId,
  named: { reviews: boolean; by: PersonId; since: Instant },
): Promise<void> {
  await tables<DutiesTables>(tx)
    .updateTable('duties.post')
    .set({
      reviews_looks: named.reviews,
      reviewer_since: named.reviews ? toDate(named.since) : null,
      reviewer_named_by: named.by,
    })
    .where('id', '=', post)
    .execute()
}

/** Of posts, held now or once: which body they stand in. */
export async function bodiesOf(tx: Tx, posts: readonly PostId[]): Promise<Map<PostId, string>> {
  const { rows } = await sql<{ id: PostId; body: string }>`
    select id, body from duties.post where id = any(${[...posts]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** Of all posts, held now or once: which role goes with their body. */
export async function rolesOf(tx: Tx): Promise<{ post: PostId; role: StaffRole }[]> {
  const { rows } = await sql<{ post: PostId; kind: BodyKind }>`
    select post.id as post, body.kind
    from duties.post as post join duties.body as body on body.id = post.body`.execute(tx)
  return rows.map(({ post, kind }) => ({ post, role: roleOf[kind] }))
}

/** Every post of a body, held now or once. */
export async function postsOfBody(tx: Tx, body: string): Promise<PostId[]> {
  const { rows } = await sql<{ id: PostId }>`
    select id from duties.post where body = ${body}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The first posts of all bodies that are not the street's, held now or once. */
export async function firstPosts(tx: Tx): Promise<PostId[]> {
  const { rows } = await sql<{ id: PostId }>`
    select post.id from duties.post as post join duties.body as body on body.id = post.body
    where post.rank = 1 and body.kind <> 'street'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** In which body a post stands, and who held it, now or once. */
export async function postEver(
  tx: Tx,
  post: PostId,
): Promise<{ body: string; person: PersonId } | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.post')
    .select(['body', 'person'])
    .where('id', '=', post)
    .executeTakeFirst()
  return row && { body: row.body, person: row.person as PersonId }
}
