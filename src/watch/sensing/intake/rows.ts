import { hourMs, type Instant } from '../../../kernel/clock.ts'
import { startOfDay } from '../../../kernel/calendar.ts'
import { limitMsOf, tellsOfPerson, termOf } from '../decide.ts'
import type { Refusal } from '../types.ts'
import { copyRows, textColumn, type CopyRows } from './copy.ts'
import type { Entry } from './entry.ts'
import type { Batch } from './intake.ts'
import type { Known } from './known.ts'
import { pairsOf, type Marks } from './marks.ts'
import { closeWindow, type Window } from './stream.ts'

/** A heard moment is written when it is so much newer than what the database knows. */
const heardSaveMs = 10_000

/** Counts of one device or gateway that wait to be saved. */
export type Refused = {
  street: string
  device: string
  reason: Refusal
  count: number
  at: Instant
}
export type Heard = {
  street: string
  device: string
  place: string
  fromAt: Instant
  heardAt: Instant
  newestAt: Instant | null
}

/** Everything that one transaction writes. */
export type Rows = {
  hour: Buffer | null
  day: Buffer | null
  hours: Instant[]
  days: Instant[]
  heard: Heard[]
  refused: Refused[]
  health: Known[]
  streams: SavedStream[]
  withMarks: boolean
  /** Whose streams these are, to say so again where it fails. */
  streamed: Known[]
  /** Positions on the shelves, to look for after a failure. */
  position: { hour: number | null; day: number | null; last: number }
}

export type SavedStream = {
  street: string
  device: string
  /** Marks are true only where nothing else flies; states always are. */
  withMarks: boolean
  taken: string
  before: string
  timed: string
  restartedAt: Instant | null
  newestAt: Instant | null
  lastStates: Record<string, string>
  windows: Window[]
}

export function rowsOf({ entries, withMarks }: Batch, all: Iterable<Known>, now: Instant): Rows {
  const shelves = shelvesOf(entries)
  const health = new Set<Known>()
  const spoke = new Set<Known>()
  const heard: Heard[] = []
  for (const entry of entries) {
    const { known } = entry
    if (!known) continue
    if (known.isHealthChanged) health.add(known)
    if (entry.refusal !== null) continue
    spoke.add(known)
    fold(known, entry, heard)
  }
  for (const known of health) known.isHealthChanged = false
  for (const known of spoke) {
    const { heardAt, savedHeardAt, coveredFrom } = known
    if (heardAt === null || coveredFrom === null) continue
    if (savedHeardAt === null || heardAt - savedHeardAt >= heardSaveMs) {
      heard.push(heardNow(known, coveredFrom, heardAt))
    }
  }
  return {
    ...shelves,
    heard,
    ...{ refused: refusedIn(entries), withMarks },
    health: [...health],
    ...streams(withMarks ? markedOf(all, now) : statedOf(spoke), withMarks),
  }
}

/**
 * A heartbeat prolongs the interval in which the device works; after a hole longer than its limit,
 * or a start of ours, a new one begins. What the old one reached is saved before it is left.
 */
function fold(known: Known, entry: Entry, heard: Heard[]): void {
  const { heardAt: before, coveredFrom: from, savedHeardAt } = known
  const at = Math.min(entry.eventAt, entry.arrivedAt)
  if (before !== null && from !== null && at <= before) return
  const isHole = before === null || at - before > limitMsOf(known.device.heartbeatSeconds)
  if (isHole || from === null) {
    if (from !== null && before !== null && before > (savedHeardAt ?? 0)) {
      heard.push(heardNow(known, from, before))
    }
    known.coveredFrom = at
    known.savedHeardAt = null
  }
  known.heardAt = Math.max(before ?? 0, at)
}

function heardNow(known: Known, fromAt: Instant, heardAt: Instant): Heard {
  known.savedHeardAt = heardAt
  const { street, device, place } = known.device
  return { street, device, place, fromAt, heardAt, newestAt: known.stream.newestAt }
}

function shelvesOf(entries: readonly Entry[]) {
  const hour = copyRows(entries.length)
  const day = copyRows(64)
  const hours = new Set<Instant>()
  const days = new Set<Instant>()
  const position = { hour: null as number | null, day: null as number | null, last: 0 }
  for (const entry of entries) {
    position.last = entry.order
    if (entry.facts.length === 0 || !entry.known) continue
    const { device } = entry.known
    const { purpose } = device
    for (const fact of entry.facts) {
      // A current measured in a home is gone with the consent, whatever its device is there for.
      const isHour = termOf(purpose).shelf === 'hour' || tellsOfPerson(device, fact)
      const to = isHour ? hour : day
      to.begin(entry.known.copyPrefix)
      writeCommon(to, entry)
      to.bytes(columnOf(fact.kind))
      to.bytes(columnOf(fact.state))
      to.bigint(fact.value)
      if (!isHour) to.bytes(columnOf(purpose))
      else if (entry.consent === null) to.nothing()
      else to.bytes(consentColumn(entry.consent))
      if (isHour) hours.add(hourOf(entry.arrivedAt))
      else days.add(startOfDay(entry.arrivedAt))
      position[isHour ? 'hour' : 'day'] ??= entry.order
    }
  }
  return {
    hour: hour.count() > 0 ? hour.whole() : null,
    day: day.count() > 0 ? day.whole() : null,
    ...{ hours: [...hours], days: [...days], position },
  }
}

function writeCommon(to: CopyRows, entry: Entry): void {
  // Below zero where the time is the number: the two never meet.
  to.bigint(entry.isTimed && entry.sequence !== null ? -entry.sequence : entry.sequence)
  to.instant(entry.eventAt)
  to.instant(entry.arrivedAt)
  to.bigint(entry.order)
}

export function hourOf(at: Instant): Instant {
  return at - (at % hourMs)
}

const columns = new Map<string, Buffer>()
/** Words of closed lists, ready-made. */
function columnOf(word: string): Buffer {
  const known = columns.get(word)
  if (known) return known
  const made = textColumn(word)
  columns.set(word, made)
  return made
}

const consentsMax = 10_000
const consents = new Map<string, Buffer>()
function consentColumn(consent: string): Buffer {
  const known = consents.get(consent)
  if (known) return known
  if (consents.size > consentsMax) consents.clear()
  const made = Buffer.alloc(20)
  made.writeInt32BE(16)
  made.write(consent.replaceAll('-', ''), 4, 'hex')
  consents.set(consent, made)
  return made
}

function refusedIn(entries: readonly Entry[]): Refused[] {
  const counted = new Map<string, Refused>()
  for (const { refusal, street, source, arrivedAt } of entries) {
    if (refusal === null) continue
    const key = `${source} ${refusal}`
    const count = (counted.get(key)?.count ?? 0) + 1
    counted.set(key, { street, device: source, reason: refusal, count, at: arrivedAt })
  }
  return [...counted.values()]
}

/** Whoever's marks changed, or tell for longer than they may. For a batch that flies alone. */
function markedOf(all: Iterable<Known>, now: Instant): Known[] {
  return [...all].filter((known) => {
    const isClosed = closeWindow(known.stream, termOf(known.device.purpose).termMs, now)
    return isClosed || known.isStreamChanged || known.areStatesChanged
  })
}

/** What repeats without a number is known by its state: that is saved with the batch itself. */
function statedOf(spoke: Iterable<Known>): Known[] {
  return [...spoke].filter((known) => known.areStatesChanged)
}

function streams(streamed: Known[], withMarks: boolean): Pick<Rows, 'streams' | 'streamed'> {
  const saved = streamed.map((known) => savedStream(known, withMarks))
  for (const known of streamed) {
    known.areStatesChanged = false
    if (withMarks) known.isStreamChanged = false
  }
  return { streams: saved, streamed }
}

/** What was taken for saved has to be saved again. */
export function notSaved({ health, streamed }: Rows): void {
  for (const known of health) known.isHealthChanged = true
  for (const known of streamed) {
    known.areStatesChanged = true
    known.isStreamChanged = true
  }
}

function savedStream({ device, stream, lastStates }: Known, withMarks: boolean): SavedStream {
  const { marks, before, timed, restartedAt, newestAt, windows } = stream
  return {
    ...{ street: device.street, device: device.device, withMarks, restartedAt, newestAt },
    taken: multirange(marks),
    before: multirange(before),
    timed: multirange(timed),
    lastStates: Object.fromEntries(lastStates),
    windows,
  }
}

function multirange(marks: Marks): string {
  return `{${pairsOf(marks)
    .map(([from, to]) => `[${from},${to}]`)
    .join(',')}}`
}
