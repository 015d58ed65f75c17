/** Rows of the book of looks as a person reads them. */

import { dayMs, type Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoLooked } from '../../src/ground/privacy/api.ts'
import { formatDate, formatDay, formatList, formatTime } from '../words/format.ts'
import type { Language, Words } from '../words/index.ts'

export type Look = Output<typeof whoLooked>['looks'][number]

type Reader = { words: Words['privacy']; language: Language }

/** Who, what and why, in plain words; the post and its unit, never a name. */
export function readLook(look: Look, { words, language }: Reader) {
  const fields = look.fields.map((field) => fieldWord(words.fields, field))
  return {
    who: whoOf(look, words),
    what: `${words.did[look.how]}${formatList(fields, language)}`,
    why: words.because(words.labels[look.label] ?? words.matters[look.matter]),
    time: formatTime(look.at),
  }
}

/** Looks that read alike: the newest, and when each of them was, newest first. */
export type AlikeLooks = { key: string; newest: Look; at: Instant[] }

/** Newest first, under the day they happened on in Shanghai; those that read alike are one row. */
export function groupByDay(looks: readonly Look[], now: Instant, language: Language) {
  const days: { day: string; rows: AlikeLooks[] }[] = []
  for (const look of looks) {
    const day = formatDay(look.at, now, language)
    let last = days[days.length - 1]
    if (last?.day !== day) days.push((last = { day, rows: [] }))
    const key = likenessOf(look)
    const row = last.rows.find((one) => one.key === key)
    if (row) row.at.push(look.at)
    else last.rows.push({ key, newest: look, at: [look.at] })
  }
  return days
}

/** "09:42", "09:31（2 次）": each minute once. */
export function timesOf(at: readonly Instant[], words: Words['privacy']): string[] {
  const counts = new Map<string, number>()
  for (const instant of at) {
    const time = formatTime(instant)
    counts.set(time, (counts.get(time) ?? 0) + 1)
  }
  return [...counts].map(([time, count]) => words.atTimes(time, count))
}

/** All that a row says but its time. */
function likenessOf(look: Look): string {
  const { by, unit, title, rule, ruleVersion, matter, label, how } = look
  const said = [by, unit, title, rule, ruleVersion, matter, label, how]
  return [...said, ...[...look.fields].sort()].join('|')
}

/** Rows known so far and rows just fetched, each once, newest first: ids grow with time. */
export function unite(known: readonly Look[], fresh: readonly Look[]): Look[] {
  const byId = new Map([...known, ...fresh].map((look) => [look.id, look]))
  // a fresh array, so sorting it in place harms nobody; the oldest browsers here lack toSorted
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** The last days for the small picture; the last of them is today. */
export function lookDays(
  days: readonly number[],
  now: Instant,
  reader: Reader & { today: string },
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

function whoOf(look: Look, words: Words['privacy']): string {
  switch (look.by) {
    case 'post':
      return [look.unit, look.title].filter(Boolean).join(' ') || words.byUnknown
    case 'rule':
      return look.ruleVersion === null
        ? words.byRuleUnknown
        : words.byRule(look.ruleVersion, look.rule)
    case 'operator':
      return words.byOperator
    case 'resident':
      return words.byResident
    case 'account':
      return words.byAccount
    case 'helper':
      return words.byHelper(look.title)
    case 'contact':
      return words.byContact(look.title)
    default:
      return look.by satisfies never
  }
}

/** A word the page does not know yet is shown as it came: nothing that was seen is kept back. */
function fieldWord(fields: Readonly<Record<string, string>>, field: string): string {
  return fields[field] ?? field
}
