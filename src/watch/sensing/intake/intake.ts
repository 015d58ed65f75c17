import type { Clock, Instant } from '../../../kernel/clock.ts'
import type { ConsentId } from '../../../kernel/ids.ts'
import { readJson } from '../../../platform/json.ts'
import type { Taken } from '../../../platform/mqtt.ts'
import { isSignOfLife, messageFrom, topicOf } from '../decide.ts'
import type { Device, Message, Reading, Refusal } from '../types.ts'
import { giveBack, isTaken, take as takeMark, type Marks } from './marks.ts'
import type { Heard, Refused } from './store.ts'

const payloadBytesMax = 64 * 1024
const depthMax = 8
/** Messages waiting for a commit. When full the sender is dropped without PUBACK and sends again. */
export const waitingMax = 20_000
const batchMax = 5_000
/** Messages a device may send in a minute of arrival; more are acknowledged and counted. */
export const perMinuteMax = 6_000

/** A live consent: nothing that happened before `since` or arrives from `until` on is taken. */
export type Agreement = { id: ConsentId; since: Instant; until: Instant }

/** What memory holds of a device. `consent` is live or null; without it nothing personal is stored. */
export type Known = {
  device: Device
  passwordDigest: Buffer
  consent: Agreement | null
  marks: Marks
  heardAt: Instant | null
  isChanged: boolean
  minute: Instant
  inMinute: number
}

export type Batch = { readings: Reading[]; heard: Heard[]; refused: Refused[] }
type Waiting = { entry: Entry; done: (error?: Error) => void }
type Entry =
  | {
      kind: 'message'
      known: Known
      message: Message
      arrivedAt: Instant
      consent: ConsentId | null
    }
  | { kind: 'refused'; known: Known; reason: Refusal; arrivedAt: Instant }

export type Intake = ReturnType<typeof openIntake>

/**
 * Takes messages in and commits them in groups: whoever comes while a batch flies, flies in the
 * next. `save` must resolve only after COMMIT; only then is a message acknowledged.
 */
export function openIntake(
  clock: Clock,
  firstPosition: number,
  save: (batch: Batch) => Promise<void>,
  afterCommit: (taken: Reading[]) => void,
) {
  let waiting: Waiting[] = []
  let flying: Promise<void> | undefined
  let position = firstPosition
  const flyingCopies = new Map<string, Promise<void>>()
  const counts = { acknowledged: 0, refused: 0 }

  async function enqueue(entry: Entry): Promise<void> {
    if (waiting.length >= waitingMax) throw new Error('intake is full')
    const done = new Promise<void>((resolve, reject) => {
      waiting.push({ entry, done: (error) => (error ? reject(error) : resolve()) })
    })
    flying ??= drain().finally(() => (flying = undefined))
    return done
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchMax)
      waiting = waiting.slice(batchMax)
      const taken = batch.flatMap(({ entry }) => (entry.kind === 'message' ? [entry] : []))
      const readings = taken.map((entry) => readingOf(entry, ++position))
      const stored = readings.filter((reading) => reading.kind !== 'heartbeat')
      const heard = heardIn(readings)
      const error = await save({ readings: stored, heard, refused: refusedIn(batch) }).then(
        () => undefined,
        (why: Error) => why,
      )
      if (!error) afterCommit(readings)
      for (const { entry, done } of batch) settle(entry, error, done)
    }
  }

  function settle(entry: Entry, error: Error | undefined, done: (error?: Error) => void): void {
    if (entry.kind === 'message') {
      const { known, message } = entry
      flyingCopies.delete(copyKey(message))
      if (error) giveBack(known.marks, message.sequence)
      else known.heardAt = Math.max(known.heardAt ?? 0, Math.min(message.eventAt, entry.arrivedAt))
    }
    if (!error) counts[entry.kind === 'message' ? 'acknowledged' : 'refused']++
    done(error)
  }

  async function refuse(known: Known, reason: Refusal): Promise<Taken> {
    await enqueue({ kind: 'refused', known, reason, arrivedAt: clock.now() })
    return reason === 'foreign-topic' ? 'disconnect' : 'acknowledged'
  }

  /** A heartbeat says the same twice, so a copy of it is nothing to refuse. */
  async function accept(known: Known, message: Message): Promise<Taken> {
    const arrivedAt = clock.now()
    if (message.kind !== 'heartbeat') {
      if (!isAgreed(known, message, arrivedAt)) return refuse(known, 'no-consent')
      if (waiting.length >= waitingMax) throw new Error('intake is full')
      const standing = isTaken(known.marks, message.sequence)
      if (standing !== 'new') {
        await flyingCopies.get(copyKey(message))
        return refuse(known, standing)
      }
      takeMark(known.marks, message.sequence)
      known.isChanged = true
    }
    const consent = message.kind === 'heartbeat' ? null : (known.consent?.id ?? null)
    const stored = enqueue({ kind: 'message', known, message, arrivedAt, consent })
    if (message.kind !== 'heartbeat') flyingCopies.set(copyKey(message), stored)
    await stored
    return 'acknowledged'
  }

  return {
    counts,
    position: () => position,
    /** Resolves after COMMIT of the message, or of the count that says it was refused. */
    async take(known: Known, topic: string, payload: Buffer): Promise<Taken> {
      if (topic !== topicOf(known.device)) return refuse(known, 'foreign-topic')
      if (isTooMany(known, clock.now())) return refuse(known, 'too-many')
      if (payload.length > payloadBytesMax) return refuse(known, 'too-large')
      const read = readJson(payload.toString('utf8'), depthMax)
      if ('refused' in read) {
        return refuse(known, read.refused === 'too-deep' ? 'too-deep' : 'malformed')
      }
      const message = messageFrom(read.value, known.device, clock.now())
      return 'refused' in message ? refuse(known, message.refused) : accept(known, message)
    },
    async idle(): Promise<void> {
      await flying
    },
  }
}

function isAgreed({ consent }: Known, message: Message, now: Instant): boolean {
  return consent !== null && consent.since <= message.eventAt && now < consent.until
}

function isTooMany(known: Known, now: Instant): boolean {
  const minute = now - (now % 60_000)
  if (known.minute !== minute) {
    known.minute = minute
    known.inMinute = 0
  }
  return ++known.inMinute > perMinuteMax
}

function copyKey(message: Message): string {
  return `${message.device} ${message.sequence}`
}

function readingOf(entry: Extract<Entry, { kind: 'message' }>, order: number): Reading {
  const { known, message, arrivedAt, consent } = entry
  const { street, home } = known.device
  return {
    ...message,
    street,
    home,
    arrivedAt,
    order,
    isSignOfLife: isSignOfLife(message.kind, message.state),
    consent,
  }
}

function heardIn(readings: Reading[]): Heard[] {
  const newest = new Map<string, Heard>()
  for (const { street, device, eventAt, arrivedAt } of readings) {
    const before = newest.get(device)
    const heardAt = Math.max(before?.heardAt ?? 0, Math.min(eventAt, arrivedAt))
    newest.set(device, { street, device, heardAt, arrivedAt })
  }
  return [...newest.values()]
}

function refusedIn(batch: readonly Waiting[]): Refused[] {
  const counted = new Map<string, Refused>()
  for (const { entry } of batch) {
    if (entry.kind !== 'refused') continue
    const { street, device } = entry.known.device
    const key = `${device} ${entry.reason}`
    const count = (counted.get(key)?.count ?? 0) + 1
    counted.set(key, { street, device, reason: entry.reason, count, at: entry.arrivedAt })
  }
  return [...counted.values()]
}
