/** What a program writes first: one timer a home, put off by each sign of life. */
import { performance } from 'node:perf_hooks'
import { seeded } from '../faults/chance.ts'
import { answer } from '../load/child.ts'
import { shuffledIds, silentMs } from './scene.ts'

export type Timeouts = { perSecond: number; rssMb: number; seconds: number }

answer({ run })

function run({ homes, rounds }: { homes: number; rounds: number }): Timeouts {
  const began = performance.now()
  const timers = Array.from({ length: homes }, () => setTimeout(() => undefined, silentMs))
  const seconds = (performance.now() - began) / 1_000
  const order = shuffledIds(seeded(homes), homes)
  const from = performance.now()
  for (let round = 0; round < rounds; round++) {
    for (const home of order) timers[home]?.refresh()
  }
  const perSecond = (rounds * homes * 1_000) / (performance.now() - from)
  const rssMb = process.memoryUsage.rss() / 1_048_576
  for (const timer of timers) clearTimeout(timer)
  return { perSecond, rssMb, seconds }
}
