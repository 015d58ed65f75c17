/** The whole program on a durable database that holds a district, in a process of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { systemClock } from '../../src/platform/clock.ts'
import { logTo } from '../../src/platform/log.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres, type Postgres } from '../../src/platform/postgres.ts'
import { keptRing, sealWith } from '../../src/platform/seal/index.ts'
import { importCalendar } from '../../src/ground/rules/index.ts'
import { migrationsDir, openProgram, type Program } from '../../src/program.ts'
import { answer } from '../load/child.ts'
import { generate, type District, type Size } from './generate.ts'

export const operatorKey = 'o'.repeat(43)
export type Opened = { url: string; databaseUrl: string; district: District; seconds: number }

let postgres: Postgres | undefined
let program: Program | undefined

/** The register of divisions, the district, and so many sessions of its residents. */
async function open(wish: { folder: string; size: Size; sessions: number }): Promise<Opened> {
  const dataDir = join(wish.folder, 'data')
  postgres = await startPostgres({ dataDir, say: () => undefined })
  await migrate(postgres.url, migrationsDir)
  const { appUrl } = await ensureRoles(postgres.url, dataDir)
  const keysFile = join(dataDir, 'keys.json')
  const ring = keptRing(keysFile)
  const from = performance.now()
  await divisionsInto(postgres.url)
  const district = await generate(
    postgres.url,
    sealWith(() => ring),
    wish.size,
  )
  await sessionsInto(postgres.url, wish.sessions)
  const seconds = (performance.now() - from) / 1_000
  program = await openProgram({
    urls: { ownerUrl: postgres.url, appUrl },
    ...{ clock: systemClock, real: systemClock, log: logTo(process.stderr), keysFile },
    ...{ operatorKey, version: 'bench', town: 'empty', distDir: null, ticks: true },
    ...{ bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
    // How fast one is found is asked far more often than anybody may look.
    findsMax: { minute: 1_000_000_000, day: 1_000_000_000 },
  })
  const calendar = readFileSync('data/working-days.json', 'utf8')
  await importCalendar(program.given, JSON.parse(calendar) as Parameters<typeof importCalendar>[1])
  return { url: program.url, databaseUrl: postgres.url, district, seconds }
}

type Named = { code: string; name: string }
type Districts = (Named & { streets: (Named & { committees: Named[] })[] })[]

async function divisionsInto(url: string): Promise<void> {
  const { districts } = JSON.parse(readFileSync('data/shanghai-divisions.json', 'utf8')) as {
    districts: Districts
  }
  const of = ({ code, name }: Named, kind: string, parent: string | null) => {
    return { code, name, kind, parent }
  }
  const rows = districts.flatMap((district) => [
    of(district, 'district', null),
    ...district.streets.flatMap((street) => [
      of(street, 'street', district.code),
      ...street.committees.map((committee) => of(committee, 'committee', street.code)),
    ]),
  ])
  await query(
    url,
    `insert into places.division (code, name, kind, parent, source)
     select code, name, kind, parent, 'bench'
     from json_to_recordset($1::json) as row (code text, name text, kind text, parent text)`,
    [JSON.stringify(rows)],
  )
}

/** Each of an account that stands for a resident, on a browser of its own. */
async function sessionsInto(url: string, count: number): Promise<void> {
  await query(
    url,
    `with one as materialized (
       select street, id as person, gen_random_uuid() as account from people.person limit $1
     ), account as (
       insert into identity.account (id, made_at, seen_at) select account, now(), now() from one
     ), standing as (
       insert into identity.standing (street, id, account, person, capacity, proof, at)
       select street, gen_random_uuid(), account, person, 'resident', 'letter', now() from one
     )
     insert into identity.session (hash, street, person, kind, account, opened_by, device,
       device_name, made_at, seen_at, idle_ms, expires_at)
     select sha256(account::text::bytea), street, null, 'page', account, 'code',
       sha256(person::text::bytea), 'android', now(), now(), 2592000000, now() + interval '30 days'
     from one`,
    [count],
  )
  await query(url, 'analyze', [])
}

async function query(url: string, statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement, values).finally(() => client.end())
}

async function close(): Promise<void> {
  await program?.close()
  await postgres?.stop()
}

answer({ open }, close)
