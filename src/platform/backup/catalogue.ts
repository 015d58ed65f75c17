import type { Client } from 'pg'
import { isName, type Column, type Partition, type Sequence } from './manifest.ts'
import { quoted } from './connection.ts'

export type TableShape = { name: string; columns: Column[] }
export type Catalogue = {
  /** whatever holds rows, in an order in which foreign keys hold */
  tables: TableShape[]
  partitions: Partition[]
  /** tables that are no partition of another: emptying these empties all */
  roots: string[]
}

type Row = {
  name: string
  kind: 'r' | 'p'
  of: string | null
  bound: string | null
  key: string | null
  columns: Column[]
}

/** Every schema but PostgreSQL's own: a room that comes tomorrow is in tomorrow's backup. */
const ours = String.raw`n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** What the database consists of, asked of the database itself. */
export async function readCatalogue(client: Client): Promise<Catalogue> {
  const { rows } = await client.query<Row>(`
    select n.nspname || '.' || c.relname as name, c.relkind as kind,
      pn.nspname || '.' || p.relname as of, pg_get_expr(c.relpartbound, c.oid) as bound,
      pg_get_partkeydef(c.oid) as key,
      coalesce((select json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = ''), '[]') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
      left join pg_class p on p.oid = i.inhparent
      left join pg_namespace pn on pn.oid = p.relnamespace
    where c.relkind in ('r', 'p') and ${ours}
    order by 1`)
  for (const { name } of rows) if (!isName(name)) throw new Error(`a strange table name: ${name}`)
  const holding = rows.filter(({ kind }) => kind === 'r')
  const needs = await readNeeds(client, rows)
  return {
    tables: ordered(holding, needs).map(({ name, columns }) => ({ name, columns })),
    partitions: parentsFirst(rows),
    roots: rows.filter(({ of }) => of === null).map(({ name }) => name),
  }
}

/** Table → the tables that must be filled before it. */
async function readNeeds(client: Client, rows: Row[]): Promise<Map<string, Set<string>>> {
  const { rows: keys } = await client.query<{ from: string; to: string }>(`
    select n.nspname || '.' || c.relname as from, fn.nspname || '.' || f.relname as to
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
    where k.contype = 'f' and k.conrelid <> k.confrelid and ${ours}`)
  const needs = new Map<string, Set<string>>()
  const parts = (name: string): string[] => [
    name,
    ...rows.filter(({ of }) => of === name).flatMap((row) => parts(row.name)),
  ]
  for (const { from, to } of keys) {
    for (const name of parts(from)) {
      needs.set(name, new Set([...(needs.get(name) ?? []), ...parts(to)]))
    }
  }
  return needs
}

/**
 * Whoever is needed comes first; among those who may, partitions: they are what a running program
 * drops, and a backup that one has slipped away from begins anew.
 */
function ordered(rows: Row[], needs: Map<string, Set<string>>): Row[] {
  const left = new Map(rows.map((row) => [row.name, row]))
  const done: Row[] = []
  while (left.size > 0) {
    const free = [...left.values()].filter(
      ({ name }) => ![...(needs.get(name) ?? [])].some((need) => need !== name && left.has(need)),
    )
    const next = free.find(({ of }) => of !== null) ?? free[0]
    if (!next) throw new Error(`foreign keys in a circle: ${[...left.keys()].join(', ')}`)
    left.delete(next.name)
    done.push(next)
  }
  return done
}

function parentsFirst(rows: Row[]): Partition[] {
  const of = (parent: string): Partition[] =>
    rows
      .filter((row) => row.of === parent)
      .flatMap(({ name, bound, key }) => [
        { name, of: parent, bound: bound ?? '', key },
        ...of(name),
      ])
  return rows.filter((row) => row.of === null && row.kind === 'p').flatMap(({ name }) => of(name))
}

/** Sequences stand outside transactions: read after the tables, they are never behind them. */
export async function readSequences(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${ours} order by 1`)
  const sequences: Sequence[] = []
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ last: string; isCalled: boolean }>(
      `select last_value::text as last, is_called as "isCalled" from ${quoted(name)}`,
    )
    if (state[0]) sequences.push({ name, ...state[0] })
  }
  return sequences
}
