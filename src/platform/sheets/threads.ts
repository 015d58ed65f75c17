import { Worker } from 'node:worker_threads'
import { minuteMs } from '../../kernel/clock.ts'
import type { SheetAnswer, SheetWork } from './work.ts'

/** Each takes one core. */
const runningMax = 2
const waitingMax = 4
/** 20,000 rows take two or three seconds on an idle machine. */
const limitMsUsual = minuteMs
const heapMegabytesUsual = 768

type Wish = { limitMs?: number; heapMegabytes?: number; script?: URL }
/** `too-large`: it wanted more memory than it may have. */
type Stopped = { refused: 'busy' | 'stopped' | 'too-large' }

/**
 * Threads for tables: two at once for the whole program, some may wait, whoever comes then is
 * refused. Memory and time of each are bounded; what a thread was given is gone with it.
 */
export class SheetThreads {
  readonly #running = new Set<Worker>()
  readonly #waiting: (() => void)[] = []
  readonly #limitMs: number
  readonly #heapMegabytes: number
  readonly #script: URL
  #taken = 0

  constructor({ limitMs, heapMegabytes, script }: Wish = {}) {
    this.#limitMs = limitMs ?? limitMsUsual
    this.#heapMegabytes = heapMegabytes ?? heapMegabytesUsual
    this.#script = script ?? new URL('./thread.ts', import.meta.url)
  }

  /** @throws what the work threw: a bug. */
  async workOn(work: SheetWork): Promise<SheetAnswer | Stopped> {
    if (this.#taken >= runningMax && this.#waiting.length >= waitingMax) return { refused: 'busy' }
    await this.#turn()
    try {
      return await this.#inThread(work)
    } finally {
      this.#pass()
    }
  }

  async #inThread(work: SheetWork): Promise<SheetAnswer | Stopped> {
    const worker = new Worker(this.#script, {
      env: {},
      workerData: work,
      transferList: work.does === 'read' ? [work.bytes.buffer] : [],
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMegabytes, maxYoungGenerationSizeMb: 64 },
    })
    this.#running.add(worker)
    try {
      return await answerOf(worker, this.#limitMs)
    } finally {
      await worker.terminate()
      this.#running.delete(worker)
    }
  }

  async #turn(): Promise<void> {
    if (this.#taken < runningMax) this.#taken++
    else await new Promise<void>((go) => void this.#waiting.push(go))
  }

  /** Who waits longest takes the place over. */
  #pass(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#taken--
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.terminate()))
  }
}

function answerOf(worker: Worker, limitMs: number): Promise<SheetAnswer | Stopped> {
  return new Promise((done, fail) => {
    const end = (finish: () => void) => {
      clearTimeout(timer)
      finish()
    }
    const timer = setTimeout(() => done({ refused: 'stopped' }), limitMs)
    worker.once('message', (answer: SheetAnswer) => end(() => done(answer)))
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') done({ refused: 'too-large' })
        else if (error.code?.startsWith('ERR_WORKER_')) done({ refused: 'stopped' })
        else fail(error)
      }),
    )
    worker.once('exit', () => end(() => done({ refused: 'stopped' })))
  })
}
