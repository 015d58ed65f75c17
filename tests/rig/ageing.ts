/**
 * A town that has left a row in every table, and grows old: after each of the terms, what is there
 * that should have gone?
 */
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayMs, hourMs } from '../../src/kernel/clock.ts'
import { fillDuties, fillPermission, fillSensing, fillTasks } from './leavings.ts'
import { longHeartbeat, openStreets, type Streets } from './streets.ts'
import { linesPastRetention, rowsPastRetention, terms } from './terms.ts'
import { fillRegister } from './world-rows.ts'
import { partsOf } from './world.ts'

/** From an hour on, over every term there is: days that go by, one after the other. */
const steps = [1 / 24, 1, 1, 1, 4, 7, 16, 5, 55, 90, 90, 95, 1, 365, 365, 366, 366, 366]
/** Some rows were written by the database's own clock: from here on, time goes on from there. */
const toRealTime = 9
const withTerms = Object.entries(terms).flatMap(([table, term]) => ('while' in term ? [] : [table]))

/** What the town said of a deletion. */
export type Recorded = { what: string; because: string; purpose: string; rows: number }

export async function openAgeing(): Promise<
  AsyncDisposable & {
    town: Streets
    /** How many rows each table with a term of its own holds. */
    counted(): Promise<Map<string, number>>
    growOld(): Promise<{ late: string[]; recorded: Recorded[]; rows: number }>
    /** Messages that are lines of a file, and of the one before it. */
    lines(): number
  }
> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-ageing-'))
  const file = join(folder, 'outbox.jsonl')
  const ways = {
    ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
    ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
    ...{ outboxFile: file, quiet: null },
  }
  const town = await openStreets({ ...longHeartbeat, neighbours: true, ways })
  await leaveEverything(town)
  await leaveLines(town, file)
  return {
    town,
    counted: () => counted(town),
    growOld: () => growOld(town, file),
    lines: () => linesIn(file) + linesIn(`${file}.1`),
    async [Symbol.asyncDispose]() {
      await town[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

const linesIn = (path: string) =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).length : 0

/** A sign-in code; and the same again where an older file would be. */
async function leaveLines(town: Streets, file: string): Promise<void> {
  await fetch(`${town.program.url}/api/identity/codes`, {
    ...{ method: 'POST', body: JSON.stringify({ phone: '13800005555' }) },
    headers: { 'content-type': 'application/json' },
  })
  for (let tries = 0; linesIn(file) === 0 && tries < 500; tries++) {
    await new Promise((done) => setTimeout(done, 10))
  }
  copyFileSync(file, `${file}.1`)
}

async function leaveEverything(town: Streets): Promise<void> {
  for (const street of [town.a, town.b]) {
    await town.agrees(street.elder)
    await street.neighbour.post('/api/care/refuse', {})
    await town.silent(street, 49)
    const wire = await town.connect(street.door)
    await town.says(wire, street.door, 1, 'open')
    await wire.endAsync()
    await fillSensing(town.owner, street.street, street.committee)
    await fillDuties(town.owner, street)
    await fillTasks(town.owner, street)
  }
  // A shelf of no day, for tests of other things.
  await town.owner('drop table sensing.lasting_reading_of_test')
  for (const part of Object.values(partsOf(town))) {
    await fillRegister(town.owner, part, town.clock.now())
    await fillPermission(town.owner, part)
  }
  await leaveMore(town)
  await town.settled()
}

async function growOld(town: Streets, file: string) {
  const late: string[] = []
  const recorded: Recorded[] = []
  let rows = 0
  for (const [at, days] of steps.entries()) {
    const from = at === toRealTime ? Math.max(town.clock.now(), Date.now()) : town.clock.now()
    const before = sumOf(await counted(town))
    town.clock.set({ at: from + days * dayMs })
    // What ended with a consent goes as soon as that is heard, in the next round at the latest.
    for (let rounds = 0; rounds < 2; rounds++) {
      await town.program.letGo()
      await town.settled()
    }
    rows += Math.max(before - sumOf(await counted(town)), 0)
    recorded.push(...(await town.owner('select * from privacy.deletion')))
    late.push(...(await rowsPastRetention(town.owner, town.clock.now())))
    late.push(...linesPastRetention(file, town.clock.now()))
  }
  return { late, recorded, rows }
}

const sumOf = (all: Map<string, number>) => [...all.values()].reduce((sum, each) => sum + each, 0)

async function counted(town: Streets): Promise<Map<string, number>> {
  const all = new Map<string, number>()
  for (const table of withTerms) {
    const [row] = await town.owner<{ n: number }>(`select count(*)::int as n from ${table}`)
    all.set(table, row?.n ?? 0)
  }
  return all
}

/** What nobody else leaves behind, and what ends nothing by itself. */
async function leaveMore(town: Streets): Promise<void> {
  const { street, elder, worker } = town.a
  const now = new Date(town.clock.now())
  const later = new Date(town.clock.now() + hourMs)
  const id = 'gen_random_uuid()'
  const rows: [statement: string, ...values: unknown[]][] = [
    [`insert into identity.attempt values ('known', uuid_send(${id}), $1)`, now],
    [`insert into identity.attempt values ('tried', uuid_send(${id}), $1)`, now],
    [
      `insert into identity.ceremony values
        (uuid_send(${id}), 'sign-in', null, uuid_send(${id}), '{}', $1)`,
      later,
    ],
    [
      `insert into identity.code values
        (${id}, uuid_send(${id}), uuid_send(${id}), uuid_send(${id}), 0, $1, $2, null)`,
      ...[now, later],
    ],
    [
      `insert into identity.shown_code select id, uuid_send(${id}), $1 from identity.account limit 1`,
      later,
    ],
    [
      `insert into identity.link values (uuid_send(${id}), $1, $2, $3, null)`,
      street,
      elder.person,
      later,
    ],
    ['update identity.standing set until = $1', now],
    [
      `update tasks.task set state = 'closed', closed_at = $1,
         next_at = null where state <> 'closed'`,
      now,
    ],
    [
      `insert into identity.oidc_subject (issuer, subject, account, linked_at)
       select 'https://sign-in.example', id::text, id, $1 from identity.account limit 1`,
      now,
    ],
    [
      `insert into identity.opening (hash, kind, made_at, expires_at)
       values (uuid_send(${id}), 'owner', $1, $2)`,
      ...[now, later],
    ],
    [
      `insert into sensing.refusal
       values ($1, ${id}, ($2::timestamptz at time zone 'Asia/Shanghai')::date, 'no-consent', 1, $2)`,
      ...[street, now],
    ],
    // Somebody who lived next door has moved away.
    ['update people.residence set to_at = $1 where person = $2', now, town.b.neighbour.person],
    [
      `update people.person set left_at = $1, left_why = 'moved' where id = $2`,
      ...[now, town.b.neighbour.person],
    ],
    // Looks that were put there by hand wait for their link as all others do.
    ['insert into privacy.unlinked select id from privacy.look on conflict do nothing'],
    ['update care.question set ended_at = $1', now],
    ['update duties.beat set until = $1', now],
    ['update duties.cover set until = $1', now],
  ]
  for (const [statement, ...values] of rows) await town.owner(statement, values)
  await worker.post('/api/privacy/requests', { reason: 'on-the-phone' })
  await worker.get(`/api/people/person?person=${elder.person}`)
}
