import { fromKysely, type PgBoss } from 'pg-boss'
import type { Event, EventName, EventOf } from '../kernel/event.ts'
import type { Tx } from './sql.ts'

/** One room's ear for one event. Called at least once for each event told. */
export type Listener<Given> = {
  event: EventName
  room: string
  hear(given: Given, event: Event): Promise<void>
}

/** Writes an event into the transaction's outbox: it leaves when, and only when, the transaction commits. */
export type Tell = (tx: Tx, event: Event) => Promise<void>

export function on<Given, Name extends EventName>(
  event: Name,
  room: string,
  hear: (given: Given, event: EventOf<Name>) => Promise<void>,
): Listener<Given> {
  return { event, room, hear: hear as Listener<Given>['hear'] }
}

export function queueOf(listener: { event: string; room: string }): string {
  return `${listener.event}/${listener.room}`
}

export function bus<Given>(boss: PgBoss, listeners: readonly Listener<Given>[]) {
  const queues = new Map<EventName, string[]>()
  for (const listener of listeners) {
    queues.set(listener.event, [...(queues.get(listener.event) ?? []), queueOf(listener)])
  }
  return {
    async tell(tx: Tx, event: Event): Promise<void> {
      for (const queue of queues.get(event.name) ?? []) {
        await boss.send(queue, event, { db: fromKysely(tx) })
      }
    },
    async listen(given: Given): Promise<void> {
      for (const listener of listeners) {
        await boss.work<Event>(queueOf(listener), { pollingIntervalSeconds: 2 }, async (jobs) => {
          for (const job of jobs) await listener.hear(given, job.data)
        })
      }
    },
  }
}
