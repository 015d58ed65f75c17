/** A task for tests of decisions, and the people around it. */
import type {
  CommitteeCode,
  HomeCode,
  PersonId,
  PostId,
  StreetCode,
  TaskId,
} from '../../../kernel/ids.ts'
import type { Candidate } from '../climbing/index.ts'
import type { Concerned, Part, Somebody, Task } from '../types.ts'

export const now = Date.parse('2026-07-07T08:00:00+08:00')
export const minute = 60_000

/** Tests name people; each holds the post of the same name. */
export const person = (name: string) => name as PersonId
export const somebody = (name: string): Somebody => ({
  ...{ person: person(name), post: name as PostId, title: '社工', unit: '居委' },
})
export const candidate = (name: string, wish: Partial<Candidate> = {}): Candidate => ({
  ...{ ...somebody(name), isOnDuty: true, isThere: true, ...wish },
})

export function aTask(wish: Partial<Task> = {}): Task {
  const { acknowledgeBy = now + 15 * minute } = wish
  return {
    ...{ task: 't1' as TaskId, street: '310104011' as StreetCode, kind: 'care-visit' },
    ...{ rule: 'care-silence', ruleVersion: 1, subject: 's1' },
    ...{ place: '310104011013-01-26-501' as HomeCode },
    ...{ committee: '310104011013' as CommitteeCode, person: person('elder') },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
    ...{ state: 'raised', openedAt: now, acknowledgeBy, nextAt: acknowledgeBy },
    ...{ dueAt: now + 120 * minute, dueKind: 'hour', urgency: 'usual' },
    tiers: [
      { as: 'worker', answerMs: 15 * minute },
      { as: 'duty-officer', answerMs: 10 * minute },
    ],
    ...{ tier: 1, timesTold: 1, acknowledgedAt: null, closedAt: null, offer: null },
    ...{ post: 'worker' as PostId, responsible: person('worker'), outcome: null, words: null },
    ...wish,
  }
}

/** `worker` answers for it in the first tier, unless said otherwise. */
export function concernedOf(wish: Readonly<Record<string, Part | [Part, number]>> = {}) {
  const all: Record<string, Part | [Part, number]> = { worker: ['responsible', 1], ...wish }
  return Object.entries(all).map(([name, said], at): Concerned => {
    const [part, tier] = typeof said === 'string' ? [said, 0] : said
    return { person: person(name), post: name as PostId, part, tier, since: now + at }
  })
}
