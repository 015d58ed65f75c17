/** One table, read or written in a thread of its own, so that everybody else goes on meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import { workOn, type SheetWork } from './work.ts'

const answer = await workOn(workerData as SheetWork)
parentPort?.postMessage(answer, 'bytes' in answer ? [answer.bytes.buffer] : [])
