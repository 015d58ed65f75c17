/** What the tour can do in the running example town: let time pass, and act as somebody in it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import type * as demo from '../../src/outlook/demo/api.ts'
import { CallRefused, townApi, type TownApi } from '../../simulator/call.ts'
import { simulate } from '../../simulator/live.ts'
import type { Plant } from '../../simulator/plant.ts'
import { readMap, type RunningTown } from '../../simulator/running.ts'
import { tokenOf } from '../calling.ts'
import type { TownMap } from '../map.ts'

export type Matter = Output<typeof demo.openMatters>['matters'][number]

export type Stage = AsyncDisposable & {
  api: TownApi
  map: TownMap
  /** Whom the three seats belong to, and the colleague who is asked after the worker. */
  people: { elder: string; worker: string; officer: string; colleague: string }
  tokens: { elder: string; worker: string; officer: string }
  /** Lets minutes of the town pass quickly, with something happening in them. */
  pass(minutes: number, plants?: readonly Plant[]): Promise<void>
  /** The newest open matter of a rule where the worker works. */
  matter(rule: string): Promise<Matter | undefined>
  /** False where the program refused it: somebody was quicker. */
  acts(name: string, task: TaskId, act: string, more?: object): Promise<boolean>
}

const passSpeed = 60
const stopMs = 3_000

export async function openStage(town: RunningTown): Promise<Stage> {
  const api = townApi(town.httpUrl, town.operatorKey)
  const map = readMap(town)
  const people = castOf(map)
  const tokens = {
    elder: await tokenOf(api, people.elder),
    worker: await tokenOf(api, people.worker),
    officer: await tokenOf(api, people.officer),
  }
  let living = live(town)
  const pass: Stage['pass'] = async (minutes, plants = []) => {
    await living.stop()
    const wish = { speed: passSpeed, plants, hours: minutes / 60 }
    await simulate(town, { ...usual, ...wish }, () => undefined, new AbortController().signal)
    living = live(town)
  }
  const acts: Stage['acts'] = async (name, task, act, more = {}) => {
    try {
      const { state } = (await matters(api)).find((one) => one.task === task) ?? {}
      const asked = { task, act, from: state, ...more }
      await api.call(await tokenOf(api, name), 'POST', '/api/tasks/act', asked)
      return true
    } catch (why) {
      if (why instanceof CallRefused) return false
      throw why
    }
  }
  return {
    ...{ api, map, people, tokens, pass, acts },
    async matter(rule) {
      const committee = map.workers[0]?.committee
      return (await matters(api)).findLast(
        (one) => one.rule === rule && one.committee === committee,
      )
    },
    [Symbol.asyncDispose]: () => living.stop(),
  }
}

const usual = { heals: false, keeps: false, workers: 'elsewhere' } as const

/** The town goes on at its own pace while people read. */
function live(town: RunningTown) {
  const ending = new AbortController()
  const wish = { ...usual, speed: 1, plants: [], hours: Infinity }
  const living = simulate(town, wish, () => undefined, ending.signal).catch(() => undefined)
  return {
    async stop(): Promise<void> {
      ending.abort()
      await Promise.race([living, pause(stopMs)])
    },
  }
}

async function matters(api: TownApi): Promise<Matter[]> {
  const said = await api.call(api.operatorKey, 'GET', '/api/demo/matters')
  return (said as Output<typeof demo.openMatters>).matters
}

function castOf({ elders, workers, officer, planted }: TownMap): Stage['people'] {
  const silent = planted.silent[0]?.name ?? elders.find(({ plan }) => plan === 'agreed')?.name ?? ''
  const [worker, colleague] = workers
  return {
    ...{ elder: silent, officer },
    worker: worker?.name ?? officer,
    colleague: colleague?.name ?? officer,
  }
}
