/** What a kernel of so many homes saved, with names, written and read back by another process. */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { createKernel, type PlanState, type SensorState } from '../../src/watch/scenarios/index.ts'
import { answer } from '../load/child.ts'
import { consent, limitMs, silentMs, start } from './scene.ts'

export type ReadBack = { seconds: number; rssMb: number; plans: number; found: number }
type Saved = { sensor: SensorState; plan: PlanState }

answer({ write, read })

/** One home a line, as it was told by `changedSensors` and `changedSince`. */
async function write({ file, homes }: { file: string; homes: number }): Promise<void> {
  const out = createWriteStream(file)
  for (let home = 0; home < homes; home++) {
    const since = start - Math.floor((home / homes) * silentMs)
    const sensor: SensorState = {
      sensor: randomUUID(),
      heardAt: start - (home % 30_000),
      lost: null,
    }
    const plan: PlanState = { plan: randomUUID(), since, gaps: [], raised: false }
    if (out.write(`${JSON.stringify({ sensor, plan } satisfies Saved)}\n`)) continue
    await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

/** Reads it, watches and arms all, and looks once. */
async function read({ file }: { file: string }): Promise<ReadBack> {
  const began = performance.now()
  const kernel = createKernel(start)
  let plans = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { sensor, plan } = JSON.parse(line) as Saved
    kernel.watch({ ...sensor, limitMs, gateway: null, since: start })
    const agreed = { ...plan, consent, silentMs, awayUntil: null, sensors: [sensor.sensor] }
    kernel.arm(agreed)
    plans++
  }
  const found = kernel.tick(start).length
  const seconds = (performance.now() - began) / 1_000
  return { seconds, rssMb: process.memoryUsage.rss() / 1_048_576, plans, found }
}
