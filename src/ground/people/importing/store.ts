import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import type { AreaSource } from '../homes/index.ts'
import type { PeopleTables } from '../tables.gen.ts'
import type { ImportKind } from './types.ts'

/** Whose number it is, of those that the transaction's scope holds; by the keyed hash as hex. */
export async function holdersOf(
  tx: Tx,
  kind: 'phone' | 'id-number',
  finds: readonly Buffer[],
): Promise<{ person: PersonId; find: string }[]> {
  if (finds.length === 0) return []
  const { rows } = await sql<{ person: PersonId; find: string }>`
    select person, encode(find, 'hex') as find from people.number
    where street = nullif(current_setting('lilong.street', true), '') and kind = ${kind}
      and find = any(${[...finds]}::bytea[])`.execute(tx)
  return rows
}

/** Which of these persons have an identity number in the register. */
export async function withIdNumber(tx: Tx, people: readonly PersonId[]): Promise<Set<PersonId>> {
  const { rows } = await sql<{ person: PersonId }>`
    select person from people.number
    where person = any(${[...people]}::uuid[]) and kind = 'id-number'`.execute(tx)
  return new Set(rows.map(({ person }) => person))
}

/** Whoever lives in or owns these homes now. */
export async function peopleIn(
  tx: Tx,
  homes: readonly HomeCode[],
): Promise<{ home: HomeCode; person: PersonId; name: string; as: 'resident' | 'owner' }[]> {
  const codes = [...homes]
  const { rows } = await sql<{
    home: HomeCode
    person: PersonId
    name: string
    as: 'resident' | 'owner'
  }>`
    select lives.home, person.id as person, person.name, 'resident' as "as"
    from people.residence as lives join people.person as person on person.id = lives.person
    where lives.home = any(${codes}::text[]) and lives.to_at is null
    union all
    select owns.home, person.id, person.name, 'owner'
    from people.ownership as owns join people.person as person on person.id = owns.person
    where owns.home = any(${codes}::text[]) and owns.to_on is null`.execute(tx)
  return rows
}

export type NewArea = { home: HomeCode; source: AreaSource; area: number; since: string }

/** Areas that no other import or act has said meanwhile. */
export async function addAreas(
  tx: Tx,
  street: StreetCode,
  areas: readonly NewArea[],
): Promise<void> {
  await sql`
    insert into people.home_area (street, home, source, area, since)
    select ${street}, home, source, area, since
    from json_to_recordset(${JSON.stringify(areas)}::json)
      as row (home text, source text, area int, since date)`.execute(tx)
}

export type ImportFacts = {
  import: string
  street: StreetCode
  kind: ImportKind
  rows: number
  byPerson: PersonId
  byPost: PostId
  at: Instant
  undoneAt: Instant | null
}

export async function addImport(
  tx: Tx,
  facts: Omit<ImportFacts, 'undoneAt'>,
  digest: Buffer,
): Promise<void> {
  await tables<PeopleTables>(tx)
    .insertInto('people.import')
    .values({
      ...{ street: facts.street, id: facts.import, kind: facts.kind, file_digest: digest },
      ...{ rows: facts.rows, by_person: facts.byPerson, by_post: facts.byPost },
      at: toDate(facts.at),
    })
    .execute()
}

export type ImportRow = {
  n: number
  line: number
  isShared: boolean
  wentTo: string
  key: string
  /** As hex. */
  made: string
}

export async function addRows(
  tx: Tx,
  street: StreetCode,
  id: string,
  rows: readonly ImportRow[],
): Promise<void> {
  await sql`
    insert into people.import_row (street, import, n, line, is_shared, went_to, key, made)
    select ${street}, ${id}::uuid, n, line, "isShared", "wentTo", key, decode(made, 'hex')
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (n int, line int, "isShared" boolean, "wentTo" text, key text, made text)`.execute(tx)
}

const facts = sql`
  id as import, street, kind, rows, by_person as "byPerson", by_post as "byPost",
  floor(extract(epoch from at) * 1000)::bigint as at,
  floor(extract(epoch from undone_at) * 1000)::bigint as "undoneAt"`

export async function importOf(
  tx: Tx,
  street: StreetCode,
  id: string,
): Promise<ImportFacts | undefined> {
  const { rows } = await sql<ImportFacts>`
    select ${facts} from people.import where street = ${street} and id = ${id}`.execute(tx)
  return rows[0]
}

/** Held until the transaction ends: an import is taken back once. */
export async function importHeld(
  tx: Tx,
  street: StreetCode,
  id: string,
): Promise<ImportFacts | undefined> {
  await sql`
    select 1 from people.import where street = ${street} and id = ${id} for update`.execute(tx)
  return importOf(tx, street, id)
}

/** The newest first; of one person, or of everybody. */
export async function importsIn(
  tx: Tx,
  street: StreetCode,
  by: PersonId | null,
  most: number,
): Promise<ImportFacts[]> {
  const { rows } = await sql<ImportFacts>`
    select ${facts} from people.import
    where street = ${street} and (${by}::uuid is null or by_person = ${by})
    order by at desc, id desc limit ${most}`.execute(tx)
  return rows
}

export async function rowsOf(tx: Tx, id: string): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select n, line, is_shared as "isShared", went_to as "wentTo", key, encode(made, 'hex') as made
    from people.import_row where import = ${id} order by n`.execute(tx)
  return rows
}

export async function endImport(tx: Tx, id: string, by: PersonId, at: Instant): Promise<void> {
  await sql`
    update people.import set undone_at = ${toDate(at)}, undone_by = ${by}
    where id = ${id}`.execute(tx)
  await sql`delete from people.import_row where import = ${id}`.execute(tx)
}

/** What is past the days of taking back is known no more. */
export async function deleteRowsBefore(tx: Tx, day: Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from people.import_row as row using people.import as one
    where one.id = row.import and one.at <= ${toDate(day)}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** As the owner: who brought a file in; its rows went long before. */
export async function deleteImportsBefore(tx: Tx, day: Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from people.import as one where at < ${toDate(day)}
      and not exists (select from people.import_row as row where row.import = one.id)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Whoever these shares belong to. */
export async function personsOwning(tx: Tx, shares: readonly string[]): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select distinct person from people.ownership
    where id = any(${[...shares]}::uuid[]) and person is not null`.execute(tx)
  return rows.map(({ person }) => person)
}

export async function stillThere(tx: Tx, people: readonly PersonId[]): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`
    select id from people.person where id = any(${[...people]}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}

const from = (
  table: TakenFrom['table'],
  key: readonly string[],
  more: Partial<TakenFrom> = {},
): TakenFrom => ({ ...{ table, key, type: 'uuid' }, ...more })

/** From which tables an import may be taken back, what leans on others first. */
export const taken = {
  entry: from('people.search_entry', ['person'], { follows: 'people.person' }),
  // Sealed anew when keys are changed: what is noticed is which numbers somebody has.
  number: from('people.number', ['person'], { follows: 'people.person', noticed: 'kind' }),
  residence: from('people.residence', ['person']),
  ownership: from('people.ownership', ['id']),
  area: from('people.home_area', ['home', 'source'], { type: 'text' }),
  person: from('people.person', ['id']),
  household: from('people.household', ['id']),
} as const

export type Committees = '*' | readonly CommitteeCode[]

/** Until the transaction ends nobody else imports into the street. */
export async function lockStreet(tx: Tx, street: StreetCode): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`import ${street}`}))`.execute(tx)
}
