import { fromKysely, type Job, type JobResult, type PgBoss } from 'pg-boss'
import type { Event, EventName, EventOf } from '../kernel/event.ts'
import { errorFacts } from './log.ts'
import type { Tx } from './sql.ts'

/** One room's ear for one event. Called at least once for each event told. */
export type Listener<Given> = {
  event: EventName
  room: string
  hear(given: Given, event: Event): Promise<void>
  /** Of which of these events it wants to hear; of all where nothing is said. */
  concerns?(event: Event): boolean
}

/**
 * A full batch is followed by the next at once; one event that fails keeps no other from being
 * heard.
 */
const howToWork = {
  batchSize: 50,
  burstWhenBatchFull: true,
  perJobResults: true,
  pollingIntervalSeconds: 2,
} as const

async function hearOne<Given>(
  listener: Listener<Given>,
  given: Given,
  job: { id: string; data: Event },
): Promise<JobResult> {
  try {
    await listener.hear(given, job.data)
    return { id: job.id, status: 'completed' }
  } catch (error) {
    // The row keeps the name and place of the fault, never what the event was about.
    return { id: job.id, status: 'failed', output: errorFacts(error) }
  }
}

/**
 * Writes an event into the transaction's outbox: it leaves when, and only when, the transaction
 * commits.
 */
export type Tell = (tx: Tx, event: Event) => Promise<void>

export function on<Given, Name extends EventName>(
  event: Name,
  room: string,
  hear: (given: Given, event: EventOf<Name>) => Promise<void>,
  concerns?: (event: EventOf<Name>) => boolean,
): Listener<Given> {
  return { event, room, hear, ...(concerns ? { concerns } : {}) }
}

export function queueOf(listener: { event: string; room: string }): string {
  return `${listener.event}/${listener.room}`
}

export function bus<Given>(boss: PgBoss, listeners: readonly Listener<Given>[]) {
  const listening = Map.groupBy(listeners, ({ event }) => event)
  return {
    async tell(tx: Tx, event: Event): Promise<void> {
      for (const listener of listening.get(event.name) ?? []) {
        if (listener.concerns?.(event) === false) continue
        await boss.send(queueOf(listener), event, { db: fromKysely(tx) })
      }
    },
    /**
     * Hears everything of one event that waits now, one after the other, retries too; what a
     * listener throws is thrown. For whoever must be sure before going on.
     */
    async hearWaiting(given: Given, event: EventName): Promise<void> {
      for (const listener of listeners.filter((one) => one.event === event)) {
        const queue = queueOf(listener)
        for (;;) {
          const jobs = await boss.fetch<Event>(queue, { batchSize: 50, ignoreStartAfter: true })
          if (jobs.length === 0) break
          for (const { id, data } of jobs) {
            await listener.hear(given, data)
            await boss.complete(queue, id)
          }
        }
      }
    },
    async listen(given: Given): Promise<void> {
      for (const listener of listeners) {
        await boss.work(queueOf(listener), howToWork, (jobs: Job<Event>[]) =>
          Promise.all(jobs.map((job) => hearOne(listener, given, job))),
        )
      }
    },
  }
}
