import { sql } from 'kysely'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { maybeInstant, type Tx } from '../../../platform/sql.ts'
import type { About, Hold } from '../../privacy/index.ts'

type Rows = Record<string, unknown>[]

/** With how many shifts each had that are still kept. */
export async function postsOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select post.title, body.name as unit, post.since as "from", post.until as "to",
      (select count(*) from duties.shift where shift.post = post.id) as count
    from duties.post join duties.body on body.id = post.body
    where post.person = ${person} order by post.since desc`.execute(tx)
  return rows
}

/** What they wrote for the next shift. */
export async function notesOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select 'shift-note' as kind, made_at as "madeAt", words
    from duties.shift_note join duties.post on post.id = shift_note.post
    where post.person = ${person} order by made_at desc`.execute(tx)
  return rows
}

const keptMs = 365 * dayMs

/** While a post is held, and for the year in which somebody may ask who held it. */
export async function holdsOf(tx: Tx, { person }: About, now: Instant): Promise<Hold[]> {
  const { rows } = await sql<{ until: Date | null }>`
    select until from duties.post where person = ${person}
    order by until desc nulls first limit 1`.execute(tx)
  return rows.flatMap(({ until }): Hold[] => {
    const ended = maybeInstant(until)
    if (ended === null) return [{ why: 'post', until: null }]
    return ended + keptMs > now ? [{ why: 'post', until: ended + keptMs }] : []
  })
}

export async function forget(tx: Tx, person: PersonId): Promise<number> {
  const held = sql`(select id from duties.post where person = ${person})`
  const statements = [
    sql`update duties.shift_note set read_by = null, read_at = null where read_by in ${held}`,
    sql`delete from duties.shift_note where post in ${held}`,
    sql`update duties.shift_note set shift = null
      where shift in (select id from duties.shift where post in ${held})`,
    sql`delete from duties.shift where post in ${held}`,
    sql`update duties.leave set deputy = null where deputy in ${held}`,
    sql`delete from duties.leave where post in ${held}`,
    sql`delete from duties.beat where post in ${held}`,
    sql`delete from duties.post where person = ${person}`,
    sql`update duties.post set keeper_named_by = null where keeper_named_by = ${person}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}
