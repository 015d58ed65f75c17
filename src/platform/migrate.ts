import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client, DatabaseError } from 'pg'
import { keptSecret, readSecret } from './kept-secret.ts'
import { StartRefusal } from './start-refusal.ts'

type Migration = { name: string; text: string; sha256: string }

/**
 * Role of the requests: owns nothing, so that row level security binds it. Made by `ensureRoles`.
 */
const appRole = 'lilong_app'

/**
 * Apply the folder's plain `.sql` files in the order of their names, each in a transaction of its
 * own, and answer which were new. Two processes at once wait for each other.
 * @throws StartRefusal where the database knows a migration that the folder does not have (it is
 *   newer than the code), where an applied file was changed, or a new one sorts before an
 * applied one.
 */
export async function migrate(ownerUrl: string, folder: string): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder)
  return withClient(ownerUrl, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('platform.migration'))`)
    await roleExists(client)
    await client.query(bookOfMigrations)
    const known = await client.query<Applied>('select name, sha256 from platform.migration')
    const open = openMigrations(migrations, known.rows)
    for (const migration of open) await apply(client, migration)
    return { applied: open.map(({ name }) => name) }
  })
}

/**
 * Make the role that requests run as, and answer its connection.
 * Roles belong to the whole server; the random password is kept in a 0600 file in `secretsDir`.
 */
export async function ensureRoles(
  ownerUrl: string,
  secretsDir: string,
): Promise<{ appUrl: string }> {
  const path = join(secretsDir, 'app.secret')
  const isKept = readSecret(path) !== undefined
  const url = new URL(ownerUrl)
  url.username = appRole
  url.password = keptSecret(path)
  const appUrl = url.href
  if (!isKept || !(await canConnect(appUrl))) await makeRole(ownerUrl, url.password)
  return { appUrl }
}

/** Migrations grant to the role, so it must be there; without a password nobody can use it yet. */
async function roleExists(client: Client): Promise<void> {
  await client.query(`
    do $$ begin
      create role ${appRole} nologin;
    exception when duplicate_object or unique_violation then null;
    end $$`)
}

async function makeRole(ownerUrl: string, password: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('platform.role'))`)
    const found = await client.query('select 1 from pg_roles where rolname = $1', [appRole])
    const verb = found.rowCount === 0 ? 'create' : 'alter'
    const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
    await client.query(`${verb} role ${appRole} ${rights} password '${password}'`)
  })
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.toSorted().map((name) => {
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) {
      throw new Error(`migrations/${name}: name it like 0001-places.sql`)
    }
    const text = readFileSync(join(folder, name), 'utf8')
    return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
  })
}

type Applied = { name: string; sha256: string }

const bookOfMigrations = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`

function openMigrations(migrations: Migration[], applied: Applied[]): Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, sha256 } of applied) {
    const file = byName.get(name)
    if (!file) throw newerDatabase(name)
    if (file.sha256 !== sha256) throw changedFile(name)
  }
  const done = new Set(applied.map(({ name }) => name))
  const last = [...done].toSorted().at(-1) ?? ''
  const open = migrations.filter(({ name }) => !done.has(name))
  for (const { name } of open) if (name < last) throw lateFile(name, last)
  return open
}

function newerDatabase(name: string): StartRefusal {
  return new StartRefusal({
    zh: `数据库比程序新：它已含有 ${name}，而本程序不认识。请启动较新的版本；数据没有改动。`,
    en: `The database is newer than this program: it holds ${name}, which is unknown here. Start the newer version; no data was touched.`,
  })
}

function changedFile(name: string): StartRefusal {
  return new StartRefusal({
    zh: `迁移文件 ${name} 在执行之后被改动过。请恢复原文件，并把改动写成新的迁移。`,
    en: `The migration ${name} was changed after it had been applied. Restore it, and write the change as a new migration.`,
  })
}

function lateFile(name: string, last: string): StartRefusal {
  return new StartRefusal({
    zh: `迁移文件 ${name} 排在已执行的 ${last} 之前。请给它一个更大的编号。`,
    en: `The migration ${name} comes before ${last}, which is already applied. Give it a higher number.`,
  })
}

async function apply(client: Client, { name, text, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    const row = 'insert into platform.migration (name, sha256) values ($1, $2)'
    await client.query(row, [name, sha256])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`${placeOf(name, text, cause)}: ${String(cause)}`, { cause })
  }
}

function placeOf(name: string, text: string, why: unknown): string {
  const position = why instanceof DatabaseError ? Number(why.position ?? 0) : 0
  if (!position) return `migrations/${name}`
  const line = Array.from(text).slice(0, position).join('').split('\n').length
  return `migrations/${name}:${line}`
}

async function canConnect(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => undefined)
    return true
  } catch (why) {
    // 28P01, 28000: the role is missing, or its password is another one.
    if (why instanceof DatabaseError && why.code?.startsWith('28')) return false
    throw why
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  // A server that stops while we work also fails the query we wait for; that one is thrown.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
