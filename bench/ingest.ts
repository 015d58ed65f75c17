/**
 * `npm run bench -- ingest`: devices publish at QoS 1 into the real program with a real, durable
 * database; what was acknowledged is counted at the end against what is stored. Publisher, program
 * and database share the cores of this machine.
 */
import { join } from 'node:path'
import type { Profiler } from 'node:inspector'
import { setTimeout as pause } from 'node:timers/promises'
import { median, print, round } from './figure.ts'
import { Child } from './load/child.ts'
import { sharesByPart } from './load/parts.ts'
import type { Sent } from './load/ring.ts'
import { doorKinds, type LoadDevice, type StreetWish } from './load/street.ts'
import { compare } from './load/verify.ts'
import {
  batchLineOf,
  lineOf,
  openPublisher,
  openScene,
  withLoad,
  type Scene,
} from './load/scene.ts'
import { measure, type Load, type Window } from './load/windows.ts'
import { inWorkshop } from './load/workshop.ts'
import { benchPeers } from './peers/index.ts'

const bench = 'ingest'
const boundPerSecond = 30_000
const warmUpMs = 4_000
const windows = 3
const windowSeconds = 6
const pacedPerSecond = 10_000
/** 16,000 events in flight each time, shared among the connections. */
const shapes = {
  few: { connections: 500, window: 32 },
  street: { connections: 2_000, window: 8 },
  batched: { connections: 100, window: 8 },
}
const done = `${shapes.few.connections} connections, ${shapes.few.window} messages in flight each; signed in, validated, de-duplicated, agreed to, rules fed; acknowledged after a COMMIT that is synced`
const street: StreetWish = {
  ...{ devices: 2_000, gateways: 100, devicesPerGateway: 20 },
  kinds: doorKinds,
}

export async function benchIngest(words: readonly string[]): Promise<void> {
  await inWorkshop(bench, async (opened, folder) => {
    await publisherAlone()
    const scene = await openScene(opened, folder, street)
    const sent = [
      ...(await atFullSpeed(scene)),
      ...(await atStreetShape(scene)),
      ...(await atFixedRate(scene)),
      ...(scene.gateways.length > 0 ? await inBatches(scene) : []),
    ]
    await verify(scene, sent)
    if (!words.includes('--without-peers')) {
      await benchPeers(folder, scene, scene.devices.map(lineOf))
    }
  })
}

/** What the publisher itself costs, against something that only acknowledges. */
async function publisherAlone(): Promise<void> {
  await using sink = new Child(join(import.meta.dirname, 'load/sink.ts'))
  const { port } = await sink.ask<{ port: number }>('open')
  const lines = Array.from({ length: shapes.few.connections }, (_, at) => lineOf(nobody(at)))
  await using publisher = openPublisher()
  await publisher.ask('open', { port, lines, window: 32, aheadMs: 0, phase: 1, spreadMs: 200 })
  await publisher.ask('full')
  await pause(warmUpMs / 2)
  const load = { publisher, program: sink, postgresPid: null }
  const found = await measure(load, windows, windowSeconds / 3)
  figure('publisher_alone_events_per_s', 'events/s', found, (one) => one.eventsPerSecond)
  figure('publisher_alone_cpu_us', 'µs/event', found, (one) => one.publisherUs)
  await publisher.ask('stop')
}

function nobody(at: number): LoadDevice {
  const device = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
  const topic = `lilong/310104011/${device}/event`
  return { device, password: '', topic, states: ['open', 'closed'] }
}

async function atFullSpeed(scene: Scene): Promise<Sent[]> {
  const lines = scene.devices.slice(0, shapes.few.connections).map(lineOf)
  return withLoad(scene, lines, shapes.few.window, async (load) => {
    await load.publisher.ask('full')
    await pause(warmUpMs)
    const found = await measure(load, windows, windowSeconds)
    figure('events_per_s', 'events/s', found, (one) => one.eventsPerSecond, boundPerSecond)
    latency('full_speed', found)
    cpu('', found)
    figure('program_rss_mb', 'MB', found, (one) => one.rssMb)
    await parts(load, median(found.map((one) => one.programUs)))
  })
}

/** As many connections as a street has devices: the same number in flight, in smaller pieces. */
async function atStreetShape(scene: Scene): Promise<Sent[]> {
  const { connections, window } = shapes.street
  const lines = scene.devices.slice(0, connections).map(lineOf)
  return withLoad(scene, lines, window, async (load) => {
    await load.publisher.ask('full')
    await pause(warmUpMs)
    const found = await measure(load, windows, windowSeconds)
    figure('events_per_s_2000_connections', 'events/s', found, (one) => one.eventsPerSecond)
  })
}

async function atFixedRate(scene: Scene): Promise<Sent[]> {
  const { connections, window } = shapes.street
  const lines = scene.devices.slice(0, connections).map(lineOf)
  return withLoad(scene, lines, window, async (load) => {
    await load.publisher.ask('paced', { eventsPerSecond: pacedPerSecond })
    await pause(warmUpMs / 2)
    await load.publisher.ask('stats')
    const found = await measure(load, windows, windowSeconds)
    figure('paced_events_per_s', 'events/s', found, (one) => one.eventsPerSecond)
    latency('10k', found)
  })
}

async function inBatches(scene: Scene): Promise<Sent[]> {
  const { connections, window } = shapes.batched
  const lines = scene.gateways.slice(0, connections).map(batchLineOf)
  return withLoad(scene, lines, window, async (load) => {
    await load.publisher.ask('full')
    await pause(warmUpMs)
    const found = await measure(load, windows, windowSeconds)
    figure('events_per_s_batched', 'events/s', found, (one) => one.eventsPerSecond)
    latency('batched', found)
    cpu('batched_', found)
  })
}

/** Where the program's time goes: the main thread's shares, put on what the whole program used. */
async function parts({ program }: Load, programUs: number): Promise<void> {
  await program.ask('startProfile')
  await pause(windowSeconds * 1_000)
  const shares = sharesByPart(await program.ask<Profiler.Profile>('stopProfile'))
  for (const [part, share] of Object.entries(shares).toSorted((a, b) => b[1] - a[1])) {
    const metric = `cpu_us_program_${part}`
    print({ bench, metric, unit: 'µs/event', median: round(share * programUs), n: 1 })
  }
}

async function verify({ databaseUrl }: Scene, sent: Sent[]): Promise<void> {
  const found = await compare(databaseUrl, sent)
  const { acknowledged, ...zeroes } = found
  print({ bench, metric: 'events_acknowledged', unit: 'count', median: acknowledged, n: 1 })
  for (const [metric, count] of Object.entries(zeroes)) {
    const held = { bound: 0, holds: count === 0 }
    print({ bench, metric: `events_${metric}`, unit: 'count', median: count, n: 1, ...held })
    if (!held.holds) process.exitCode = 1
  }
}

function cpu(before: string, found: Window[]): void {
  figure(`${before}cpu_us_publisher`, 'µs/event', found, (one) => one.publisherUs)
  figure(`${before}cpu_us_program`, 'µs/event', found, (one) => one.programUs)
  figure(`${before}cpu_us_postgresql`, 'µs/event', found, (one) => one.postgresUs)
}

function latency(at: string, found: Window[]): void {
  const [middle, worst] = [found.map((one) => one.p50), found.map((one) => one.p99)]
  const waits = { median: round(median(middle)), p99: round(median(worst)) }
  print({ bench, metric: `puback_ms_${at}`, unit: 'ms', ...waits, n: found.length })
}

function figure(
  metric: string,
  unit: string,
  found: Window[],
  of: (one: Window) => number,
  bound?: number,
): void {
  const middle = round(median(found.map(of)), unit === 'events/s' ? 0 : 2)
  const held = bound === undefined ? {} : { bound, holds: middle >= bound, says: done }
  print({ bench, metric, unit, median: middle, n: found.length, ...held })
  if (bound !== undefined && middle < bound) process.exitCode = 1
}
