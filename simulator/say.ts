/** The simulator's lines: one for each thing it does. */
import { dayOf, timeOf } from '../src/kernel/calendar.ts'
import type { Instant } from '../src/kernel/clock.ts'

/** Facts that are instants, by their names; a sentence names a fact in braces. */
const instants = new Set(['foundAt', 'until'])

export type Say = (
  at: Instant,
  event: string,
  facts: Record<string, string | number>,
  zh: string,
  en: string,
) => void

/** `lines` for people in both languages, `json` one object a line for programs, or nothing. */
export function sayer(form: 'lines' | 'json' | 'nothing', write: (line: string) => void): Say {
  return (at, event, facts, zh, en) => {
    if (form === 'nothing') return
    if (form === 'json') return write(JSON.stringify({ at, event, ...facts }))
    write(`[${inShanghai(at)}] ${filled(zh, facts)} · ${filled(en, facts)}`)
  }
}

function filled(sentence: string, facts: Record<string, string | number>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const fact = facts[name]
    return typeof fact === 'number' && instants.has(name) ? inShanghai(fact) : String(fact ?? '')
  })
}

function inShanghai(at: Instant): string {
  return `${dayOf(at)} ${timeOf(at)}`
}
