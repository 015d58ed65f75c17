import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import type { Tx } from '../../../platform/sql.ts'
import { peopleOnShift } from '../../../ground/duties/index.ts'
import { numberOf } from '../../../ground/people/index.ts'
import { writeLooks } from '../../../ground/privacy/index.ts'
import type { Channel, Message, Sent } from '../channels/index.ts'
import { decideNext, isQuiet, type Quiet } from '../decide.ts'
import type { Note, Topic } from '../types.ts'
import * as store from './store.ts'

/** Where somebody is reached who is no user here. Undefined: nowhere, or not any more. */
export type AddressOf = (
  given: Given,
  tx: Tx,
  asked: { street: StreetCode; matter: string; person: string },
) => Promise<{ phone: string; link: string } | undefined>

/** The ways out of this installation, in the order in which they are tried. */
export type Ways = {
  channels: readonly Channel[]
  quiet: Quiet | null
  /** Links begin with it. */
  publicUrl(): string
  /** The owner of a topic knows its people; for others it is the register. */
  addressOf: Readonly<Partial<Record<Topic, AddressOf>>>
  mayTell?: Readonly<Partial<Record<Topic, MayTell>>>
}

/** Whether this may still be said, asked at every try; the owner of a topic knows it. */
export type MayTell = (given: Given, tx: Tx, asked: { matter: string }) => Promise<boolean>

export type Sending = ReturnType<typeof openSending>

const notesMax = 200
/** So many messages are out at a channel; a provider that hangs holds up only its own. */
const outMax = 16
const fullMs = 2_000
/** Nobody is written to or called more often, whatever happens (product); the page has it all. */
const anHourMax: Record<Channel['name'], number> = { push: 120, sms: 30, wecom: 30, voice: 12 }
/** A try that nobody finished: the program ended meanwhile. It counts as a failed one. */
const leaseMs = 60_000

type Out = { street: StreetCode; channel: Channel; message: Message; attempt: string }

/** Without ways notes stay in inboxes and on open pages. */
export function openSending(given: Given, ways: Ways | null) {
  const out = new Map<string, Promise<void>>()
  const outAt = new Map<string, number>()
  let running: Promise<void> = Promise.resolve()

  const start = (one: Out) => {
    const { channel, message } = one
    outAt.set(channel.name, (outAt.get(channel.name) ?? 0) + 1)
    const done = sendOne(given, one)
      .catch((error: unknown) => given.log.say('delivery.failed', errorFacts(error)))
      .finally(() => {
        out.delete(message.note)
        outAt.set(channel.name, (outAt.get(channel.name) ?? 1) - 1)
      })
    out.set(message.note, done)
  }

  const round = async () => {
    if (!ways) return
    const now = given.clock.now()
    for (const street of await given.db.asOwner((tx) => store.streetsDue(tx, now))) {
      const isFull = (channel: string, more: number) => (outAt.get(channel) ?? 0) + more >= outMax
      const busy = [...out.keys()]
      const found = await given.db.inStreet({ street, committees: '*' }, (tx) =>
        decideIn({ given, ways, tx, street, now, isFull }, busy),
      )
      for (const one of found) start(one)
    }
  }

  return {
    /** Everything that is due begins, round after round; no round waits for a provider. */
    tick(): Promise<void> {
      const done = running.then(round)
      running = done.catch(() => undefined)
      return done
    },
    /** When nothing is out any more. */
    async idle(): Promise<void> {
      await running
      while (out.size > 0) await Promise.all(out.values())
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await this.idle()
    },
  }
}

type Deciding = {
  given: Given
  ways: Ways
  tx: Tx
  street: StreetCode
  now: Instant
  isFull(channel: string, more: number): boolean
}

/** One transaction: what is due, what was tried, what is tried now; written before it leaves. */
async function decideIn(deciding: Deciding, busy: readonly string[]): Promise<Out[]> {
  const { ways, tx, street, now } = deciding
  const notes = await store.dueNotes(tx, street, now, busy, notesMax)
  const attempts = await store.attemptsOf(
    tx,
    notes.map(({ note }) => note),
  )
  const people = notes.map(({ person }) => person)
  const hasPush = ways.channels.some(({ name }) => name === 'push')
  const browsers = await store.browsersOf(tx, hasPush ? people : [])
  const sent = await store.sentSince(tx, street, people, now - hourMs)
  const isHeld = ways.quiet && isQuiet(ways.quiet, now)
  const onDuty = isHeld ? await peopleOnShift(tx, now) : new Set<PersonId>()
  const made: store.NewAttempt[] = []
  const next = new Map<string, Instant | null>()
  const leaving: Out[] = []
  for (const note of notes) {
    const own: Own = {
      browsers: browsers.get(note.person) ?? [],
      isOnDuty: onDuty.has(note.person),
      isEnough: (channel) => (sent.get(`${note.person} ${channel}`) ?? 0) >= anHourMax[channel],
    }
    const known = attempts.get(note.note) ?? []
    const found = await decideOne(deciding, note, known, own, leaving)
    made.push(...found.made)
    next.set(note.note, found.next)
    if (!found.out) continue
    leaving.push(found.out)
    const counted = `${note.person} ${found.out.channel.name}`
    sent.set(counted, (sent.get(counted) ?? 0) + 1)
  }
  await store.addAttempts(tx, street, made)
  await store.setNext(tx, street, next, now)
  return leaving
}

type Own = {
  browsers: readonly store.Browser[]
  isOnDuty: boolean
  isEnough(channel: Channel['name']): boolean
}
type Decided = { made: store.NewAttempt[]; next: Instant | null; out?: Out }

/** Ways by which the person cannot be reached are passed at once, and written down. */
async function decideOne(
  deciding: Deciding,
  note: Note,
  known: readonly store.Tried[],
  { browsers, isOnDuty, isEnough }: Own,
  leaving: readonly Out[],
): Promise<Decided> {
  const { given, ways, street, now, isFull } = deciding
  const channels = ways.channels.map(({ name }) => name)
  const made: store.NewAttempt[] = []
  const may = ways.mayTell?.[note.topic]
  if (may && !(await may(given, deciding.tx, note))) return { made, next: null }
  for (;;) {
    const open = { channels, quiet: ways.quiet, isOnDuty }
    const next = decideNext(note, [...known, ...made], open, now)
    if (next.do !== 'try') return { made, next: next.do === 'wait' ? next.until : null }
    const channel = ways.channels.find(({ name }) => name === next.channel)
    if (!channel) return { made, next: null }
    const more = leaving.filter((one) => one.channel === channel).length
    if (isFull(channel.name, more)) return { made, next: now + fullMs }
    const attempt = { id: given.newId<string>(), note: note.note, channel: channel.name, at: now }
    const tried = { ...attempt, n: next.n, retryAt: null }
    if (isEnough(channel.name)) {
      made.push({ ...tried, result: 'limited', detail: 'enough' })
      continue
    }
    const address = await addressFor(deciding, note, channel)
    if (!address || (channel.name === 'push' && browsers.length === 0)) {
      made.push({ ...tried, result: 'none', detail: null })
      continue
    }
    made.push({ ...tried, result: 'failed', detail: 'unfinished' })
    const { says, urgency } = note
    const to = { ...address, browsers }
    const id = firstOf([...known, ...made], channel.name)
    const message = { id, note: note.note, says, urgency, ...to, at: now }
    const out = { street, channel, message, attempt: attempt.id }
    return { made, next: now + leaseMs, out }
  }
}

/**
 * A message has the number of its first try in every later one: whoever took it over before the
 * program ended, or answered too late, knows that it is the same.
 */
function firstOf(tries: readonly store.Tried[], channel: Channel['name']): string {
  return tries.find((one) => one.channel === channel && one.n === 1)?.id ?? ''
}

/** Where one reads what a message only hints at; tasks stand on the first page. */
const pages: Partial<Record<Note['says'], string>> = {
  'glass-broken': '/desk/register/reviews',
  'keeper-named': '/desk/register/keeper',
  'reviewer-named': '/desk/looks-review',
  'look-wrong': '/desk/looks-review',
  'why-asked': '/desk/questions',
  'why-answered': '/care/looks',
  'own-request-decided': '/my-data',
}

async function addressFor(
  { given, ways, tx, street }: Deciding,
  { topic, matter, person, says }: Note,
  channel: Channel,
): Promise<{ phone: string | null; link: string } | undefined> {
  const asked = ways.addressOf[topic]
  if (asked) return asked(given, tx, { street, matter, person })
  const link = `${ways.publicUrl()}${pages[says] ?? (topic === 'care' ? '/care' : '/desk')}`
  if (channel.name === 'push') return { phone: null, link }
  const phone = await numberOf(given, tx, person, 'phone')
  if (phone === null) return undefined
  await writeLooks(given, tx, [lookAt(street, person, given.clock.now())])
  return { phone, link }
}

/** That a telephone was handed to whoever carries the message is in its owner's book. */
function lookAt(street: StreetCode, person: PersonId, at: Instant) {
  return {
    ...({ street, person, at, fields: ['phone'] as const, how: 'push', why: 'task' } as const),
    matter: { kind: 'operation', id: null, label: 'message' } as const,
    by: { kind: 'rule', rule: 'message', version: 1 } as const,
  }
}

async function sendOne(given: Given, { street, channel, message, attempt }: Out): Promise<void> {
  const sent = await channel.send(message).catch((error: unknown): Sent => {
    given.log.say('delivery.channel-failed', errorFacts(error))
    return { result: 'failed', detail: 'bug', retryAt: null }
  })
  const tried = { note: message.note, attempt }
  await given.db.inStreet({ street }, (tx) =>
    store.finish(tx, street, tried, sent, given.clock.now()),
  )
}
