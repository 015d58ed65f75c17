import { setTimeout as pause } from 'node:timers/promises'
import { seededFor, type Chance } from './chance.ts'
import { tally } from './ledger.ts'
import type { Trial } from './parts.ts'
import { openProxy, type Proxy } from './proxy.ts'
import { sayFault, sayTimes } from './report.ts'
import { chatter, openScene, townStart, type Scene } from './scene.ts'
import {
  acknowledgedBy,
  closeAll,
  openLines,
  overOtherLine,
  send,
  untilUp,
  type Line,
} from './senders.ts'
import { Victim } from './victim.ts'

const delayMs = 5_000
const devicesAHome = 5

/** Between devices and broker, and between program and database. */
export async function proveNetwork({ seed, isShort }: Trial): Promise<void> {
  const chance = seededFor(seed, 'network')
  let port = () => 0
  await using database = await openProxy(() => port())
  const victim = new Victim({ aheadMs: townStart - Date.now(), databasePort: database.port })
  port = () => victim.postmaster().port
  await using scene = await openScene(30, { victim })
  const lines = await proveDevicesFar(scene, chance, isShort ? 2 : 3)
  await proveDatabaseFar(scene, database, lines)
  await proveStorm(scene)
}

/** Three lines at once: one torn now and then, one half open, one five seconds long. */
async function proveDevicesFar(
  { victim, street, lines: near }: Scene,
  chance: Chance,
  holds: number,
): Promise<Line[]> {
  closeAll(near)
  const target = () => victim.ports.mqtt
  await using torn = await openProxy(target)
  await using halfOpen = await openProxy(target)
  await using long = await openProxy(target)
  const senders = street.homes.map((home) => home.sender)
  const ways = [torn, halfOpen, long].map((proxy, index) => {
    const ours = senders.slice(index * 10, index * 10 + 10)
    return { proxy, lines: openLines(ours, proxy.port, proxy === long ? 4 * delayMs : undefined) }
  })
  const all = ways.flatMap((way) => way.lines)
  await untilUp(all)
  const stop = chatter(victim, all)
  await pause(300)
  long.delay(delayMs)
  const [tears, held] = await Promise.all([
    tear(torn, chance, 4 * holds),
    openHalf(halfOpen, holds),
  ])
  await pause(1_000)
  await stop()
  const met = [tears, held, ways[2]?.lines.length ?? 0]
  const names = ['network_cut', 'network_half_open', 'network_delay_5s']
  for (const [index, name] of names.entries()) {
    sayFault(name, met[index] ?? 0, await tally(victim, ways[index]?.lines ?? []))
  }
  return all.map((line) => overOtherLine(line, target()))
}

async function tear(proxy: Proxy, chance: Chance, times: number): Promise<number> {
  let count = 0
  for (; count < times; count++) {
    await pause(100 + chance() * 700)
    proxy.cut()
  }
  return count
}

async function openHalf(proxy: Proxy, times: number): Promise<number> {
  let held = 0
  for (let i = 0; i < times; i++) {
    await pause(500)
    held += proxy.connections()
    proxy.hold(true)
    await pause(700)
    proxy.hold(false)
    await pause(2_600)
  }
  return held
}

/** Torn off ten times, then three seconds without a word; what hung is reset when it is over. */
async function proveDatabaseFar(
  { victim }: Scene,
  database: Proxy,
  lines: readonly Line[],
): Promise<void> {
  const stop = chatter(victim, lines)
  let cuts = 0
  for (; cuts < 10; cuts++) {
    await pause(300)
    database.cut()
  }
  await victim.untilHealthy()
  await untilMore(lines)
  sayFault('database_line_cut', cuts, await tally(victim, lines))
  const held = database.connections()
  database.hold(true)
  await pause(3_000)
  database.hold(false)
  database.heal()
  await victim.untilHealthy()
  await untilMore(lines)
  await stop()
  sayFault('database_line_half_open', held, await tally(victim, lines))
  closeAll(lines)
}

async function untilMore(lines: readonly Line[]): Promise<void> {
  const before = acknowledgedBy(lines)
  while (acknowledgedBy(lines) < before + lines.length) await pause(20)
}

/** All devices drop at once and come back together, each with something to say. */
async function proveStorm({ victim, street }: Scene): Promise<void> {
  await using way = await openProxy(() => victim.ports.mqtt)
  const more = street.homes.flatMap(({ home }) =>
    Array.from({ length: devicesAHome }, () => street.addDevice(home, 'door-access')),
  )
  const lines = openLines(await Promise.all(more), way.port)
  await untilUp(lines)
  const backMs: number[] = []
  for (let round = 0; round < 3; round++) {
    way.close(true)
    const said = lines.map((line) => send(line, victim.now(), 'granted'))
    await pause(500)
    const began = performance.now()
    way.close(false)
    await Promise.all(said)
    backMs.push(performance.now() - began)
  }
  sayFault('storm', lines.length * backMs.length, await tally(victim, lines))
  sayTimes('storm_all_back_s', backMs)
  closeAll(lines)
}
