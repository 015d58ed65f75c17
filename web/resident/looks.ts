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

/** Newest first, under the day they happened on in Shanghai. */
export function groupByDay(looks: readonly Look[], now: Instant, language: Language) {
  const days: { day: string; looks: Look[] }[] = []
  for (const look of looks) {
    const day = formatDay(look.at, now, language)
    const last = days[days.length - 1]
    if (last?.day === day) last.looks.push(look)
    else days.push({ day, looks: [look] })
  }
  return days
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
      return look.ruleVersion === null ? words.byRuleUnknown : words.byRule(look.ruleVersion)
    case 'operator':
      return words.byOperator
    case 'resident':
      return words.byResident
    default:
      return look.by satisfies never
  }
}

/** A word the page does not know yet is shown as it came: nothing that was seen is kept back. */
function fieldWord(fields: Readonly<Record<string, string>>, field: string): string {
  return fields[field] ?? field
}
