import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backUp, restore } from '../src/backup.ts'
import { openProgram } from '../src/program.ts'
import { browserOf, newAccount, standsAs } from './rig/callers.ts'
import { openDatabase, type TestDatabase } from './rig/database.ts'
import { operatorKey } from './rig/program.ts'
import { openTown, type Town } from './rig/town.ts'

const folder = mkdtempSync(join(tmpdir(), 'lilong-erased-'))
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

function restoring(urls: TestDatabase, file: string, erasureFiles: string[] = []) {
  return restore({
    ...{ urls, file, erasureFiles, dropOld: true, real: town.clock },
    ...{ townClock: async () => town.clock, log: { say: () => undefined }, say: () => undefined },
  })
}

test('a restore does not resurrect a person who had everything erased', async () => {
  const { elder } = town
  const file = fileNamed('town')
  await backUp({ ownerUrl: town.ownerUrl, file, version: 'test', clock: town.clock })
  await using source = await openDatabase()
  await restoring(source, file)
  const [{ person, street }] = await rowsIn(
    source.ownerUrl,
    'select person, street from care.plan where home = $1',
    [elder.home],
  )
  expect(await restOf(source.ownerUrl, person)).toMatchObject({ people: 1, homes: 1, plans: 1 })
  const erasuresFile = fileNamed('erasures.jsonl')
  await leaves(source.ownerUrl, person)
  {
    await using opened = new AsyncDisposableStack()
    const program = await openProgram({
      ...{ urls: source, erasuresFile, keysFile: town.keysFile },
      ...{ clock: town.clock, real: town.clock, operatorKey, version: 'test', town: 'demo' },
      ...{ log: { say: () => undefined }, bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
      ...{ distDir: null, ticks: false },
    })
    opened.defer(() => program.close())
    const owner: any = (text: string, values?: unknown[]) => rowsIn(source.ownerUrl, text, values)
    const theirs: any = { owner, clock: town.clock }
    const account = await newAccount(theirs)
    await standsAs(theirs, account, { street, person })
    const cookie = await browserOf(theirs, account, { street })
    const asked = await fetch(`http://localhost:${program.httpPort}/api/privacy/my-data/erase`, {
      ...{ method: 'POST', body: JSON.stringify({ part: 'everything' }) },
      headers: { 'content-type': 'application/json', cookie },
    })
    expect(await asked.json()).toMatchObject({ state: 'done', holds: [] })
    await expect.poll(() => readFile(erasuresFile, 'utf8'), { timeout: 30_000 }).toContain(person)
  }
  const nothing = { people: 0, homes: 0, plans: 0, notes: 0, numbers: 0, visits: 0 }
  expect(await restOf(source.ownerUrl, person)).toEqual(nothing)
  // Yesterday's backup still has them living there: a new machine has the file, the old one knows.
  await using elsewhere = await openDatabase()
  const there = await restoring(elsewhere, file, [erasuresFile])
  const here = await restoring(source, file)
  // The person, and the agreement of theirs where it was heard of by itself, too.
  expect(there.erasures.again).toBeGreaterThan(0)
  expect(here.erasures.again).toBe(2)
  for (const url of [elsewhere.ownerUrl, source.ownerUrl]) {
    expect(await restOf(url, person)).toEqual(nothing)
    const again = "select 1 from privacy.erasure where kind = 'person' and id = $1"
    expect(await rowsIn(url, again, [person])).toHaveLength(1)
  }
}, 300_000)

test('a restore does not open an account again that its person closed', async () => {
  const { elder } = town
  await using source = await openDatabase()
  const now = fileNamed('now')
  await backUp({ ownerUrl: town.ownerUrl, file: now, version: 'test', clock: town.clock })
  await restoring(source, now)
  const owner: any = (text: string, values?: unknown[]) => rowsIn(source.ownerUrl, text, values)
  const theirs: any = { owner, clock: town.clock }
  const [{ person, street }] = await owner('select person, street from care.plan where home = $1', [
    elder.home,
  ])
  const erasuresFile = fileNamed('erasures.jsonl')
  const account = await newAccount(theirs)
  // One backup knows the account as nobody yet, the other as the elder.
  const nobodyYet = fileNamed('nobody')
  await backUp({ ownerUrl: source.ownerUrl, file: nobodyYet, version: 'test', clock: town.clock })
  await standsAs(theirs, account, { street, person })
  const known = fileNamed('known')
  {
    const cookie = await browserOf(theirs, account, { street })
    await backUp({ ownerUrl: source.ownerUrl, file: known, version: 'test', clock: town.clock })
    await using opened = new AsyncDisposableStack()
    const program = await openProgram({
      ...{ urls: source, erasuresFile, keysFile: town.keysFile },
      ...{ clock: town.clock, real: town.clock, operatorKey, version: 'test', town: 'demo' },
      ...{ log: { say: () => undefined }, bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
      ...{ distDir: null, ticks: false },
    })
    opened.defer(() => program.close())
    const asked = await fetch(`http://localhost:${program.httpPort}/api/privacy/my-data/erase`, {
      ...{ method: 'POST', body: JSON.stringify({ part: 'account' }) },
      headers: { 'content-type': 'application/json', cookie },
    })
    expect(await asked.json()).toMatchObject({ state: 'done', holds: [] })
    await expect.poll(() => readFile(erasuresFile, 'utf8'), { timeout: 30_000 }).toContain(account)
  }
  const closed = { people: 1, open: 0, stands: 0, sessions: 0 }
  expect(await accountIn(source.ownerUrl, account, person)).toEqual(closed)
  await using elsewhere = await openDatabase()
  for (const [file, back] of [
    [nobodyYet, 1],
    [known, 1],
  ] as const) {
    const { erasures } = await restoring(elsewhere, file, [erasuresFile])
    expect(erasures.again).toBe(back)
    const there = await accountIn(elsewhere.ownerUrl, account, person)
    expect(there).toEqual(closed)
  }
  expect((await restoring(source, known)).erasures.again).toBe(1)
  expect(await accountIn(source.ownerUrl, account, person)).toEqual(closed)
}, 300_000)

/** Who is registered stays; who signs in does not. */
async function accountIn(url: string, account: string, person: string): Promise<object> {
  const [row] = await rowsIn(
    url,
    `select (select count(*)::int from people.person where id = $2) as people,
       (select count(*)::int from identity.account where id = $1 and closed_at is null) as open,
       (select count(*)::int from identity.standing where person = $2 and until is null) as stands,
       (select count(*)::int from identity.session where account = $1) as sessions`,
    [account, person],
  )
  return row
}

/** They moved away, and nothing about them is open. */
async function leaves(url: string, person: string): Promise<void> {
  const at = new Date(town.clock.now())
  await rowsIn(url, 'update people.residence set to_at = $2 where person = $1', [person, at])
  await rowsIn(url, 'update people.ownership set to_on = $2 where person = $1', [person, at])
  await rowsIn(
    url,
    "update tasks.task set state = 'closed', next_at = null, closed_at = $2 " +
      "where person = $1 and state <> 'closed'",
    [person, at],
  )
}

async function restOf(url: string, person: string): Promise<object> {
  const [row] = await rowsIn(
    url,
    `select (select count(*)::int from people.person where id = $1) as people,
       (select count(*)::int from people.residence where person = $1) as homes,
       (select count(*)::int from people.number where person = $1) as numbers,
       (select count(*)::int from care.plan where person = $1) as plans,
       (select count(*)::int from delivery.note where person = $1) as notes,
       (select count(*)::int from tasks.task where person = $1) as visits`,
    [person],
  )
  return row
}
