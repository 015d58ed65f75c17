/**
 * So many homes with one sensor each in one kernel, in a process of its own: what a message costs
 * and what memory they take.
 */
import { performance } from 'node:perf_hooks'
import { createKernel, type Batch, type Kernel } from '../../src/watch/scenarios/index.ts'
import { seeded } from '../faults/chance.ts'
import { answer } from '../load/child.ts'
import { beatMs, consent, limitMs, shuffledIds, silentMs, start, tickMs } from './scene.ts'

export type Opened = { seconds: number; rssMb: number; bytes: ReturnType<Kernel['bytes']> }
export type Wish = { rounds: number; isLife: boolean; isBatched: boolean }
/** `perCpuSecond`: what it is when nobody else uses the processor. */
export type Ran = { perSecond: number; perCpuSecond: number; worstTickMs: number; rssMb: number }

type Crowd = { kernel: Kernel; order: Int32Array; now: number; worstTickMs: number }
let crowd: Crowd | undefined

/** About as many as one commit of the intake brings. */
const batchRows = 512

answer({ open, run })

function open({ homes }: { homes: number }): Opened {
  const began = performance.now()
  const kernel = createKernel(start, homes)
  for (let home = 0; home < homes; home++) {
    const sensor = kernel.addSensor({ limitMs, gateway: null, since: start, heardAt: start })
    kernel.addPlan({ consent, silentMs, since: start, sensors: [sensor] })
  }
  const seconds = (performance.now() - began) / 1_000
  crowd = { kernel, order: shuffledIds(seeded(homes), homes), now: start, worstTickMs: 0 }
  return { seconds, rssMb: rssMb(), bytes: kernel.bytes() }
}

/**
 * In each round every sensor speaks once, in an order without any order, and time goes on by one
 * heartbeat, with a look every 15 seconds of that time. A sign of life costs more than a heartbeat.
 */
function run({ rounds, isLife, isBatched }: Wish): Ran {
  if (!crowd) throw new Error('not open')
  crowd.worstTickMs = 0
  const spent = process.cpuUsage()
  const began = performance.now()
  for (let round = 0; round < rounds; round++) {
    if (isBatched) roundInBatches(crowd, isLife)
    else roundOneByOne(crowd, isLife)
  }
  const messages = rounds * crowd.order.length
  const perSecond = (messages * 1_000) / (performance.now() - began)
  const { user, system } = process.cpuUsage(spent)
  const perCpuSecond = (messages * 1_000_000) / (user + system)
  return { perSecond, perCpuSecond, worstTickMs: crowd.worstTickMs, rssMb: rssMb() }
}

function roundInBatches(crowd: Crowd, isLife: boolean): void {
  const { kernel, order } = crowd
  const batch: Batch = {
    ...{ sensor: new Int32Array(batchRows), isSignOfLife: new Uint8Array(batchRows) },
    ...{ at: new Float64Array(batchRows), arrivedAt: new Float64Array(batchRows), count: 0 },
  }
  batch.isSignOfLife.fill(isLife ? 1 : 0)
  const pace = beatMs / order.length
  for (const [from, to] of halves(order)) {
    for (let at = from; at < to; at++) {
      const now = crowd.now + Math.floor((at - from) * pace)
      const row = batch.count++
      batch.sensor[row] = order[at] ?? 0
      batch.at[row] = now
      batch.arrivedAt[row] = now
      if (batch.count < batchRows && at + 1 < to) continue
      kernel.hearAll(batch)
      batch.count = 0
    }
    look(crowd)
  }
}

function roundOneByOne(crowd: Crowd, isLife: boolean): void {
  const { kernel, order } = crowd
  const pace = beatMs / order.length
  for (const [from, to] of halves(order)) {
    for (let at = from; at < to; at++) {
      const now = crowd.now + Math.floor((at - from) * pace)
      if (isLife) kernel.signOfLifeId(order[at] ?? 0, now, now)
      else kernel.heardId(order[at] ?? 0, now, now)
    }
    look(crowd)
  }
}

function halves({ length }: Int32Array): (readonly [number, number])[] {
  const middle = length >> 1
  return [
    [0, middle],
    [middle, length],
  ]
}

function look(crowd: Crowd): void {
  crowd.now += tickMs
  const began = performance.now()
  const found = crowd.kernel.tick(crowd.now)
  crowd.worstTickMs = Math.max(crowd.worstTickMs, performance.now() - began)
  if (found.length > 0) throw new Error(`${found[0]?.kind} where every home is alive`)
}

function rssMb(): number {
  return process.memoryUsage.rss() / 1_048_576
}
