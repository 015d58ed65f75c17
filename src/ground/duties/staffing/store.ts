import { sql } from 'kysely'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import type { NewBody, NewPost } from '../../people/index.ts'

/** What leans on others first. */
export const takenFrom: readonly TakenFrom[] = [
  { table: 'duties.post', key: ['id'], type: 'uuid' },
  { table: 'duties.body', key: ['id'], type: 'uuid' },
]

const bodiesMax = 2_000
const postsMax = 20_000

export async function bodiesIn(tx: Tx): Promise<NewBody[]> {
  const { rows } = await sql<NewBody>`
    select id as body, kind, committee, name, phone, opens_at as "opensAt",
      closes_at as "closesAt"
    from duties.body order by kind, committee, name, id limit ${bodiesMax}`.execute(tx)
  return rows
}

export async function postsIn(tx: Tx): Promise<NewPost[]> {
  const { rows } = await sql<NewPost>`
    select id as post, body, title, person, rank,
      floor(extract(epoch from since) * 1000)::bigint as since,
      floor(extract(epoch from until) * 1000)::bigint as until
    from duties.post order by body, until nulls first, rank, since, id
    limit ${postsMax}`.execute(tx)
  return rows
}

export async function holdersOf(tx: Tx, posts: readonly string[]): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select distinct person from duties.post
    where id::text = any(${[...posts]}::text[]) and until is null`.execute(tx)
  return rows.map(({ person }) => person)
}

export async function addBodies(
  tx: Tx,
  street: StreetCode,
  bodies: readonly NewBody[],
): Promise<void> {
  await sql`
    insert into duties.body (street, id, kind, committee, name, phone, opens_at, closes_at)
    select ${street}, body, kind, committee, name, phone, "opensAt", "closesAt"
    from json_to_recordset(${JSON.stringify(bodies)}::json)
      as row (body uuid, kind text, committee text, name text, phone text, "opensAt" text,
        "closesAt" text)`.execute(tx)
}

export async function addPosts(
  tx: Tx,
  street: StreetCode,
  posts: readonly NewPost[],
): Promise<void> {
  await sql`
    insert into duties.post (street, id, body, title, person, rank, since, until)
    select ${street}, post, body, title, person, rank, to_timestamp(since / 1000.0),
      to_timestamp(until / 1000.0)
    from json_to_recordset(${JSON.stringify(posts)}::json)
      as row (post uuid, body uuid, title text, person uuid, rank int, since bigint,
        until bigint)`.execute(tx)
}
