import { signal } from '@preact/signals'
import type { act as actContract } from '../../src/desks/tasks/api.ts'
import type { Act, TaskState } from '../../src/desks/tasks/types.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Input } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { call, type Refusal } from '../shell/call.ts'
import { keep, kept } from '../shell/kept.ts'
import type { Row } from './wording.ts'

type Step = Omit<Input<typeof actContract>, 'task'>

/**
 * An act that was pressed without a network. Its key makes it harmless to send twice; `refused`:
 * the matter had moved on. `place`: where, as the page said it.
 */
export type Waiting = {
  key: string
  task: TaskId
  step: Step
  at: Instant
  place: string
  refused: Refusal['sentence'] | null
}

/** Of this browser. The server never writes it. */
export const outbox = signal<readonly Waiting[]>([])
export const isSending = signal(false)

/** What somebody did themselves is as true an hour later; who is to do it has to be heard now. */
const mayWait: ReadonlySet<Act> = new Set([
  'acknowledge',
  'phoned',
  'set-out',
  'arrive',
  'find',
  'close',
])

export function canWait({ act, anyway }: Step): boolean {
  return mayWait.has(act) && !anyway
}

const name = 'outbox'
/** Longer than the list is kept: what was done is not to be lost on a weekend without a network. */
const outboxMs = 7 * 24 * 3_600_000

export async function loadOutbox(): Promise<void> {
  const known = await kept<Waiting[]>(name).catch(() => null)
  if (known && outbox.peek().length === 0) outbox.value = known
}

export function wait(waiting: Omit<Waiting, 'refused'>): void {
  write([...outbox.peek(), { ...waiting, refused: null }])
}

export function forget(key: string): void {
  write(outbox.peek().filter((one) => one.key !== key))
}

/** Whether something of the task waits to be sent: what comes after has to wait behind it. */
export function isWaiting(task: TaskId): boolean {
  return outbox.peek().some((one) => one.task === task && one.refused === null)
}

function write(waiting: readonly Waiting[]): void {
  outbox.value = waiting
  void keep(name, waiting, outboxMs).catch(() => undefined)
}

/** In the order in which they were pressed. Answers whether any was done or refused. */
export async function sendAll(): Promise<boolean> {
  if (isSending.peek() || !outbox.peek().some(({ refused }) => refused === null)) return false
  isSending.value = true
  let isChanged = false
  try {
    for (const { key, task, step, at, refused } of outbox.peek()) {
      if (refused !== null) continue
      const done = { task, key, ...step, doneAt: at }
      const result = await call<typeof actContract>('post', '/tasks/act', done)
      if (!result.ok && isLost(result.refusal)) break
      isChanged = true
      if (result.ok) forget(key)
      else refuse(key, result.refusal)
    }
  } finally {
    isSending.value = false
  }
  return isChanged
}

/** Not there, starting, or asked too often: it is tried again. */
function isLost({ fault }: Refusal): boolean {
  return fault === 'offline' || fault === 'not-ready' || fault === 'too-many'
}

function refuse(key: string, { sentence }: Refusal): void {
  write(outbox.peek().map((one) => (one.key === key ? { ...one, refused: sentence } : one)))
}

type After = { state: TaskState; next: readonly Act[] }
/** Where a step leads, as far as a page without a network can know. */
const after: Partial<Record<Act, After>> = {
  acknowledge: { state: 'acknowledged', next: ['set-out', 'phoned', 'find'] },
  'set-out': { state: 'on-the-way', next: ['arrive', 'phoned', 'find'] },
  arrive: { state: 'at-the-door', next: ['find', 'phoned'] },
  find: { state: 'found', next: [] },
  close: { state: 'closed', next: [] },
}

/** A task as it stands once all that waits is sent. */
export function asPressed<T extends Row>(task: T, waiting: readonly Waiting[]): T {
  let seen = task
  for (const { task: id, step, refused } of waiting) {
    const then = after[step.act]
    if (id !== task.task || refused !== null || step.from !== seen.state || !then) continue
    const isVisit = task.kind === 'care-visit' || task.kind === 'care-offer'
    const next = then.next.filter(
      (act) => (act !== 'phoned' || isVisit) && (act !== 'set-out' || task.kind !== 'roster-gap'),
    )
    seen = { ...seen, state: then.state, next, may: [] }
  }
  return seen
}
