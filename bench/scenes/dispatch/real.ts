/**
 * A real program on a real PostgreSQL. Thousands of tasks that nobody answers climb every few
 * seconds while it is killed; afterwards the history of each says whether every step was taken,
 * once, and in time.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { secondMs, type Instant } from '../../../src/kernel/clock.ts'
import { isFault } from '../../../src/kernel/fault.ts'
import type { PlaceCode, StreetCode } from '../../../src/kernel/ids.ts'
import type { Given } from '../../../src/platform/given.ts'
import { idsBy } from '../../../src/platform/ids.ts'
import { nothingSealed } from '../../../src/platform/seal/index.ts'
import { openDatabase } from '../../../src/platform/sql.ts'
import { openTask, type Asked } from '../../../src/desks/tasks/index.ts'
import { callerOf } from '../../faults/street.ts'
import { seededFor } from '../../faults/chance.ts'
import { Victim } from '../../faults/victim.ts'
import { promiseFour, say, type Four } from './report.ts'

const answerMs = 20 * secondMs
const lateMs = 10 * secondMs
const restMs = 15 * secondMs
const street = '310104011' as StreetCode
const committee = '310104011013'

type Down = { from: Instant; to: Instant }
export type RealWish = { tasks: number; kills: number; seed: number }

export async function proveReal({ tasks, kills, seed }: RealWish): Promise<void> {
  await using victim = new Victim({ aheadMs: 0 })
  await victim.start()
  const tokens = await fillStreet(victim)
  const downs: Down[] = []
  const ending = new AbortController()
  const acting = actNowAndThen(victim, tokens, ending.signal)
  await openMany(victim, tasks)
  const chance = seededFor(seed, 'real')
  for (let n = 0; n < kills; n++) {
    await pause(3 * secondMs + chance() * 12 * secondMs)
    const from = Date.now()
    await victim.strike('program')
    await victim.untilHealthy()
    downs.push({ from, to: Date.now() })
  }
  ending.abort()
  await acting
  await pause(restMs + answerMs)
  const four = await judged(victim, tasks, downs)
  say('real_kills', victim.kills.program, kills, 'count', 'kill -9 while tasks climb')
  promiseFour('real_', four, tasks)
  say(
    'real_steps',
    four.steps,
    tasks,
    'count',
    `each ${answerMs / secondMs} s until somebody answers`,
  )
  say('real_answered', four.answered, tasks)
  const says = 'their time came while nothing ran'
  say('real_downtime_lateness_s_max', four.downMsMax / secondMs, four.downSteps, 's', says)
}

/** Two officers, three workers: everybody is told in turn, and nobody answers. */
async function fillStreet({ httpUrl, key }: Victim): Promise<string[]> {
  const call = callerOf(httpUrl)
  const { source, districts } = await register()
  await call(key, '/api/places/divisions', { source, districts })
  const founded = await call(key, '/api/duties/streets', {
    ...{ street, officer: '试验值班长', phone: '021-5550-0100' },
  })
  const tokenOf = async (name: string) =>
    (await call(key, '/api/identity/tokens', { name })).token ?? ''
  const officer = await tokenOf('试验值班长')
  const { body } = await call(officer, '/api/duties/bodies', {
    ...{ committee, phone: '021-5550-0101', opensAt: '08:30', closesAt: '17:30' },
  })
  const tokens = [officer]
  for (const [n, into] of [body, body, body, founded['body']].entries()) {
    const name = `试验${n}`
    const made = await call(officer, '/api/people', {
      ...{ name, bornOn: null, phone: null, home: null, livesAlone: false },
    })
    const { person } = made
    await call(officer, '/api/duties/posts', { body: into, title: '试验', person, rank: n + 2 })
    tokens.push(await tokenOf(name))
  }
  return tokens
}

async function register(): Promise<Record<string, unknown>> {
  const file = await import('../../../data/shanghai-divisions.json', { with: { type: 'json' } })
  return file.default
}

/** As a rule opens them, by the product's own door; every tenth twice at once. */
async function openMany(victim: Victim, tasks: number): Promise<void> {
  const url = victim.databaseUrl()
  const db = openDatabase({ ownerUrl: url, appUrl: url })
  const clock = { now: () => Date.now() }
  const given: Given = {
    ...{ db, clock, newId: idsBy(clock) },
    tell: () => Promise.resolve(),
    log: { say: () => undefined },
    seal: nothingSealed,
  }
  const tiers = [
    { as: 'worker', answerMs },
    { as: 'duty-officer', answerMs },
  ] as const
  const open = async (n: number): Promise<void> => {
    const asked: Asked = {
      ...{ kind: 'hazard', rule: 'prove', ruleVersion: 1, subject: `s${n}`, person: null, tiers },
      place: committee as PlaceCode,
      facts: {
        ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
        ...{ gateway: null, heardAt: null },
      },
    }
    const made = await db.inStreet({ street }, (tx) =>
      openTask(given, tx, street, asked, { count: 2, kind: 'hour' }),
    )
    if (isFault(made) && made.fault !== 'already-so') throw new Error(made.fault)
  }
  try {
    const all = Array.from({ length: tasks }, (_, n) => (n % 10 === 0 ? [n, n] : [n])).flat()
    const lanes = Array.from({ length: 4 }, async (_, lane) => {
      for (let at = lane; at < all.length; at += 4) await open(all[at] ?? 0)
    })
    await Promise.all(lanes)
  } finally {
    await db.close()
  }
}

type Mine = { task: string; state: string; part: string }

/** Some of it is answered after all, by several at once, while the program dies under them. */
async function actNowAndThen(victim: Victim, tokens: readonly string[], signal: AbortSignal) {
  const ask = async (token: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${victim.httpUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5 * secondMs),
    })
    return answer.json()
  }
  while (!signal.aborted) {
    const acting = tokens.map(async (token) => {
      const { tasks = [] } = (await ask(token, '/api/tasks/mine')) as { tasks?: Mine[] }
      for (const { task, state, part } of tasks.slice(0, 3)) {
        const act = part === 'responsible' ? 'acknowledge' : 'take'
        if (state === 'raised') await ask(token, '/api/tasks/act', { task, act, from: state })
      }
    })
    await Promise.allSettled(acting)
    await pause(secondMs)
  }
}

type Judged = Four & { steps: number; answered: number; downSteps: number; downMsMax: number }
type Line = { task: string; at: Date; act: string }

async function judged(victim: Victim, tasks: number, downs: readonly Down[]): Promise<Judged> {
  const now = Date.now()
  const lines = await victim.query<Line>(
    'select task, at, act from tasks.task_log order by task, step',
  )
  const rows = await victim.query<{ id: string; next_at: Date; owned: boolean }>(`
    select id, next_at, (select count(*) = 1 and bool_and(own.person = task.responsible)
      from tasks.concerned as own
      where own.task = task.id and own.part = 'responsible') as owned
    from tasks.task`)
  const four: Judged = {
    ...{ alarms: rows.length, unowned: 0, unescalated: 0, late: 0, lateMsMax: 0 },
    ...{ doubled: Math.max(0, rows.length - tasks), steps: 0, answered: 0 },
    ...{ downSteps: 0, downMsMax: 0 },
  }
  four.unowned = rows.filter(({ owned }) => !owned).length
  const upAgain = downs.at(-1)?.to ?? 0
  for (const { next_at } of rows) {
    if (now - Math.max(next_at.getTime(), upAgain) > lateMs) four.unescalated++
  }
  for (const its of Map.groupBy(lines, ({ task }) => task).values()) judgeOne(its, downs, four)
  return four
}

const own: ReadonlySet<string> = new Set(['raised', 'climb', 'again'])

/** From one telling to the next exactly so long, until somebody answers. */
function judgeOne(lines: readonly Line[], downs: readonly Down[], four: Judged): void {
  let isLate = false
  for (const [n, { at, act }] of lines.entries()) {
    const before = lines[n - 1]
    if (!own.has(act)) {
      four.answered++
      return
    }
    if (!before) continue
    four.steps++
    const due = before.at.getTime() + answerMs
    const taken = at.getTime()
    if (taken < due) four.doubled++
    // Up since then; what is taken while we still look whether it is up is not late.
    const ups = downs.filter(({ from }) => from < taken).map(({ to }) => Math.min(to, taken))
    const behind = taken - Math.max(due, ...ups)
    if (downs.some(({ from, to }) => from <= due && due < to)) {
      four.downSteps++
      four.downMsMax = Math.max(four.downMsMax, taken - due)
    }
    four.lateMsMax = Math.max(four.lateMsMax, behind)
    if (behind > lateMs && !isLate) {
      isLate = true
      four.late++
    }
  }
}
