/** A street's messages: the product decides which way is tried next, chance what comes of it. */
import { decideNext, type Attempt, type Note } from '../../../src/desks/delivery/index.ts'
import { minuteMs, secondMs, type Instant } from '../../../src/kernel/clock.ts'
import type { PersonId, TaskId } from '../../../src/kernel/ids.ts'
import type { Draw } from '../chance.ts'

type Channel = Attempt['channel']
type Told = Pick<Note, 'urgency' | 'says'> & { person: PersonId; task: TaskId }

export type Sheet = Told & {
  toldAt: Instant
  acknowledgedAt: Instant | null
  ended: boolean
  attempts: Attempt[]
  /** A time that was put off is not acted on. */
  turn: number
}

export type Outages = Record<Channel, { from: Instant; to: Instant }[]>

export function drawOutages(draw: Draw, start: Instant, end: Instant): Outages {
  const some = () =>
    Array.from({ length: draw.between(0, 6) }, () => {
      const from = draw.between(start, end)
      return { from, to: from + draw.between(5, 600) * minuteMs }
    })
  return { page: [], push: some(), sms: some(), wecom: some(), voice: some() }
}

const channels: readonly Channel[] = ['push', 'sms', 'wecom', 'voice']
const ways = { channels, quiet: { from: '21:00', to: '07:00' }, isOnDuty: true }
/** How often a message that arrived is seen at all, and how soon. */
const seen: Record<Channel, { share: number; withinMs: number }> = {
  page: { share: 0.35, withinMs: minuteMs },
  push: { share: 0.45, withinMs: 10 * minuteMs },
  sms: { share: 0.45, withinMs: 20 * minuteMs },
  wecom: { share: 0.2, withinMs: 30 * minuteMs },
  voice: { share: 0.7, withinMs: minuteMs },
}

export type Post = ReturnType<typeof openPost>

export function openPost(
  draw: Draw,
  outages: Outages,
  /** Nobody hears a dead telephone; some never let us wake theirs. */
  reach: { isDead(person: PersonId, at: Instant): boolean; mayPush(person: PersonId): boolean },
  later: {
    send(at: Instant, sheet: Sheet, turn: number): void
    see(at: Instant, sheet: Sheet): void
  },
) {
  const sheets = new Map<TaskId, Map<PersonId, Sheet>>()

  const see = (channel: Channel, sheet: Sheet, now: Instant): void => {
    const { share, withinMs } = seen[channel]
    if (reach.isDead(sheet.person, now) || !draw.isLucky(share)) return
    later.see(now + draw.between(secondMs, withinMs), sheet)
  }

  const attempt = (sheet: Sheet, channel: Channel, n: number, now: Instant): void => {
    const isOut = outages[channel].some(({ from, to }) => from <= now && now < to)
    const isGone = channel === 'push' && !reach.mayPush(sheet.person)
    const result = isGone ? 'none' : isOut ? (draw.isLucky(0.5) ? 'failed' : 'limited') : 'sent'
    const retryAt = result === 'limited' ? now + draw.between(1, 900) * secondMs : null
    sheet.attempts.push({ channel, n, at: now, result, retryAt })
    if (result === 'sent') see(channel, sheet, now)
  }

  return {
    put(told: Told, now: Instant): void {
      const its = sheets.get(told.task) ?? new Map<PersonId, Sheet>()
      sheets.set(told.task, its)
      const before = its.get(told.person)
      const isAnew =
        !before || before.says !== told.says || before.acknowledgedAt !== null || before.ended
      if (!isAnew) return
      const sheet: Sheet = {
        ...told,
        ...{ toldAt: now, acknowledgedAt: null, ended: false, attempts: [] },
        turn: (before?.turn ?? 0) + 1,
      }
      its.set(told.person, sheet)
      see('page', sheet, now)
      later.send(now, sheet, sheet.turn)
    },
    /** What the sender's round does with one note: all that is due, then it waits. */
    send(sheet: Sheet, turn: number, now: Instant): void {
      const { urgency, toldAt } = sheet
      while (sheet.turn === turn && !sheet.ended && sheet.acknowledgedAt === null) {
        const note = { urgency, topic: 'tasks', toldAt, acknowledgedAt: null } as const
        const next = decideNext(note, sheet.attempts, ways, now)
        if (next.do === 'wait') return later.send(Math.max(next.until, now + 1), sheet, turn)
        if (next.do === 'end') sheet.ended = true
        else attempt(sheet, next.channel, next.n, now)
      }
    },
    acknowledged(task: TaskId, person: PersonId, now: Instant): void {
      const sheet = sheets.get(task)?.get(person)
      if (sheet) sheet.acknowledgedAt ??= now
    },
    end(task: TaskId): void {
      for (const sheet of sheets.get(task)?.values() ?? []) sheet.ended = true
    },
    forget(task: TaskId): void {
      sheets.delete(task)
    },
  }
}
