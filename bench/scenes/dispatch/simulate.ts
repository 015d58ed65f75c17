/** One street over some days: alarms, people, messages, and a program that dies and comes back. */
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../../src/kernel/clock.ts'
import type { PersonId, PlaceCode } from '../../../src/kernel/ids.ts'
import type { Asked, TaskKind, Tier } from '../../../src/desks/tasks/index.ts'
import { drawFor, type Draw } from '../chance.ts'
import { lookMsMax, openJudge, type Found, type Judge } from './judge.ts'
import { drawOutages, openPost, type Post, type Sheet } from './notes.ts'
import { openPeople, type Doing, type People } from './people.ts'
import { lookMs, openProgram, type Costs, type Ears, type Program } from './program.ts'
import { openQueue, type Queue } from './queue.ts'
import { drawStreet, type Street } from './street.ts'

export type Wish = { alarms: number; days: number; costs?: Partial<Costs> }

type Happening =
  | { is: 'alarm'; asked: Asked; dueMs: number }
  | { is: 'pass'; at: Instant }
  | { is: 'look' }
  | { is: 'send'; sheet: Sheet; turn: number }
  | { is: 'see'; sheet: Sheet }
  | { is: 'do'; doing: Doing }
  | { is: 'up' }
  | { is: 'left'; person: PersonId; why: 'post' | 'leave'; upBy: number }

/** Monday, 1 June 2026, 08:00 in Shanghai. */
const start = Date.parse('2026-06-01T08:00:00+08:00')
const usualCosts = { passMs: 8, stepMs: 5 }

type Scene = {
  street: Street
  end: Instant
  queue: Queue<Happening>
  uptime: Uptime
  judge: Judge
  program: Program
  people: People
  post: Post
  hasTurned: (to: Instant) => boolean
  /** When the next pass begins; a time that was put off is not acted on. */
  passAt: Instant
}

/** The same seed and wish, the same street, hour by hour. */
export function simulate(seed: number, wish: Wish): Found {
  const scene = openScene(seed, wish)
  const { queue, end, uptime, program, judge } = scene
  for (let now = queue.next(); now < end; now = queue.next()) {
    const what = queue.take()
    if (!what) break
    const downUntil = uptime.downUntil(now)
    if (downUntil !== null) {
      // Nobody hears it now; it is said again, or found to be due, once the program is back.
      if (what.is === 'pass') scene.passAt = Number.POSITIVE_INFINITY
      else if (what.is !== 'look' && what.is !== 'up') queue.put(downUntil, what)
      continue
    }
    happen(scene, what, now)
    const next = program.nextPass(now)
    if (next >= scene.passAt) continue
    scene.passAt = next
    queue.put(next, { is: 'pass', at: next })
  }
  judge.ended(program.rows.values(), end, uptime.since(end))
  return judge.found
}

function openScene(seed: number, wish: Wish): Scene {
  const end = start + wish.days * dayMs
  const draw = drawFor(seed, 'street')
  const street = drawStreet(draw, start, wish.days)
  const downs = drawDowns(drawFor(seed, 'downs'), end)
  const queue = openQueue<Happening>()
  const uptime = uptimeOf(downs)
  const machine = drawFor(seed, 'machine')
  const costs = { ...usualCosts, stallMs: () => stallOf(machine), ...wish.costs }
  const officers = new Set(
    street.seats.filter(({ role }) => role === 'street').map(({ person }) => person),
  )
  const judge = openJudge((person) => officers.has(person), uptime.upAt)
  const program = openProgram(
    street,
    costs,
    earsOf(judge, uptime, () => post),
  )
  const spans = { start, end }
  const people = openPeople(drawFor(seed, 'people'), street, spans, program, judge, (doing) =>
    queue.put(doing.at, { is: 'do', doing }),
  )
  const post = openPost(drawFor(seed, 'post'), drawOutages(draw, start, end), people, {
    send: (at, sheet, turn) => queue.put(at, { is: 'send', sheet, turn }),
    see: (at, sheet) => queue.put(at, { is: 'see', sheet }),
  })
  putAlarms(drawFor(seed, 'alarms'), street, wish, end, queue.put)
  putLeaving(street, end, uptime, queue.put)
  for (let at = start + lookMs; at < end; at += lookMs) queue.put(at, { is: 'look' })
  for (const { to } of downs) queue.put(to, { is: 'up' })
  program.begin(start)
  const hasTurned = turnsOf(street)
  const passAt = Number.POSITIVE_INFINITY
  return { street, end, queue, uptime, judge, program, people, post, hasTurned, passAt }
}

/** The judge hears first; then whoever is told is told. */
function earsOf(judge: Judge, uptime: Uptime, postOf: () => Post): Ears {
  return {
    opened(row, at) {
      judge.opened(row, at)
      const { task, concerned } = row
      for (const { person } of concerned) {
        postOf().put({ person, task: task.task, urgency: task.urgency, says: 'task' }, at)
      }
    },
    changed(before, row, change, at, due) {
      judge.changed(before, row, change, at, { due, upSince: uptime.since(at) })
      const { task, urgency } = before
      const post = postOf()
      if (change.steps.some(({ act }) => answers.has(act))) post.end(task)
      for (const { person, says } of change.notes) post.put({ person, task, urgency, says }, at)
      for (const person of change.answered) post.acknowledged(task, person, at)
      if (row.task.state === 'closed') post.forget(task)
    },
  }
}

function happen(scene: Scene, what: Happening, now: Instant): void {
  const { program, people, post, judge, uptime, queue, hasTurned } = scene
  switch (what.is) {
    case 'alarm':
      program.open(what.asked, now + what.dueMs, now)
      return
    case 'pass': {
      if (what.at !== scene.passAt) return
      scene.passAt = Number.POSITIVE_INFINITY
      const dies = uptime.dies(now)
      if (program.pass(now, dies) >= dies) judge.count('passes cut off')
      return
    }
    case 'look':
      return program.lookOver(now, hasTurned(now))
    case 'up':
      scene.passAt = Number.POSITIVE_INFINITY
      program.begin(now)
      queue.put(now, { is: 'look' })
      return judge.count('restarts')
    case 'send':
      return post.send(what.sheet, what.turn, now)
    case 'see':
      return people.sees(what.sheet, now)
    case 'do':
      return people.does(what.doing, now)
    case 'left':
      return lookWhoLeft(scene, what, now)
    default:
      what satisfies never
  }
}

function lookWhoLeft(
  { street, judge, program, uptime, queue }: Scene,
  what: Extract<Happening, { is: 'left' }>,
  now: Instant,
): void {
  const { person, why, upBy } = what
  if (uptime.upAt(now) < upBy) return queue.put(now + secondMs, what)
  if (why === 'post') return judge.gone(program.rows.values(), person)
  if (isAway(street, person, now) && isOfficerThere(street, person, now)) {
    judge.away(program.rows.values(), person, now)
  }
}

const answers: ReadonlySet<string> = new Set([
  ...['acknowledge', 'take', 'set-out', 'accept', 'close', 'withdraw'],
])

/** Now and then the machine has something else to do. */
function stallOf(machine: Draw): number {
  if (!machine.isLucky(0.02)) return 0
  return machine.isLucky(0.05) ? machine.between(1_000, 6_000) : machine.between(20, 1_000)
}

type Down = { from: Instant; to: Instant }

/** A start anew in seconds, a machine that is away for minutes. */
function drawDowns(draw: Draw, end: Instant): Down[] {
  const downs: Down[] = []
  for (let at = start + draw.between(1, 12) * hourMs; at < end;) {
    const ms = draw.isLucky(0.6) ? draw.between(2, 60) * secondMs : draw.between(1, 20) * minuteMs
    downs.push({ from: at, to: at + ms })
    at += ms + draw.between(1, 16) * hourMs
  }
  return downs
}

function uptimeOf(downs: readonly Down[]) {
  // Asked in the order of time: where it stood last is where to go on.
  let at = 0
  const before: number[] = [0]
  for (const { from, to } of downs) before.push((before.at(-1) ?? 0) + to - from)
  const find = (now: Instant): number => {
    while (at > 0 && (downs[at - 1]?.from ?? 0) > now) at--
    while ((downs[at]?.from ?? Number.POSITIVE_INFINITY) <= now) at++
    return at
  }
  return {
    /** So much time has the program run by then. */
    upAt(now: Instant): number {
      const found = find(now)
      const last = downs[found - 1]
      const downMs = last ? (before[found - 1] ?? 0) + Math.min(now, last.to) - last.from : 0
      return now - start - downMs
    },
    downUntil(now: Instant): Instant | null {
      const last = downs[find(now) - 1]
      return last && now < last.to ? last.to : null
    },
    /** Since when it runs. */
    since: (now: Instant): Instant => downs[find(now) - 1]?.to ?? start,
    dies: (now: Instant): Instant => downs[find(now)]?.from ?? Number.POSITIVE_INFINITY,
  }
}
type Uptime = ReturnType<typeof uptimeOf>

/** Whether anybody's standing may have changed by then: a shift, a leave, a post that ended. */
function turnsOf({ changes }: Street): (to: Instant) => boolean {
  let at = 0
  return (to) => {
    const before = at
    while ((changes[at] ?? Number.POSITIVE_INFINITY) <= to) at++
    return at > before
  }
}

/** Whoever holds no post any more, or is on leave, has nothing left a minute later. */
function putLeaving(
  street: Street,
  end: Instant,
  uptime: Uptime,
  put: (at: Instant, what: Happening) => void,
): void {
  const look = (at: Instant, person: PersonId, why: 'post' | 'leave'): void => {
    if (at >= end - lookMsMax) return
    put(at + lookMsMax, { is: 'left', person, why, upBy: uptime.upAt(at) + lookMsMax })
  }
  for (const { person, until } of street.seats) look(until, person, 'post')
  const people = new Map(street.seats.map(({ id, person }) => [id, person]))
  for (const { post, from } of street.leaves) look(from, people.get(post) as PersonId, 'leave')
}

function isAway({ seats, leaves }: Street, person: PersonId, now: Instant): boolean {
  const seat = seats.find((one) => one.person === person)
  return leaves.some(({ post, from, to }) => post === seat?.id && from <= now && now < to)
}

/** Somebody to whom everything may go. */
function isOfficerThere(street: Street, but: PersonId, now: Instant): boolean {
  return street.seats.some(
    ({ role, person, since, until }) =>
      role === 'street' &&
      person !== but &&
      since <= now &&
      now < until &&
      !isAway(street, person, now),
  )
}

const volunteers: Tier = { as: 'volunteer', answerMs: 10 * minuteMs }
const property: Tier = { as: 'property', answerMs: 5 * minuteMs }
const kinds: readonly [
  { kind: TaskKind; emergency: boolean; tiers?: Tier[]; dueMinutes: number },
  ...{ kind: TaskKind; emergency: boolean; tiers?: Tier[]; dueMinutes: number }[],
] = [
  { kind: 'hazard', emergency: true, dueMinutes: 30 },
  {
    kind: 'hazard',
    emergency: true,
    dueMinutes: 20,
    tiers: [property, { as: 'worker', answerMs: 3 * minuteMs }],
  },
  { kind: 'hazard', emergency: false, dueMinutes: 120 },
  { kind: 'care-visit', emergency: false, dueMinutes: 120 },
  {
    kind: 'care-visit',
    emergency: false,
    dueMinutes: 180,
    tiers: [volunteers, { as: 'worker', answerMs: 15 * minuteMs }],
  },
  { kind: 'device-repair', emergency: false, dueMinutes: 1_440 },
  { kind: 'home-check', emergency: false, dueMinutes: 7_200 },
]

/** Spread over the days, some in storms; now and then the same is told twice. */
function putAlarms(
  draw: Draw,
  street: Street,
  { alarms }: Wish,
  end: Instant,
  put: (at: Instant, what: Happening) => void,
): void {
  let storm = start
  for (let n = 0; n < alarms; n++) {
    if (n % 400 === 0) storm = draw.between(start, end - dayMs)
    const isStorm = draw.isLucky(0.25)
    const at = isStorm ? storm + draw.between(0, 15) * minuteMs : draw.between(start, end - dayMs)
    const committee = street.committees[draw.between(0, street.committees.length - 1)]
    const places = (committee && street.places.get(committee)) ?? []
    const place = places[draw.between(0, places.length - 1)] as PlaceCode
    const { kind, emergency, tiers, dueMinutes } = draw.oneOf(kinds)
    const asked: Asked = {
      ...{ kind, rule: kind, ruleVersion: 1, subject: `s${n}`, place, person: null },
      facts: noFacts,
      urgency: emergency ? 'emergency' : 'usual',
      ...(tiers ? { tiers } : {}),
    }
    const alarm = { is: 'alarm', asked, dueMs: dueMinutes * minuteMs } as const
    put(at, alarm)
    if (draw.isLucky(0.05)) put(at + draw.between(0, 30) * secondMs, alarm)
  }
}

const noFacts: Asked['facts'] = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
}
