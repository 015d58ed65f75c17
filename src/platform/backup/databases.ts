import { escapeLiteral, type Client } from 'pg'
import { atDatabase, connect, databaseOf } from './connection.ts'
import { BackupRefusalError } from './refusal.ts'

/** Rules §15: no backup is older; a database that was replaced is one. */
export const replacedDaysMax = 35
const dayMs = 24 * 60 * 60 * 1000

/** Written on a database that a restore leaves behind, so that no other one is ever dropped. */
type Mark = { lilong: 'being-restored' | 'replaced'; database: string; at: string }

/**
 * An empty database beside the one in use, in the same letters and order. What an earlier restore
 * left half-way goes first.
 * @throws BackupRefusalError without the right to make databases.
 */
export async function makeBeside(ownerUrl: string, now: number): Promise<string> {
  const database = databaseOf(ownerUrl)
  const beside = `${database.slice(0, 32)}_restored`
  await using server = await connect(atDatabase(ownerUrl, 'postgres'))
  await mayMake(server)
  await drop(server, await marked(server, database, 'being-restored'))
  const { rows } = await server.query<{ collate: string; ctype: string }>(
    `select datcollate as collate, datctype as ctype from pg_database where datname = $1`,
    [database],
  )
  const locale = `lc_collate ${literal(rows[0]?.collate)} lc_ctype ${literal(rows[0]?.ctype)}`
  await server.query(`create database ${name(beside)} template template0 encoding 'UTF8' ${locale}`)
  await mark(server, beside, { lilong: 'being-restored', database, at: iso(now) })
  return atDatabase(ownerUrl, beside)
}

/** After a restore that did not come to its end: nothing of it stays. */
export async function dropBeside(ownerUrl: string): Promise<void> {
  await using server = await connect(atDatabase(ownerUrl, 'postgres'))
  await drop(server, await marked(server, databaseOf(ownerUrl), 'being-restored'))
}

/**
 * The restored database takes the name of the one in use, both in one transaction: a crash leaves
 * the old or the new, never none. Answers the old one's new name; undefined where it was dropped.
 */
export async function swapDatabases(
  ownerUrl: string,
  besideUrl: string,
  wish: { now: number; dropOld: boolean },
): Promise<string | undefined> {
  const database = databaseOf(ownerUrl)
  const stamp = iso(wish.now).replaceAll(/\D/g, '').slice(0, 14)
  const old = `${database.slice(0, 32)}_before_restore_${stamp}`
  const isEmpty = await holdsNothing(ownerUrl)
  await using server = await connect(atDatabase(ownerUrl, 'postgres'))
  const earlier = await marked(server, database, 'replaced')
  await server.query('begin')
  await server.query(`alter database ${name(database)} rename to ${name(old)}`)
  await server.query(`alter database ${name(databaseOf(besideUrl))} rename to ${name(database)}`)
  await mark(server, old, { lilong: 'replaced', database, at: iso(wish.now) })
  await server.query(`comment on database ${name(database)} is null`)
  await server.query('commit')
  await drop(server, earlier)
  if (!wish.dropOld && !isEmpty) return old
  await drop(server, [{ database: old, at: wish.now }])
  return undefined
}

/** Databases that a restore replaced more than 35 days ago, or left half-way. Answers how many. */
export async function dropReplaced(ownerUrl: string, now: number): Promise<number> {
  const database = databaseOf(ownerUrl)
  await using server = await connect(ownerUrl)
  const over = (await marked(server, database, 'replaced')).filter(
    ({ at }) => at <= now - replacedDaysMax * dayMs,
  )
  return await drop(server, [...over, ...(await marked(server, database, 'being-restored'))])
}

/** Connections of others: a database that somebody uses is not replaced. */
export async function othersConnected(ownerUrl: string): Promise<number> {
  await using client = await connect(ownerUrl)
  const { rows } = await client.query<{ n: number }>(`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and backend_type = 'client backend'`)
  return rows[0]?.n ?? 0
}

async function holdsNothing(ownerUrl: string): Promise<boolean> {
  await using client = await connect(ownerUrl)
  const { rows } = await client.query(`
    select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    limit 1`)
  return rows.length === 0
}

async function mayMake(server: Client): Promise<void> {
  const { rows } = await server.query<{ role: string; may: boolean }>(`
    select rolname as role, rolcreatedb or rolsuper as may
    from pg_roles where rolname = current_user`)
  if (rows[0]?.may) return
  const role = rows[0]?.role ?? ''
  throw new BackupRefusalError({
    zh: `数据库用户 ${role} 无权新建数据库，所以不能恢复（恢复先写进旁边的新库，再换名）。请让数据库管理员执行：ALTER ROLE ${name(role)} CREATEDB；恢复后可以收回。数据没有改动。`,
    en: `The database user ${role} may not make databases, so nothing can be restored (a restore fills a new one beside, then swaps names). Ask the server's administrator for: ALTER ROLE ${name(role)} CREATEDB; it can be taken back afterwards. No data was touched.`,
  })
}

type Found = { database: string; at: number }

async function marked(server: Client, of: string, kind: Mark['lilong']): Promise<Found[]> {
  const { rows } = await server.query<{ database: string; said: string }>(`
    select datname as database, shobj_description(oid, 'pg_database') as said from pg_database
    where shobj_description(oid, 'pg_database') like '{"lilong":%'`)
  return rows.flatMap(({ database, said }) => {
    const { lilong, database: was, at } = JSON.parse(said) as Mark
    return lilong === kind && was === of ? [{ database, at: Date.parse(at) }] : []
  })
}

async function mark(server: Client, database: string, said: Mark): Promise<void> {
  await server.query(`comment on database ${name(database)} is ${literal(JSON.stringify(said))}`)
}

async function drop(server: Client, all: readonly Found[]): Promise<number> {
  for (const { database } of all) await server.query(`drop database if exists ${name(database)}`)
  return all.length
}

function name(database: string): string {
  return `"${database.replaceAll('"', '""')}"`
}

function literal(text = ''): string {
  return escapeLiteral(text)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
