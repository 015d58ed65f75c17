import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { treeCpuUs } from './cpu.ts'
import type { Child } from './child.ts'
import type { Stats } from './publisher.ts'

/** What a program under load has used: CPU in µs since its start; MB resident, and in use. */
export type Spent = { cpuUs: number; rssMb: number; heapMb: number }
/** CPU in µs an event; latencies in ms; memory in MB. */
export type Window = {
  eventsPerSecond: number
  publisherUs: number
  programUs: number
  postgresUs: number
  p50: number
  p99: number
  rssMb: number
}
export type Load = { publisher: Child; program: Child; postgresPid: number | null }

/** So many windows of `seconds` each, one after the other, while the load runs. */
export async function measure(load: Load, windows: number, seconds: number): Promise<Window[]> {
  const found: Window[] = []
  let before = await look(load)
  while (found.length < windows) {
    await pause(seconds * 1_000)
    const after = await look(load)
    if (after.stats.broken > 0) throw new Error(`${after.stats.broken} connections broke`)
    found.push(between(before, after))
    before = after
  }
  return found
}

async function look({ publisher, program, postgresPid }: Load) {
  const [stats, spent] = await Promise.all([
    publisher.ask<Stats>('stats'),
    program.ask<Spent>('spent'),
  ])
  return { stats, spent, postgresUs: postgresPid === null ? 0 : treeCpuUs(postgresPid) }
}

type Look = Awaited<ReturnType<typeof look>>

function between(before: Look, after: Look): Window {
  const events = after.stats.acknowledged - before.stats.acknowledged
  const { p50, p99 } = after.stats.latency
  return {
    eventsPerSecond: (events / (after.stats.atMs - before.stats.atMs)) * 1_000,
    publisherUs: (after.stats.cpuUs - before.stats.cpuUs) / events,
    programUs: (after.spent.cpuUs - before.spent.cpuUs) / events,
    postgresUs: (after.postgresUs - before.postgresUs) / events,
    ...{ p50, p99, rssMb: after.spent.rssMb },
  }
}

export function postgresPidIn(dataDir: string): number {
  const file = join(dataDir, 'postgres/postmaster.pid')
  return Number.parseInt(readFileSync(file, 'utf8'), 10)
}
