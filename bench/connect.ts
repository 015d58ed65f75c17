/**
 * `npm run bench -- connect`: what connections cost that are only there; and every device of a
 * street coming back at the same moment.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { median, print, round } from './figure.ts'
import type { Stats } from './load/publisher.ts'
import { idleLineOf, lineOf, openScene, withLoad, type Scene } from './load/scene.ts'
import { doorKinds } from './load/street.ts'
import type { Load, Spent } from './load/windows.ts'
import { inWorkshop } from './load/workshop.ts'

const bench = 'connect'
const devices = 2_000
const boundS = 30
const storms = 3
const idle = 10_000
const settleMs = 5_000

export async function benchConnect(): Promise<void> {
  await inWorkshop(bench, async (opened, folder) => {
    const kinds = doorKinds
    const street = { devices: idle, gateways: 0, devicesPerGateway: 0, kinds }
    const scene = await openScene(opened, folder, street)
    await beIdle(scene)
    await comeBack(scene)
  })
}

/** All at once, not spread: connect, sign in, one message at QoS 1, its PUBACK after COMMIT. */
async function comeBack(scene: Scene): Promise<void> {
  const lines = scene.devices.slice(0, devices).map(lineOf)
  const all: number[] = []
  const each: number[] = []
  for (let storm = 0; storm <= storms; storm++) {
    await withLoad(
      ...([scene, lines, 1] as const),
      async (_load, { allMs, took }) => {
        // The first time they are new; from then on they come back.
        if (storm === 0) return
        all.push(allMs / 1_000)
        each.push(...took)
      },
      0,
    )
  }
  const found = { median: round(median(all)), p99: round(Math.max(...all)), n: storms }
  const held = { bound: boundS, holds: Math.max(...all) <= boundS }
  const says = `${devices} devices at the same moment, each until its first PUBACK; p99 is the worst storm`
  print({ bench, metric: 'all_connected_s', unit: 's', ...found, ...held, says })
  if (!held.holds) process.exitCode = 1
  const sorted = each.toSorted((a, b) => a - b)
  const single = { median: round(median(each)), p99: round(sorted.at(-each.length / 100) ?? 0) }
  print({ bench, metric: 'one_connected_ms', unit: 'ms', ...single, n: each.length })
  const worst = round(sorted.at(-1) ?? 0)
  print({ bench, metric: 'worst_connected_ms', unit: 'ms', median: worst, n: each.length })
}

async function beIdle(scene: Scene): Promise<void> {
  const { program } = scene
  const settled = async () => program.ask<Spent>('spent', { isSettled: true })
  const before = await settled()
  print({
    bench,
    metric: 'rss_mb_without_connections',
    unit: 'MB',
    median: round(before.rssMb, 0),
    n: 1,
  })
  const work = async ({ publisher }: Load) => {
    await pause(settleMs)
    const after = await settled()
    const { broken } = await publisher.ask<Stats>('stats')
    if (broken > 0) throw new Error(`${broken} connections broke`)
    const says = `the program alone, with ${idle} devices registered and connected; PostgreSQL apart`
    print({ bench, metric: 'rss_mb', unit: 'MB', median: round(after.rssMb, 0), n: 1, says })
    const kb = round(((after.heapMb - before.heapMb) * 1_024) / idle, 1)
    const what = 'heap in use; what the kernel keeps for a socket apart'
    print({ bench, metric: 'kb_per_connection', unit: 'KB', median: kb, n: 1, says: what })
  }
  const lines = scene.devices.slice(0, idle).map(idleLineOf)
  await withLoad(scene, lines, 1, work, settleMs).catch((why: unknown) => {
    const reason = why instanceof Error ? why.message : 'failed'
    if (!/EMFILE|EADDRNOTAVAIL/.test(reason)) throw why
    console.error(`${idle} connections need as many open files: raise ulimit -n (${reason})`)
  })
}
