/**
 * Those who work in the town, as far as somebody has to play them: they answer what is given to
 * them, set out, arrive, say what they found. Each takes their time, the same for the same matter.
 */
import { minuteMs, secondMs, type Instant } from '../src/kernel/clock.ts'
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

/** How long somebody stays in a state, in ms: an emergency, and a usual matter. */
const staysMs: Record<string, { emergency: [number, number]; usual: [number, number] }> = {
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
  const chance = seeded(seed, matter.task, matter.state)
  if (now - since < chance.between(...stays[matter.urgency])) return undefined
  return next === 'find' ? finding(matter, chance) : { act: next }
}

/** A gap in a roster needs nobody's legs. */
function nextFor({ kind, state }: Matter): Act['act'] | undefined {
  return kind === 'roster-gap' && state === 'acknowledged' ? 'find' : nextOf[state]
}

function finding(matter: Matter, chance: Seeded): Act {
  return { act: 'find', outcome: found(matter, chance), words }
}

type Wish = { who: WhoWorks; seed: number }
/**
 * What came of a look: how many acts were done, at which matters somebody has been now, and how many
 * emergencies nobody has reached yet.
 */
export type Worked = { acts: number; ended: Matter[]; urgent: number }

/** People of one town. Ask them to look every now and then, in the order of the town's time. */
export function openWorkers(api: TownApi, map: TownMap, { who, seed }: Wish) {
  const since = new Map<string, { state: string; at: Instant }>()
  const tokens = new Map<string, string>()
  const holders = new Map(map.staff.map((one) => [one.post as string, one]))
  return {
    async look(): Promise<Worked> {
      const done: Worked = { acts: 0, ended: [], urgent: 0 }
      if (who === 'nobody') return done
      const { matters, now } = (await api.call(
        ...([api.operatorKey, 'GET', '/api/demo/matters'] as const),
      )) as Output<typeof demo.openMatters>
      forgetClosed(since, matters)
      for (const matter of matters) {
        const holder = holders.get(matter.post)
        if (!holder || !isPlayed(map, who, holder, matter)) continue
        const known = since.get(matter.task)
        const at = known?.state === matter.state ? known.at : now
        since.set(matter.task, { state: matter.state, at })
        if (matter.urgency === 'emergency' && matter.state !== 'found') done.urgent++
        const wanted = actNow(matter, at, now, seed)
        if (!wanted) continue
        if (!(await carryOut(api, tokens, holder, matter, wanted))) {
          since.set(matter.task, { state: matter.state, at: now })
          continue
        }
        done.acts++
        if (wanted.act === 'find') done.ended.push(matter)
      }
      return done
    },
  }
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
