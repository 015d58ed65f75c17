import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, Kysely, PostgresDialect, PostgresDriver, type Transaction } from 'kysely'
import pg from 'pg'

/** Each room sees the tables through its own generated type; the pool is one. */
export type Db<Tables = unknown> = Kysely<Tables>
export type Tx<Tables = unknown> = Transaction<Tables>

/**
 * Whose rows a transaction may see: row-level security reads the settings. `committees` opens the
 * register's own tables, for these committees or (`*`) the whole street; nothing: none of them.
 */
export type Scope = { street: string; person?: string; committees?: '*' | readonly string[] }

/**
 * Two pools. `app` is the request role: it owns nothing and row-level security binds it. `owner`
 * is for migrations, for ingest (COPY and row-level security exclude each other) and for what is
 * city-wide by nature: finding which streets exist, retention.
 */
export type Database = {
  readonly ownerUrl: string
  inStreet<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  asOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  readonly ownerPool: pg.Pool
  close(): Promise<void>
}

/** BIGINT arrives as a number: ours are counters and milliseconds, all below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
/**
 * A day has no time and no zone; as a `Date` it would be midnight of wherever the server stands.
 */
pg.types.setTypeParser(pg.types.builtins.DATE, String)

export function openDatabase(
  urls: { ownerUrl: string; appUrl: string },
  /** Hears every error that the server answers with, whoever asked. */
  hear: (error: unknown) => void = () => undefined,
): Database {
  const appPool = pool(urls.appUrl, 10, hear)
  appPool.on('connect', nameStatements)
  const ownerPool = pool(urls.ownerUrl, 6, hear)
  const scopes = new AsyncLocalStorage<Scope>()
  const app = new Kysely<unknown>({ dialect: scopedDialect(appPool, scopes) })
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: ownerPool }) })
  return {
    ownerUrl: urls.ownerUrl,
    ownerPool,
    inStreet: (scope, work) => scopes.run(scope, () => committed(app, work, ownerPool)),
    asOwner: (work) => committed(owner, work, ownerPool),
    async close() {
      await Promise.all([app.destroy(), owner.destroy()])
    },
  }
}

const commits = new WeakMap<Tx, ((pool: pg.Pool) => void)[]>()

/** Done once the transaction has committed, and never where it has not. */
export function afterCommit(tx: Tx, then: (pool: pg.Pool) => void): void {
  const known = commits.get(tx)
  if (known) known.push(then)
  else commits.set(tx, [then])
}

async function committed<T>(
  db: Kysely<unknown>,
  work: (tx: Tx) => Promise<T>,
  pool: pg.Pool,
): Promise<T> {
  let done: Tx | undefined
  const answer = await db.transaction().execute((tx) => {
    done = tx
    return work(tx)
  })
  for (const then of (done && commits.get(done)) ?? []) then(pool)
  return answer
}

/**
 * The beginning of a transaction and its scope go in one message: every request waits for it, and
 * each is one of four that an empty one sends.
 */
function scopedDialect(pool: pg.Pool, scopes: AsyncLocalStorage<Scope>): PostgresDialect {
  const dialect = new PostgresDialect({ pool })
  dialect.createDriver = () => {
    const driver = new PostgresDriver({ pool })
    driver.beginTransaction = async (connection) => {
      const scope = scopes.getStore()
      if (!scope) throw new Error('a transaction of the request role has a street')
      await connection.executeQuery(CompiledQuery.raw(`begin; ${entering(scope)}`))
    }
    return driver
  }
  return dialect
}

function entering({ street, person = '', committees = [] }: Scope): string {
  const within = committees === '*' ? committees : committees.join(',')
  const [ofStreet, ofPerson, ofCommittees] = [street, person, within].map((each) =>
    pg.escapeLiteral(each),
  )
  return `select set_config('lilong.street', ${ofStreet}, true),
    set_config('lilong.person', ${ofPerson}, true),
    set_config('lilong.committees', ${ofCommittees}, true)`
}

/** The same transaction, seen through one room's tables. */
export function tables<Tables>(tx: Tx | Db): Kysely<Tables> {
  return tx as unknown as Kysely<Tables>
}

function pool(connectionString: string, max: number, hear: (error: unknown) => void): pg.Pool {
  const made = new pg.Pool({
    ...{ connectionString, max, connectionTimeoutMillis: 15_000 },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
  })
  // A connection that the server closes while idle must not end the program; the next query says
  // it.
  made.on('error', () => undefined)
  // The pool hears only idle ones: a connection torn off in a transaction would end the program.
  made.on('connect', (client) => void client.on('error', () => undefined))
  made.on('connect', (client) => void wireOf(client)?.on('errorMessage', hear))
  return made
}

const namedMax = 200
const seenMax = 1_000

/**
 * What is asked again and again is parsed and planned once a connection: with row-level security
 * that is most of a short query's work. Texts that are never the same twice stay nameless.
 */
function nameStatements(client: pg.PoolClient): void {
  const names = new Map<string, string>()
  const seen = new Set<string>()
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown
  const named = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return query(text, values, ...rest)
    }
    let name = names.get(text)
    if (name === undefined && seen.has(text) && names.size < namedMax) {
      name = `of-${names.size}`
      names.set(text, name)
    }
    if (name !== undefined) return query({ name, text, values }, ...rest)
    if (seen.size < seenMax) seen.add(text)
    return query(text, values, ...rest)
  }
  Object.assign(client, { query: named })
}

/** Below the client, where errors of COPY and of queries pass alike; the types do not know it. */
function wireOf(client: pg.PoolClient): NodeJS.EventEmitter | undefined {
  return (client as unknown as { connection?: NodeJS.EventEmitter }).connection
}

export function toDate(instant: number): Date {
  return new Date(instant)
}

export function toInstant(date: Date): number {
  return date.getTime()
}

export function maybeInstant(date: Date | null): number | null {
  return date === null ? null : date.getTime()
}
