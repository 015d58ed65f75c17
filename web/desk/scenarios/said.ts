import type { Definition, Signal } from '../../../src/watch/scenarios/definition/types.ts'
import { minuteMs } from '../../../src/kernel/clock.ts'
import type { ScenarioWords } from '../../shell/words.tsx'
import { formatCount, formatDuration } from '../../words/format.ts'
import type { Language } from '../../words/index.ts'
import { momentStates, unitOf } from './measured.ts'

/** How a rule is said: in whose words, in which language, with which names of places. */
export type Speech = {
  words: ScenarioWords
  language: Language
  /** A neighbourhood's name by its code. */
  nameOf: (place: string) => string
}

export function isMoment(of: Signal): boolean {
  return of.states.every((state) => momentStates.has(state))
}

export function lengthSaid(value: number, { language }: Speech): string {
  return formatDuration(value * minuteMs, language)
}

export function signalSaid(of: Signal, { words }: Speech): string {
  return of.states
    .map((state) =>
      words.measureKeys.includes(state)
        ? words.measure(state)
        : words.signal(`${of.kind} ${state}`),
    )
    .join(words.or)
}

export function signsSaid(signs: readonly Signal[] | null, speech: Speech): string {
  if (signs === null) return speech.words.anySign
  return signs.map((one) => signalSaid(one, speech)).join(speech.words.or)
}

export function numberSaid(value: number, measure: string): string {
  const { unit, per } = unitOf(measure)
  const shown = per === 1 ? formatCount(value) : String(value / per)
  return unit === '' ? shown : `${shown} ${unit}`
}

export function hoursSaid(hours: Definition['quiet'], { words }: Speech): string {
  return hours === null ? words.allDay : words.hours(hours.from, hours.to)
}

export function quietSaid(hours: Definition['quiet'], speech: Speech): string {
  return hours === null ? speech.words.noQuiet : speech.words.quiet(hoursSaid(hours, speech))
}

export function seasonSaid(season: Definition['only']['season'], { words }: Speech): string {
  if (season === null) return words.allYear
  const day = (of: string) => words.monthDay(Number(of.slice(0, 2)), Number(of.slice(3)))
  return words.season(day(season.from), day(season.to))
}

export function afterSaid(after: Definition['after'], speech: Speech): string {
  const { first, nth } = speech.words
  return after.times === 1 ? first : nth(after.times, lengthSaid(after.minutes, speech))
}

export function clearsSaid(value: number | null, speech: Speech): string {
  const { clearsNever, clearsAtOnce, clears } = speech.words
  if (value === null) return clearsNever
  return value === 0 ? clearsAtOnce : clears(lengthSaid(value, speech))
}

export function cooldownSaid(value: number, speech: Speech): string {
  const { noCooldown, cooldown } = speech.words
  return value === 0 ? noCooldown : cooldown(lengthSaid(value, speech))
}

export function expiresSaid(value: number | null, { words }: Speech): string {
  return value === null ? words.noExpiry : words.days(value)
}

export function stopsSaid(value: Definition['stopsBelow'], { words }: Speech): string {
  return value === null ? words.noStops : words.stops(value.ofChecks, value.percent)
}
