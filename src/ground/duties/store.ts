import { sql } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PlaceCode, PostId, StreetCode } from '../../kernel/ids.ts'
import { maybeInstant, tables, toDate, type Tx } from '../../platform/sql.ts'
import type { DutiesTables } from './tables.gen.ts'
import {
  shiftMsMax,
  type Beat,
  type BodyKind,
  type HeldPost,
  type Known,
  type Span,
} from './types.ts'

export type Body = {
  id: string
  street: StreetCode
  kind: BodyKind
  committee: CommitteeCode | null
  name: string
  phone: string | null
  opens_at: string | null
  closes_at: string | null
}

export const roleOf: Record<BodyKind, HeldPost['role']> = {
  street: 'street',
  committee: 'committee',
  'village-committee': 'committee',
  property: 'property',
  police: 'police',
  clinic: 'clinic',
  volunteers: 'volunteer',
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

export async function bodies(tx: Tx): Promise<Body[]> {
  const rows = await tables<DutiesTables>(tx)
    .selectFrom('duties.body')
    .selectAll()
    .orderBy('committee')
    .orderBy('name')
    .execute()
  return rows as Body[]
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

/** The street's own body, where it has one. */
export async function bodyOfStreet(tx: Tx): Promise<Body | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.body')
    .selectAll()
    .where('kind', '=', 'street')
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

/** How many hold a post in a body; until the transaction ends nobody else ends one there. */
export async function holdPosts(tx: Tx, body: string): Promise<number> {
  const rows = await tables<DutiesTables>(tx)
    .selectFrom('duties.post')
    .select('id')
    .where('body', '=', body)
    .where('until', 'is', null)
    .forUpdate()
    .execute()
  return rows.length
}

export async function endPost(tx: Tx, post: PostId, now: Instant): Promise<void> {
  await endBeats(tx, post, now)
  await tables<DutiesTables>(tx)
    .updateTable('duties.post')
    .set({ until: toDate(now) })
    .where('id', '=', post)
    .execute()
}

/** The one post of the street that may open who reported something, while somebody holds it. */
export async function keeperPost(
  tx: Tx,
): Promise<{ post: PostId; person: PersonId; since: Instant | null } | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.post')
    .select(['id', 'person', 'keeper_since'])
    .where('keeps_reporters', '=', true)
    .where('until', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, person, keeper_since: since } = row
  return { post: id as PostId, person: person as PersonId, since: maybeInstant(since) }
}

/** Whoever was it before is it no more. */
export async function setKeeper(
  tx: Tx,
  post: PostId,
  namedBy: PersonId,
  since: Instant,
): Promise<void> {
  await tables<DutiesTables>(tx)
    .updateTable('duties.post')
    .set({ keeps_reporters: false })
    .where('keeps_reporters', '=', true)
    .execute()
  await tables<DutiesTables>(tx)
    .updateTable('duties.post')
    .set({ keeps_reporters: true, keeper_since: toDate(since), keeper_named_by: namedBy })
    .where('id', '=', post)
    .execute()
}

/** The posts held now: all of the street, a person's, or that one. */
export async function heldPosts(
  tx: Tx,
  where: { person: PersonId } | { post: PostId } | 'all',
): Promise<HeldPost[]> {
  let query = tables<DutiesTables>(tx)
    .selectFrom('duties.post as post')
    .innerJoin('duties.body as body', 'body.id', 'post.body')
    .select(['post.id', 'post.title', 'post.person', 'post.rank', 'post.body'])
    .select(['body.kind', 'body.name', 'body.committee'])
    .where('post.until', 'is', null)
  if (where !== 'all' && 'person' in where) query = query.where('post.person', '=', where.person)
  if (where !== 'all' && 'post' in where) query = query.where('post.id', '=', where.post)
  return (await query.execute()).map(heldOf)
}

type HeldRow = {
  id: string
  title: string
  person: string
  rank: number
  body: string
  kind: string
  name: string
  committee: string | null
}

function heldOf(row: HeldRow): HeldPost {
  const kind = row.kind as BodyKind
  return {
    id: row.id as PostId,
    role: roleOf[kind],
    title: row.title,
    unit: row.name,
    committee: row.committee as CommitteeCode | null,
    person: row.person as PersonId,
    body: row.body,
    bodyKind: kind,
    rank: row.rank,
  }
}

/**
 * What is known of the duties of the street that the transaction sees, with the shifts and leaves
 * that touch the span; of all bodies, or of one committee's with those of some kinds.
 */
export async function knownOf(
  tx: Tx,
  span: Span,
  of: { committee?: CommitteeCode; kinds: readonly BodyKind[] } | { body: string } | 'all' = 'all',
): Promise<Known> {
  const isAll = of === 'all'
  const committee = (of !== 'all' && 'kinds' in of && of.committee) || null
  const kinds = of !== 'all' && 'kinds' in of ? [...of.kinds] : []
  const body = of !== 'all' && 'body' in of ? of.body : null
  const [from, to] = [toDate(span.from), toDate(span.to)]
  const earliest = toDate(span.from - shiftMsMax)
  const { rows } = await sql<{
    posts: HeldRow[]
    beats: Beat[]
    shifts: Known['shifts']
    leaves: Known['leaves']
    covers: Known['covers']
  }>`
    with held as materialized (
      select post.id, post.title, post.person, post.rank, post.body,
        body.kind, body.name, body.committee
      from duties.post as post join duties.body as body on body.id = post.body
      where post.until is null and (${isAll} or body.committee = ${committee}
        or body.kind = any(${kinds}::text[]) or body.id = ${body}::uuid)
      order by body.id, post.rank
    )
    select
      (select coalesce(json_agg(held), '[]') from held) as posts,
      (select coalesce(json_agg(json_build_object(
          'post', beat.post, 'place', beat.place, 'matters', beat.matters)), '[]')
        from duties.beat as beat join held on held.id = beat.post
        where beat.until is null) as beats,
      (select coalesce(json_agg(json_build_object(
          'id', shift.id, 'body', shift.body, 'post', shift.post,
          'from', ${ms(sql`starts_at`)}, 'to', ${ms(sql`ends_at`)})), '[]')
        from held cross join lateral (
          select * from duties.shift where post = held.id and cancelled_at is null
            and starts_at < ${to} and starts_at > ${earliest} and ends_at > ${from}
        ) as shift) as shifts,
      (select coalesce(json_agg(json_build_object(
          'id', leave.id, 'post', leave.post, 'deputy', leave.deputy,
          'from', ${ms(sql`starts_at`)}, 'to', ${ms(sql`ends_at`)})), '[]')
        from held cross join lateral (
          select * from duties.leave where post = held.id and cancelled_at is null
            and starts_at < ${to} and ends_at > ${from}
        ) as leave) as leaves,
      (select coalesce(json_agg(json_build_object(
          'id', cover.id, 'body', cover.body, 'days', cover.days,
          'from', cover.from_time, 'to', cover.to_time, 'people', cover.people)), '[]')
        from duties.cover as cover
        where cover.until is null and cover.body in (select body from held)) as covers
  `.execute(tx)
  const found = rows[0]
  if (!found) throw new Error('an aggregate answers with one row')
  return { ...found, posts: found.posts.map(heldOf) }
}

function ms(column: ReturnType<typeof sql>) {
  return sql`(extract(epoch from ${column}) * 1000)::bigint`
}

/** Of the transaction's street. */
export async function committeesOpen(tx: Tx): Promise<CommitteeCode[]> {
  const { rows } = await sql<{ committee: CommitteeCode }>`
    select committee from duties.body where kind = 'committee' order by committee`.execute(tx)
  return rows.map(({ committee }) => committee)
}

/** The streets that run on this installation: those with a body of their own. */
export async function streetsOpen(tx: Tx): Promise<StreetCode[]> {
  const { rows } = await sql<{ street: StreetCode }>`
    select street from duties.body where kind = 'street' order by street`.execute(tx)
  return rows.map((row) => row.street)
}

/** What a post is asked for from now on, in place of what it was asked for. */
export async function setBeats(
  tx: Tx,
  street: StreetCode,
  post: PostId,
  beats: readonly { id: string; place: PlaceCode; matters: string[] | null }[],
  now: Instant,
): Promise<void> {
  await endBeats(tx, post, now)
  if (beats.length === 0) return
  await tables<DutiesTables>(tx)
    .insertInto('duties.beat')
    .values(beats.map((beat) => ({ ...beat, street, post, since: toDate(now) })))
    .execute()
}

async function endBeats(tx: Tx, post: PostId, now: Instant): Promise<void> {
  await tables<DutiesTables>(tx)
    .updateTable('duties.beat')
    .set({ until: toDate(now) })
    .where('post', '=', post)
    .where('until', 'is', null)
    .execute()
}
