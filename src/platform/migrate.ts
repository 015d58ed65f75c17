import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError, type Client } from 'pg'
import { appRole, grantedRole, roleExists, withClient } from './roles.ts'
import { StartRefusal } from './start-refusal.ts'

export { ensureRoles } from './roles.ts'

type Migration = { name: string; text: string; sha256: string }

/**
 * Apply the folder's plain `.sql` files in the order of their names, each in a transaction of its
 * own, and answer which were new. Two processes at once wait for each other. `through` names the
 * last one wanted: for a restored backup, whose rows have an older structure. The files call the
 * request role `lilong_app`; a database that has another one, or is to get `freshRole`, is granted
 * to that.
 * @throws StartRefusal where the database knows a migration that the folder does not have (it is
 *   newer than the code), where an applied file was changed, or a new one sorts before an
 * applied one.
 */
export async function migrate(
  ownerUrl: string,
  folder: string,
  through = '9999',
  freshRole = appRole,
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder).filter(({ name }) => name <= through)
  return withClient(ownerUrl, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('platform.migration'))`)
    const role = await grantedRole(client, freshRole)
    await roleExists(client, role)
    await client.query(bookOfMigrations)
    const known = await client.query<Applied>('select name, sha256 from platform.migration')
    const open = openMigrations(migrations, known.rows)
    for (const migration of open) await apply(client, migration, role)
    return { applied: open.map(({ name }) => name) }
  })
}

export function readMigrations(folder: string): Migration[] {
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

async function apply(
  client: Client,
  { name, text, sha256 }: Migration,
  role: string,
): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text.replaceAll(/\blilong_app\b/g, role))
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

/** The schemas that the folder's files create, with those of the machinery. */
export function schemasOf(folder: string): string[] {
  const found = readMigrations(folder).flatMap(({ text }) =>
    [...text.matchAll(/^create schema (?:if not exists )?([a-z_]+)/gm)].map(
      ([, name = '']) => name,
    ),
  )
  return [...new Set([...found, 'platform', 'pgboss'])]
}
