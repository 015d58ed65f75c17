/**
 * `npm run prove:faults -- --kills N`: random kill -9 of program and database under load.
 * First half of the kills: devices send readings as fast as their limit allows; at the end every
 * acknowledged reading must be stored once. Second half: 49 hours of town time pass while the
 * program dies again and again; every silent elder must have one visit, every dead device one
 * repair, and nobody else anything.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { newSecret } from '../src/platform/ids.ts'
import { median, print, round } from './figure.ts'
import { closeAll, connectAll, send, type Line } from './faults/senders.ts'
import { caller, openStreet, type Home } from './faults/street.ts'
import { Victim } from './faults/victim.ts'
import { freePort } from './start.ts'

const homesLoud = 24
const homesSilent = 20
const homesLively = 20
const homesDead = 10
const stepMs = 10 * 60_000
const hours = 49
/**
 * Half a minute past the hour: the whole first half lies in one hour, whose readings are all kept.
 */
const townStart = Date.parse('2026-07-07T08:00:30+08:00')

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    json: { type: 'boolean' },
    seed: { type: 'string' },
  },
})
const kills = Math.max(2, Number(values.kills))
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const random = seeded(seed)

const folder = mkdtempSync(join(tmpdir(), 'lilong-faults-'))
let aheadMs = townStart - Date.now()
const townNow = () => Date.now() + aheadMs

try {
  const ports = { http: await freePort(), mqtt: await freePort() }
  const key = newSecret()
  await using victim = new Victim(join(folder, 'data'), ports, key)
  await victim.start(aheadMs)
  console.error(`seed ${seed}, ${kills} kills`)
  const all = homesLoud + homesSilent + homesLively + homesDead
  const homes = await openStreet(victim.httpUrl, key, all)
  await pause(1_000)
  const lines = await connectAll(
    homes.map((home) => home.sender),
    ports.mqtt,
  )
  const first = Math.ceil(kills / 2)
  const events = await loudHalf(victim, lines.slice(0, homesLoud), first)
  const tasks = await silentHalf(victim, key, homes, lines, kills - first)
  await closeAll(lines)
  report(victim, { ...events, ...tasks })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Kills at random moments while every device sends; then compares what was acknowledged with what
 * is stored.
 */
async function loudHalf(victim: Victim, lines: Line[], count: number) {
  let isOver = false
  const sending = lines.map(async (line) => {
    while (!isOver) {
      const state = line.next % 2 === 0 ? 'open' : 'closed'
      await Promise.all([send(line, townNow(), state), send(line, townNow(), state)])
      await pause(30)
    }
  })
  for (let i = 0; i < count; i++) {
    await pause(200 + random() * 900)
    await killAndStart(victim)
  }
  await pause(500)
  isOver = true
  await Promise.all(sending)
  const refused = await query<{ reason: string; n: number }>(
    victim,
    'select reason, sum(count)::int as n from sensing.refusal group by 1',
  )
  for (const { reason, n } of refused) console.error(`refused ${reason}: ${n}`)
  const stored = await query<{ device: string; sequence: number; n: number }>(
    victim,
    'select device, sequence::float8 as sequence, count(*)::int as n from sensing.reading group by 1, 2',
  )
  const times = new Map(stored.map((row) => [`${row.device} ${row.sequence}`, row.n]))
  const acknowledged = lines.flatMap(({ sender, acknowledged: taken }) =>
    [...taken].map((seq) => `${sender.device} ${seq}`),
  )
  return {
    events_acknowledged: acknowledged.length,
    acknowledged_events_lost: acknowledged.filter((one) => !times.has(one)).length,
    events_doubled: [...times.values()].filter((n) => n > 1).length,
  }
}

/** Town time passes in steps; the kills fall on random steps. */
async function silentHalf(
  victim: Victim,
  key: string,
  homes: Home[],
  lines: Line[],
  count: number,
) {
  const silent = homes.slice(homesLoud, homesLoud + homesSilent)
  const dead = homes.slice(-homesDead)
  const steps = (hours * 3_600_000) / stepMs
  const killSteps = new Set<number>()
  while (killSteps.size < count) killSteps.add(1 + Math.floor(random() * (steps - 1)))
  const isDead = new Set(dead.map((home) => home.sender.device))
  const isSilent = new Set(silent.map((home) => home.sender.device))
  const call = caller(victim.httpUrl)
  for (let step = 0; step <= steps; step++) {
    aheadMs += stepMs
    await call(key, '/api/demo/clock', { at: Math.round(townNow()) })
    const said = lines.map(async (line) => {
      const { device } = line.sender
      if (isDead.has(device) && step > 30) return
      const isSign = step === 0 || (!isSilent.has(device) && step % 36 === 0)
      await send(line, townNow(), isSign ? 'open' : 'heartbeat')
    })
    if (killSteps.has(step)) await Promise.all([killAndStart(victim), ...said])
    else await Promise.all(said)
  }
  await call(key, '/api/demo/clock', { at: Math.round(townNow() + 60_000) })
  return compareTasks(victim, silent, dead)
}

async function compareTasks(victim: Victim, silent: Home[], dead: Home[]) {
  const rows = await query<{ rule: string; subject: string; n: number }>(
    victim,
    'select rule, subject, count(*)::int as n from tasks.task group by 1, 2',
  )
  const due = new Set([
    ...silent.map((home) => `care-silence ${home.plan}`),
    ...dead.map((home) => `device-silence ${home.sender.device}`),
  ])
  const made = new Map(rows.map((row) => [`${row.rule} ${row.subject}`, row.n]))
  return {
    tasks_due: due.size,
    tasks_lost: [...due].filter((one) => !made.has(one)).length,
    tasks_doubled: [...made.values()].reduce((sum, n) => sum + n - 1, 0),
    tasks_without_cause: [...made.keys()].filter((one) => !due.has(one)).length,
  }
}

async function killAndStart(victim: Victim): Promise<void> {
  await victim.kill(random() < 0.5 ? 'program' : 'database')
  await victim.start(aheadMs)
}

async function query<Row extends pg.QueryResultRow>(victim: Victim, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: victim.databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

function report(victim: Victim, counts: Record<string, number>): void {
  const bench = 'prove:faults'
  const zeroes = [
    ...['acknowledged_events_lost', 'events_doubled', 'tasks_doubled', 'tasks_lost'],
    'tasks_without_cause',
  ]
  print({ bench, metric: 'kills', unit: 'count', median: kills, n: 1 })
  for (const [metric, value] of Object.entries(counts)) {
    const held = zeroes.includes(metric) ? { bound: 0, holds: value === 0 } : {}
    print({ bench, metric, unit: 'count', median: value, n: kills, ...held })
    if ('holds' in held && !held.holds) process.exitCode = 1
  }
  const restarts = victim.restartMs.slice(1).map((ms) => ms / 1000)
  const restart = { median: round(median(restarts)), p99: round(Math.max(...restarts)) }
  print({ bench, metric: 'restart_s', unit: 's', ...restart, n: restarts.length })
}

/** A small seeded generator (mulberry32): a run can be repeated by its seed. */
function seeded(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
