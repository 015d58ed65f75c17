/**
 * One person who agrees to be looked after, and of whom everything is kept that can be: contacts,
 * readings, a question, a visit with what was found, a picture, notes and messages. Then they end
 * it. What is left of them a day later, wherever it might lie?
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { backUp, restore } from '../../src/backup.ts'
import { keepErasures } from '../../src/ground/privacy/index.ts'
import { dayMs } from '../../src/kernel/clock.ts'
import { browserOf, newAccount, standsAs } from './callers.ts'
import { openDatabase } from './database.ts'
import { operatorKey } from './program.ts'
import type { Unasked } from './reads-unasked.ts'
import { tablesHolding, type Streets } from './streets.ts'

type Owner = Streets['owner']

export type Withdrawn = {
  /** From the press of the button until nothing judges, takes in or sends any more. */
  stopMs: number
  /** What was there before, so that it could be missed: sinks that held a word. */
  held: string[]
  /** What is there a day later and should not be. */
  left: string[]
}

const words = {
  contact: '绯胸鹦鹉',
  phone: '13655512341',
  relation: '绿翅金鸠',
  found: '朱背啄花鸟',
  seen: '橙腹叶鹎',
} as const

/** What stays as proof, or is the register: known by their id, without any of their words. */
const proof = new Set([
  ...['people.', 'identity.', 'duties.'],
  ...['privacy.consent', 'privacy.look', 'privacy.refusal', 'privacy.request'],
])
const isProof = (table: string) =>
  [...proof].some((one) => (one.endsWith('.') ? table.startsWith(one) : table === one))

export async function withdraw(unasked: Unasked): Promise<Withdrawn> {
  const { town } = unasked
  const { elder } = town.a
  await live(unasked)
  const held = [...(await holding(unasked)), ...(await knownBy(unasked))]
  const began = performance.now()
  const ended = await elder.post('/api/care/end', {})
  if (ended.status !== 200) throw new Error(JSON.stringify(ended))
  await stopped(unasked)
  const stopMs = performance.now() - began
  const before = sentTo(unasked)
  await town.settled()
  town.clock.set({ at: town.clock.now() + dayMs })
  await town.program.scenarios.tick()
  await town.program.letGo()
  await town.program.sending.tick()
  await town.program.sending.idle()
  await town.settled()
  await halfADayOfJobs(town)
  const left = [...(await holding(unasked)), ...(await knownBy(unasked))]
  if (sentTo(unasked) > before) left.push('a message that went out afterwards')
  return { stopMs, held, left }
}

/** A backup of before is put back after somebody ended it: what of them is there again? */
export async function restoreAfterwards(
  unasked: Unasked,
  folder: string,
): Promise<{ held: string[]; back: string[]; again: number }> {
  const { town } = unasked
  const { clock, ownerUrl } = town
  await live(unasked)
  const held = await tablesWith(town.owner)
  const file = join(folder, 'before')
  const account = await newAccount(town)
  const { street, neighbour } = town.b
  await standsAs(town, account, { street, person: neighbour.person })
  const cookie = await browserOf(town, account, { street })
  await backUp({ ownerUrl, file, version: 'rehearsal', clock })
  const ended = await town.a.elder.post('/api/care/end', {})
  if (ended.status !== 200) throw new Error(JSON.stringify(ended))
  await closes(town, cookie)
  await leaves(town)
  await town.settled()
  const erasures = join(folder, 'erasures.jsonl')
  await keepErasures(town.program.given, erasures)
  await using elsewhere = await openDatabase()
  const restored = await restore({
    ...{ urls: elsewhere, file, erasureFiles: [erasures], dropOld: true, real: clock },
    ...{ townClock: async () => clock, log: { say: () => undefined }, say: () => undefined },
  })
  const client = new pg.Client({ connectionString: elsewhere.ownerUrl })
  await client.connect()
  const owner: Owner = async (statement, values = []) =>
    (await client.query(statement, values)).rows
  const back = await tablesWith(owner)
  // Jobs that were heard go with the next sweep.
  const kept = (tables: string[]) => tables.filter((table) => table !== 'pgboss.job')
  const known = kept(await tablesHolding(owner, town.a.elder.person))
  back.push(...known.filter((table) => !isProof(table.replaceAll('"', ''))))
  const gone = kept(await tablesHolding(owner, town.a.neighbour.person))
  back.push(...gone.filter((table) => !table.startsWith('privacy.')))
  const open = `select id::text from identity.account where id = $1 and closed_at is null
    union all select id::text from identity.standing where account = $1 and until is null
    union all select hash::text from identity.session where account = $1`
  back.push(...(await owner(open, [account])).map(() => 'an account that was closed'))
  await client.end()
  return { held, back, again: restored.erasures.again }
}

/** Whoever holds the account wants none any more, and lives on where they live. */
async function closes({ program }: Unasked['town'], cookie: string): Promise<void> {
  const closed = await fetch(`${program.url}/api/privacy/my-data/erase`, {
    ...{ method: 'POST', body: JSON.stringify({ part: 'account' }) },
    headers: { 'content-type': 'application/json', cookie },
  })
  const said = (await closed.json()) as { state?: string }
  if (said.state !== 'done') throw new Error(JSON.stringify(said))
}

/** The neighbour left long ago: their term is over, and all of them goes. */
async function leaves({ owner, clock, program, a }: Unasked['town']): Promise<void> {
  const at = new Date(clock.now() - 366 * dayMs)
  const { person } = a.neighbour
  await owner('update people.residence set from_at = $1, to_at = $1 where person = $2', [
    at,
    person,
  ])
  await owner("update people.person set left_at = $1, left_why = 'moved' where id = $2", [
    ...[at, person],
  ])
  await program.letGo()
}

async function tablesWith(owner: Owner): Promise<string[]> {
  const found: string[] = []
  for (const word of Object.values(words)) found.push(...(await tablesHolding(owner, word)))
  return found
}

/** Weeks of somebody’s life, as far as it is kept. */
async function live({ town }: Unasked): Promise<void> {
  const { elder, worker, door, motion } = town.a
  const { relation, contact: name, phone } = words
  await town.agrees(elder, [{ name, relation, phone }])
  for (const device of [door, motion]) {
    const wire = await town.connect(device)
    await town.says(wire, device, 1, device === door ? 'open' : 'occupied')
    await wire.endAsync()
  }
  await elder.post('/api/care/wandering', { agrees: 'person' })
  await town.silent(town.a, 49)
  const { tasks } = (await worker.get('/api/tasks/mine')).body
  const visit = tasks.find(({ kind }: { kind: string }) => kind === 'care-visit')
  if (!visit) throw new Error('no visit was asked for')
  const act = (done: string, from: string, more = {}) =>
    worker.post('/api/tasks/act', { task: visit.task, act: done, from, ...more })
  await act('acknowledge', 'raised')
  await act('find', 'acknowledged', { outcome: 'needed-help', words: words.found })
  await town.owner(
    `insert into tasks.photo select street, $2, id, to_timestamp($3 / 1000.0), $4, $5, $6
     from tasks.task where id = $1`,
    [
      visit.task,
      randomUUID(),
      town.clock.now(),
      worker.person,
      Buffer.from(words.seen),
      words.seen,
    ],
  )
  await town.owner(
    `insert into care.question (street, id, plan, person, home, purpose, rule, rule_version,
       asked_at, until, asks, is_urgent, is_last)
     select street, gen_random_uuid(), id, person, home, 'agreed-care', 'care-silence', 1,
       to_timestamp($2 / 1000.0), to_timestamp($2 / 1000.0) + interval '1 hour', 'person', false,
       false
     from care.plan where person = $1`,
    [elder.person, town.clock.now()],
  )
  await town.settled()
}

/** Looked at again and again, until nothing of it works any more. */
async function stopped({ town }: Unasked): Promise<void> {
  const { elder, door } = town.a
  const { plans } = town.program.scenarios
  const isJudged = () => [...plans.values()].some(({ person }) => person === elder.person)
  const isTaken = () =>
    [...town.program.sensing.memory.all()].some(
      ({ device, consent }) => device.device === door.device && consent !== null,
    )
  for (let tries = 0; isJudged() || isTaken(); tries++) {
    if (tries > 2_000) throw new Error('it does not stop')
    await new Promise((done) => setTimeout(done, 2))
  }
}

/** Wherever one of their words stands: tables, jobs, logs, files, figures. */
async function holding({ town, left }: Unasked): Promise<string[]> {
  const found: string[] = []
  const hex = Buffer.from(words.seen).toString('hex')
  for (const word of [...Object.values(words), hex]) {
    for (const table of await town.tablesHolding(word)) found.push(`${table}: ${word}`)
  }
  const headers = { authorization: `Bearer ${operatorKey}` }
  const metrics = await (await fetch(`${town.program.url}/metrics`, { headers })).text()
  const sinks = { log: town.logged.join('\n'), metrics, files: left()[2]?.join('\n') ?? '' }
  for (const [sink, text] of Object.entries(sinks)) {
    for (const word of Object.values(words)) if (text.includes(word)) found.push(`${sink}: ${word}`)
  }
  return found
}

/** Where the person is still known, and what the home's sensors and rules still know. */
async function knownBy({ town }: Unasked): Promise<string[]> {
  const { elder, homes, door, motion } = town.a
  const tables = await town.tablesHolding(elder.person)
  const known = tables.filter((table) => !isProof(table.replaceAll('"', '')))
  const rows = async (what: string, statement: string, values: unknown[]) =>
    (await town.owner(statement, values)).length > 0 ? [what] : []
  const devices = [door.device, motion.device]
  const { program } = town
  return [
    ...known.map((table) => `${table}: known by their id`),
    ...(await rows('readings', 'select 1 from sensing.reading where device = any($1)', [devices])),
    ...(await rows('rules', 'select 1 from scenarios.subject where subject = $1', [homes[0]])),
    ...(await rows('findings', 'select 1 from scenarios.finding where subject = $1', [homes[0]])),
    ...([...program.scenarios.plans.values()].some(({ person }) => person === elder.person)
      ? ['the judge’s memory']
      : []),
  ]
}

const sentTo = ({ left }: Unasked) =>
  left()[0]?.filter((one) => one.includes(words.phone)).length ?? 0

/** Jobs live by the machine’s clock: half a day goes by for them, and the sweep comes round. */
async function halfADayOfJobs(town: Unasked['town']): Promise<void> {
  await town.owner("update pgboss.job set completed_on = completed_on - interval '13 hours'")
  await town.owner("update pgboss.queue set maintain_on = maintain_on - interval '13 hours'")
  const boss = new PgBoss({ connectionString: town.ownerUrl, schema: 'pgboss', supervise: false })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.supervise()
  await boss.stop({ graceful: false })
}
