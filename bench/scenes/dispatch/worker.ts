/** Some streets in a thread of their own, each told as soon as it is through. */
import { parentPort, workerData } from 'node:worker_threads'
import { simulate, type Wish } from './simulate.ts'

const { seeds, wish } = workerData as { seeds: readonly number[]; wish: Wish }
for (const seed of seeds) parentPort?.postMessage({ seed, found: simulate(seed, wish) })
