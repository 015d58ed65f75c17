import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import { simulate, type SimulatorWish } from '../simulator/live.ts'
import { readMap, writeMap, type RunningTown } from '../simulator/running.ts'
import {
  firstMorning,
  openTestProgram,
  operatorKey,
  type TestProgram,
} from '../tests/rig/program.ts'
import { demoPeople, openDemoTown, townApi, type TownElder, type TownMap } from './index.ts'

const until = firstMorning + 52 * hourMs
const folder = mkdtempSync(join(tmpdir(), 'lilong-town-'))
let rig: TestProgram
let town: RunningTown
let map: TownMap

beforeAll(async () => {
  rig = await openTestProgram()
  const { url: httpUrl, mqttPort } = rig.program
  const mqttUrl = `mqtt://127.0.0.1:${mqttPort}`
  town = { httpUrl, mqttUrl, operatorKey, mapFile: join(folder, 'town.json') }
  map = await openDemoTown(townApi(httpUrl, operatorKey), { mqttUrl, until, committees: 1 })
  writeMap(town, map)
})

afterAll(async () => {
  await rig[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

test('the town opens with one visit to make, just due, and what no sensor covered', async () => {
  const { tasks } = await rig.ask(await rig.tokenOf(map.workers[0]!.name), 'GET', '/api/tasks/mine')
  const visits = tasks.filter((task: any) => task.kind === 'care-visit')
  expect(visits).toHaveLength(1)
  const [visit] = visits
  expect(visit.place.home).toBe(map.planted.silent[0]?.home)
  expect(visit.facts.gapMs).toBe(2 * hourMs + 40 * minuteMs)
  expect(visit.facts.silentMs).toBeGreaterThanOrEqual(48 * hourMs)
  expect(rig.clock.now() - visit.openedAt).toBeLessThan(20 * minuteMs)
})

test('and with one dead gateway, told once for its eighteen devices', async () => {
  const { tasks } = await rig.ask(await rig.tokenOf(map.workers[0]!.name), 'GET', '/api/tasks/mine')
  const repairs = tasks.filter((task: any) => task.kind === 'device-repair')
  expect(repairs).toHaveLength(1)
  expect(repairs[0].facts.gateway).toBe('gw-12-24')
  expect(repairs[0].facts.devices).toHaveLength(18)
})

test('everybody is what the map says: silent, away, seen, unknown or not watched', async () => {
  const silent = map.planted.silent[0]!.home
  const away = map.planted.away[0]!.home
  for (const elder of map.elders) {
    const { plan } = await careOf(elder)
    const gateway = map.devices.find((device) => device.home === elder.home)?.gateway
    const judged =
      elder.home === silent
        ? 'silent'
        : elder.home === away
          ? 'away'
          : gateway === 'gw-12-24'
            ? 'unknown'
            : 'seen'
    const expected = elder.plan === 'agreed' ? judged : undefined
    expect([elder.name, plan.is, plan.judgement]).toEqual([elder.name, elder.plan, expected])
  }
  expect(new Set(map.elders.map(({ plan }) => plan))).toEqual(
    new Set(['agreed', 'offered', 'refused']),
  )
})

test('a name is there once and so is enough to sign in, and the welcome knows it', () => {
  const { officer, workers, elders, neighbours } = map
  const names = [officer, ...[...workers, ...elders].map(({ name }) => name), ...neighbours]
  expect(new Set(names).size).toBe(names.length)
  const welcome = demoPeople(town.mapFile).map(({ name }) => name)
  expect(welcome).toHaveLength(6)
  expect(names).toEqual(expect.arrayContaining(welcome))
})

test('a planted gateway is found when expected, and is back when taken back', async () => {
  const said = await run({ plants: ['dead-gateway'], hours: 0.4 })
  const planted = said.find((line) => line['event'] === 'planted')!
  expect(readMap(town).planted.outages.at(-1)).toMatchObject({
    gateway: planted['gateway'],
    to: null,
  })
  expect(planted['foundAt']).toBeLessThan(rig.clock.now())
  expect(await gatewaysToRepair()).toEqual(new Set(['gw-12-24', planted['gateway']]))

  await run({ heals: true, hours: 0.2 })
  await rig.program.scenarios.tick()
  await rig.settled()
  expect(await gatewaysToRepair()).toEqual(new Set())
  const wasAway = map.elders.find(({ home }) => home === map.planted.away[0]?.home)
  expect((await careOf(wasAway!)).plan).toMatchObject({ judgement: 'seen', awayUntil: null })
})

test('who is planted away says so in their own name, and is not taken for silent', async () => {
  const said = await run({ plants: ['away', 'silent-elder'], hours: 0.1 })
  const [away, silent] = said.filter((line) => line['event'] === 'planted')
  expect(away!['elder']).not.toBe(silent!['elder'])
  const elder = map.elders.find(({ name }) => name === away!['elder'])!
  expect((await careOf(elder)).plan).toMatchObject({ judgement: 'away', awayUntil: away!['until'] })
})

/** Runs the simulator to its end and answers its lines. */
async function run(wish: Partial<SimulatorWish>): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = []
  const whole = { speed: 3_600, plants: [], heals: false, hours: 1, keeps: false, ...wish }
  const say = (at: number, event: string, facts: object) => void lines.push({ at, event, ...facts })
  await simulate(town, whole, say, new AbortController().signal)
  return lines
}

async function careOf({ name }: TownElder): Promise<any> {
  return rig.ask(await rig.tokenOf(name), 'GET', '/api/care/mine')
}

async function gatewaysToRepair(): Promise<Set<string>> {
  const { tasks } = await rig.ask(await rig.tokenOf(map.workers[0]!.name), 'GET', '/api/tasks/mine')
  return new Set(tasks.flatMap((task: any) => task.facts.gateway ?? []))
}
