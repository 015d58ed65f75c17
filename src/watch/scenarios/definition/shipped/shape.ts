import type { Definition, Signal, Step, Tell } from '../schema.ts'

/**
 * `isOn`: in force in a new street from the first day; the others are drafts, to be tried first.
 * `reasons`: the page that says why these numbers, what it cannot tell, and where it is from.
 */
export type ShippedRule = {
  definition: Definition
  isOn: boolean
  reasons: { zh: string; en: string }
}

type Said = Partial<Definition> &
  Pick<Definition, 'rule' | 'purpose' | 'per' | 'when' | 'act' | 'steps' | 'workMinutes' | 'reason'>

/** What most rules have: at once, at any hour, ended by a person, the same in all places. */
export function ruleOf(said: Said): Definition {
  return {
    consent: null,
    only: { hours: null, days: 'every-day', season: null },
    isCovered: false,
    after: { times: 1, minutes: 1 },
    clearsAfterMinutes: null,
    cooldownMinutes: 0,
    isEmergency: false,
    quiet: null,
    local: [],
    expiresDays: null,
    stopsBelow: null,
    ...said,
  }
}

export function signal(kind: Signal['kind'], ...states: string[]): Signal {
  return { kind, states }
}

export function tell(who: Tell, withinMinutes: number): Step {
  return { tell: who, withinMinutes }
}
