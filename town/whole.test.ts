import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs } from '../src/kernel/clock.ts'
import { deviceKinds, importModels, shippedModels } from '../src/watch/devices/index.ts'
import { simulate, type SimulatorWish } from '../simulator/live.ts'
import { readMap, writeMap, type RunningTown } from '../simulator/running.ts'
import { buildWeb } from '../scripts/build-web.ts'
import { pagesDir } from '../tests/rig/pages.ts'
import { openTestProgram, operatorKey, type TestProgram } from '../tests/rig/program.ts'
import { planDevices } from './devices.ts'
import { openDemoTown, townApi, townYearMs, type TownMap } from './index.ts'
import { demoPeople } from './welcome.ts'
import { committeesMax, planStreet } from './street.ts'

const plan = planStreet(1, committeesMax)

test('every neighbourhood has all eleven kinds, and what is public names nobody', () => {
  const names = plan.flatMap(({ elders, neighbours, workers }) =>
    [...elders, ...neighbours, ...workers].map(({ name }) => name),
  )
  for (const committee of plan) {
    const { devices, gateways } = planDevices(committee)
    const kinds = new Set(devices.map(({ kind }) => kind))
    expect([committee.short, kinds]).toEqual([committee.short, new Set(deviceKinds)])
    const words = [...devices, ...gateways].map((one) => JSON.stringify(one)).join('\n')
    expect(names.filter((name) => words.includes(name))).toEqual([])
  }
  expect(plan.flatMap((one) => planDevices(one).devices).length).toBeGreaterThan(150)
})

test('all behind one gateway promise the same heartbeat', () => {
  for (const { devices } of plan.map(planDevices)) {
    const behind = Map.groupBy(
      devices.filter(({ gateway }) => gateway !== null),
      ({ gateway }) => gateway,
    )
    for (const [, members] of behind) {
      expect(new Set(members.map(({ heartbeatSeconds }) => heartbeatSeconds)).size).toBe(1)
    }
  }
})

describe('the whole town', { timeout: 300_000 }, () => {
  const until = Date.parse('2026-11-23T14:00:00+08:00')
  const folder = mkdtempSync(join(tmpdir(), 'lilong-whole-'))
  let rig: TestProgram
  let town: RunningTown
  let map: TownMap
  let officer: string

  beforeAll(async () => {
    await buildWeb({ outDir: pagesDir })
    rig = await openTestProgram({ start: until - townYearMs - hourMs, distDir: pagesDir })
    const { url: httpUrl, mqttPort, given } = rig.program
    const file = JSON.parse(readFileSync('data/device-models.json', 'utf8'))
    await importModels(given, shippedModels(file))
    const mqttUrl = `mqtt://127.0.0.1:${mqttPort}`
    town = { httpUrl, mqttUrl, operatorKey, mapFile: join(folder, 'town.json') }
    const api = townApi(httpUrl, operatorKey)
    map = await openDemoTown(api, { mqttUrl, until, whole: { opensAt: until } })
    writeMap(town, map)
    officer = await rig.tokenOf(map.officer)
  }, 300_000)
  afterAll(async () => {
    await rig[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const count = async (what: string): Promise<number> =>
    (await rig.program.given.db.ownerPool.query(`select count(*)::int as n from ${what}`)).rows[0].n

  test('a volunteer reviews unusual looks, and can be seen doing it', async () => {
    expect(await count('duties.post where reviews_looks')).toBe(1)
    expect(map.reviewer).toBeDefined()
    expect(demoPeople(town.mapFile).map(({ name }) => name)).toContain(map.reviewer)
  })

  test('everybody lives there, and every device is heard', async () => {
    expect(await count('places.home')).toBe(map.homes.length)
    expect(await count('people.person')).toBeGreaterThan(8_700)
    expect(await count('people.residence')).toBeGreaterThan(8_700)
    const silenced = new Set(
      map.devices.filter(({ gateway }) => gateway === 'gw-12-24').map(({ device }) => device),
    )
    const states = [...rig.program.sensing.memory.all()].map(({ device, heardAt }) => {
      const quietMs = heardAt === null ? Infinity : rig.clock.now() - heardAt
      const isHeard = quietMs <= device.heartbeatSeconds * 2_000
      return isHeard || silenced.has(device.device) ? null : device.label
    })
    expect(states.filter((label) => label !== null)).toEqual([])
    expect(states).toHaveLength(map.devices.length)
    // What was said before the consents were heard of is all that is ever refused.
    const { rows } = await rig.program.given.db.ownerPool.query(
      "select distinct reason from sensing.refusal where reason <> 'no-consent'",
    )
    expect(rows).toEqual([])
  })

  test('it has a year behind it: months in numbers, and rules that were right or wrong', async () => {
    const months = Array.from({ length: 12 }, (_, n) => dayOf(until - n * 30 * dayMs).slice(0, 7))
    for (const month of new Set(months)) {
      const told = await rig.ask(officer, 'GET', `/api/overview/month?month=${month}`)
      expect(told.rows.length).toBeGreaterThan(8)
      expect(told.committees.filter((one: any) => one.matters > 0).length).toBeGreaterThan(8)
    }
    const rule = await rig.ask(officer, 'GET', '/api/scenarios/rule?rule=door-held-open')
    expect(rule.versions.map((one: any) => one.state)).toEqual(['retired', 'in-force'])
    const [first, second] = rule.versions
    const minutes = second.changes.filter((one: any) => one.field.endsWith('minutes'))
    expect(minutes.map((one: any) => one.to)).toEqual(['20', '20'])
    expect([first.outcomes.length, second.outcomes.length]).toEqual([2, 2])
    expect(first.inForceFrom).toBeLessThan(until - 200 * dayMs)
    const { rules } = await rig.ask(officer, 'GET', '/api/scenarios/rules')
    const scored = rules.filter((one: any) => one.misleadingPercent !== null)
    expect(scored.length).toBeGreaterThan(14)
    expect(new Set(scored.map((one: any) => one.isFlagged))).toEqual(new Set([true, false]))
    // Nobody is looked at for what nobody was.
    expect(await count('tasks.task where person is not null and closed_at is not null')).toBe(0)
  })

  test('the duty officer is on duty, and a gap of the roster is found ahead', async () => {
    const { shift, onDuty } = await rig.ask(officer, 'GET', '/api/duties/my-shift')
    expect(onDuty).toBe(true)
    expect(shift.from).toBeLessThanOrEqual(rig.clock.now())
    const { gaps } = await rig.ask(officer, 'GET', '/api/duties/gaps')
    const ours = gaps.filter((gap: any) => gap.committee === null)
    expect(ours).toHaveLength(1)
    expect(ours[0].from - until).toBeGreaterThan(3 * dayMs)
  })

  test('what visitors play is left to them: one visit, one gateway', async () => {
    const worker = await rig.tokenOf(map.workers[0]!.name)
    const { tasks } = await rig.ask(worker, 'GET', '/api/tasks/mine')
    const usual = tasks.filter((task: any) => task.part === 'responsible')
    expect(usual.map((task: any) => task.kind).toSorted()).toEqual(['care-visit', 'device-repair'])
    expect(demoPeople(town.mapFile).map(({ name }) => name)).toHaveLength(12)
  })

  test('gas in a kitchen is answered by somebody, a silent worker’s share by another', async () => {
    const lines = await run({ plants: ['gas', 'forced-door', 'silent-worker'], hours: 5 })
    const planted = lines.filter((line) => line['event'] === 'planted')
    expect(planted.map((line) => line['plant'])).toEqual(['gas', 'forced-door', 'silent-worker'])
    const { rows } = await rig.program.given.db.ownerPool.query(
      `select rule, state, closed_at from tasks.task
       where rule in ('gas', 'door-forced') and opened_at > $1 order by rule`,
      [new Date(until)],
    )
    expect(rows.map((row) => `${row.rule} ${row.state}`)).toEqual([
      ...['door-forced closed', 'gas closed'],
    ])
    expect(readMap(town).planted.unanswering).toHaveLength(1)
  })

  test('a typhoon keeps people in, takes the power from some, and is answered', async () => {
    const lines = await run({ plants: ['typhoon'], hours: 8 })
    expect(lines.map((line) => line['event'])).toContain('weather')
    const { rows } = await rig.program.given.db.ownerPool.query(
      `select count(*)::int as n from tasks.task where opened_at > $1 and rule <> 'gas'`,
      [new Date(until + 5 * hourMs)],
    )
    expect(rows[0].n).toBeGreaterThan(2)
  })

  /** Runs the simulator to its end and answers its lines. */
  async function run(wish: Partial<SimulatorWish>): Promise<Record<string, unknown>[]> {
    const lines: Record<string, unknown>[] = []
    const whole = { speed: 3_600, plants: [], heals: false, keeps: false, workers: 'all' as const }
    const say = (at: number, event: string, facts: object) =>
      void lines.push({ at, event, ...facts })
    await simulate(town, { ...whole, hours: 1, ...wish }, say, new AbortController().signal)
    await rig.settled()
    return lines
  }
})
