import { Client } from 'pg'
import { rooms } from '../../src/rooms.ts'

type Column = {
  schema: string
  table: string
  name: string
  type: string
  isRequired: boolean
  isGenerated: boolean
  hasDefault: boolean
}

/** PostgreSQL's types as the driver hands them over (src/platform/sql.ts sets int8 and date). */
const types: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  bool: 'boolean',
  timestamptz: 'Date',
  date: 'string',
  jsonb: 'unknown',
  bytea: 'Buffer',
  _text: 'string[]',
  _uuid: 'string[]',
  _int4: 'number[]',
  // In a list the driver keeps the digits.
  _int8: 'string[]',
  int8multirange: 'string',
  tsvector: 'string',
}

/**
 * Path → text of each room's `tables.gen.ts`, from a migrated database. Partitions are left out.
 */
export async function tablesOfRooms(ownerUrl: string): Promise<Map<string, string>> {
  const columns = await readColumns(ownerUrl)
  const files = new Map<string, string>()
  for (const room of rooms) {
    const schema = room.split('/')[1] ?? ''
    const own = Map.groupBy(
      columns.filter((column) => column.schema === schema),
      ({ table }) => table,
    )
    if (own.size > 0) files.set(`src/${room}/tables.gen.ts`, tablesFile(schema, own))
  }
  return files
}

function tablesFile(schema: string, tables: Map<string, Column[]>): string {
  const names = [...tables.keys()]
  const all = [...tables.values()].flat()
  const imported = ['Generated', 'GeneratedAlways'].filter((wrapper) =>
    all.some((column) => columnType(column).startsWith(`${wrapper}<`)),
  )
  const list = names.map((table) => `  '${schema}.${table}': ${pascal(table)}\n`).join('')
  return [
    '/** Generated from the migrated database; `npm run generate`. */\n',
    imported.length > 0 ? `import type { ${imported.join(', ')} } from 'kysely'\n\n` : '',
    ...names.map((table) => `${interfaceOf(table, tables.get(table) ?? [])}\n`),
    `export interface ${pascal(schema)}Tables {\n${list}}\n`,
  ].join('')
}

function interfaceOf(table: string, columns: Column[]): string {
  const lines = columns.map((column) => `  ${column.name}: ${columnType(column)}\n`).join('')
  return `export interface ${pascal(table)} {\n${lines}}\n`
}

function columnType(column: Column): string {
  const one = types[column.type]
  const place = `${column.schema}.${column.table}.${column.name}`
  if (!one) throw new Error(`${place}: give type ${column.type} a place in generate/tables.ts`)
  const full = column.isRequired || one === 'unknown' ? one : `${one} | null`
  if (column.isGenerated) return `GeneratedAlways<${full}>`
  return column.hasDefault ? `Generated<${full}>` : full
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

async function readColumns(ownerUrl: string): Promise<Column[]> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<Column>(`
      select n.nspname as schema, c.relname as table, a.attname as name, t.typname as type,
        a.attnotnull as "isRequired",
        a.attgenerated <> '' or a.attidentity = 'a' as "isGenerated",
        a.atthasdef or a.attidentity = 'd' as "hasDefault"
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
      where c.relkind in ('r', 'p') and not c.relispartition
      order by n.nspname, c.relname, a.attnum`)
    return rows
  } finally {
    await client.end()
  }
}
