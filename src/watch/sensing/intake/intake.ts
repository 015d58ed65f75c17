import type { Clock, Instant } from '../../../kernel/clock.ts'
import type { ConsentId, PersonId } from '../../../kernel/ids.ts'
import { readJson } from '../../../platform/json.ts'
import type { Taken } from '../../../platform/mqtt.ts'
import { isSignOfLife, messageFrom, topicOf } from '../decide.ts'
import type { Device, Message, Reading, Refusal } from '../types.ts'
import { giveBack, isTaken, startAnew, take as takeMark, type Marks } from './marks.ts'
import type { Heard, Refused } from './store.ts'

const payloadBytesMax = 64 * 1024
const depthMax = 8
/**
 * Messages waiting for a commit. When full the sender is dropped without PUBACK and sends again.
 */
export const waitingMax = 20_000
const batchMax = 5_000
/** Messages a device may send in a minute of arrival; more are acknowledged and counted. */
export const perMinuteMax = 6_000

/** A live consent: nothing that happened before `since` or arrives from `until` on is taken. */
export type Agreement = { id: ConsentId; person: PersonId; since: Instant; until: Instant }

/**
 * What memory holds of a device. `consent` is live or null; without it nothing personal is stored.
 */
export type Known = {
  device: Device
  passwordDigest: Buffer
  consent: Agreement | null
  marks: Marks
  heardAt: Instant | null
  /** The newest moment that a reading told of, as the device said it. */
  newestAt: Instant | null
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

/**
 * Takes messages in and commits them in groups: whoever comes while a batch flies, flies in the
 * next. `save` must resolve only after COMMIT; only then is a message acknowledged.
 */
export class Intake implements AsyncDisposable {
  readonly counts = { acknowledged: 0, refused: 0 }
  private waiting: Waiting[] = []
  private flying: Promise<void> | undefined
  private readonly flyingCopies = new Map<string, Promise<void>>()
  private readonly clock: Clock
  private position: number
  private readonly save: (batch: Batch) => Promise<void>
  private readonly afterCommit: (taken: Reading[]) => void

  constructor(
    clock: Clock,
    lastPosition: number,
    save: (batch: Batch) => Promise<void>,
    afterCommit: (taken: Reading[]) => void,
  ) {
    this.clock = clock
    this.position = lastPosition
    this.save = save
    this.afterCommit = afterCommit
  }

  /** Resolves after COMMIT of the message, or of the count that says it was refused. */
  async take(known: Known, topic: string, payload: Buffer): Promise<Taken> {
    if (topic !== topicOf(known.device)) return this.refuse(known, 'foreign-topic')
    if (isTooMany(known, this.clock.now())) return this.refuse(known, 'too-many')
    if (payload.length > payloadBytesMax) return this.refuse(known, 'too-large')
    const read = readJson(payload.toString('utf8'), depthMax)
    if ('refused' in read) {
      return this.refuse(known, read.refused === 'too-deep' ? 'too-deep' : 'malformed')
    }
    const message = messageFrom(read.value, known.device, this.clock.now())
    return 'refused' in message ? this.refuse(known, message.refused) : this.accept(known, message)
  }

  /** Resolves when nothing is on its way to the database. */
  async idle(): Promise<void> {
    await this.flying
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.idle()
  }

  private async refuse(known: Known, reason: Refusal): Promise<Taken> {
    await this.enqueue({ kind: 'refused', known, reason, arrivedAt: this.clock.now() })
    return reason === 'foreign-topic' ? 'disconnect' : 'acknowledged'
  }

  /** A heartbeat says the same twice, so a copy of it is nothing to refuse. */
  private async accept(known: Known, message: Message): Promise<Taken> {
    const arrivedAt = this.clock.now()
    if (message.kind === 'heartbeat') {
      await this.enqueue({ kind: 'message', known, message, arrivedAt, consent: null })
      return 'acknowledged'
    }
    if (!isAgreed(known, message, arrivedAt)) return this.refuse(known, 'no-consent')
    if (this.waiting.length >= waitingMax) throw new Error('intake is full')
    const standing = this.standingOf(known, message)
    if (standing !== 'new') {
      await this.flyingCopies.get(copyKey(message))
      return this.refuse(known, standing)
    }
    takeMark(known.marks, message.sequence)
    known.isChanged = true
    known.newestAt = Math.max(known.newestAt ?? 0, message.eventAt)
    const consent = known.consent?.id ?? null
    const stored = this.enqueue({ kind: 'message', known, message, arrivedAt, consent })
    this.flyingCopies.set(copyKey(message), stored)
    await stored
    return 'acknowledged'
  }

  /**
   * A copy tells of a moment that is known. A known number with a newer moment than any before it
   * is a counter that began anew (a new battery, a reset): were it refused, a home whose sensor is
   * alive would look silent.
   */
  private standingOf(known: Known, message: Message): ReturnType<typeof isTaken> {
    const standing = isTaken(known.marks, message.sequence)
    if (standing === 'new' || this.flyingCopies.has(copyKey(message))) return standing
    if (known.newestAt === null || message.eventAt <= known.newestAt) return standing
    startAnew(known.marks)
    return 'new'
  }

  private async enqueue(entry: Entry): Promise<void> {
    if (this.waiting.length >= waitingMax) throw new Error('intake is full')
    const done = new Promise<void>((resolve, reject) => {
      this.waiting.push({ entry, done: (error) => (error ? reject(error) : resolve()) })
    })
    this.flying ??= this.drain().finally(() => (this.flying = undefined))
    return done
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, batchMax)
      this.waiting = this.waiting.slice(batchMax)
      const taken = batch.flatMap(({ entry }) => (entry.kind === 'message' ? [entry] : []))
      const readings = taken.map((entry) => readingOf(entry, ++this.position))
      const stored = readings.filter((reading) => reading.kind !== 'heartbeat')
      const rows = { readings: stored, heard: heardIn(readings), refused: refusedIn(batch) }
      const error = await this.save(rows).then(
        () => undefined,
        (why: Error) => why,
      )
      if (!error) this.afterCommit(readings)
      for (const { entry, done } of batch) this.settle(entry, error, done)
    }
  }

  private settle(entry: Entry, error: Error | undefined, done: Waiting['done']): void {
    if (entry.kind === 'message') {
      const { known, message, arrivedAt } = entry
      const isReading = message.kind !== 'heartbeat'
      if (isReading) this.flyingCopies.delete(copyKey(message))
      if (error && isReading) giveBack(known.marks, message.sequence)
      if (!error) known.heardAt = Math.max(known.heardAt ?? 0, Math.min(message.eventAt, arrivedAt))
    }
    if (!error) this.counts[entry.kind === 'message' ? 'acknowledged' : 'refused']++
    done(error)
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
