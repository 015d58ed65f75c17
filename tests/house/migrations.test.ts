import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { biometricField } from '../../src/kernel/biometric.ts'
import { rooms } from '../../src/rooms.ts'
import { openDatabase } from '../rig/database.ts'

type Column = { schema: string; table: string; name: string }

/** Words that would sort people into kinds; a table that knows a person has no such column. */
const sorting = /^(tags?|labels?|score|scores|rating|credit|profile|risk|level|class)$/

test('no column carries a body, and no table sorts people', async () => {
  const found = await columns()
  expect(found.length).toBeGreaterThan(50)
  expect(found.flatMap(bodyFaults)).toEqual([])
  expect(sortingFaults(found)).toEqual([])
})

test.each(['face', 'gait_vector', 'fingerprint', 'voiceprint'])(
  'a column named %s is found',
  (name) => {
    expect(bodyFaults({ schema: 'people', table: 'person', name })).toHaveLength(1)
  },
)

test('a tag on a person is found', () => {
  const table = { schema: 'people', table: 'note' }
  expect(
    sortingFaults([
      { ...table, name: 'person' },
      { ...table, name: 'tags' },
    ]),
  ).toHaveLength(1)
  expect(sortingFaults([{ schema: 'people', table: 'person', name: 'tag' }])).toHaveLength(1)
  expect(sortingFaults([{ ...table, name: 'tags' }])).toEqual([])
})

test('migrations begin with a sentence that says why', () => {
  for (const name of readdirSync('migrations').filter((file) => file.endsWith('.sql'))) {
    expect(readFileSync(join('migrations', name), 'utf8'), name).toMatch(/^-- [A-Z].{15,}/)
  }
})

test('every schema is the platform, the jobs, or one room', async () => {
  const schemas = new Set((await columns()).map(({ schema }) => schema))
  const known = new Set(['platform', 'pgboss', ...rooms.map((room) => room.split('/')[1])])
  expect([...schemas].filter((schema) => !known.has(schema))).toEqual([])
})

function bodyFaults({ schema, table, name }: Column): string[] {
  if (biometricField({ [name]: 1 }) === undefined) return []
  return [`${schema}.${table}.${name} would carry somebody's body; the product refuses such data`]
}

function sortingFaults(all: Column[]): string[] {
  const personal = new Set(
    all
      .filter(({ table, name }) => table === 'person' || /^person(_id)?$/.test(name))
      .map(({ schema, table }) => `${schema}.${table}`),
  )
  // The book's label says what a look was for, not what a person is.
  personal.delete('privacy.look')
  return all
    .filter(({ schema, table, name }) => personal.has(`${schema}.${table}`) && sorting.test(name))
    .map(
      ({ schema, table, name }) =>
        `${schema}.${table}.${name} sorts people into kinds; keep the fact and its date instead`,
    )
}

async function columns(): Promise<Column[]> {
  await using database = await openDatabase()
  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<Column>(`
      select table_schema as schema, table_name as table, column_name as name
      from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema')`)
    return rows
  } finally {
    await client.end()
  }
}
