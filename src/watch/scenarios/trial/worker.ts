/** One trial in a thread of its own, so that the town goes on while it runs. */
import { parentPort, workerData } from 'node:worker_threads'
import { runTrial } from './run.ts'
import type { TrialInput } from './types.ts'

parentPort?.postMessage(runTrial(workerData as TrialInput))
