/** Rows of the book of looks as a person reads them. */

import { dayMs, type Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoLooked } from '../../src/ground/privacy/reading/api.ts'
import { readLook, type LookReader } from '../shell/look.ts'
import type { BookWords } from '../words/book.ts'
import { formatDate, formatDay, formatTime } from '../words/format.ts'

export type Look = Output<typeof whoLooked>['looks'][number]
export type Question = NonNullable<Look['question']>

/** Looks that read alike: the newest, when each was, newest first, and what was asked of them. */
export type AlikeLooks = { key: string; newest: Look; at: Instant[]; question: Question | null }

/** Newest first, under the day they happened on in Shanghai; those that read alike are one row. */
export function groupByDay(
  looks: readonly Look[],
  now: Instant,
  language: LookReader['language'],
): { day: string; rows: AlikeLooks[] }[] {
  const days: { day: string; rows: AlikeLooks[] }[] = []
  for (const look of looks) {
    const day = formatDay(look.at, now, language)
    let last = days[days.length - 1]
    if (last?.day !== day) days.push((last = { day, rows: [] }))
    const key = likenessOf(look)
    const row = last.rows.find((one) => one.key === key)
    if (row) {
      row.at.push(look.at)
      row.question ??= look.question
    } else last.rows.push({ key, newest: look, at: [look.at], question: look.question })
  }
  return days
}

/** "09:42", "09:31（2 次）": each minute once. */
export function timesOf(at: readonly Instant[], words: BookWords): string[] {
  const counts = new Map<string, number>()
  for (const instant of at) {
    const time = formatTime(instant)
    counts.set(time, (counts.get(time) ?? 0) + 1)
  }
  return [...counts].map(([time, count]) => words.atTimes(time, count))
}

/** All that a row says but its time, and what was asked. */
function likenessOf(look: Look): string {
  const { by, unit, title, rule, ruleVersion, matter, label, how, outcome } = look
  const said = [by, unit, title, rule, ruleVersion, matter, label, how, outcome]
  return [...said, ...[...look.fields].sort()].join('|')
}

/** Rows known so far and rows just fetched, each once, newest first: ids grow with time. */
export function unite(known: readonly Look[], fresh: readonly Look[]): Look[] {
  const byId = new Map([...known, ...fresh].map((look) => [look.id, look]))
  // a fresh array, so sorting it in place harms nobody; the oldest browsers here lack toSorted
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** What was asked on this page, and what the book knows of it, which comes later and knows more. */
export function withAsked(
  looks: readonly Look[],
  asked: Readonly<Record<string, Question>>,
): Look[] {
  return looks.map((look) => ({ ...look, question: look.question ?? asked[look.id] ?? null }))
}

/** Everybody may ask about a look of anybody; that a copy was made says why by itself. */
export function mayAsk({ how }: Look): boolean {
  return how !== 'backup'
}

/** A question by its clock. */
export function stateOf(
  { dueAt, answered }: Question,
  now: Instant,
): 'asked' | 'late' | 'answered' {
  if (answered) return 'answered'
  return dueAt < now ? 'late' : 'asked'
}

/** The list as it is read aloud: what stands there, in the same order. */
export function sentencesOf(
  looks: readonly Look[],
  now: Instant,
  total: number,
  reader: LookReader,
): string[] {
  const { words, language } = reader
  const days = groupByDay(looks, now, language)
  const said = days.flatMap(({ day, rows }) => [
    words.sentence(day),
    ...rows.map(({ newest, at }) => {
      const { who, what, why, time } = readLook(newest, reader)
      const facts = [
        words.readLook(time, who, what),
        why,
        ...(at.length > 1 ? [words.readTimes(at.length)] : []),
        ...(newest.outcome === null ? [] : [words.outcome(newest.outcome)]),
      ]
      return facts.map((fact) => words.sentence(fact)).join('')
    }),
  ])
  return [words.sentence(words.readLooks(total)), ...said]
}

/** The last days for the small picture; the last of them is today. */
export function lookDays(
  days: readonly number[],
  now: Instant,
  reader: LookReader & { today: string },
) {
  const last = days.length - 1
  return days.map((count, index) => ({
    count,
    label:
      index === last
        ? reader.today
        : formatDate(now - (last - index) * dayMs, now, reader.language),
  }))
}
