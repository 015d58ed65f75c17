import { hourMs, type Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myTasks, oneTask } from '../../src/desks/tasks/api.ts'
import type { Words } from '../words/index.ts'

export type Row = Output<typeof myTasks>['tasks'][number]
export type OneTask = Output<typeof oneTask>
type Facts = Row['facts']

/** Where it is, as people say it; a gateway stands in its stair. */
export function placeOf(task: Pick<Row, 'place' | 'facts'>, words: Words): string {
  if (!task.place) return words.places.unknownPlace
  return task.facts.gateway === null
    ? words.places.home(task.place)
    : words.tasks.gatewayTitle(words.places.stair(task.place.stair))
}

/** What is known, in facts: never that somebody fell or is in danger. */
export function factOf(task: Pick<Row, 'kind' | 'facts'>, words: Words): string {
  const { facts } = task
  if (task.kind === 'care-visit') return words.tasks.silentFor(hoursOf(facts))
  if (facts.gateway !== null) {
    return words.tasks.gatewaySilent(facts.devices.length)
  }
  const [first] = facts.devices
  return facts.devices.length === 1 && first
    ? words.tasks.deviceSilent(words.sensing.kind(first.kind))
    : words.tasks.devicesSilent(facts.devices.length)
}

/** Whole hours of silence that counted, rounded down. */
export function hoursOf(facts: Facts): number {
  return Math.floor((facts.silentMs ?? 0) / hourMs)
}

/** The deadline that runs now: to take the task, then to have it done. */
export function deadlineOf(task: Pick<Row, 'state' | 'acknowledgeBy' | 'dueAt'>): Instant {
  return task.state === 'raised' ? Math.min(task.acknowledgeBy, task.dueAt) : task.dueAt
}

export function isLate(
  task: Pick<Row, 'state' | 'acknowledgeBy' | 'dueAt'>,
  now: Instant,
): boolean {
  return task.state !== 'closed' && deadlineOf(task) <= now
}
