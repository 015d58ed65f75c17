import { dayOf, startOfDay, weekdayOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import type { Given } from '../../../platform/given.ts'
import type * as api from './api.ts'
import { headZero } from './digests.ts'
import * as store from './store.ts'

/** What is put on the notice board once a week: how long the book is, what stands for it all. */
export type WeekLine = { week: string; looks: number; number: number; head: string }

const weekMs = 7 * dayMs

/** Without I, L, O and U, which are misread (Crockford). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 52 letters in groups of four, for people to compare. */
export function grouped(head: Buffer): string {
  let said = ''
  let bits = 0
  let held = 0
  for (const byte of [...head, 0]) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) said += letters[(held >> (bits - 5)) & 31] ?? ''
    held &= 0xff
  }
  return (said.slice(0, 52).match(/.{4}/g) ?? []).join(' ')
}

/** The line of the newest week that is over, Monday to Sunday in Shanghai. */
export async function lineOfLastWeek(given: Pick<Given, 'db'>, now: Instant): Promise<WeekLine> {
  const until = mondayOf(now)
  const told = await given.db.asOwner((tx) => store.linkedBetween(tx, until - weekMs, until))
  const { looks, number, head } = told
  const week = weekOf(until - weekMs)
  return { week, looks, number: number ?? 0, head: grouped(head ?? headZero) }
}

/** Once a week and program: it is for everybody, and goes through a week of links. */
export function openWeekLine(given: Pick<Given, 'db' | 'clock'>) {
  let known: { until: Instant; line: Promise<WeekLine> } | undefined
  return async (): Promise<Output<typeof api.weekLine>> => {
    const now = given.clock.now()
    const until = mondayOf(now)
    if (known?.until === until) return known.line
    const line = lineOfLastWeek(given, now)
    // The last looks of a week may still wait for their links in its first minute.
    if (now - until >= settledMs) known = { until, line }
    line.catch(() => (known = undefined))
    return line
  }
}

const settledMs = 60_000

export function lineText({ week, looks, number, head }: WeekLine): string {
  return `${week} ${looks} ${number} ${head}`
}

/** A line that somebody typed off the board; undefined where it is none. */
export function lineFrom(text: string): WeekLine | undefined {
  const [week = '', looks = '', number = '', ...groups] = text.trim().split(/[\s·,]+/)
  const head = groups
    .join('')
    .toUpperCase()
    .replaceAll('-', '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const isSound =
    /^\d{4}-W\d\d$/.test(week) &&
    /^\d{1,15}$/.test(looks) &&
    /^\d{1,15}$/.test(number) &&
    new RegExp(`^[${letters}]{52}$`).test(head)
  if (!isSound) return undefined
  const inGroups = (head.match(/.{4}/g) ?? []).join(' ')
  return { week, looks: Number(looks), number: Number(number), head: inGroups }
}

/** Whether the chain still has the head that a line of the board has. */
export async function isLineTrue(given: Pick<Given, 'db'>, line: WeekLine): Promise<boolean> {
  const { number } = line
  const head = number === 0 ? headZero : await given.db.asOwner((tx) => store.headOf(tx, number))
  return head !== undefined && grouped(head) === line.head
}

function mondayOf(at: Instant): Instant {
  const start = startOfDay(at)
  return start - ((weekdayOf(dayOf(at)) + 6) % 7) * dayMs
}

/** ISO 8601: a week belongs to the year that holds its Thursday. `monday`: 00:00 in Shanghai. */
function weekOf(monday: Instant): string {
  const thursday = dayOf(monday + 3 * dayMs)
  const year = thursday.slice(0, 4)
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / dayMs
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`
}
