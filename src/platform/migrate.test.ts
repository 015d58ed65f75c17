import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../tests/rig/database.ts'
import { ensureRoles, migrate } from './migrate.ts'
import { startPostgres } from './postgres.ts'
import { StartRefusal } from './start-refusal.ts'

let database: TestDatabase
let folder: string

beforeEach(async () => {
  database = await openDatabase()
  // The clone holds the product's own migrations; these tests bring theirs.
  await ask(database.ownerUrl, 'delete from platform.migration')
  folder = mkdtempSync(join(tmpdir(), 'lilong-migrate-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database[Symbol.asyncDispose]()
})

test('each file is applied once, in the order of the names', async () => {
  file('0002-b.sql', 'insert into t.line values (2)')
  file('0001-a.sql', 'create schema t; create table t.line (x int)')
  expect(await run()).toEqual(['0001-a.sql', '0002-b.sql'])
  expect(await run()).toEqual([])
  file('0003-c.sql', 'insert into t.line values (3)')
  expect(await run()).toEqual(['0003-c.sql'])
  expect(await ask(database.ownerUrl, 'select x from t.line')).toEqual([{ x: 2 }, { x: 3 }])
})

test('a file that fails leaves nothing of itself, and is named with its line', async () => {
  file('0001-a.sql', 'create table public.kept (x int)')
  file('0002-b.sql', 'create table public.lost (x int);\n\nselect nowhere')
  await expect(run()).rejects.toThrow(/migrations\/0002-b\.sql:3: .*nowhere/)
  const found = `select to_regclass('kept') is not null as kept, to_regclass('lost') is not null as lost`
  expect(await ask(database.ownerUrl, found)).toEqual([{ kept: true, lost: false }])
})

test('a file and the row that says it was applied stand or fall together', async () => {
  const row = `insert into platform.migration (name, sha256) values ('0001-a.sql', '')`
  file('0001-a.sql', `create table public.lost (x int); ${row}`)
  await expect(run()).rejects.toThrow(/duplicate key/)
  const found = `select to_regclass('lost') is not null as lost`
  expect(await ask(database.ownerUrl, found)).toEqual([{ lost: false }])
})

test('four starts at once apply each file once', async () => {
  file('0001-a.sql', 'create table public.once (x int)')
  const all = await Promise.all([run(), run(), run(), run()])
  expect(all.flat()).toEqual(['0001-a.sql'])
})

test('a database newer than the program is refused, and nothing is touched', async () => {
  file('0001-a.sql', 'select 1')
  file('0002-b.sql', 'select 1')
  await run()
  rmSync(join(folder, '0002-b.sql'))
  await expect(run()).rejects.toThrow(/newer than this program: it holds 0002-b\.sql/)
  await expect(run()).rejects.toBeInstanceOf(StartRefusal)
})

test('a file changed after it was applied is refused', async () => {
  file('0001-a.sql', 'select 1')
  await run()
  file('0001-a.sql', 'select 2')
  await expect(run()).rejects.toThrow(/0001-a\.sql was changed/)
})

test('a new file before an applied one is refused', async () => {
  file('0002-b.sql', 'select 1')
  await run()
  file('0001-a.sql', 'select 1')
  await expect(run()).rejects.toThrow(/0001-a\.sql comes before 0002-b\.sql/)
})

test('a name that sorts by accident is refused', async () => {
  file('10-late.sql', 'select 1')
  await expect(run()).rejects.toThrow(/10-late\.sql: name it like/)
})

test('LATEST names the newest migration, so that two branches clash where git can see it', () => {
  const newest = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
  expect(readFileSync('migrations/LATEST', 'utf8').trim()).toBe(newest.toSorted().at(-1))
})

test('the role gets its password once, keeps it, and a lost file gives it a new one', async () => {
  // A role belongs to a whole server, and the other tests share theirs: this one has its own.
  const server = await startPostgres({ dataDir: folder, say: () => undefined, durable: false })
  try {
    const first = await ensureRoles(server.url, folder)
    expect(await ensureRoles(server.url, folder)).toEqual(first)
    expect(statSync(join(folder, 'app.secret')).mode & 0o777).toBe(0o600)
    expect(await ask(first.appUrl, 'select current_user as me')).toEqual([{ me: 'lilong_app' }])
    rmSync(join(folder, 'app.secret'))
    const second = await ensureRoles(server.url, folder)
    expect(second.appUrl).not.toBe(first.appUrl)
    await expect(ask(first.appUrl, 'select 1')).rejects.toThrow(/password authentication failed/)
    expect(await ask(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    await server.stop()
  }
})

function file(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

async function run(): Promise<string[]> {
  return (await migrate(database.ownerUrl, folder)).applied
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
