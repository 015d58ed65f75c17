import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { openDatabase as openPools } from '../../src/platform/sql.ts'
import { openDatabase } from '../../tests/rig/database.ts'
import { tablesOfRooms } from './tables.ts'

test('the generated types are what the driver hands over', async () => {
  await using database = await openDatabase()
  const pools = openPools(database)
  try {
    const row = await pools.asOwner(async (tx) => {
      await sql`create table care.sample_row (
        words text not null, maybe text, one uuid not null, small int2 not null,
        whole int4 not null, big int8 not null, part float8 not null, flag bool not null,
        at timestamptz not null, day date not null, facts jsonb not null,
        bytes bytea not null, list text[] not null,
        bigs int8[] not null, id int generated always as identity, n int not null default 7,
        twice int generated always as (n * 2) stored)`.execute(tx)
      await sql`insert into care.sample_row values ('w', null, gen_random_uuid(), 1, 1, 1, 0.5, true,
        now(), '2026-03-01', '{"a":1}', '\\x01', '{a,b}', '{1,2}')`.execute(tx)
      return (await sql`select * from care.sample_row`.execute(tx)).rows[0] as object
    })
    const file = (await tablesOfRooms(database.ownerUrl)).get('src/watch/care/tables.gen.ts') ?? ''
    const [, body = ''] = /export interface SampleRow \{\n([^}]*)\}/.exec(file) ?? []
    const declared = [...body.matchAll(/^ {2}(\w+): (.*)$/gm)].map(([, name, type]) => [name, type])
    expect(declared).toEqual(Object.entries(row).map(([name, value]) => [name, seen(name, value)]))
    expect(file).toContain("import type { Generated, GeneratedAlways } from 'kysely'")
    expect(file).toContain("'care.sample_row': SampleRow")
  } finally {
    await pools.close()
  }
})

/** The type as TypeScript would name what is really there. */
function seen(name: string, value: unknown): string {
  if (name === 'facts') return 'unknown'
  if (name === 'maybe') return 'string | null'
  if (name === 'n') return `Generated<${typeof value}>`
  if (name === 'id') return `GeneratedAlways<${typeof value}>`
  if (name === 'twice') return `GeneratedAlways<${typeof value} | null>`
  if (Array.isArray(value)) return `${typeof value[0]}[]`
  if (value instanceof Date) return 'Date'
  return Buffer.isBuffer(value) ? 'Buffer' : typeof value
}
