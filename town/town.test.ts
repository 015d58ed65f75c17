import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../src/kernel/calendar.ts'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import { simulate, type SimulatorWish } from '../simulator/live.ts'
import { readMap, writeMap, type RunningTown } from '../simulator/running.ts'
import { sharedDay } from '../simulator/shared.ts'
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
  expect(visit.place.place).toBe(map.planted.silent[0]?.home)
  expect(visit.facts.gapMs).toBe(2 * hourMs + 40 * minuteMs)
  expect(visit.facts.silentMs).toBeGreaterThanOrEqual(48 * hourMs)
  expect(rig.clock.now() - visit.openedAt).toBeLessThan(20 * minuteMs)
})

test('and with one dead gateway, told once for all its devices', async () => {
  const { tasks } = await rig.ask(await rig.tokenOf(map.workers[0]!.name), 'GET', '/api/tasks/mine')
  const repairs = tasks.filter((task: any) => task.kind === 'device-repair')
  expect(repairs).toHaveLength(1)
  expect(repairs[0].facts.gateway).toBe('gw-12-24')
  const behind = map.devices.filter(({ gateway }) => gateway === 'gw-12-24')
  expect(repairs[0].facts.devices).toHaveLength(behind.length)
  expect(behind.filter(({ place }) => place.split('-').length === 4).length).toBeGreaterThan(17)
  expect(repairs[0].place.stair).toBe('24')
})

test('everybody is what the map says: silent, away, seen, unknown or not watched', async () => {
  const silent = map.planted.silent[0]!.home
  const away = map.planted.away[0]!.home
  for (const elder of map.elders) {
    const { plan } = await careOf(elder)
    const gateway = map.devices.find((device) => device.place === elder.home)?.gateway
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
  const { officer, secondOfficer, workers, elders, neighbours } = map
  const names = [
    officer,
    secondOfficer,
    ...[...workers, ...elders].map(({ name }) => name),
    ...neighbours,
  ]
  expect(new Set(names).size).toBe(names.length)
  const welcome = demoPeople(town.mapFile).map(({ name }) => name)
  expect(welcome).toHaveLength(7)
  expect(names).toEqual(expect.arrayContaining(welcome))
})

test('a planted gateway is found when expected, and is back when taken back', async () => {
  const said = await run({ plants: ['dead-gateway'], hours: 0.8 })
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

test('what goes wrong with devices is asked to be seen to, and mended when taken back', async () => {
  const plants = ['low-battery', 'tampered', 'wrong-clock', 'flapping'] as const
  const said = await run({ plants: [...plants], hours: 1 })
  const planted = said.filter((line) => line['event'] === 'planted')
  expect(planted.map((line) => line['plant'])).toEqual(plants)
  await rig.program.scenarios.tick()
  await rig.settled()
  const rules = ['device-battery-low', 'device-clock-wrong', 'device-tampered']
  expect(await rulesToRepair()).toEqual(rules)
  const { memory } = rig.program.sensing
  const flapping = planted.at(-1)!['device'] as string
  const asWorker = await rig.tokenOf(map.workers[0]!.name)
  const page = await rig.ask(asWorker, 'GET', `/api/sensing/device?device=${flapping}`)
  expect(page.refusals.map((one: any) => one.reason)).toContain('too-many')
  await run({ heals: true, hours: 1 })
  await rig.program.scenarios.tick()
  await rig.settled()
  expect(await rulesToRepair()).toEqual([])
  for (const line of planted) {
    expect(memory.get(line['device'] as string)?.conditions.size).toBe(0)
  }
})

test('what a gateway kept while it was cut off is stored, each with its own time', async () => {
  const from = rig.clock.now()
  const [, planted] = await run({ plants: ['late-batch'], hours: 2 })
  const { gateway, until: backAt } = planted as unknown as { gateway: string; until: number }
  expect(await gatewaysToRepair()).toEqual(new Set([gateway]))
  const door = map.devices.find((one) => one.gateway === gateway && one.label.endsWith('单元门'))!
  const seen = sharedDay(door, dayOf(from), map.seed).map(({ at }) => at)
  const kept = seen.filter((at) => from < at && at <= backAt)
  expect(kept.length).toBeGreaterThan(3)
  expect(await storedOf(door.device, from, backAt)).toEqual([])

  await run({ hours: 1.5 })
  await rig.program.scenarios.tick()
  await rig.settled()
  expect(backAt).toBeLessThan(rig.clock.now())
  expect(await storedOf(door.device, from, backAt)).toEqual(kept)
  expect(await gatewaysToRepair()).toEqual(new Set())
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
  const whole = { speed: 3_600, plants: [], heals: false, hours: 1, keeps: false }
  const wished = { ...whole, workers: 'nobody' as const, ...wish }
  const say = (at: number, event: string, facts: object) => void lines.push({ at, event, ...facts })
  await simulate(town, wished, say, new AbortController().signal)
  return lines
}

async function careOf({ name }: TownElder): Promise<any> {
  return rig.ask(await rig.tokenOf(name), 'GET', '/api/care/mine')
}

async function storedOf(device: string, from: number, to: number): Promise<number[]> {
  const { rows } = await rig.program.given.db.ownerPool.query<{ event_at: Date }>(
    `select event_at from sensing.reading
     where device = $1 and event_at > $2 and event_at <= $3 order by event_at`,
    [device, new Date(from), new Date(to)],
  )
  return rows.map((row) => row.event_at.getTime())
}

async function rulesToRepair(): Promise<string[]> {
  const { tasks } = await rig.ask(await rig.tokenOf(map.workers[0]!.name), 'GET', '/api/tasks/mine')
  const repairs = tasks.filter((task: any) => task.kind === 'device-repair')
  return repairs.map((task: any) => task.rule).toSorted()
}

async function gatewaysToRepair(): Promise<Set<string>> {
  const { tasks } = await rig.ask(await rig.tokenOf(map.workers[0]!.name), 'GET', '/api/tasks/mine')
  return new Set(tasks.flatMap((task: any) => task.facts.gateway ?? []))
}
