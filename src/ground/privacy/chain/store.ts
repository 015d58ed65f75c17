import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'
import type { Content, Link } from './digests.ts'

/** Any number, as long as nobody else takes it: whoever writes links holds it until they commit. */
const chainLock = 7_026_001

/** All of a look but its salt, each as one text: what is not in here could be changed unseen. */
const contentOf = sql`json_build_array(
  look.street, look.id::text, look.person::text, extract(epoch from look.at)::text, look.by_kind,
  look.by_person::text, look.by_post::text, look.title, look.unit, look.rule,
  look.rule_version::text, look.fields::text, look.matter_kind, look.matter_id, look.label,
  look.how, look.why, extract(epoch from look.shown_from)::text)`

/** Until the transaction ends nobody else adds a link. */
export async function lockChain(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(chainLock)})`.execute(tx)
}

/** All statements of the transaction see one moment; only as its first. */
export async function holdStill(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read, read only`.execute(tx)
}

export type Newest = { number: number; head: Buffer }

export async function newestLink(tx: Tx): Promise<Newest | undefined> {
  const { rows } = await sql<Newest>`
    select number, head from privacy.link order by number desc limit 1`.execute(tx)
  return rows[0]
}

export type Waiting = {
  look: string
  at: string
  salt: string
  content: Content
  isLinked: boolean
}

/** Looks without a link, oldest first; one by one, since a plan of joins goes through all looks. */
export async function waitingLooks(tx: Tx, count: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select waiting.look, extract(epoch from look.at)::text as at, look.salt::text as salt,
      ${contentOf} as content, link.number is not null as "isLinked"
    from (select look from privacy.unlinked order by look limit ${count}) as waiting
    cross join lateral (
      select * from privacy.look where id = waiting.look limit 1
    ) as look
    left join lateral (
      select number from privacy.link where link.look = waiting.look limit 1
    ) as link on true
    order by waiting.look`.execute(tx)
  return rows
}

/** `at` is seconds as `extract(epoch from …)` says them. */
export async function addLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  const rows = links.map(({ digest, head, ...link }) => ({
    ...link,
    ...{ digest: digest.toString('hex'), head: head.toString('hex') },
  }))
  await sql`
    insert into privacy.link (number, kind, look, at, digest, head)
    select number, kind, row.look, timestamptz 'epoch' + micros * interval '1 microsecond',
      decode(digest, 'hex'), decode(head, 'hex')
    from (
      select *, (at::numeric * 1000000)::bigint as micros
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as row (number bigint, kind text, look uuid, at text, digest text, head text)
    ) as row order by number`.execute(tx)
}

export async function dropWaiting(tx: Tx, looks: readonly string[]): Promise<void> {
  await sql`delete from privacy.unlinked where look = any(${looks}::uuid[])`.execute(tx)
}

export async function hasLooksBefore(tx: Tx, day: Instant): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from privacy.look where at < ${toDate(day)}) as is`.execute(tx)
  return rows[0]?.is ?? false
}

/** Deletes looks that are over their term and linked; answers the numbers of their links. */
export async function deleteLooksBefore(tx: Tx, day: Instant, count: number): Promise<number[]> {
  const before = toDate(day)
  const { rows } = await sql<{ number: number }>`
    with over as (
      select look.id, link.number from privacy.look join privacy.link on link.look = look.id
      where look.at < ${before} and link.at < ${before} limit ${count}
    ), gone as (delete from privacy.look where id in (select id from over))
    select number from over order by number`.execute(tx)
  return rows.map(({ number }) => number)
}

export async function addStruck(tx: Tx, numbers: readonly number[], erasure: number) {
  await sql`
    insert into privacy.struck (number, erasure)
    select number, ${erasure} from unnest(${numbers}::bigint[]) as number`.execute(tx)
}

/** A link, its look where it is there, and what is said of its going. Times: seconds, as text. */
export type LinkRow = Link & {
  salt: string | null
  content: Content
  erasure: number | null
  erasureKind: string | null
  erasureAt: string | null
}

export async function linksAfter(tx: Tx, number: number, count: number): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select link.number, link.kind, link.look, extract(epoch from link.at)::text as at, link.digest,
      link.head, look.salt::text as salt, ${contentOf} as content, struck.erasure,
      erasing.kind as "erasureKind", extract(epoch from erasing.at)::text as "erasureAt"
    from (
      select * from privacy.link where number > ${number} order by number limit ${count}
    ) as link
    left join privacy.look on look.id = link.look
    left join privacy.struck on struck.number = link.number
    left join privacy.link as erasing on erasing.number = struck.erasure
    order by link.number`.execute(tx)
  return rows
}

/** The numbers that each of these erasures struck, sorted. */
export async function struckBy(
  tx: Tx,
  erasures: readonly number[],
): Promise<Map<number, number[]>> {
  if (erasures.length === 0) return new Map()
  const { rows } = await sql<{ erasure: number; numbers: number[] }>`
    select erasure, json_agg(number order by number) as numbers from privacy.struck
    where erasure = any(${erasures}::bigint[]) group by erasure`.execute(tx)
  return new Map(rows.map(({ erasure, numbers }) => [erasure, numbers]))
}

export type Beside = {
  looks: number
  unlinked: number
  /** Looks that neither have a link nor wait for one: they were put in from outside. */
  inserted: number
  /** Looks that wait for a link and are not there. */
  lost: number
  struck: number
  /** Said to be struck, of a link that is none of a look, or by no erasure. */
  strayStruck: number
}

export async function besideChain(tx: Tx): Promise<Beside> {
  const { rows } = await sql<Beside>`select
    (select count(*) from privacy.look) as looks,
    (select count(*) from privacy.unlinked) as unlinked,
    (select count(*) from privacy.look
      where not exists (select from privacy.link where link.look = look.id)
        and not exists (select from privacy.unlinked where unlinked.look = look.id)) as inserted,
    (select count(*) from privacy.unlinked
      where not exists (select from privacy.look where look.id = unlinked.look)) as lost,
    (select count(*) from privacy.struck) as struck,
    (select count(*) from privacy.struck
      left join privacy.link on link.number = struck.number and link.kind = 'look'
      left join privacy.link as erasing
        on erasing.number = struck.erasure and erasing.kind = 'erasure'
      where link.number is null or erasing.number is null) as "strayStruck"`.execute(tx)
  const [beside] = rows
  if (!beside) throw new Error('a statement of counts has one row')
  return beside
}

export type ChainCheck = { at: Instant; links: number; looks: number; findings: number }

export async function addCheck(tx: Tx, { at, links, looks, findings }: ChainCheck): Promise<void> {
  await sql`
    insert into privacy.chain_check (at, links, looks, findings)
    values (${toDate(at)}, ${links}, ${looks}, ${findings}) on conflict do nothing`.execute(tx)
}

/** The newest self-check; undefined where there was none yet. */
export async function lastCheck(tx: Tx): Promise<ChainCheck | undefined> {
  const { rows } = await sql<Omit<ChainCheck, 'at'> & { at: Date }>`
    select at, links, looks, findings from privacy.chain_check
    order by at desc limit 1`.execute(tx)
  return rows[0] && { ...rows[0], at: rows[0].at.getTime() }
}

/** What was said of the chain, not the chain. */
export async function deleteChecksBefore(tx: Tx, day: Instant): Promise<number> {
  const checks = await sql`
    delete from privacy.chain_check where at < ${toDate(day)}`.execute(tx)
  const seen = await sql`delete from privacy.witnessed where at < ${toDate(day)}`.execute(tx)
  return Number(checks.numAffectedRows ?? 0) + Number(seen.numAffectedRows ?? 0)
}

export async function addWitnessed(
  tx: Tx,
  seen: { number: number; head: Buffer; at: Instant },
): Promise<void> {
  await sql`
    insert into privacy.witnessed (number, head, at)
    values (${seen.number}, ${seen.head}, ${toDate(seen.at)})
    on conflict (number) do update set head = excluded.head, at = excluded.at`.execute(tx)
}

/** How many looks have their link in a time, and the newest link until its end. */
export async function linkedBetween(tx: Tx, from: Instant, until: Instant) {
  const { rows } = await sql<{ looks: number; number: number | null; head: Buffer | null }>`
    with newest as (
      select number, head from privacy.link where at < ${toDate(until)}
      order by number desc limit 1
    )
    select (select count(*) from privacy.link where kind = 'look'
        and at >= ${toDate(from)} and at < ${toDate(until)}) as looks,
      (select number from newest) as number, (select head from newest) as head`.execute(tx)
  return rows[0] ?? { looks: 0, number: null, head: null }
}

/** The head that a link has now. */
export async function headOf(tx: Tx, number: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ head: Buffer }>`
    select head from privacy.link where number = ${number}`.execute(tx)
  return rows[0]?.head
}
