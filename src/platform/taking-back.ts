import { sql, type RawBuilder } from 'kysely'
import type { Tx } from './sql.ts'

/**
 * A table from which rows that somebody added may be taken back. `key`: the columns by which a row
 * is known, joined by a blank where there are several.
 */
export type TakenFrom = {
  table: `${string}.${string}`
  key: readonly string[]
  type: 'uuid' | 'text'
  /** By which column a change is noticed; nothing: by all. */
  noticed?: string
  /** Goes along with the rows of that table; nothing was noted of it. */
  follows?: string
}

/** What stands under each key now, as a digest. Keys that are not there have none. */
export async function stampsOf(
  tx: Tx,
  from: TakenFrom,
  keys: readonly string[],
): Promise<Map<string, Buffer>> {
  if (keys.length === 0) return new Map()
  const words = from.noticed === undefined ? sql`t::text` : sql.ref(`t.${from.noticed}`)
  const key = keyOf(from)
  const { rows } = await sql<{ key: string; made: Buffer }>`
    select ${key}::text as key,
      sha256(convert_to(string_agg(${words}, ',' order by ${words}), 'UTF8')) as made
    from ${sql.table(from.table)} as t where ${key} = any(${among(from, keys)})
    group by ${key}`.execute(tx)
  return new Map(rows.map((row) => [row.key, row.made]))
}

export async function removeRows(tx: Tx, from: TakenFrom, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    delete from ${sql.table(from.table)} as t
    where ${keyOf(from)} = any(${among(from, keys)})`.execute(tx)
}

/** Columns of text that hold the code of a place. */
const placeColumns = ['home', 'place', 'compound']

/**
 * Which of these ids or codes some other table holds: whatever the room, whatever its key. Asked of
 * the catalogue, so that a table that comes later is asked too. Readings by the hour hold neither.
 */
export async function heldElsewhere(
  tx: Tx,
  type: TakenFrom['type'],
  keys: readonly string[],
  besides: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select (namespace.nspname || '.' || class.relname) as "table", attribute.attname as "column"
    from pg_attribute as attribute
    join pg_class as class on class.oid = attribute.attrelid
    join pg_namespace as namespace on namespace.oid = class.relnamespace
    where class.relkind = 'r' and not class.relispartition and not attribute.attisdropped
      and attribute.attnum > 0 and namespace.nspname !~ '^(pg_|information_schema$|pgboss$)'
      and attribute.atttypid = ${type}::regtype
      and (${type} = 'uuid' or attribute.attname = any(${placeColumns}::text[]))
      and (namespace.nspname || '.' || class.relname) <> all(${[...besides]}::text[])
  `.execute(tx)
  if (columns.length === 0) return new Set()
  const held = columns.map(
    ({ table, column }) => sql`
      select ${sql.ref(column)} as key from ${sql.table(table)}
      where ${sql.ref(column)} in (select key from wanted)`,
  )
  // Each table is read once, against all keys at a time: 20,000 keys looked up in eighty indexes
  // took 15 s.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx)
  const { rows } = await sql<{ key: string }>`
    with wanted as materialized (select unnest(${among({ type }, keys)}) as key)
    select distinct key::text from (${sql.join(held, sql` union all `)}) as held`.execute(tx)
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}

function keyOf({ key }: TakenFrom): RawBuilder<unknown> {
  const [first = '', ...rest] = key.map((column) => sql.ref(`t.${column}`))
  if (rest.length === 0) return sql`${first}`
  return sql`(${sql.join(
    key.map((column) => sql.ref(`t.${column}`)),
    sql` || ' ' || `,
  )})`
}

function among({ type }: Pick<TakenFrom, 'type'>, keys: readonly string[]): RawBuilder<unknown> {
  return type === 'uuid' ? sql`${[...keys]}::uuid[]` : sql`${[...keys]}::text[]`
}
