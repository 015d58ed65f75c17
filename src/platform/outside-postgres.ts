import { setTimeout as pause } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { becomeKeeper } from './keeper.ts'
import { ownFolder, alreadyRunning, type Postgres } from './postgres.ts'
import { refuseFolder } from './postgres-refusal.ts'
import * as refusal from './outside-refusal.ts'
import { grantedRole } from './roles.ts'
import { StartRefusal } from './start-refusal.ts'

export type OutsideWish = {
  /** `postgres://…`, with everything the driver knows: TLS, sockets, client certificates */
  url: string
  /** secrets and the keeper's mark lie here */
  dataDir: string
  /** schemas of ours: in a database that is not ours none of these may stand */
  schemas: readonly string[]
}

const lockWaitMs = 5_000
const startWaitMs = 60_000

/**
 * Somebody else's PostgreSQL, 15 or newer. One connection holds the database for this program: a
 * second program, from whatever folder, is refused. `died` resolves when that connection is lost.
 * @throws StartRefusal with the one thing that a person has to change
 */
export async function openOutside(wish: OutsideWish): Promise<Postgres> {
  const dataDir = ownFolder(wish.dataDir)
  const keeper = refuseFolder(dataDir, () => becomeKeeper(dataDir))
  if ('keptBy' in keeper) throw alreadyRunning(dataDir, keeper.keptBy)
  try {
    let held = await hold(wish)
    let reviving: Promise<void> = Promise.resolve()
    return {
      url: wish.url,
      port: Number(new URL(wish.url).port || 5432),
      get died() {
        return held.lost
      },
      revive() {
        const once = async () => {
          await held.letGo()
          held = await hold(wish)
        }
        return (reviving = once())
      },
      async stop() {
        await reviving.catch(() => undefined)
        await held.letGo().finally(() => keeper.letGo())
      },
    }
  } catch (why) {
    keeper.letGo()
    throw why
  }
}

type Held = { lost: Promise<void>; letGo(): Promise<void> }

async function hold(wish: OutsideWish): Promise<Held> {
  const client = await enter(wish.url)
  let isAsked = false
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => undefined)
    client.once('end', () => isAsked || resolve())
  })
  const letGo = async () => {
    isAsked = true
    await client.end().catch(() => undefined)
  }
  try {
    await check(client, wish)
    await lock(client, wish)
  } catch (why) {
    await letGo()
    throw refusal.outsideRefusal(wish.url, why)
  }
  return { lost, letGo }
}

/** A server that is just starting is waited for. */
async function enter(url: string): Promise<Client> {
  for (let waitedMs = 0; ; waitedMs += 500) {
    const client = new Client({
      ...{ connectionString: url, application_name: 'lilong', connectionTimeoutMillis: 10_000 },
      ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (why) {
      await client.end().catch(() => undefined)
      const isStarting = why instanceof DatabaseError && why.code === '57P03'
      if (!isStarting || waitedMs > startWaitMs) throw refusal.outsideRefusal(url, why)
      await pause(500)
    }
  }
}

type Facts = {
  number: number
  version: string
  encoding: string
  is_only_read: boolean
  may_make: boolean
  may_make_roles: boolean
}

async function check(client: Client, wish: OutsideWish): Promise<void> {
  const place = refusal.placeOf(wish.url)
  const refuse = (sentence: StartRefusal['sentence']) => {
    throw new StartRefusal(sentence)
  }
  const { rows } = await client.query<Facts>(`
    select current_setting('server_version_num')::int as number,
      split_part(current_setting('server_version'), ' ', 1) as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as is_only_read,
      has_database_privilege(current_database(), 'create') as may_make,
      rolsuper or rolcreaterole as may_make_roles
    from pg_roles where rolname = current_user`)
  const [facts] = rows
  if (!facts) return
  if (facts.number < 150_000) refuse(refusal.tooOld(facts.version))
  if (facts.encoding !== 'UTF8') refuse(refusal.wrongEncoding(place.database, facts.encoding))
  if (facts.is_only_read) refuse(refusal.onlyToRead(place))
  const owner = await ownerOfOurs(client)
  if (owner) {
    if (!owner.is_mine) refuse(refusal.anothers(place, owner.name))
    // Whoever took the right away again after the first start has harmed nothing.
    if (await hasRole(client)) return
  } else {
    const stranger = await strangerIn(client, wish.schemas)
    if (stranger !== undefined) refuse(refusal.notOurs(place, stranger))
  }
  if (!facts.may_make || !facts.may_make_roles) refuse(refusal.mayNotMake(place))
}

/** Who owns the Lilong in this database, known by its book of migrations; undefined: nobody. */
async function ownerOfOurs(
  client: Client,
): Promise<{ name: string; is_mine: boolean } | undefined> {
  const { rows } = await client.query<{ name: string; is_mine: boolean }>(`
    select r.rolname as name, pg_has_role(n.nspowner, 'usage') as is_mine
    from pg_namespace n join pg_roles r on r.oid = n.nspowner
    where n.nspname = 'platform' and exists (
      select from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = n.oid and c.relname = 'migration' and a.attname = 'sha256')`)
  return rows[0]
}

async function hasRole(client: Client): Promise<boolean> {
  return (await grantedRole(client, '')) !== ''
}

/** A table, view, sequence or foreign table that no extension brought, or a schema of our names. */
async function strangerIn(client: Client, schemas: readonly string[]): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
       and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and not exists (select from pg_depend d
         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     union all
     select nspname from pg_namespace where nspname = any($1)
     limit 1`,
    [schemas],
  )
  return rows[0]?.name
}

/** The lock of a program that was just killed goes with its connection, a moment later. */
async function lock(client: Client, wish: OutsideWish): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    const { rows } = await client.query<{ is_mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('lilong.program')) as is_mine`,
    )
    if (rows[0]?.is_mine) return
    if (waitedMs > lockWaitMs) throw new StartRefusal(refusal.inUse(refusal.placeOf(wish.url)))
    await pause(250)
  }
}

/**
 * Empties a database that is somebody else's: our schemas go, the database, its other contents and
 * all roles stay. The tables' owner alone may do it.
 */
export async function dropOurs(url: string, schemas: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`drop schema if exists ${schemas.join(', ')} cascade`)
  } finally {
    await client.end()
  }
}
