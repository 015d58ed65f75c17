import { setTimeout as pause } from 'node:timers/promises'
import type { Clock, Instant } from '../../../kernel/clock.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import { readJson } from '../../../platform/json.ts'
import type { Taken } from '../../../platform/mqtt/index.ts'
import { decodeGateway } from '../decoders/index.ts'
import { topicOf } from '../../devices/index.ts'
import type { Refusal, Said } from '../types.ts'
import { accept, forgetSums, type Accepted } from './accept.ts'
import { readCanonical, type Item } from './canonical.ts'
import { settle, type Entry, type Ticket } from './entry.ts'
import type { Known, KnownGateway, Source } from './known.ts'
import { giveBack } from './marks.ts'

const payloadBytesMax = 64 * 1024
const batchBytesMax = 256 * 1024
/** What a gateway declares of its devices can be long; it is read seldom. */
const declaredBytesMax = 2 * 1024 * 1024
const depthMax = 16
/**
 * Messages waiting for a commit. When full the sender is dropped without PUBACK and sends again.
 */
export const waitingMax = 40_000
const batchMax = 10_000
/** A second batch leaves while the first commits only when it is worth a commit of its own. */
const secondBatchMin = 1_000
/** A batch that fails is tried again: who sent it waits without PUBACK. */
const triesMax = 10

export type Batch = { entries: readonly Entry[]; withMarks: boolean }
export type Declared = Extract<ReturnType<typeof decodeGateway>, { kind: 'declared' }>['models']

export type IntakeWish<Rows> = {
  clock: Clock
  lastPosition: number
  /** Whether a street has switched on what sums of homes are counted for. */
  isCounting(street: StreetCode): boolean
  /** The rows of a batch, made once however often it is tried. */
  prepare(batch: Batch): Rows
  /** Resolves only after COMMIT; only then is a message acknowledged. */
  save(rows: Rows): Promise<void>
  /** After a failure: whether they were committed all the same. */
  wasSaved(rows: Rows): Promise<boolean>
  /** Given up: what memory took for saved is not. */
  notSaved(rows: Rows): void
  afterCommit(entries: readonly Entry[]): void
  onDeclared(gateway: KnownGateway, models: Declared): void
  onTrouble(error: Error): void
}

/**
 * Takes messages in and commits them in groups: whoever comes while a batch flies, flies in the
 * next. At most two batches fly; they are acknowledged and judged in their order.
 */
export class Intake<Rows> implements AsyncDisposable {
  readonly counts = { acknowledged: 0, refused: 0 }
  private waiting: Entry[] = []
  private flying = 0
  private isClosed = false
  private isAlone = false
  private marksWanted: ((failure: Error | undefined) => void)[] = []
  private failures = 0
  private last: Promise<void> = Promise.resolve()
  private position: number
  private readonly wish: IntakeWish<Rows>

  constructor(wish: IntakeWish<Rows>) {
    this.wish = wish
    this.position = wish.lastPosition
  }

  /** `done` is called after COMMIT of the message, or of the count that says it was refused. */
  take(source: Source, topic: string, payload: Buffer, done: (taken: Taken | Error) => void): void {
    const ticket: Ticket = { left: 0, taken: 'acknowledged', done }
    if (this.waiting.length >= waitingMax || this.isClosed) {
      return done(new Error('intake is full'))
    }
    if (source.kind === 'device') this.takeOwn(source.known, topic, payload, ticket)
    else this.takeForOthers(source.gateway, topic, payload, ticket)
    if (ticket.left === 0) done(ticket.taken)
    else this.leave()
  }

  /** Resolves when nothing is on its way to the database. */
  async idle(): Promise<void> {
    while (this.flying > 0 || this.waiting.length > 0) await this.last
  }

  /** Resolves when every mark of memory is in the database. */
  async saveMarks(): Promise<void> {
    const saved = new Promise<void>((resolve, reject) => {
      this.marksWanted.push((failure) => (failure ? reject(failure) : resolve()))
    })
    this.leave()
    return saved
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isClosed = true
    await this.idle()
  }

  private takeOwn(known: Known, topic: string, payload: Buffer, ticket: Ticket): void {
    if (topic !== known.topic) {
      ticket.taken = 'disconnect'
      return this.refuse(ticket, known, 'foreign-topic')
    }
    if (payload.length > payloadBytesMax) return this.refuse(ticket, known, 'too-large')
    const items = readCanonical(payload, (name) =>
      name === null || name === known.device.device ? known.device.kind : undefined,
    )
    if ('refused' in items) return this.refuse(ticket, known, items.refused)
    for (const item of items) this.takeItem(ticket, known, item)
  }

  private takeForOthers(
    gateway: KnownGateway,
    topic: string,
    payload: Buffer,
    ticket: Ticket,
  ): void {
    gateway.heardAt = this.wish.clock.now()
    const about = aboutOf(gateway, topic)
    if (about === undefined) {
      ticket.taken = 'disconnect'
      return this.refuse(ticket, gateway, 'foreign-topic')
    }
    const isBatch = about === 'batch' && gateway.gateway.format === 'canonical'
    if (typeof about !== 'string') return this.takeOwn(about, about.topic, payload, ticket)
    if (isBatch) return this.takeBatch(gateway, payload, ticket)
    if (gateway.gateway.format === 'canonical') return this.refuse(ticket, gateway, 'malformed')
    this.takeDecoded(gateway, about, payload, ticket)
  }

  private takeBatch(gateway: KnownGateway, payload: Buffer, ticket: Ticket): void {
    if (payload.length > batchBytesMax) return this.refuse(ticket, gateway, 'too-large')
    const listed = gateway.devices as Map<string, Known>
    const items = readCanonical(payload, (name) =>
      name === null ? undefined : listed.get(name)?.device.kind,
    )
    if ('refused' in items) return this.refuse(ticket, gateway, items.refused)
    for (const item of items) {
      const known = item.name === null ? undefined : listed.get(item.name)
      if (known) this.takeItem(ticket, known, item)
      else this.refuse(ticket, gateway, 'refused' in item ? item.refused : 'not-listed')
    }
  }

  private takeDecoded(gateway: KnownGateway, rest: string, payload: Buffer, ticket: Ticket): void {
    const max = rest.startsWith('bridge/') ? declaredBytesMax : payloadBytesMax
    if (payload.length > max) return this.refuse(ticket, gateway, 'too-large')
    const { format } = gateway.gateway
    if (format === 'canonical') return
    const read = readJson(payload.toString('utf8'), depthMax)
    if ('refused' in read) {
      return this.refuse(ticket, gateway, read.refused === 'too-deep' ? 'too-deep' : 'malformed')
    }
    const message = decodeGateway(format, rest, read.value, (name) => {
      const known = gateway.byName.get(name)
      return known && known.model
    })
    switch (message.kind) {
      case 'gateway-heard':
        return
      case 'declared':
        return this.wish.onDeclared(gateway, message.models)
      case 'refused':
        return this.refuse(ticket, gateway, message.refused)
      case 'said':
        for (const one of message.about) {
          const known = gateway.byName.get(one.name)
          if (!known) this.refuse(ticket, gateway, 'not-listed')
          else if ('refused' in one) this.refuse(ticket, known, one.refused)
          else for (const said of one.said) this.takeSaid(ticket, known, said)
        }
        return
      default:
        return message satisfies never
    }
  }

  private takeItem(ticket: Ticket, known: Known, item: Item): void {
    if ('refused' in item) this.refuse(ticket, known, item.refused)
    else this.takeSaid(ticket, known, item.said)
  }

  private takeSaid(ticket: Ticket, known: Known, said: Said): void {
    const now = this.wish.clock.now()
    const { purpose, street } = known.device
    const isSum = purpose === 'crowding-check' && said.facts.length > 0
    if (isSum && !this.wish.isCounting(street)) return this.refuse(ticket, known, 'rule-off')
    const accepted = accept(known, said, now)
    if ('refusal' in accepted) this.refuse(ticket, known, accepted.refusal)
    else this.enqueue(entryOf(ticket, known, accepted, now))
  }

  private refuse(ticket: Ticket, who: Known | KnownGateway, refusal: Refusal): void {
    const now = this.wish.clock.now()
    const nothing = { facts: [], consent: null, isSignOfLife: false }
    const known = 'device' in who ? who : null
    const { street } = 'device' in who ? who.device : who.gateway
    const source = 'device' in who ? who.device.device : who.gateway.gateway
    this.enqueue({
      ...{ ticket, street, source, device: source as Entry['device'], known, refusal },
      ...{ ...nothing, eventAt: now, arrivedAt: now, order: 0 },
      ...{ sequence: null, marks: null, isTimed: false },
    })
  }

  private enqueue(entry: Entry): void {
    entry.ticket.left++
    this.waiting.push(entry)
  }

  private leave(): void {
    const isWorth = this.flying === 0 || this.waiting.length >= secondBatchMin
    if (this.flying >= 2 || this.isAlone || !isWorth) return
    if (this.marksWanted.length > 0) return this.leaveAlone()
    if (this.waiting.length === 0) return
    this.fly(this.nextBatch(batchMax), false)
  }

  /** Marks are saved by a batch that flies alone: then they hold nothing that is not stored. */
  private leaveAlone(): void {
    if (this.flying > 0) return
    const saved = this.marksWanted
    this.marksWanted = []
    this.isAlone = true
    this.fly(this.nextBatch(this.waiting.length), true, saved)
  }

  private nextBatch(max: number): Entry[] {
    const entries = this.waiting.length <= max ? this.waiting : this.waiting.slice(0, max)
    this.waiting = entries === this.waiting ? [] : this.waiting.slice(max)
    for (const entry of entries) entry.order = ++this.position
    return entries
  }

  private fly(
    entries: Entry[],
    withMarks: boolean,
    told: readonly ((failure: Error | undefined) => void)[] = [],
  ): void {
    this.flying++
    const before = this.last
    const failuresBefore = this.failures
    const rows = this.wish.prepare({ entries, withMarks })
    const saved = this.untilSaved(rows)
    this.last = (async () => {
      const failure = await saved
      await before
      this.flying--
      this.isAlone = false
      if (failure) {
        this.failures++
        this.wish.notSaved(rows)
        this.fail(entries, failure)
      } else this.landed(entries, this.failures > failuresBefore)
      for (const tell of told) tell(failure)
      this.leave()
    })()
  }

  /** A copy whose first one failed in the batch before must not be acknowledged for it. */
  private landed(entries: readonly Entry[], hasOneFailedBefore: boolean): void {
    this.wish.afterCommit(entries)
    for (const { ticket, refusal } of entries) {
      this.counts[refusal === null ? 'acknowledged' : 'refused']++
      const isOrphan = hasOneFailedBefore && refusal === 'duplicate'
      settle(ticket, isOrphan ? new Error('its first one was not stored') : undefined)
    }
  }

  /** Undefined once it is committed. Without an answer nobody knows, so the database is asked. */
  private async untilSaved(rows: Rows): Promise<Error | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        if (tries > 1 && (await this.wish.wasSaved(rows))) return undefined
        await this.wish.save(rows)
        return undefined
      } catch (error) {
        this.wish.onTrouble(error as Error)
        if (this.isClosed || tries >= triesMax || !mayPass(error)) return error as Error
        await pause(Math.min(2_000, 50 * 2 ** tries))
      }
    }
  }

  /** What was not stored may come again; a copy that waits behind it must not be acknowledged. */
  private fail(entries: readonly Entry[], failure: Error): void {
    const behind = this.waiting
    this.waiting = []
    for (const { ticket, known, sequence, marks, isTimed, facts, eventAt } of [
      ...entries,
      ...behind,
    ]) {
      if (marks && sequence !== null) giveBack(marks, sequence)
      const isByState = sequence === null || isTimed
      if (known && isByState) for (const { kind } of facts) known.lastStates.delete(kind)
      if (known) forgetSums(known, facts, eventAt)
      settle(ticket, failure)
    }
  }
}

/** Lost connections, a full disk, a server that stops; not a statement that is wrong in itself. */
function mayPass(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code !== 'string' || !/^(22|23|25|42)/.test(code)
}

/** A listed device, what follows the gateway's own prefix, or undefined for a foreign topic. */
function aboutOf(gateway: KnownGateway, topic: string): Known | string | undefined {
  const { prefix } = gateway
  if (topic.length > prefix.length && topic.startsWith(prefix) && topic[prefix.length] === '/') {
    return topic.slice(prefix.length + 1)
  }
  const id = topic.split('/')[2] as Known['device']['device']
  const known = gateway.devices.get(id)
  return known && topic === topicOf(known.device) ? known : undefined
}

function entryOf(ticket: Ticket, known: Known, accepted: Accepted, arrivedAt: Instant): Entry {
  const { street, device } = known.device
  return {
    ticket,
    street,
    source: device,
    device,
    known,
    refusal: null,
    facts: accepted.facts,
    sequence: accepted.sequence,
    marks: accepted.marks,
    isTimed: accepted.isTimed,
    eventAt: accepted.eventAt,
    arrivedAt,
    order: 0,
    isSignOfLife: accepted.isSignOfLife,
    consent: accepted.consent,
  }
}
