/** Lives a running town's days: takes it over, moves its clock, and says what its sensors say. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { hourMs, type Instant } from '../src/kernel/clock.ts'
import type { TownMap } from '../town/map.ts'
import { CallRefused, townApi, type TownApi } from './call.ts'
import { openSensors, stepMsMax } from './devices.ts'
import { openLife } from './life.ts'
import { heal, plant, type Plant } from './plant.ts'
import {
  NoTown,
  notDemo,
  noTown,
  otherTown,
  readMap,
  writeMap,
  type RunningTown,
} from './running.ts'
import type { Say } from './say.ts'
import { openWire, type Wire } from './wire.ts'
import type { WhoWorks } from './workers.ts'

export type SimulatorWish = {
  /** Town time for each real time, 1 to 3600. */
  speed: number
  plants: readonly Plant[]
  heals: boolean
  /** Ends after so many hours of the town; Infinity: goes on. */
  hours: number
  /** Never takes the town from another, and takes it again when nobody else lives it. */
  keeps: boolean
  /** Who answers what is given to them. */
  workers: WhoWorks
}

/**
 * Up to here the town's clock runs by itself. Above, it is moved in steps, each after the messages
 * of the last were acknowledged: else a busy moment of this machine would be a quarter of an hour
 * of the town, and every sensor would seem lost.
 */
const freeSpeedMax = 300
/** A message older than 72 hours is refused. */
const backlogMsMax = 71 * hourMs
const holdLostMs = 6_000
const publishMsMax = 30_000
const retriesMax = 5

type Life = ReturnType<typeof openLife>
type Beat = { holds: boolean; now: Instant; speed: number }
type Stage = {
  town: RunningTown
  api: TownApi
  wish: SimulatorWish
  say: Say
  ending: AbortSignal
  ask(isFirst: boolean): Promise<Beat>
}

/** Ends when the hours are over, when another took the town over, or when it is asked to. */
export async function simulate(
  town: RunningTown,
  wish: SimulatorWish,
  say: Say,
  ending: AbortSignal,
): Promise<void> {
  const api = townApi(town.httpUrl, town.operatorKey)
  const simulator = randomUUID()
  const ask = (isFirst: boolean) => hold(api, { simulator, isFirst }, ending)
  const stage: Stage = { town, api, wish, say, ending, ask }
  let beat = await stage.ask(!wish.keeps)
  let overlapMs = 0
  while (!ending.aborted) {
    if (beat.holds) {
      await liveDays(stage, beat, overlapMs)
      if (!wish.keeps) return
    }
    await wait(1_000, ending)
    if (!ending.aborted) beat = await stage.ask(false)
    // Another may have died some seconds ago; what it has sent already is known by its number.
    overlapMs = holdLostMs * beat.speed
  }
}

async function liveDays(stage: Stage, first: Beat, overlapMs: number): Promise<void> {
  const { town, api, wish, say } = stage
  const map = readMap(town)
  const wire = await openWire(town.mqttUrl, map).catch(() => {
    throw new NoTown(otherTown)
  })
  let isMine = true
  try {
    await setClock(api, { speed: isStepped(wish) ? 1 : wish.speed })
    const facts = { speed: wish.speed, devices: map.devices.length }
    say(first.now, 'began', facts, '接管示例街道，速度 {speed}', 'Lives the town at speed {speed}')
    if (wish.heals) await heal(api, map, first.now, say)
    for (const what of wish.plants) await plant(what, api, map, first.now, say)
    if (wish.heals || wish.plants.length > 0) writeMap(town, map)
    const saveMap = () => writeMap(town, map)
    const life = openLife(api, map, { who: wish.workers, say, saveMap })
    isMine = await speakUntilTheEnd({ ...stage, map, wire, life }, first.now, overlapMs)
  } finally {
    if (isMine) await setClock(api, { speed: 1 }).catch(() => undefined)
    await wire.close()
  }
}

/** False where another took the town over. The sensors speak from a moment before `began` on. */
async function speakUntilTheEnd(
  stage: Stage & { map: TownMap; wire: Wire; life: Life },
  began: Instant,
  overlapMs: number,
): Promise<boolean> {
  const { wish, say, ending, map, wire, life } = stage
  const sensors = openSensors(map)
  const move = stepper(stage.api, wish, began, stepMsMax(map))
  const endsAt = began + wish.hours * hourMs
  let lived = began - overlapMs - 1
  let messages = 0
  let neededMs = Infinity
  const publish = async (now: Instant) => {
    const said = sensors.between(Math.max(lived, now - backlogMsMax), now)
    await atMost(wire.publish(said), publishMsMax, ending)
    messages += said.length
    lived = now
  }
  await publish(began)
  for (;;) {
    const { holds, now, speed } = await stage.ask(false)
    if (!holds) {
      say(now, 'lost', {}, '另一个模拟器接手了', 'Another took the town over')
      return false
    }
    const at = await move(now, neededMs)
    await publish(at)
    neededMs = await life.look(at).catch(untilItIsBack)
    if (ending.aborted || lived >= endsAt) break
    await wait(restMs(isStepped(wish) ? wish.speed : speed), ending)
  }
  say(lived, 'ended', { messages }, '结束，共 {messages} 条消息', 'Ended after {messages} messages')
  return true
}

/** While the program is opened anew nobody can work; whatever else goes wrong is thrown. */
function untilItIsBack(why: unknown): number {
  if (!(why instanceof CallRefused || why instanceof TypeError)) throw why
  return Infinity
}

function isStepped(wish: SimulatorWish): boolean {
  return wish.speed > freeSpeedMax
}

/** Moves the clock on by what real time asks for and people keep up with, where it does not run. */
function stepper(api: TownApi, wish: SimulatorWish, began: Instant, stepMs: number) {
  const endsAt = began + wish.hours * hourMs
  let movedAt = performance.now()
  return async (now: Instant, neededMs: number): Promise<Instant> => {
    if (!isStepped(wish) || now >= endsAt) return now
    const asked = (performance.now() - movedAt) * wish.speed
    movedAt = performance.now()
    return setClock(api, {
      at: Math.round(Math.min(now + Math.min(asked, stepMs, neededMs), endsAt)),
    })
  }
}

/** Never so long that the town's sensors would seem late: at most 30 seconds of the town. */
function restMs(speed: number): number {
  return Math.max(20, Math.min(1_000, 30_000 / speed))
}

type Asking = { simulator: string; isFirst: boolean }

async function hold(api: TownApi, body: Asking, ending: AbortSignal): Promise<Beat> {
  for (let tries = 1; ; tries++) {
    try {
      return (await api.call(api.operatorKey, 'POST', '/api/demo/hold', body)) as Beat
    } catch (why) {
      if (why instanceof CallRefused)
        throw new NoTown(why.fault === 'not-allowed' ? notDemo : noTown)
      if (body.isFirst || tries === retriesMax || ending.aborted) throw new NoTown(noTown)
      await wait(1_000, ending)
    }
  }
}

async function setClock(api: TownApi, to: { at?: Instant; speed?: number }): Promise<Instant> {
  const set = await api.call(api.operatorKey, 'POST', '/api/demo/clock', to)
  return (set as { now: Instant }).now
}

/** What is not acknowledged by then is sent again by its connection. */
async function atMost(work: Promise<void>, ms: number, ending: AbortSignal): Promise<void> {
  const done = new AbortController()
  await Promise.race([work, wait(ms, AbortSignal.any([ending, done.signal]))])
  done.abort()
}

/** Ends early, without a fuss, when the end is asked for. */
async function wait(ms: number, ending: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: ending }).catch(() => undefined)
}
