import { signal } from '@preact/signals'
import type { act as actContract, addPhoto } from '../../src/desks/tasks/api.ts'
import type { Act, TaskKind, TaskState } from '../../src/desks/tasks/types.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Input } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { call, type Answered, type Refusal } from '../shell/call.ts'
import { drop, keep, kept } from '../shell/kept.ts'
import type { Row } from './wording.ts'

type Step = Omit<Input<typeof actContract>, 'task'>

/**
 * What was done without a network. Its key makes it harmless to send twice; `refused`: the matter
 * had moved on. `place`: where, as the page said it.
 */
type Pressed = {
  key: string
  task: TaskId
  kind: TaskKind | null
  at: Instant
  place: string
  refused: Refusal['sentence'] | null
}
export type WaitingStep = Pressed & { step: Step }
/** Its picture is kept beside the list, by its key. */
export type WaitingPhoto = Pressed & { says: string }
export type Waiting = WaitingStep | WaitingPhoto

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

export function wait(waiting: Omit<WaitingStep, 'refused'>): Promise<void> {
  return change((all) => [...all, { ...waiting, refused: null }])
}

/** So many pictures at the most, each of up to two million letters. */
const photosWaitMax = 12
/** Where the browser keeps nothing they wait as long as the page is open. */
const pictures = new Map<string, string>()
const pictureName = (key: string) => `picture-${key}`

/** False: too many wait already. */
export async function waitWithPhoto(
  photo: Omit<WaitingPhoto, 'refused'>,
  bytes: string,
): Promise<boolean> {
  if (outbox.peek().filter(isPhoto).length >= photosWaitMax) return false
  pictures.set(photo.key, bytes)
  await keep(pictureName(photo.key), bytes, outboxMs).catch(() => undefined)
  await change((all) => [...all, { ...photo, refused: null }])
  return true
}

export async function pictureOf(key: string): Promise<string | null> {
  return pictures.get(key) ?? kept<string>(pictureName(key)).catch(() => null)
}

export function isPhoto(one: Waiting): one is WaitingPhoto {
  return !('step' in one)
}

export async function forget(key: string): Promise<void> {
  await change((all) => all.filter((one) => one.key !== key))
  pictures.delete(key)
  await drop(pictureName(key)).catch(() => undefined)
}

/** Whether something of the task waits to be sent: what comes after has to wait behind it. */
export function isWaiting(task: TaskId): boolean {
  return outbox.peek().some((one) => !isPhoto(one) && one.task === task && one.refused === null)
}

let changing: Promise<void> = Promise.resolve()

/**
 * One after the other, kept before it is shown: what a page says to be waiting outlives the page,
 * and an older list never comes over a newer one.
 */
function change(how: (all: readonly Waiting[]) => readonly Waiting[]): Promise<void> {
  changing = changing.then(async () => {
    const next = how(outbox.peek())
    await keep(name, next, outboxMs).catch(() => undefined)
    outbox.value = next
  })
  return changing
}

/**
 * In the order in which they were pressed, pictures first: a task that is closed takes none any
 * more. Answers whether any was done or refused.
 */
export async function sendAll(): Promise<boolean> {
  if (isSending.peek() || !outbox.peek().some(({ refused }) => refused === null)) return false
  isSending.value = true
  let isChanged = false
  try {
    const all = outbox.peek()
    for (const one of [...all.filter(isPhoto), ...all.filter((each) => !isPhoto(each))]) {
      const { key, refused } = one
      if (refused !== null) continue
      const result = await send(one)
      if (!result.ok && isLost(result.refusal)) break
      isChanged = true
      if (result.ok) await forget(key)
      else await refuse(key, result.refusal)
    }
  } finally {
    isSending.value = false
  }
  return isChanged
}

async function send(one: Waiting): Promise<Answered<unknown>> {
  const { task, key, at } = one
  if (!isPhoto(one)) {
    const done = { task, key, ...one.step, doneAt: at }
    return call<typeof actContract>('post', '/tasks/act', done)
  }
  const bytes = await pictureOf(key)
  if (bytes === null) return { ok: false, refusal: pictureGone }
  const photo = { ...{ task, key, bytes }, says: one.says, takenAt: at }
  return call<typeof addPhoto>('post', '/tasks/photo', photo)
}

const pictureGone: Refusal = {
  fault: 'not-found',
  sentence: {
    'zh-CN': '照片已经不在这台设备上，请再拍一张。',
    en: 'The picture is not on this device any more. Please take it again.',
  },
}

/** Not there, starting, or asked too often: it is tried again. */
function isLost({ fault }: Refusal): boolean {
  return fault === 'offline' || fault === 'not-ready' || fault === 'too-many'
}

function refuse(key: string, { sentence }: Refusal): Promise<void> {
  return change((all) => all.map((one) => (one.key === key ? { ...one, refused: sentence } : one)))
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
  for (const one of waiting) {
    if (isPhoto(one) || one.task !== task.task || one.refused !== null) continue
    const { step } = one
    const then = after[step.act]
    if (step.from !== seen.state || !then) continue
    const isVisit = task.kind === 'care-visit' || task.kind === 'care-offer'
    const next = then.next.filter(
      (act) => (act !== 'phoned' || isVisit) && (act !== 'set-out' || task.kind !== 'roster-gap'),
    )
    seen = { ...seen, state: then.state, next, may: [] }
  }
  return seen
}
