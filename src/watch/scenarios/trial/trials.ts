import { Worker } from 'node:worker_threads'
import { secondMs } from '../../../kernel/clock.ts'
import type { TrialInput, TrialResult } from './types.ts'

/**
 * `busy`: one is running for this street, or too many for others. `too-long`, `left`: stopped, the
 * latter because nobody waits for it any more.
 */
export type Tried = { result: TrialResult } | { refused: 'busy' | 'too-long' | 'left' }

const limitMsUsual = 60 * secondMs
/** Threads for the whole town: a trial takes one core. */
const runningMax = 2

/**
 * Trials beside the running town: each in a thread, at most one a street and two in all, stopped
 * after `limitMs`. What a trial was given is gone with its thread.
 */
export class Trials {
  readonly #running = new Map<string, Worker>()
  readonly #limitMs: number

  constructor(limitMs = limitMsUsual) {
    this.#limitMs = limitMs
  }

  /** Whether another one would be refused: asked before anything is read for it. */
  isBusy(street: string): boolean {
    return this.#running.has(street) || this.#running.size >= runningMax
  }

  /** @throws what the trial threw */
  async tryRule(input: TrialInput, gone?: AbortSignal): Promise<Tried> {
    const { street } = input
    if (gone?.aborted) return { refused: 'left' }
    if (this.isBusy(street)) return { refused: 'busy' }
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      env: {},
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: 1_024 },
    })
    this.#running.set(street, worker)
    try {
      return await answerOf(worker, this.#limitMs, gone)
    } finally {
      await worker.terminate()
      this.#running.delete(street)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map((worker) => worker.terminate()))
  }
}

function answerOf(worker: Worker, limitMs: number, gone?: AbortSignal): Promise<Tried> {
  return new Promise((done, fail) => {
    const leave = () => end(() => done({ refused: 'left' }))
    gone?.addEventListener('abort', leave)
    const timer = setTimeout(() => end(() => done({ refused: 'too-long' })), limitMs)
    const end = (finish: () => void) => {
      clearTimeout(timer)
      gone?.removeEventListener('abort', leave)
      finish()
    }
    worker.once('message', (result: TrialResult) => end(() => done({ result })))
    worker.once('error', (error: Error) => end(() => fail(error)))
    // Ended from outside, when the town closes.
    worker.once('exit', () => end(() => done({ refused: 'too-long' })))
  })
}
