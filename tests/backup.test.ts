import { randomUUID } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backUp, restore, rowsOf, type RestoreWish } from '../src/backup.ts'
import { dayMs } from '../src/kernel/clock.ts'
import {
  databaseOf,
  dropReplaced,
  takeBackup,
  verifyBackup,
  type Manifest,
} from '../src/platform/backup/index.ts'
import { openProgram, type Program } from '../src/program.ts'
import { openDatabase, type TestDatabase } from './rig/database.ts'
import { operatorKey } from './rig/program.ts'
import { openTown, type Town } from './rig/town.ts'

const folder = mkdtempSync(join(tmpdir(), 'lilong-backup-'))
const fileNamed = (name: string) => join(folder, `${name}-${randomUUID().slice(0, 8)}`)
let town: Town

beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function rowsIn(url: string, statement: string, values: unknown[] = []): Promise<any[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement, values)).rows
  } finally {
    await client.end()
  }
}

async function backedUp(ownerUrl = town.ownerUrl, file = fileNamed('town')) {
  const taken = await backUp({ ownerUrl, file, version: 'test', clock: town.clock })
  return { file, ...taken }
}

/** Each table's checksum, as a backup of the database says it. */
async function sums(ownerUrl: string): Promise<Map<string, string>> {
  const file = fileNamed('sums')
  const { tables } = await takeBackup({ ownerUrl, file, version: 'test', takenAt: 0 })
  return new Map(tables.map(({ name, rows, sha256 }) => [name, `${rows} ${sha256}`]))
}

function restoring(into: TestDatabase, file: string, wish: Partial<RestoreWish> = {}) {
  return restore({
    ...{ urls: into, file, erasureFiles: [], dropOld: true, real: town.clock },
    townClock: async () => town.clock,
    log: { say: (what) => void steps.push(what) },
    say: (step) => void steps.push(step),
    ...wish,
  })
}
const steps: string[] = []

async function opened(
  urls: TestDatabase,
  erasuresFile: string | null = null,
): Promise<Program & AsyncDisposable> {
  const program = await openProgram({
    ...{ urls, erasuresFile },
    ...{ clock: town.clock, real: town.clock, operatorKey, version: 'test', town: 'demo' },
    ...{ log: { say: () => undefined }, bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
    ...{ distDir: null, ticks: false, keysFile: town.keysFile },
  })
  return { ...program, [Symbol.asyncDispose]: () => program.close() }
}

const databasesBeside = async (database: TestDatabase): Promise<string[]> => {
  const rows = await rowsIn(
    database.ownerUrl,
    `select datname from pg_database where shobj_description(oid, 'pg_database') like $1`,
    [`%"database":"${databaseOf(database.ownerUrl)}"%`],
  )
  return rows.map(({ datname }) => datname)
}

/** What changes by being restored: terms that are over, and what the restore itself does. */
const settled = /^(pgboss|platform)\./

test('a rehearsed restore: the rows are equal, table by table, and the town opens on them', async () => {
  const { file, manifest, isOnRecord } = await backedUp()
  expect(isOnRecord).toBe(true)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(rowsOf(manifest)).toBeGreaterThan(2_000)
  await using into = await openDatabase()
  const restored = await restoring(into, file)
  expect(restored.erasures.again).toBe(0)
  expect(restored.old).toBeUndefined()
  expect(await databasesBeside(into)).toEqual([])

  const after = await sums(into.ownerUrl)
  const gone = manifest.tables.filter(
    ({ name, rows, sha256 }) => after.get(name) !== `${rows} ${sha256}` && !settled.test(name),
  )
  expect(gone.map(({ name }) => name)).toEqual([])
  const ledgers = ['tasks.task_log', 'privacy.look', 'privacy.consent', 'tasks.task']
  for (const ledger of ledgers) expect([...after.keys()]).toContain(ledger)

  await using program = await opened(into)
  expect(program.scenarios.plans.size).toBe(town.program.scenarios.plans.size)
  expect(program.scenarios.plans.size).toBeGreaterThan(0)
})

test('a backup is on record for the street before the file has its name', async () => {
  const count = () => rowsIn(town.ownerUrl, 'select rows from privacy.backup_taken')
  const before = (await count()).length
  const { manifest } = await backedUp()
  const now = await count()
  expect(now).toHaveLength(before + 1)
  expect(Number(now.at(-1).rows)).toBe(rowsOf(manifest))
  const file = fileNamed('unrecorded')
  const refused = takeBackup({
    ...{ ownerUrl: town.ownerUrl, file, version: 'test', takenAt: 0 },
    beforeRelease: async () => {
      throw new Error('the record cannot be written')
    },
  })
  await expect(refused).rejects.toThrow('the record cannot be written')
  await expect(stat(file)).rejects.toThrow('ENOENT')
  await expect(stat(`${file}.part`)).rejects.toThrow('ENOENT')
})

test('it never overwrites a file', async () => {
  const { file } = await backedUp()
  const before = await readFile(file)
  await expect(backedUp(town.ownerUrl, file)).rejects.toThrow('is there already')
  expect(before.equals(await readFile(file))).toBe(true)
})

test('whoever is connected keeps a restore out', async () => {
  const { file } = await backedUp()
  const urls = { ownerUrl: town.ownerUrl, appUrl: town.appUrl } as TestDatabase
  await expect(restoring(urls, file)).rejects.toThrow('Stop Lilong first')
  expect((await town.person(town.elder.name)).token).toBeTruthy()
})

test('torn, changed, newer or a stranger: refused before anything is touched', async () => {
  const { file } = await backedUp()
  await using into = await openDatabase()
  const before = await sums(into.ownerUrl)
  const bytes = await readFile(file)
  const said = async (made: Buffer): Promise<string> => {
    const path = fileNamed('spoilt')
    await writeFile(path, made)
    return restoring(into, path).then(
      () => 'restored',
      (why: Error) => why.message.split('\n')[1] ?? why.message,
    )
  }
  for (const kept of [0.2, 0.7, 0.999]) {
    const torn = bytes.subarray(0, Math.floor(bytes.length * kept))
    expect(await said(torn), `${kept} of it`).toContain('torn or was changed')
  }
  for (const place of [0.1, 0.5, 0.9]) {
    const flipped = Buffer.from(bytes)
    const at = Math.floor(bytes.length * place)
    flipped[at] = flipped[at]! ^ 4
    expect(await said(flipped), `a bit at ${at}`).toContain('torn or was changed')
  }
  const tar = gunzipSync(bytes)
  // Inside a table's rows, packed anew: only its checksum can tell.
  const edited = Buffer.from(tar)
  const digit = edited.indexOf('310104011013-01-26')
  edited[digit] = '4'.charCodeAt(0)
  expect(await said(gzipSync(edited))).toContain('torn or was changed')
  const renamed = (from: string, to: string) => {
    const made = Buffer.from(tar)
    made.write(to, made.indexOf(from))
    return gzipSync(made)
  }
  expect(await said(renamed('"format": 1', '"format": 9'))).toContain('newer than this program')
  expect(await said(renamed('"lilong"', '"milong"'))).toContain('no backup of Lilong')
  expect(await said(Buffer.from('a picture'))).toContain('no backup of Lilong')
  expect(await said(gzipSync('a picture'))).toContain('no backup of Lilong')
  expect(await sums(into.ownerUrl)).toEqual(before)
  expect(await databasesBeside(into)).toEqual([])
})

test('a backup of a newer program, whose migrations we do not know, is refused', async () => {
  await using newer = await openDatabase()
  await rowsIn(
    newer.ownerUrl,
    `insert into platform.migration (name, sha256) values ('9998-later.sql', 'x')`,
  )
  const { file } = await backedUp(newer.ownerUrl)
  await using into = await openDatabase()
  const before = await sums(into.ownerUrl)
  await expect(restoring(into, file)).rejects.toThrow('9998-later.sql')
  expect(await sums(into.ownerUrl)).toEqual(before)
})

test('a second restore works and drops what the first replaced; after 35 days it goes by itself', async () => {
  const { file } = await backedUp()
  await using into = await openDatabase()
  const first = await restoring(into, file, { dropOld: false })
  expect(await databasesBeside(into)).toEqual([first.old])
  town.clock.set({ at: town.clock.now() + 1_000 })
  const second = await restoring(into, file, { dropOld: false })
  expect(second.old).not.toBe(first.old)
  expect(await databasesBeside(into)).toEqual([second.old])
  expect(await dropReplaced(into.ownerUrl, town.clock.now() + 35 * dayMs - 1)).toBe(0)
  expect(await dropReplaced(into.ownerUrl, town.clock.now() + 35 * dayMs)).toBe(1)
  expect(await databasesBeside(into)).toEqual([])
})

test('taken while sensors speak and visits are found: no finding without its task', async () => {
  const { elder } = town
  for (const device of town.devicesOf(elder)) town.dead.delete(device.device)
  let speaking = true
  let sent = 0
  const talk = async () => {
    while (speaking) {
      for (const device of town.devicesOf(elder)) {
        await town.says(device, 'heartbeat')
        sent++
      }
    }
  }
  const talking = talk()
  const file = fileNamed('busy')
  const { manifest } = await backUp({
    ...{ ownerUrl: town.ownerUrl, file, version: 'test', clock: town.clock },
    async afterTable(name) {
      if (name !== 'scenarios.finding') return
      // Between two tables a rule finds somebody: neither finding nor task may be in.
      await town.hoursPass(49)
    },
  })
  speaking = false
  await talking
  expect(sent).toBeGreaterThan(10)
  await using into = await openDatabase()
  await restoring(into, file)
  const lonely = await rowsIn(
    into.ownerUrl,
    `select 1 from scenarios.finding f where f.task is null
     or not exists (select 1 from tasks.task t where t.id = f.task)`,
  )
  expect(lonely).toEqual([])
  const open = (rows: Manifest) => rows.tables.find(({ name }) => name === 'tasks.task')?.rows
  const [now] = await rowsIn(town.ownerUrl, 'select count(*)::int as n from tasks.task')
  expect(now.n).toBeGreaterThan(open(manifest)!)
}, 180_000)

test('a partition dropped between the moment and its turn: the backup begins anew and is whole', async () => {
  await using database = await openDatabase()
  const [{ parent }] = await rowsIn(
    database.ownerUrl,
    `select oid::regclass::text as parent from pg_class
     where relkind = 'p' and relname = 'reading' and relnamespace = 'sensing'::regnamespace`,
  )
  for (const [name, from, to] of [
    ['sensing.reading_2030010100', '2030-01-01T00:00Z', '2030-01-01T01:00Z'],
    ['sensing.reading_2030010101', '2030-01-01T01:00Z', '2030-01-01T02:00Z'],
  ]) {
    await rowsIn(
      database.ownerUrl,
      `create table ${name} partition of ${parent} for values from ('${from}') to ('${to}')`,
    )
  }
  let hasDropped = false
  const file = fileNamed('dropped')
  const manifest = await takeBackup({
    ...{ ownerUrl: database.ownerUrl, file, version: 'test', takenAt: 0 },
    async afterTable() {
      if (hasDropped) return
      hasDropped = true
      await rowsIn(database.ownerUrl, 'drop table sensing.reading_2030010101')
    },
  })
  const names = manifest.partitions.map(({ name }) => name)
  expect(names).toContain('sensing.reading_2030010100')
  expect(names).not.toContain('sensing.reading_2030010101')
  expect((await verifyBackup(file)).tables).toHaveLength(manifest.tables.length)
})

test('rows of any size come back in their order, and so as the same sum', async () => {
  await using source = await openDatabase()
  // Long and short in turn: many a row would find room on a page before the last.
  await rowsIn(
    source.ownerUrl,
    `insert into platform.setting select 'size-' || n, to_jsonb((
       select string_agg(md5(n || '-' || part), '') from generate_series(1, 1 + n * 37 % 60) as part
     )) from generate_series(1, 400) as n`,
  )
  const { file, manifest } = await backedUp(source.ownerUrl)
  await using into = await openDatabase()
  await restoring(into, file)
  const table = 'platform.setting'
  const { rows, sha256 } = manifest.tables.find(({ name }) => name === table)!
  expect(rows).toBeGreaterThanOrEqual(400)
  expect((await sums(into.ownerUrl)).get(table)).toBe(`${rows} ${sha256}`)
}, 60_000)

test('a restore does not resurrect the erased: readings, plan, watch and visit stay gone', async () => {
  const { elder } = town
  const [sensor] = town.devicesOf(elder)
  const moved = { 'door-contact': 'open', 'door-access': 'granted', motion: 'occupied' }
  await town.hoursPass(49)
  await town.says(sensor!, moved[sensor!.kind as keyof typeof moved])
  const { file } = await backedUp()
  await using source = await openDatabase()
  await restoring(source, file)
  const [{ consent }] = await rowsIn(
    source.ownerUrl,
    'select consent from care.plan where home = $1',
    [elder.home],
  )
  const fed = await fedBy(source.ownerUrl, consent)
  expect(fed).toMatchObject({ plan: 1, watch: 1, live: 1, readings: 1, visits: 1 })

  const erasuresFile = fileNamed('erasures.jsonl')
  town.clock.set({ at: town.clock.now() + 60_000 })
  const endedAt = town.clock.now()
  {
    await using program = await opened(source, erasuresFile)
    const ended = await fetch(`${program.url}/api/care/end`, {
      method: 'POST',
      headers: { authorization: `Bearer ${elder.token}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(ended.status).toBe(200)
    await expect.poll(() => readFile(erasuresFile, 'utf8'), { timeout: 30_000 }).toContain(consent)
  }
  // A new machine: all that is left are the backup and the file of erasures.
  await using elsewhere = await openDatabase()
  const there = await restoring(elsewhere, file, { erasureFiles: [erasuresFile] })
  expect(there.erasures.again).toBe(1)
  // The old machine without its file: the database that is replaced knows it itself.
  const here = await restoring(source, file)
  expect(here.erasures.again).toBe(1)
  const nothing = { plan: 0, watch: 0, live: 0, readings: 0, visits: 0 }
  for (const url of [elsewhere.ownerUrl, source.ownerUrl]) {
    expect(await fedBy(url, consent)).toEqual(nothing)
    const [row] = await rowsIn(url, 'select ended_at from privacy.consent where id = $1', [consent])
    expect(row.ended_at.getTime()).toBe(endedAt)
  }
  await using program = await opened(source)
  const watched = [...program.scenarios.plans.values()].map((plan) => plan.consent as string)
  expect(watched.length).toBeGreaterThan(0)
  expect(watched).not.toContain(consent)
}, 180_000)

async function fedBy(url: string, consent: string): Promise<object> {
  const [row] = await rowsIn(
    url,
    `select (select count(*)::int from care.plan where consent = $1) as plan,
       (select count(*)::int from scenarios.watch where consent = $1) as watch,
       (select count(*)::int from sensing.reading where consent = $1) as readings,
       (select count(*)::int from tasks.task t join privacy.consent c on c.person = t.person
         where c.id = $1 and t.kind = 'care-visit') as visits,
       (select count(*)::int from privacy.consent where id = $1 and ended_at is null) as live`,
    [consent],
  )
  return row
}

test('a file of erasures that is damaged keeps a restore out', async () => {
  const { file } = await backedUp()
  await using into = await openDatabase()
  const erasures = fileNamed('erasures.jsonl')
  await writeFile(erasures, '{"street":"310104011","kind":"conse\nmore\n')
  await expect(restoring(into, file, { erasureFiles: [erasures] })).rejects.toThrow(
    'holds what was erased',
  )
})

test('without the right to make databases it says what to ask for, and touches nothing', async () => {
  const { file } = await backedUp()
  await using into = await openDatabase()
  const role = `poor_${randomUUID().slice(0, 8)}`
  const database = databaseOf(into.ownerUrl)
  await rowsIn(into.ownerUrl, `create role ${role} login superuser password 'poor'`)
  await rowsIn(into.ownerUrl, `alter database ${database} owner to ${role}`)
  await rowsIn(into.ownerUrl, `alter role ${role} nosuperuser`)
  await rowsIn(into.ownerUrl, `grant owner to ${role}`)
  const poor = new URL(into.ownerUrl)
  poor.username = role
  poor.password = 'poor'
  const urls = { ...into, ownerUrl: poor.href }
  await expect(restoring(urls, file)).rejects.toThrow(`ALTER ROLE "${role}" CREATEDB`)
  expect(await databasesBeside(into)).toEqual([])
  await rowsIn(into.ownerUrl, `alter database ${database} owner to owner`)
  await rowsIn(into.ownerUrl, `drop role ${role}`)
})
