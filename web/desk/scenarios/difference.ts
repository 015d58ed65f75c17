import type { Definition, Leaf, Signal } from '../../../src/watch/scenarios/definition/types.ts'
import { hoursSaid, lengthSaid, signalSaid, type Speech } from './said.ts'
import { leafParts, lineSaid } from './sentence.ts'

export type Change = { field: string; from?: unknown; to?: unknown }

/** As the server sends it: each side as JSON, or null where there was nothing. */
export function changeRead(one: { field: string; from: string | null; to: string | null }): Change {
  const read = (side: string | null): unknown => (side === null ? undefined : JSON.parse(side))
  return { field: one.field, from: read(one.from), to: read(one.to) }
}

/** What was changed in a rule, in words: the thing's name, and from what to what. */
export function changeSaid(change: Change, speech: Speech): { name: string; says: string } {
  const { words } = speech
  const { from, to } = change
  const isAbsent = (value: unknown) => value === undefined || value === null
  const said = (value: unknown) => valueSaid(change.field, value, speech)
  const says =
    isAbsent(from) && !isAbsent(to)
      ? words.added(said(to))
      : isAbsent(to)
        ? words.removed(said(from))
        : words.changedFrom(said(from), said(to))
  return { name: fieldSaid(change.field, speech), says }
}

/** A path in the words of the form: its last part that has a name. */
export function fieldSaid(field: string, { words }: Speech): string {
  const steps = field.split('.').filter((step) => !/^\d+$/.test(step))
  const two = words.fields[steps.slice(-2).join('.')]
  if (two !== undefined) return two
  const named = steps.toReversed().find((step) => words.fields[step] !== undefined)
  return named === undefined ? field : (words.fields[named] ?? field)
}

/** A value as the sentence would say it. */
export function valueSaid(field: string, value: unknown, speech: Speech): string {
  const { words } = speech
  if (value === null || value === undefined) return words.isSet.no
  const name = field
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .at(-1)
  if (typeof value === 'boolean') {
    return words.choices[name ?? '']?.[String(value)] ?? (value ? words.isSet.yes : words.isSet.no)
  }
  if (typeof value === 'number') return numberIn(name, value, speech)
  if (typeof value === 'string') return wordIn(name, value, speech)
  if (Array.isArray(value))
    return value.map((one) => valueSaid(field, one, speech)).join(words.comma)
  return objectIn(value, speech)
}

function numberIn(name: string | undefined, value: number, speech: Speech): string {
  const { words } = speech
  if (/minutes$/i.test(name ?? '')) return lengthSaid(value, speech)
  if (name === 'percent') return words.percent(value)
  if (/days$/i.test(name ?? '')) return words.days(value)
  if (name === 'times' || name === 'atLeast') return words.times(value)
  return String(value)
}

function wordIn(name: string | undefined, value: string, { words, nameOf }: Speech): string {
  const chosen = words.choices[name ?? '']?.[value]
  if (chosen !== undefined) return chosen
  if (name === 'is') return words.kinds[value] ?? value
  if (name === 'place') return nameOf(value)
  return words.measureKeys.includes(value) ? words.measure(value) : value
}

function objectIn(value: object, speech: Speech): string {
  const { words } = speech
  if ('is' in value) {
    const { is, of } = value as { is: string; of?: unknown }
    if (is === 'not') return `${words.lines.not}${valueSaid('when', of, speech)}`
    if (is === 'all' || is === 'any') {
      const word = is === 'all' ? words.lines.and : words.lines.or
      return (of as unknown[])
        .map((one) => valueSaid('when', one, speech))
        .join(`${words.comma}${word}`)
    }
    return lineSaid({ parts: leafParts(value as Leaf, 'when', speech) })
  }
  if ('kind' in value) return signalSaid(value as Signal, speech)
  if ('tell' in value) {
    const { tell, withinMinutes } = value as Definition['steps'][number]
    return `${words.choices['tell']?.[tell] ?? tell} ${lengthSaid(withinMinutes, speech)}`
  }
  if ('from' in value) return hoursSaid(value as Definition['quiet'], speech)
  return Object.entries(value)
    .map(([name, one]) => `${fieldSaid(name, speech)} ${valueSaid(name, one, speech)}`)
    .join(words.comma)
}
