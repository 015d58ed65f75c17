import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { AreaSource, OwnerKind, Relation, Tenure } from '../homes/index.ts'
import type { PeopleTables } from '../tables.gen.ts'
import type { ExportRequest } from './types.ts'

type Asked = Pick<ExportRequest, 'export' | 'kind' | 'committee' | 'reason' | 'rows'> & {
  street: StreetCode
  byPerson: PersonId
  byPost: PostId
  askedAt: Instant
  until: Instant
}

export async function addExport(tx: Tx, asked: Asked): Promise<void> {
  await tables<PeopleTables>(tx)
    .insertInto('people.export')
    .values({
      ...{ street: asked.street, id: asked.export, kind: asked.kind, committee: asked.committee },
      ...{ reason: asked.reason, rows: asked.rows },
      ...{ by_person: asked.byPerson, by_post: asked.byPost },
      ...{ asked_at: toDate(asked.askedAt), until: toDate(asked.until) },
    })
    .execute()
}

const facts = sql`
  id as export, kind, committee, reason, rows, by_person as "byPerson",
  floor(extract(epoch from asked_at) * 1000)::bigint as "askedAt",
  first_by as "firstBy", second_by as "secondBy",
  floor(extract(epoch from refused_at) * 1000)::bigint as "refusedAt",
  floor(extract(epoch from until) * 1000)::bigint as until,
  floor(extract(epoch from fetched_at) * 1000)::bigint as "fetchedAt"`

/** Held until the transaction ends. */
export async function exportHeld(
  tx: Tx,
  street: StreetCode,
  id: string,
): Promise<ExportRequest | undefined> {
  const { rows } = await sql<ExportRequest>`
    select ${facts} from people.export
    where street = ${street} and id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function exportsIn(
  tx: Tx,
  street: StreetCode,
  by: PersonId | null,
  most: number,
): Promise<ExportRequest[]> {
  const { rows } = await sql<ExportRequest>`
    select ${facts} from people.export
    where street = ${street} and (${by}::uuid is null or by_person = ${by})
    order by asked_at desc, id desc limit ${most}`.execute(tx)
  return rows
}

export async function approve(
  tx: Tx,
  id: string,
  by: PersonId,
  at: Instant,
  which: 'first' | 'second',
): Promise<void> {
  const set =
    which === 'first'
      ? sql`first_by = ${by}, first_at = ${toDate(at)}`
      : sql`second_by = ${by}, second_at = ${toDate(at)}`
  await sql`update people.export set ${set} where id = ${id}`.execute(tx)
}

export async function refuse(tx: Tx, id: string, by: PersonId, at: Instant): Promise<void> {
  await sql`
    update people.export set refused_by = ${by}, refused_at = ${toDate(at)}
    where id = ${id}`.execute(tx)
}

export async function setFetched(tx: Tx, id: string, at: Instant): Promise<void> {
  await sql`
    update people.export set fetched_at = ${toDate(at)} where id = ${id}`.execute(tx)
}

/** One committee, or (null) all that the transaction may see; with what has ended, or without. */
export type Range = { street: StreetCode; committee: string | null; isPastIn: boolean }

export async function countResidents(tx: Tx, range: Range): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct person) as count from people.residence
    where street = ${range.street} and platform.in_committees(left(home, 12))
      and (${range.committee}::text is null or left(home, 12) = ${range.committee})
      and (${range.isPastIn} or to_at is null)`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function countOwners(tx: Tx, range: Range): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from people.ownership
    where street = ${range.street}
      and (${range.committee}::text is null or left(home, 12) = ${range.committee})
      and (${range.isPastIn} or to_on is null)`.execute(tx)
  return rows[0]?.count ?? 0
}

export type Resident = {
  person: PersonId
  name: string
  reading: string | null
  bornOn: string | null
  home: HomeCode
  household: string | null
  relation: Relation | null
  tenure: Tenure | null
  livesAlone: boolean
  fromAt: Instant
  toAt: Instant | null
}

/** Each person once: where they live, or where they lived last. */
export async function residentsIn(tx: Tx, range: Range, most: number): Promise<Resident[]> {
  const { rows } = await sql<Resident>`
    select distinct on (lives.person) lives.person, person.name, person.reading,
      to_char(person.born_on, 'YYYY-MM-DD') as "bornOn", lives.home, lives.household,
      lives.relation, lives.tenure, lives.lives_alone as "livesAlone",
      floor(extract(epoch from lives.from_at) * 1000)::bigint as "fromAt",
      floor(extract(epoch from lives.to_at) * 1000)::bigint as "toAt"
    from people.residence as lives join people.person as person on person.id = lives.person
    where lives.street = ${range.street}
      and platform.in_committees(left(lives.home, 12))
      and (${range.committee}::text is null or left(lives.home, 12) = ${range.committee})
      and (${range.isPastIn} or lives.to_at is null)
    order by lives.person, lives.to_at desc nulls first, lives.from_at desc
    limit ${most}`.execute(tx)
  return rows
}

export type Owner = {
  home: HomeCode
  kind: OwnerKind
  person: PersonId | null
  name: string
  part: number
  whole: number
  isRegistered: boolean
  fromOn: string
  toOn: string | null
}

export async function ownersIn(tx: Tx, range: Range, most: number): Promise<Owner[]> {
  const { rows } = await sql<Owner>`
    select owns.home, owns.kind, owns.person, coalesce(person.name, owns.firm) as name, owns.part,
      owns.whole, owns.is_registered as "isRegistered",
      to_char(owns.from_on, 'YYYY-MM-DD') as "fromOn", to_char(owns.to_on, 'YYYY-MM-DD') as "toOn"
    from people.ownership as owns left join people.person as person on person.id = owns.person
    where owns.street = ${range.street}
      and (${range.committee}::text is null or left(owns.home, 12) = ${range.committee})
      and (${range.isPastIn} or owns.to_on is null)
    limit ${most}`.execute(tx)
  return rows
}

export type Area = { home: HomeCode; source: AreaSource; area: number }

export async function areasIn(tx: Tx, range: Range): Promise<Area[]> {
  const { rows } = await sql<Area>`
    select home, source, area from people.home_area
    where street = ${range.street}
      and (${range.committee}::text is null or left(home, 12) = ${range.committee})`.execute(tx)
  return rows
}

/** As the owner: the records of files that left, as long as the looks that name them. */
export async function deleteExportsBefore(tx: Tx, day: Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from people.export where asked_at < ${toDate(day)}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
