import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Found } from './judge.ts'
import type { Wish } from './simulate.ts'

type Told = { seed: number; found: Found }

/** One street a seed, in so many threads; `hear` is called for each. */
export async function simulateMany(
  seeds: readonly number[],
  wish: Wish,
  threads: number,
  hear: (told: Told) => void,
): Promise<Found> {
  const sum: Found = {
    ...{ alarms: 0, steps: 0, unowned: 0, unescalated: 0, doubled: 0, late: 0, lateMsMax: 0 },
    ...{ downSteps: 0, downMsMax: 0, seen: {}, wrong: [] },
  }
  const shares = Array.from({ length: threads }, (_, at) =>
    seeds.filter((_seed, place) => place % threads === at),
  )
  await Promise.all(
    shares.map(async (share) => {
      const workerData = { seeds: share, wish }
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
      worker.on('message', (told: Told) => {
        add(sum, told.found)
        hear(told)
      })
      const [code] = (await once(worker, 'exit')) as [number]
      if (code !== 0) throw new Error(`a thread ended with ${code}`)
    }),
  )
  return sum
}

function add(sum: Found, one: Found): void {
  for (const what of sums) sum[what] += one[what]
  for (const what of ['lateMsMax', 'downMsMax'] as const) sum[what] = Math.max(sum[what], one[what])
  for (const [what, n] of Object.entries(one.seen)) sum.seen[what] = (sum.seen[what] ?? 0) + n
  sum.wrong.push(...one.wrong)
}
const sums = [
  ...(['alarms', 'steps', 'unowned', 'unescalated', 'doubled', 'late', 'downSteps'] as const),
]
