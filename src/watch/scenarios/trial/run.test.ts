import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import type { Message } from '../kernel/street-types.ts'
import { runTrial } from './run.ts'
import { inventStreet } from './streets.ts'
import { careRule, smokeRule } from './testing/rules.ts'
import { Trials } from './trials.ts'
import type { Matter, TrialInput, TrialResult } from './types.ts'

const until = Date.parse('2026-05-04T00:00:00+08:00')
const street = inventStreet(600, until - 400 * dayMs)
const sooner = { ...careRule, when: { ...careRule.when, minutes: 720 } as never }

function inputOf(change: Partial<TrialInput> = {}): TrialInput {
  return {
    ...{ street: street.street, sensors: street.sensors, agreements: street.agreements },
    ...{ draft: sooner, inForce: careRule, days: 30, until, seed: 3, capacityPerDay: 1 },
    ...{ calendar: new Map(), stored: null, ...change },
  }
}

describe('a draft beside the version in force', () => {
  const result = runTrial(inputOf())
  const { draft, inForce } = result

  test('the same input gives the same result', () => {
    expect(runTrial(inputOf())).toEqual(result)
    expect(runTrial(inputOf({ seed: 4 }))).not.toEqual(result)
  })

  test('a shorter silence sends more people, and finds what the longer one found', () => {
    expect(inForce?.visits).toBeGreaterThan(0)
    expect(draft.visits).toBeGreaterThan(inForce?.visits ?? 0)
    expect(draft.caught).toBeGreaterThanOrEqual(inForce?.caught ?? 0)
    expect(draft.caught + draft.missed).toBe(result.known)
    expect(result.known).toBeGreaterThan(0)
  })

  test('what nobody looked at is unknown, and never fine', () => {
    expect(draft.unknown).toBeGreaterThan(0)
    expect(inForce?.unknown).toBe(0)
    const counted = (side: TrialResult['draft']) =>
      side.outcomes.reduce((sum, { count }) => sum + count, side.unknown)
    expect(counted(draft)).toBe(draft.visits)
    const fine = (side: TrialResult['draft'] | null) =>
      side?.outcomes.find(({ outcome }) => outcome === 'fine')?.count ?? 0
    expect(fine(draft)).toBeLessThanOrEqual(fine(inForce))
  })

  test('days, neighbourhoods and hours add up', () => {
    expect(result.days).toHaveLength(30 * result.perCommittee.length)
    const sum = (of: 'draft' | 'inForce') =>
      result.perCommittee.reduce((all, one) => all + one[of].visits, 0)
    expect([sum('draft'), sum('inForce')]).toEqual([draft.visits, inForce?.visits])
    expect(draft.workerHours).toBe((draft.visits * 30) / 60)
    const perDay = Map.groupBy(result.days, ({ day }) => day)
    const over = [...perDay.values()].filter(
      (rows) => rows.reduce((all, row) => all + row.draft, 0) > 1,
    )
    expect(draft.daysOverCapacity).toBe(over.length)
  })

  test('all of it is simulated, and says so', () => {
    expect(result).toMatchObject({ simulatedPercent: 100, storedFrom: null })
    expect(result.messages.stored).toBe(0)
    expect(draft.bySource.stored.visits).toBe(0)
    expect(draft.bySource.simulated.visits).toBe(draft.visits)
    expect(result.days.every(({ source }) => source === 'simulated')).toBe(true)
  })

  test('an example of a home names no home', () => {
    expect(result.examples.length).toBeGreaterThan(0)
    expect(result.examples.every(({ place }) => place === null)).toBe(true)
  })
})

describe('kept readings', () => {
  const storedFrom = until - 3 * dayMs
  const smoke = street.sensors.find(({ kind }) => kind === 'smoke')!
  const covers = street.sensors.map(({ sensor }) => ({ sensor, from: storedFrom, to: until }))
  const alarm = (at: number, state: string): Message => ({
    ...{ sensor: smoke.sensor, at, arrivedAt: at + 1_000, order: at, isSignOfLife: false },
    facts: [{ kind: 'smoke', state, value: null }],
  })
  const at = storedFrom + 30 * hourMs
  const messages = [alarm(at, 'alarm'), alarm(at + 5 * minuteMs, 'clear')]
  const known: Matter = {
    ...{ about: 'any', place: smoke.place, sensor: smoke.sensor, outcome: 'hazard-real' },
    ...{ from: at, until: at + hourMs },
  }
  const smokes = { draft: smokeRule, inForce: null, days: 10 }

  test('are judged after the simulated days and counted apart', () => {
    const stored = { from: storedFrom - 5 * hourMs, messages, covers, known: [] }
    const result = runTrial(inputOf({ ...smokes, stored }))
    expect(result).toMatchObject({ simulatedPercent: 70, storedFrom, inForce: null })
    expect(result.messages.stored).toBe(2)
    expect(result.draft.bySource.stored).toMatchObject({ visits: 1, unknown: 1, caught: 0 })
    expect(result.days.filter(({ source }) => source === 'stored').at(-1)?.day).toBe('2026-05-03')
  })

  test('what a person found there is known', () => {
    const stored = { from: storedFrom, messages, covers, known: [known] }
    const { draft } = runTrial(inputOf({ ...smokes, stored }))
    expect(draft.bySource.stored).toMatchObject({ visits: 1, unknown: 0, caught: 1, missed: 0 })
    expect(draft.bySource.stored.outcomes).toEqual([{ outcome: 'hazard-real', count: 1 }])
  })

  test('what a person found and no rule said is missed', () => {
    const stored = { from: storedFrom, messages: [], covers, known: [known] }
    const { draft } = runTrial(inputOf({ ...smokes, stored }))
    expect(draft.bySource.stored).toMatchObject({ visits: 0, caught: 0, missed: 1 })
  })
})

describe('what cannot be tried', () => {
  const peers = {
    ...{ is: 'peers' as const, measures: ['water-litres-day', 'door-openings-day'] },
    ...{ percent: 300, days: 14, ofDays: 21, peersMin: 10 },
  }
  test.each<[string, Partial<TrialInput>]>([
    ['a batch of daily sums', { draft: { ...careRule, when: peers } }],
    ['no day', { days: 0 }],
    ['more than a year', { days: 367 }],
    ['an end within a day', { until: until + hourMs }],
  ])('%s', (_, change) => {
    expect(() => runTrial(inputOf(change))).toThrow(RangeError)
  })

  test('a home that did not agree is not judged, in no day', () => {
    const result = runTrial(inputOf({ agreements: [] }))
    expect(result).toMatchObject({ homes: 0, draft: { visits: 0, asks: 0 } })
  })
})

describe('in a thread', () => {
  test('comes the same, one at a time for a street', async () => {
    await using trials = new Trials()
    const input = inputOf({ days: 5 })
    const [first, second] = await Promise.all([trials.tryRule(input), trials.tryRule(input)])
    expect(first).toEqual({ result: runTrial(input) })
    expect(second).toEqual({ refused: 'busy' })
    expect(await trials.tryRule(input)).toEqual(first)
  })

  test('is stopped when it takes too long, and leaves the street free', async () => {
    await using trials = new Trials(1)
    expect(await trials.tryRule(inputOf())).toEqual({ refused: 'too-long' })
    expect(await trials.tryRule(inputOf())).toEqual({ refused: 'too-long' })
  })

  test('is stopped when nobody waits for it any more, and leaves the street free', async () => {
    await using trials = new Trials()
    const leaving = new AbortController()
    const left = trials.tryRule(inputOf({ days: 365 }), leaving.signal)
    leaving.abort()
    expect(await left).toEqual({ refused: 'left' })
    expect(await trials.tryRule(inputOf(), leaving.signal)).toEqual({ refused: 'left' })
    expect(await trials.tryRule(inputOf({ days: 5 }))).toHaveProperty('result')
  })

  test('fails as the trial fails', async () => {
    await using trials = new Trials()
    await expect(trials.tryRule(inputOf({ days: 0 }))).rejects.toThrow('1 to 366 days')
  })
})
