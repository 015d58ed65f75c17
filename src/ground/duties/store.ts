import { sql } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PostId, StreetCode } from '../../kernel/ids.ts'
import { maybeInstant, tables, toDate, type Tx } from '../../platform/sql.ts'
import type { DutiesTables } from './tables.gen.ts'
import type { HeldPost } from './types.ts'

export type Body = {
  id: string
  street: StreetCode
  kind: 'street' | 'committee'
  committee: CommitteeCode | null
  name: string
  phone: string | null
  opens_at: string | null
  closes_at: string | null
}

/** False where the street, or the committee, has its body already. */
export async function addBody(tx: Tx, body: Body): Promise<boolean> {
  const done = await tables<DutiesTables>(tx)
    .insertInto('duties.body')
    .values(body)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function bodyOf(tx: Tx, id: string): Promise<Body | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.body')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row as Body | undefined
}

export async function bodyOfCommittee(tx: Tx, committee: CommitteeCode): Promise<Body | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.body')
    .selectAll()
    .where('committee', '=', committee)
    .executeTakeFirst()
  return row as Body | undefined
}

/** False where the rank is held, or the person holds a post already. */
export async function addPost(
  tx: Tx,
  post: {
    street: StreetCode
    id: PostId
    body: string
    title: string
    person: PersonId
    rank: number
    since: Instant
  },
): Promise<boolean> {
  const done = await tables<DutiesTables>(tx)
    .insertInto('duties.post')
    .values({ ...post, since: toDate(post.since) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function setLeave(tx: Tx, post: PostId, until: Instant | null): Promise<boolean> {
  const done = await tables<DutiesTables>(tx)
    .updateTable('duties.post')
    .set({ leave_until: until === null ? null : toDate(until) })
    .where('id', '=', post)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** The posts held now that could be asked for a home: its committee's and the street's. */
export async function heldPosts(
  tx: Tx,
  where: { committee: CommitteeCode } | { person: PersonId } | { post: PostId } | 'all',
): Promise<HeldPost[]> {
  let query = tables<DutiesTables>(tx)
    .selectFrom('duties.post as post')
    .innerJoin('duties.body as body', 'body.id', 'post.body')
    .select(['post.id', 'post.title', 'post.person', 'post.rank', 'post.leave_until'])
    .select(['body.kind', 'body.name', 'body.committee'])
    .where('post.until', 'is', null)
  if (where !== 'all' && 'committee' in where) {
    query = query.where((eb) =>
      eb.or([eb('body.committee', '=', where.committee), eb('body.kind', '=', 'street')]),
    )
  }
  if (where !== 'all' && 'person' in where) query = query.where('post.person', '=', where.person)
  if (where !== 'all' && 'post' in where) query = query.where('post.id', '=', where.post)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id as PostId,
    role: row.kind as HeldPost['role'],
    title: row.title,
    unit: row.name,
    committee: row.committee as CommitteeCode | null,
    person: row.person as PersonId,
    rank: row.rank,
    leaveUntil: maybeInstant(row.leave_until),
  }))
}

/** The streets that run on this installation: those with a body of their own. */
export async function streetsOpen(tx: Tx): Promise<StreetCode[]> {
  const { rows } = await sql<{ street: StreetCode }>`
    select street from duties.body where kind = 'street' order by street`.execute(tx)
  return rows.map((row) => row.street)
}
