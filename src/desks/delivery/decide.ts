import { startOfDay, timeOf } from '../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../kernel/clock.ts'
import type { Attempt, ChannelName, Note, Topic, Urgency } from './types.ts'

/** 'HH:MM' in the town's time; over midnight where `to` ≤ `from`. */
export type Quiet = { from: string; to: string }

/** What a note can climb with: the ways that are there, and what holds it back. */
export type WaysOpen = {
  /** In the order of `channels`, without `page`: an open page is told at commit. */
  channels: readonly ChannelName[]
  quiet: Quiet | null
  /** Whoever is on duty is told in quiet hours too. */
  isOnDuty: boolean
}

export type Next =
  | { do: 'end'; because: 'acknowledged' | 'used-up' }
  | { do: 'wait'; until: Instant }
  | { do: 'try'; channel: ChannelName; n: number }

type Plan = Readonly<Partial<Record<ChannelName, number>>>

/** After how long without an acknowledgement a way is tried (product; no law says it). */
const own: Record<Urgency, Plan> = {
  emergency: { push: 0, sms: minuteMs, voice: 2 * minuteMs },
  usual: { push: 0, sms: 10 * minuteMs, voice: 30 * minuteMs },
}
/** Residents and people outside are no colleagues: the group's robot is not for them. */
const colleagues: Record<Urgency, Plan> = {
  emergency: { ...own.emergency, wecom: 90 * secondMs },
  usual: { ...own.usual, wecom: 15 * minuteMs },
}
/** Somebody without a page here: a message first, then a call. */
const outside: Record<Urgency, Plan> = {
  emergency: { sms: 0, voice: 2 * minuteMs },
  usual: { sms: 0, voice: 15 * minuteMs },
}
/** Told and then read on the page: nobody has to come, so nobody is called. */
const told: Plan = { push: 0, sms: minuteMs }
const plans: Record<Topic, Record<Urgency, Plan>> = {
  tasks: colleagues,
  care: own,
  contact: outside,
  requests: { emergency: told, usual: told },
  looks: { emergency: told, usual: told },
}

export const triesMax = 3
const backoffMs = [5 * secondMs, 20 * secondMs]
/** Longer than that no provider keeps us waiting: the next channel has long been asked. */
const retryAfterMsMax = hourMs
/** In quiet hours somebody may come on duty: it is looked at again. */
const lookAgainMs = 15 * minuteMs

/** Whether a provider may be asked again; all else is over for this channel. */
export function mayAgain({ result }: Pick<Attempt, 'result'>): boolean {
  return result === 'failed' || result === 'limited'
}

/**
 * What a note does next. Nothing counts as delivered because it was sent: only an acknowledgement
 * ends the climb before its ways are used up. `attempts`: those of this telling, in any order.
 */
export function decideNext(
  note: Pick<Note, 'urgency' | 'topic' | 'toldAt' | 'acknowledgedAt'>,
  attempts: readonly Attempt[],
  ways: WaysOpen,
  now: Instant,
): Next {
  if (note.acknowledgedAt !== null) return { do: 'end', because: 'acknowledged' }
  const plan = plans[note.topic][note.urgency]
  let best: { channel: ChannelName; n: number; at: Instant } | undefined
  let before: Before = { tried: null, failedAt: note.toldAt }
  for (const channel of ways.channels) {
    const after = plan[channel]
    if (after === undefined) continue
    const tries = attempts.filter((one) => one.channel === channel)
    const due = nextTry(tries, opensAt(note, after, before))
    if (due !== undefined && (best === undefined || due < best.at)) {
      best = { channel, n: tries.length + 1, at: due }
    }
    before = {
      tried: triedAt(tries, after) ?? before.tried,
      failedAt: failedAt(tries, due, before),
    }
  }
  if (best === undefined) return { do: 'end', because: 'used-up' }
  const heldUntil = quietUntil(note.urgency, ways, Math.max(best.at, now))
  if (heldUntil !== null) return { do: 'wait', until: Math.min(heldUntil, now + lookAgainMs) }
  if (best.at > now) return { do: 'wait', until: best.at }
  return { do: 'try', channel: best.channel, n: best.n }
}

/** Where minutes count, or no page is there to be seen, a way that failed is not waited for. */
function mayComeForward({ urgency, topic }: Pick<Note, 'urgency' | 'topic'>): boolean {
  return urgency === 'emergency' || topic === 'contact'
}

/** Of the channels before: when the last of them was tried first, and since when none is left. */
type Before = { tried: { at: Instant; after: number } | null; failedAt: Instant | null }

/**
 * At its time after the telling; later where the one before was late (quiet hours, a program that
 * was down), so that nobody is called in the minute in which they were written to.
 */
function opensAt(
  note: Pick<Note, 'urgency' | 'topic' | 'toldAt'>,
  after: number,
  { tried, failedAt: failed }: Before,
): Instant {
  const planned = note.toldAt + after
  const usual = tried ? Math.max(planned, tried.at + after - tried.after) : planned
  return failed !== null && mayComeForward(note) ? Math.min(usual, failed) : usual
}

function triedAt(tries: readonly Attempt[], after: number): Before['tried'] {
  return tries.length === 0 ? null : { at: Math.min(...tries.map(({ at }) => at)), after }
}

/** When a channel is to be tried; undefined: never again in this telling. */
function nextTry(tries: readonly Attempt[], opensAt: Instant): Instant | undefined {
  const last = newest(tries)
  if (!last) return opensAt
  if (tries.length >= triesMax || !tries.every(mayAgain)) return undefined
  const backoff = last.at + (backoffMs[tries.length - 1] ?? backoffMs.at(-1) ?? 0)
  const asked = Math.min(last.retryAt ?? 0, last.at + retryAfterMsMax)
  return Math.max(backoff, asked)
}

/** When it was clear that nothing so far reached anybody; null while that is open. */
function failedAt(
  tries: readonly Attempt[],
  due: Instant | undefined,
  { failedAt: before }: Before,
): Instant | null {
  const last = newest(tries)
  if (before === null || due !== undefined || !last) return null
  return tries.some(({ result }) => result === 'sent') ? null : Math.max(before, last.at)
}

function newest(tries: readonly Attempt[]): Attempt | undefined {
  return tries.reduce<Attempt | undefined>((a, b) => (a && a.n > b.n ? a : b), undefined)
}

/** When the quiet hours end that hold a usual note back at that moment; null: nothing does. */
function quietUntil(urgency: Urgency, { quiet, isOnDuty }: WaysOpen, at: Instant): Instant | null {
  if (urgency === 'emergency' || isOnDuty || !quiet) return null
  return isQuiet(quiet, at) ? endOf(quiet, at) : null
}

export function isQuiet({ from, to }: Quiet, at: Instant): boolean {
  const time = timeOf(at)
  return from < to ? from <= time && time < to : time >= from || time < to
}

function endOf({ to }: Quiet, at: Instant): Instant {
  const [hours = 0, minutes = 0] = to.split(':').map(Number)
  const end = startOfDay(at) + (hours * 60 + minutes) * minuteMs
  return end > at ? end : end + dayMs
}

/** A provider's Retry-After: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAt(header: string | undefined, now: Instant, real: Instant): Instant | null {
  if (header === undefined) return null
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return now + Number(text) * secondMs
  const at = text.endsWith('GMT') ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : now + Math.max(0, at - real)
}

/** Enough to tell two apart, too little to call anybody. */
export function masked(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')
  return digits.length < 7 ? '•••' : `${digits.slice(0, 3)}••••${digits.slice(-2)}`
}
