import { measures } from '../../devices/index.ts'
import { leavesOf, type Definition, type Signal } from '../definition/index.ts'
import type { Matter } from './types.ts'

/** Outcomes for which somebody was needed: to be caught, not missed. */
export function needsSomebody({ outcome }: Matter): boolean {
  return outcome === 'needed-help' || outcome === 'hazard-real'
}

/** Whether a rule could notice such a matter. */
export function relevance(definition: Definition): (matter: Matter) => boolean {
  const words = new Set<string>(['any', ...wordsOf(definition)])
  return ({ about }) => words.has(about)
}

/** A rule that is judged once a day in a batch has no trial: the stream kernel passes it by. */
export function canBeTried({ when }: Definition): boolean {
  return !leavesOf(when).some(({ leaf }) => leaf.is === 'peers')
}

/** Days of history before a rule can say anything. */
export function warmUpDays({ when }: Definition): number {
  const days = leavesOf(when).map(({ leaf }) => {
    if (leaf.is === 'habit') return leaf.days + 1
    return 'minutes' in leaf ? Math.ceil(leaf.minutes / 1_440) + 1 : 1
  })
  return Math.min(91, Math.max(...days))
}

function wordsOf({ when, consent }: Definition): string[] {
  if (consent === 'wandering-guard') return ['wandering']
  return leavesOf(when).flatMap(({ leaf }) => {
    switch (leaf.is) {
      case 'silence':
        return leaf.signs === null ? ['life'] : [...leaf.signs.flatMap(said), 'life']
      case 'habit':
        return leaf.signal === null ? ['life'] : said(leaf.signal)
      case 'state':
      case 'count':
        return said(leaf.signal)
      case 'sequence':
        return [...said(leaf.first), ...said(leaf.then)]
      case 'threshold':
        return [measures[leaf.measure as keyof typeof measures] ?? '']
      case 'health':
      case 'peers':
        return []
      default:
        return leaf satisfies never
    }
  })
}

function said({ kind, states }: Signal): string[] {
  return [kind, ...states.map((state) => `${kind} ${state}`)]
}

/** Matters under every place that holds them and under their sensor: a subject finds its own. */
export function openMatters() {
  const bySubject = new Map<string, Matter[]>()
  return {
    add: (matter: Matter) => {
      for (const subject of subjectsOf(matter)) {
        const there = bySubject.get(subject)
        if (there) there.push(matter)
        else bySubject.set(subject, [matter])
      }
    },
    about: (subject: string): readonly Matter[] => bySubject.get(subject) ?? [],
  }
}
export type Matters = ReturnType<typeof openMatters>

function subjectsOf({ place, sensor }: Matter): string[] {
  const parts = place.split('-')
  const places = parts.map((_, at) => parts.slice(0, at + 1).join('-'))
  return sensor === null ? places : [...places, sensor]
}
