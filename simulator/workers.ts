/**
 * Those who work in the town, as far as somebody has to play them: they answer what is given to
 * them, set out, arrive, say what they found. Each takes their time, the same for the same matter.
 */
import { hourMs, minuteMs, secondMs, type Instant } from '../src/kernel/clock.ts'
import type { Input, Output } from '../src/kernel/endpoint.ts'
import type { act } from '../src/desks/tasks/api.ts'
import type * as demo from '../src/outlook/demo/api.ts'
import type { TownMap, TownStaff } from '../town/map.ts'
import { CallRefused, type TownApi } from './call.ts'
import { found } from './found.ts'
import { seeded, type Seeded } from './seeded.ts'

/** `elsewhere`: not where somebody new plays the workers and officers themselves. */
export const whoWorks = ['all', 'elsewhere', 'nobody'] as const
export type WhoWorks = (typeof whoWorks)[number]

export type Matter = Output<typeof demo.openMatters>['matters'][number]
type Act = Pick<Input<typeof act>, 'act' | 'outcome' | 'words'>

type Stays = Record<Matter['urgency'], [number, number]>

/** How long somebody stays in a state, in ms: an emergency, and a usual matter. */
const staysMs: Record<string, Stays> = {
  raised: {
    emergency: [20 * secondMs, 200 * secondMs],
    usual: [2 * minuteMs, 12 * minuteMs],
  },
  acknowledged: {
    emergency: [30 * secondMs, 2 * minuteMs],
    usual: [5 * minuteMs, 40 * minuteMs],
  },
  'on-the-way': {
    emergency: [3 * minuteMs, 9 * minuteMs],
    usual: [4 * minuteMs, 20 * minuteMs],
  },
  'at-the-door': {
    emergency: [2 * minuteMs, 15 * minuteMs],
    usual: [3 * minuteMs, 20 * minuteMs],
  },
  found: { emergency: [5 * minuteMs, 40 * minuteMs], usual: [5 * minuteMs, 60 * minuteMs] },
}
const nextOf: Record<string, Act['act']> = {
  ...({ raised: 'acknowledge', acknowledged: 'set-out', 'on-the-way': 'arrive' } as const),
  ...({ 'at-the-door': 'find', found: 'close' } as const),
}
const words = '（模拟）'

/** What is done about a matter that has been in its state since then; undefined: nothing yet. */
export function actNow(
  matter: Matter,
  since: Instant,
  now: Instant,
  seed: number,
): Act | undefined {
  const stays = staysMs[matter.state]
  const next = nextFor(matter)
  if (!stays || !next) return undefined
  const chance = seeded(seed, matter.task, matter.state, matter.post)
  if (now - since < stayMs(matter, since, stays, chance)) return undefined
  return next === 'find' ? finding(matter, chance) : { act: next }
}

/**
 * Most answer in time, and nobody leaves a matter until the program takes it back: what is late is
 * done at once.
 */
function stayMs(
  { state, urgency, deadline }: Matter,
  since: Instant,
  stays: Stays,
  chance: Seeded,
): number {
  const leftMs = deadline - since
  const drawn = chance.between(...stays[leftMs > 0 ? urgency : 'emergency'])
  if (urgency === 'emergency' || leftMs <= 0) return drawn
  if (state === 'raised') return Math.min(drawn, leftMs * (0.1 + chance.next()))
  return state === 'acknowledged' ? Math.min(drawn, leftMs / 4) : drawn
}

/** A gap in a roster needs nobody's legs. */
function nextFor({ kind, state }: Matter): Act['act'] | undefined {
  return kind === 'roster-gap' && state === 'acknowledged' ? 'find' : nextOf[state]
}

function finding(matter: Matter, chance: Seeded): Act {
  return { act: 'find', outcome: found(matter, chance), words }
}

type Wish = { who: WhoWorks; seed: number }
type Turn = { turn: string; at: Instant; seenAt: Instant }
/**
 * What came of a look: how many acts were done, at which matters somebody has been now, and of what
 * nobody has reached yet, how many are emergencies and how many others are due soon.
 */
export type Worked = { acts: number; ended: Matter[]; urgent: number; soon: number }

const soonMs = hourMs
/** Where somebody is needed, time goes in steps that they can answer within: at once, or soon. */
const urgentStepMs = 3 * minuteMs
const soonStepMs = 8 * minuteMs

/** How far time may go before they look again; Infinity: nothing waits for them. */
export function stepFor({ urgent, soon }: Pick<Worked, 'urgent' | 'soon'>): number {
  if (urgent > 0) return urgentStepMs
  return soon > 0 ? soonStepMs : Infinity
}

/** People of one town. Ask them to look every now and then, in the order of the town's time. */
export function openWorkers(api: TownApi, map: TownMap, { who, seed }: Wish) {
  const since = new Map<string, Turn>()
  const tokens = new Map<string, string>()
  const inOtherHands = new Map<string, Matter>()
  const holders = new Map(map.staff.map((one) => [one.post as string, one]))
  return {
    async look(): Promise<Worked> {
      const done: Worked = { acts: 0, ended: [], urgent: 0, soon: 0 }
      if (who === 'nobody') return done
      const { matters, now } = (await api.call(
        ...([api.operatorKey, 'GET', '/api/demo/matters'] as const),
      )) as Output<typeof demo.openMatters>
      forgetClosed(since, matters)
      done.ended.push(...closedBy(inOtherHands, matters))
      for (const matter of matters) {
        const holder = holders.get(matter.post)
        if (!holder || !isPlayed(map, who, holder, matter)) {
          if (matter.state !== 'raised') inOtherHands.set(matter.task, matter)
          continue
        }
        const at = begunAt(since.get(matter.task), matter, now)
        since.set(matter.task, { turn: turnOf(matter), at, seenAt: now })
        countWaiting(done, matter, now)
        const wanted = actNow(matter, at, now, seed)
        if (!wanted) continue
        if (!(await carryOut(api, tokens, holder, matter, wanted))) {
          since.set(matter.task, { turn: turnOf(matter), at: now, seenAt: now })
          continue
        }
        done.acts++
        if (wanted.act === 'find') done.ended.push(matter)
      }
      return done
    },
  }
}

/** What visitors had in hand and have closed: they were there, as much as anybody who is played. */
function closedBy(inOtherHands: Map<string, Matter>, open: readonly Matter[]): Matter[] {
  const there = new Set<string>(open.map(({ task }) => task))
  const closed = [...inOtherHands.values()].filter(({ task }) => !there.has(task))
  for (const { task } of closed) inOtherHands.delete(task)
  return closed
}

/** Whose turn it is, to do what. */
function turnOf({ state, post }: Matter): string {
  return `${state} ${post}`
}

/** Since when it is their turn: at the earliest since the last look at what was there before. */
function begunAt(known: Turn | undefined, matter: Matter, now: Instant): Instant {
  if (known) return known.turn === turnOf(matter) ? known.at : known.seenAt
  return matter.state === 'raised' ? matter.openedAt : now
}

function countWaiting(done: Worked, { state, urgency, deadline }: Matter, now: Instant): void {
  if (state === 'found') return
  if (urgency === 'emergency') done.urgent++
  else if (deadline < now + soonMs) done.soon++
}

function forgetClosed(since: Map<string, unknown>, open: readonly Matter[]): void {
  const there = new Set<string>(open.map(({ task }) => task))
  for (const task of since.keys()) if (!there.has(task)) since.delete(task)
}

/** Whoever was planted to answer nothing, answers nothing. */
function isPlayed(
  { planted, officer, secondOfficer, workers }: TownMap,
  who: WhoWorks,
  holder: TownStaff,
  matter: Matter,
): boolean {
  if (planted.unanswering.some(({ name }) => name === holder.name)) return false
  const played = workers[0]?.committee
  const isTheirs = holder.name === officer || holder.name === secondOfficer
  return who === 'all' || !(isTheirs || matter.committee === played)
}

/** False where it moved on meanwhile: somebody else was quicker, or it climbed. */
async function carryOut(
  api: TownApi,
  tokens: Map<string, string>,
  { name }: TownStaff,
  { task, state }: Matter,
  wanted: Act,
): Promise<boolean> {
  try {
    const token = tokens.get(name) ?? (await newToken(api, name))
    tokens.set(name, token)
    await api.call(token, 'POST', '/api/tasks/act', { task, from: state, ...wanted })
    return true
  } catch (why) {
    if (!(why instanceof CallRefused)) throw why
    if (why.fault === 'not-signed-in') tokens.delete(name)
    return false
  }
}

async function newToken(api: TownApi, name: string): Promise<string> {
  const made = await api.call(api.operatorKey, 'POST', '/api/identity/tokens', { name })
  return (made as { token: string }).token
}
