/**
 * `npm run bench -- live`: so many workers and residents with an open page each; something changes
 * for one of them, and for all at the same moment. From COMMIT to the page that is told.
 */
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { median, print, round } from './figure.ts'
import { Child } from './load/child.ts'
import { inWorkshop } from './load/workshop.ts'
import type { Used } from './pages/program.ts'
import { openScene, type Scene } from './pages/scene.ts'

const bench = 'live'
const pages = 5_000
const rounds = 10
const single = 300
const boundMs = 1_000

type Person = { person: string; token: string }

export async function benchLive(): Promise<void> {
  await inWorkshop(bench, async (opened, folder) => {
    const scene = await openScene(opened, folder, 4)
    const people = await signIn(scene)
    const before = await scene.program.ask<Used>('used')
    const watchers = opened.use(new Child(join(import.meta.dirname, 'live/watchers.ts')))
    await watchers.ask('open', { url: scene.url, tokens: people.map(({ token }) => token) })
    const after = await scene.program.ask<Used>('used')
    const kb = round(((after.rssMb - before.rssMb) * 1_024) / pages, 1)
    const what = `${pages} open pages; the program alone`
    print({ bench, metric: 'kb_per_page', unit: 'KB', median: kb, n: 1, says: what })
    const client = new pg.Client({ connectionString: scene.databaseUrl })
    await client.connect()
    opened.defer(() => client.end())
    await toOne(client, people, watchers)
    await toAll(client, people, watchers)
  })
}

/** Residents by the register, with a session each as a used link would leave it. */
async function signIn({ call, officer, neighbourhoods, databaseUrl }: Scene): Promise<Person[]> {
  const staff = [officer, ...neighbourhoods.flatMap(({ workers }) => workers)]
  const homes = neighbourhoods.flatMap((one) => one.homes)
  const residents: Person[] = []
  for (let from = 0; from < pages - staff.length; from += 500) {
    const many = Math.min(500, pages - staff.length - from)
    const people = Array.from({ length: many }, (_, at) => ({
      ...{ name: `试验居民${from + at}`, bornOn: '1950-01-01', phone: null, livesAlone: false },
      home: homes[(from + at) % homes.length],
    }))
    const path = '/api/people/many'
    const made = await call<{ people: string[] }>(officer.token, 'POST', path, { people })
    for (const person of made.people) residents.push({ person, token: newToken() })
  }
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const rows = residents.map(({ person, token }) => ({ person, digest: digestOf(token) }))
  await client.query(
    `insert into identity.session (hash, street, person, kind, made_at, expires_at)
     select decode(digest, 'hex'), '310104011', person, 'token', now(), now() + interval '1 day'
     from json_to_recordset($1::json) as row (person uuid, digest text)`,
    [JSON.stringify(rows)],
  )
  await client.end()
  return [...staff, ...residents]
}

const newToken = () => randomBytes(32).toString('base64url')
const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** As the program does it: notifications leave with the transaction. Answers when it committed. */
async function tell(client: pg.Client, people: readonly Person[]): Promise<number> {
  const told = people.map(({ person }) => JSON.stringify({ person, topic: 'tasks' }))
  await client.query('begin')
  await client.query(`select pg_notify('lilong_live', each) from unnest($1::text[]) as each`, [
    told,
  ])
  const at = Date.now()
  await client.query('commit')
  return at
}

async function toOne(client: pg.Client, people: readonly Person[], watchers: Child) {
  const waits: number[] = []
  for (let number = 0; number < single; number++) {
    const index = (number * 17) % people.length
    const person = people[index]
    if (!person) continue
    await watchers.ask('forget')
    const at = await tell(client, [person])
    const { heard } = await watchers.ask<{ heard: number[] }>('heard', { from: at, count: 1 })
    waits.push(...heard)
  }
  say('one_ms', waits)
}

async function toAll(client: pg.Client, people: readonly Person[], watchers: Child) {
  const waits: number[] = []
  const worst: number[] = []
  for (let round = 0; round < rounds; round++) {
    await watchers.ask('forget')
    await pause(100)
    const at = await tell(client, people)
    const wanted = { from: at, count: people.length }
    const { heard } = await watchers.ask<{ heard: number[] }>('heard', wanted)
    waits.push(...heard)
    worst.push(Math.max(...heard))
  }
  const sorted = say('fanout_ms', waits)
  const p99 = round(sorted.at(-Math.ceil(sorted.length / 100)) ?? Number.NaN)
  const held = { bound: boundMs, holds: p99 <= boundMs }
  const says = `all ${people.length} pages at the same moment, ${rounds} times; from COMMIT to the page`
  print({ bench, metric: 'fanout_p99_ms', unit: 'ms', median: p99, n: waits.length, ...held, says })
  const slowest = round(median(worst))
  print({ bench, metric: 'fanout_last_ms', unit: 'ms', median: slowest, n: rounds })
  if (!held.holds) process.exitCode = 1
}

function say(metric: string, waits: readonly number[]): number[] {
  const sorted = waits.toSorted((a, b) => a - b)
  const p99 = round(sorted.at(-Math.ceil(sorted.length / 100)) ?? Number.NaN)
  print({ bench, metric, unit: 'ms', median: round(median(sorted)), p99, n: sorted.length })
  return sorted
}
