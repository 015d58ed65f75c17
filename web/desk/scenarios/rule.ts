import type { Output } from '../../../src/kernel/endpoint.ts'
import type { oneRule } from '../../../src/watch/scenarios/api.ts'
import { useLanguage, useScenarioWords } from '../../shell/words.tsx'
import type { Tone } from '../../ui/badge.tsx'
import type { Speech } from './said.ts'

export type Rule = Output<typeof oneRule>
export type Version = Rule['versions'][number]
export type State = Version['state']

export const stateTones: Readonly<Record<State, Tone>> = {
  draft: 'brick',
  shadow: 'plain',
  review: 'amber',
  'in-force': 'jade',
  retired: 'none',
  stopped: 'amber',
  dropped: 'none',
}

/** Those that somebody is working on, and the one in force; the newest first. */
export function liveOf(rule: Rule): Version[] {
  const live = rule.versions.filter(
    ({ state }) => state !== 'retired' && state !== 'dropped' && state !== 'stopped',
  )
  const sorted = live.toSorted((a, b) => b.version - a.version)
  const newest = rule.versions.toSorted((a, b) => b.version - a.version)
  return sorted.length > 0 ? sorted : newest.slice(0, 1)
}

/** How a rule is said here: in the reader's language, with this street's neighbourhoods. */
export function useSpeech(committees: Rule['committees']): Speech {
  const words = useScenarioWords()
  const language = useLanguage()
  return {
    words,
    language,
    nameOf: (place) => committees.find(({ committee }) => committee === place)?.name ?? place,
  }
}
