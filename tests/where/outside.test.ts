import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyDatabase, openPostgres, prepareDatabase } from '../../src/database.ts'
import { prepareJobs } from '../../src/platform/jobs.ts'
import type { Postgres } from '../../src/platform/postgres.ts'
import { StartRefusal } from '../../src/platform/start-refusal.ts'
import {
  distributionBin,
  freePort,
  noDistribution,
  startDistribution,
  type DistributionServer,
} from '../rig/distribution.ts'

const isThere = distributionBin() !== undefined
const says = isThere ? 'a server of the distribution' : noDistribution

describe.runIf(isThere)(says, () => {
  let server: DistributionServer
  let folder: string
  let open: Postgres[]
  let made = 0

  beforeAll(async () => {
    server = await startDistribution({ log_statement: 'all' })
  })
  afterAll(() => server[Symbol.asyncDispose]())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lilong-outside-'))
    open = []
  })
  afterEach(async () => {
    for (const one of open) await one.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A database whose owner is no superuser, as an administrator would make it. */
  async function newDatabase(rights = 'createrole', more = `encoding 'UTF8'`): Promise<string> {
    const name = `town_${++made}`
    await server.ask(`create role owner_of_${name} login ${rights} password 'geheim'`)
    await server.ask(`create database ${name} owner owner_of_${name} ${more} template template0`)
    return server.at({ database: name, user: `owner_of_${name}`, password: 'geheim' })
  }

  const whereOf = (databaseUrl: string, dataDir = join(folder, 'data')) => ({
    dataDir,
    databaseUrl,
  })

  async function start(databaseUrl: string, dataDir?: string) {
    const where = whereOf(databaseUrl, dataDir)
    const postgres = await openPostgres(where, { say: () => undefined, hear: () => undefined })
    open.push(postgres)
    const urls = await prepareDatabase(where, postgres.url)
    await prepareJobs(urls.ownerUrl, ['a'], new URL(urls.appUrl).username)
    return { ...urls, where, postgres }
  }

  async function refusal(url: string): Promise<string> {
    const why = await start(url).then(
      () => new Error('was let in'),
      (error: unknown) => error,
    )
    expect(why).toBeInstanceOf(StartRefusal)
    const { sentence, message } = why as StartRefusal
    expect(message).not.toContain('geheim')
    expect(sentence.zh).toMatch(/\p{Script=Han}/u)
    return sentence.en
  }

  test('an owner who is no superuser: all migrations, the role, and a second start', async () => {
    const url = await newDatabase()
    const first = await start(url)
    await first.postgres.stop()
    const second = await start(url)
    expect(second.appUrl).toBe(first.appUrl)
    const [me] = await ask<{ me: string; mighty: boolean }>(
      second.appUrl,
      'select current_user as me, rolsuper or rolbypassrls as mighty from pg_roles where rolname = current_user',
    )
    expect(me).toEqual({ me: `lilong_app_town_${made}`, mighty: false })
    // The wall stands here as it does at home: no street, no rows; and no right on readings.
    await ask(
      second.ownerUrl,
      `insert into privacy.consent values ('310104011', gen_random_uuid(), gen_random_uuid(), 'h', 'agreed-care', 1, now(), now(), null, 'person', false)`,
    )
    expect(await ask(second.appUrl, 'select * from privacy.consent')).toEqual([])
    await expect(ask(second.appUrl, 'select * from sensing.reading')).rejects.toThrow(/permission/)
  })

  test('two installations on one server: neither takes the other’s password, nor sees its rows', async () => {
    const one = await start(await newDatabase(), join(folder, 'one'))
    const two = await start(await newDatabase(), join(folder, 'two'))
    expect(new URL(one.appUrl).username).not.toBe(new URL(two.appUrl).username)
    expect(await ask(one.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    const crossed = new URL(two.appUrl)
    crossed.pathname = new URL(one.appUrl).pathname
    await expect(ask(crossed.href, 'select * from privacy.consent')).rejects.toThrow(/permission/)
    // And a third start of the first does not shut the second out.
    await one.postgres.stop()
    await start(one.ownerUrl, join(folder, 'one'))
    expect(await ask(two.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('the server is never told the password of the request role', async () => {
    const { where } = await start(await newDatabase())
    const secret = readFileSync(join(where.dataDir, 'app.secret'), 'utf8').trim()
    const role = `lilong_app_town_${made}`
    const [row] = await server.ask<{ kept: string }>(
      `select rolpassword as kept from pg_authid where rolname = '${role}'`,
    )
    expect(row?.kept).toMatch(/^SCRAM-SHA-256\$4096:/)
    expect(row?.kept).not.toContain(secret)
  })

  test('a reset drops what is ours, and nothing and nobody else', async () => {
    const { where, postgres } = await start(await newDatabase())
    const database = new URL(postgres.url).pathname.slice(1)
    await server.ask('create schema theirs; create table theirs.kept (x int)', database)
    await server.ask('create role somebody_else')
    await emptyDatabase(where, postgres.url)
    const schemas = await server.ask<{ nspname: string }>(
      `select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
      database,
    )
    expect(schemas.map(({ nspname }) => nspname)).toEqual(['public', 'theirs'])
    const roles = await server.ask(
      `select from pg_roles where rolname in ('somebody_else', 'lilong_app_${database}')`,
    )
    expect(roles).toHaveLength(2)
    const urls = await prepareDatabase(where, postgres.url)
    expect(await ask(urls.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.ask('drop role somebody_else')
  })

  test('a second program on the same database is refused, from whatever folder', async () => {
    const { postgres } = await start(await newDatabase(), join(folder, 'one'))
    const why = start(postgres.url, join(folder, 'two'))
    await expect(why).rejects.toThrow(/Another Lilong is using the database/)
    await expect(start(postgres.url, join(folder, 'one'))).rejects.toThrow(/Already running/)
  })

  test('a lost connection is told, and the database is held again', async () => {
    const { postgres } = await start(await newDatabase())
    const role = `owner_of_town_${made}`
    await server.ask(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`,
    )
    await postgres.died
    await postgres.revive()
    await expect(start(postgres.url, join(folder, 'two'))).rejects.toThrow(/Another Lilong/)
  })

  test('what is wrong with the address or the rights is one sentence', async () => {
    const url = await newDatabase()
    const other = (change: (url: URL) => void) => {
      const made = new URL(url)
      change(made)
      return made.href
    }
    const nobodyThere = await freePort()
    expect(await refusal(other((to) => void (to.port = `${nobodyThere}`)))).toMatch(
      /does not answer/,
    )
    expect(await refusal(other((to) => void (to.hostname = 'nowhere.invalid')))).toMatch(/no host/)
    expect(await refusal(other((to) => void (to.password = 'geheim2')))).toMatch(/does not let/)
    expect(await refusal(other((to) => void (to.pathname = '/nowhere')))).toMatch(
      /no database nowhere/,
    )
    expect(await refusal(other((to) => void (to.search = '?sslmode=require')))).toMatch(/No TLS/)
    expect(await refusal(await newDatabase('nocreaterole'))).toMatch(
      /may not make schemas or roles/,
    )
    const latin = `encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`
    expect(await refusal(await newDatabase('createrole', latin))).toMatch(/encoded in LATIN1/)
  })

  test.each([
    ['a table', 'create table bills (x int)'],
    [
      'a foreign table',
      'create extension postgres_fdw; create server far foreign data wrapper postgres_fdw; create foreign table bills (x int) server far',
    ],
    ['a schema of our name', 'create schema care'],
  ])('a database with %s of somebody else is refused, and left alone', async (_what, statement) => {
    const isBare = !statement.includes('postgres_fdw')
    const url = await newDatabase()
    const database = new URL(url).pathname.slice(1)
    const can = isBare || (await hasForeignTables())
    if (!can) return
    await server.ask(statement, database)
    expect(await refusal(url)).toMatch(/holds something else/)
    const found = await server.ask(`select from pg_namespace where nspname = 'platform'`, database)
    expect(found).toEqual([])
  })

  async function hasForeignTables(): Promise<boolean> {
    const found = await server.ask(
      `select from pg_available_extensions where name = 'postgres_fdw'`,
    )
    return found.length > 0
  }

  test('an extension alone is nothing of somebody else', async () => {
    const url = await newDatabase()
    await server.ask('create extension if not exists plpgsql', new URL(url).pathname.slice(1))
    await start(url)
  })

  test('a Lilong that belongs to another user is refused', async () => {
    const { postgres, ownerUrl } = await start(await newDatabase())
    await postgres.stop()
    await server.ask(`create role stranger_${made} login createrole password 'geheim'`)
    const strange = new URL(ownerUrl)
    strange.username = `stranger_${made}`
    expect(await refusal(strange.href)).toMatch(/belongs to owner_of_town/)
  })

  test('a standby, or a server set to be read only, is refused', async () => {
    const url = await newDatabase()
    await server.ask(`alter role owner_of_town_${made} set default_transaction_read_only = on`)
    expect(await refusal(url)).toMatch(/can only be read/)
  })
})

async function ask<Row = unknown>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows as Row[]
  } finally {
    await client.end()
  }
}
