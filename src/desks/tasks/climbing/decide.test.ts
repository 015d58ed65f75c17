import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourMs } from '../../../kernel/clock.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { capacities, type Capacity } from '../../../kernel/matter.ts'
import { lookAgainAt, returnMs, tiersFor } from '../decide.ts'
import { aTask, candidate, concernedOf, minute, now, person } from '../testing/index.ts'
import { states, type Change, type Concerned, type Task } from '../types.ts'
import { askedPerTierMax, decideClimb, decideMove } from './decide.ts'
import type { Candidate, Ladders } from './types.ts'

/** Who stands in which ladder, by name. */
function laddersOf(wish: Partial<Record<Capacity, string[]>>): Ladders {
  return (as) => (wish[as] ?? []).map((name) => candidate(name))
}
const street = laddersOf({
  worker: ['worker', 'deputy', 'third', 'fourth', 'officer'],
  'duty-officer': ['officer', 'second'],
})

/** What a step leaves behind: the row, and who is concerned. */
function after(task: Task, concerned: readonly Concerned[], change: Change) {
  const changed = new Map(change.concerned.map((one) => [one.person, one]))
  const kept = concerned.map((one) => changed.get(one.person) ?? one)
  const known = new Set(concerned.map((one) => one.person))
  const added = change.concerned.filter((one) => !known.has(one.person))
  return { task: { ...task, ...change.set }, concerned: [...kept, ...added] }
}

/** Nobody ever answers: whom the program asks, and how long after opening. */
function climbed(task: Task, concerned: Concerned[], ladders: Ladders, times: number) {
  let state = { task, concerned }
  const asked: [PersonId, number][] = []
  for (let i = 0; i < times; i++) {
    const at = state.task.nextAt ?? 0
    const change = decideClimb(state.task, state.concerned, ladders, at)
    if (!change) throw new Error('it stands still')
    state = after(state.task, state.concerned, change)
    asked.push([state.task.responsible, (at - now) / minute])
  }
  return asked
}

describe('a task that nobody answers', () => {
  test('goes along the ladder of its tier, then to the duty officers, then round among them', () => {
    expect(climbed(aTask(), concernedOf(), street, 7)).toEqual([
      ['deputy', 15],
      ['third', 30],
      // Three of a tier are asked, however many stand in it.
      ['officer', 45],
      ['second', 55],
      ['officer', 65],
      ['officer', 75],
      ['officer', 85],
    ])
  })

  test('goes on to the next tier where one has nobody, and stays where nobody at all is', () => {
    const tiers = tiersFor({ kind: 'hazard', tiers: [{ as: 'volunteer', answerMs: 60_000 }] })
    expect(tiers.map(({ as }) => as)).toEqual(['volunteer', 'duty-officer'])
    const alone = laddersOf({ 'duty-officer': ['officer'] })
    expect(climbed(aTask({ tiers }), concernedOf(), alone, 2).map(([who]) => who)).toEqual([
      'officer',
      'officer',
    ])
    expect(climbed(aTask(), concernedOf(), laddersOf({}), 2).map(([who]) => who)).toEqual([
      'worker',
      'worker',
    ])
  })

  test('is not offered to who declined, unless nobody else is left', () => {
    const concerned = concernedOf({ deputy: 'declined', officer: ['declined', 2] })
    expect(climbed(aTask(), concerned, street, 5).map(([who]) => who)).toEqual([
      ...['third', 'fourth', 'second', 'second', 'second'],
    ])
    const alone = laddersOf({ 'duty-officer': ['officer'] })
    expect(climbed(aTask(), concerned, alone, 1).map(([who]) => who)).toEqual(['officer'])
  })

  test('asks the officer who was only told at once, in their turn', () => {
    const concerned = concernedOf({ officer: 'told', helper: 'asked' })
    const short = laddersOf({ worker: ['worker'], 'duty-officer': ['officer'] })
    const change = decideClimb(aTask(), concerned, short, now + 15 * minute)
    expect(change?.set).toMatchObject({ responsible: 'officer', tier: 2 })
    expect(change?.notes).toEqual([{ person: 'officer', says: 'task-again' }])
  })

  test('waits for its time and no longer', () => {
    const task = aTask()
    expect(decideClimb(task, concernedOf(), street, now + 15 * minute - 1)).toBeUndefined()
    const change = decideClimb(task, concernedOf(), street, now + 15 * minute)
    expect(change?.set).toMatchObject({
      ...{ responsible: 'deputy', tier: 1, timesTold: 2, state: 'raised' },
      ...{ acknowledgeBy: now + 30 * minute, nextAt: now + 30 * minute },
    })
    expect(change?.concerned.map(({ person: who, part, tier }) => [who, part, tier])).toEqual([
      ['worker', 'told', 1],
      ['deputy', 'responsible', 1],
    ])
    expect(change?.steps).toMatchObject([{ act: 'climb', by: null, to: { person: 'deputy' } }])
  })

  test('is told for ever, and writes down the first thirty times', () => {
    const alone = laddersOf({ 'duty-officer': ['worker'] })
    let state = { task: aTask(), concerned: concernedOf() }
    let lines = 0
    for (let i = 0; i < 100; i++) {
      const change = decideClimb(state.task, state.concerned, alone, state.task.nextAt ?? 0)
      lines += change?.steps.length ?? 0
      expect(change?.notes).toEqual([{ person: 'worker', says: 'task-again' }])
      if (change) state = after(state.task, state.concerned, change)
    }
    expect(state.task.timesTold).toBe(101)
    expect(lines).toBe(29)
  })
})

describe('acknowledged and forgotten', () => {
  test.each<[string, Partial<Task>, number]>([
    ['half of what is left', { dueAt: now + 60 * minute }, 30],
    ['two hours at most, for a visit', { dueAt: now + 24 * hourMs }, 120],
    ['a day at most, for a repair', { kind: 'device-repair', dueAt: now + 99 * hourMs }, 24 * 60],
    ['ten minutes at least', { dueAt: now + 5 * minute }, 10],
    ['ten minutes, past its deadline too', { dueAt: now - hourMs }, 10],
    ['ten minutes, in an emergency', { urgency: 'emergency' }, 10],
  ])('comes back after %s', (_what, wish, minutes) => {
    expect(returnMs(aTask(wish), now)).toBe(minutes * minute)
    const nextAt = lookAgainAt(aTask(wish), 'acknowledged', now)
    const task = aTask({ ...wish, state: 'acknowledged', acknowledgedAt: now, nextAt })
    const at = now + minutes * minute
    expect(decideClimb(task, concernedOf(), street, at - 1)).toBeUndefined()
    const change = decideClimb(task, concernedOf(), street, at)
    expect(change?.set).toMatchObject({
      ...{ state: 'raised', responsible: 'deputy', acknowledgedAt: null },
    })
    expect(change?.steps).toMatchObject([{ act: 'come-back', state: 'raised' }])
  })

  test('by the last of all comes back to them', () => {
    const alone = laddersOf({ 'duty-officer': ['worker'] })
    const task = aTask({ state: 'acknowledged', nextAt: now, tier: 2 })
    const change = decideClimb(task, concernedOf(), alone, now)
    expect(change?.set).toMatchObject({ state: 'raised', acknowledgeBy: now + 10 * minute })
    expect(change?.steps).toMatchObject([{ act: 'come-back' }])
  })
})

describe('past its deadline while somebody goes', () => {
  test.each(['on-the-way', 'at-the-door'] as const)('%s: the officer is told', (state) => {
    const task = aTask({ state, nextAt: now, dueAt: now })
    expect(decideClimb({ ...task, nextAt: now + 1 }, concernedOf(), street, now)).toBeUndefined()
    const change = decideClimb(task, concernedOf(), street, now)
    expect(change?.set).toEqual({ timesTold: 2, nextAt: now + hourMs })
    expect(change?.notes).toEqual([{ person: 'officer', says: 'overdue' }])
    expect(change?.concerned).toMatchObject([{ person: 'officer', part: 'told', tier: 0 }])
  })

  test('an officer who goes is not told of it, another one is; the only one is reminded', () => {
    const task = aTask({ state: 'on-the-way', nextAt: now, responsible: person('officer') })
    const concerned = concernedOf({ worker: ['told', 1], officer: ['responsible', 2] })
    const two = decideClimb(task, concerned, street, now)
    expect(two?.notes).toEqual([{ person: 'second', says: 'overdue' }])
    const one = decideClimb(task, concerned, laddersOf({ 'duty-officer': ['officer'] }), now)
    expect(one?.notes).toEqual([{ person: 'officer', says: 'overdue' }])
    expect(one?.concerned).toEqual([])
  })

  test('an emergency is told of again after ten minutes', () => {
    const task = aTask({ state: 'at-the-door', urgency: 'emergency', nextAt: now })
    expect(decideClimb(task, concernedOf(), street, now)?.set.nextAt).toBe(now + 10 * minute)
  })
})

test('found and not closed is told again each day, and stays with who found it', () => {
  const task = aTask({ state: 'found', nextAt: now })
  const change = decideClimb(task, concernedOf(), street, now)
  expect(change?.set).toEqual({ state: 'found', timesTold: 2, nextAt: now + 24 * hourMs })
  expect(change?.notes).toEqual([{ person: 'worker', says: 'task-again' }])
})

test('an offer that nobody answered returns, and the clock of the task goes on', () => {
  const offer = { to: person('deputy'), until: now, reason: null }
  const task = aTask({ offer, nextAt: now })
  const change = decideClimb(task, concernedOf({ deputy: 'asked' }), street, now)
  expect(change?.set).toEqual({ offer: null, nextAt: task.acknowledgeBy })
  expect(change?.steps).toMatchObject([{ act: 'lapse' }])
  // Where both clocks run out at once it goes on.
  const late = decideClimb({ ...task, acknowledgeBy: now }, concernedOf(), street, now)
  expect(late?.set).toMatchObject({ offer: null, responsible: 'deputy' })
  const early = aTask({ offer: { ...offer, until: now + 1 }, nextAt: now })
  expect(decideClimb(early, concernedOf(), street, now)?.set).toEqual({
    nextAt: early.acknowledgeBy,
  })
})

describe('looked at each minute', () => {
  const fine = { holdsPost: true, isThere: true, isOnDuty: true }
  const gone = { holdsPost: false, isThere: false, isOnDuty: false }
  const onLeave = { ...fine, isThere: false, isOnDuty: false }
  const offDuty = { ...fine, isOnDuty: false }
  const move = (wish: Partial<Task>, owner: typeof fine, ladders: Ladders = street) =>
    decideMove(aTask(wish), concernedOf(), ladders, owner, now)?.set.responsible

  test.each<[string, Partial<Task>, typeof fine, string | undefined]>([
    ['on duty: stays', {}, fine, undefined],
    ['off duty before anybody answered: the next', {}, offDuty, 'deputy'],
    ['off duty, acknowledged: stays', { state: 'acknowledged' }, offDuty, undefined],
    ['on leave: the next', { state: 'acknowledged' }, onLeave, 'deputy'],
    ['on leave, on the way already: stays', { state: 'on-the-way' }, onLeave, undefined],
    ['out of the post, on the way: the next', { state: 'on-the-way' }, gone, 'deputy'],
    ['out of the post, found: the next', { state: 'found' }, gone, 'deputy'],
    ['closed: nobody', { state: 'closed', nextAt: null }, gone, undefined],
  ])('%s', (_what, wish, owner, expected) => {
    expect(move(wish, owner)).toBe(expected)
  })

  test('what was found stays found; what was begun is raised', () => {
    const found = decideMove(aTask({ state: 'found' }), concernedOf(), street, gone, now)
    expect(found?.set).toMatchObject({ state: 'found', nextAt: now + 24 * hourMs })
    const going = decideMove(aTask({ state: 'on-the-way' }), concernedOf(), street, gone, now)
    expect(going?.set).toMatchObject({ state: 'raised', nextAt: now + 15 * minute })
  })

  test('nobody gets it who is no better placed', () => {
    const tired: Ladders = () => [candidate('officer', { isOnDuty: false })]
    expect(move({}, offDuty, tired)).toBeUndefined()
    expect(move({}, onLeave, tired)).toBe('officer')
    const away: Ladders = () => [candidate('officer', { isOnDuty: false, isThere: false })]
    expect(move({}, onLeave, away)).toBeUndefined()
    expect(move({}, gone, away)).toBe('officer')
    expect(move({}, gone, () => [])).toBeUndefined()
  })

  test('a next shift gets it though it was asked before', () => {
    const concerned = concernedOf({ deputy: ['told', 1], officer: ['told', 2] })
    const shift = laddersOf({ worker: ['deputy'], 'duty-officer': [] })
    const change = decideMove(aTask(), concerned, shift, offDuty, now)
    expect(change?.set.responsible).toBe('deputy')
  })
})

/** Any task that may be open, any people around it, any ladders. */
const names = ['worker', 'deputy', 'third', 'officer', 'second']
const anyTask = fc.record({
  state: fc.constantFrom(...states.filter((state) => state !== 'closed')),
  urgency: fc.constantFrom('emergency' as const, 'usual' as const),
  tier: fc.integer({ min: 1, max: 2 }),
  due: fc.integer({ min: -300, max: 300 }),
  parts: fc.dictionary(
    fc.constantFrom(...names.slice(1)),
    fc.tuple(
      fc.constantFrom('told' as const, 'asked' as const, 'helping' as const, 'declined' as const),
      fc.integer({ min: 0, max: 2 }),
    ),
  ),
  ladders: fc.record({
    worker: fc.shuffledSubarray(names),
    'duty-officer': fc.shuffledSubarray(names),
  }),
})

test('whatever is the case: one is responsible, it is looked at again later, and never at once', () => {
  fc.assert(
    fc.property(anyTask, ({ state, urgency, tier, due, parts, ladders }) => {
      const task = aTask({
        ...{ state, urgency, tier, nextAt: now, acknowledgeBy: now, dueAt: now + due * minute },
      })
      const concerned = concernedOf(parts)
      const change = decideClimb(task, concerned, laddersOf(ladders), now)
      expect(change && isFault(change)).toBe(false)
      if (!change) return
      const next = after(task, concerned, change)
      expect(next.task.nextAt).toBeGreaterThan(now)
      const owners = next.concerned.filter(({ part }) => part === 'responsible')
      expect(owners.map(({ person: who }) => who)).toEqual([next.task.responsible])
      expect(change.notes.length).toBeGreaterThan(0)
      expect(next.task.tier).toBeGreaterThanOrEqual(tier)
    }),
  )
})

test('nobody answers: every tier is asked, and the officer within the time of all before', () => {
  const anyTiers = fc.array(fc.constantFrom(...capacities), { maxLength: 5 })
  fc.assert(
    fc.property(anyTiers, fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }), (asked, sizes) => {
      const tiers = tiersFor({
        kind: 'hazard',
        tiers: asked.map((as) => ({ as, answerMs: minute })),
      })
      const ladders: Ladders = (as) =>
        Array.from({
          length: as === 'duty-officer' ? 1 : (sizes[capacities.indexOf(as)] ?? 0),
        }).map((_, i): Candidate => candidate(`${as} ${i}`))
      const task = aTask({ tiers, nextAt: now, acknowledgeBy: now })
      const most = tiers.length * askedPerTierMax
      const whom = climbed(task, concernedOf(), ladders, most).map(([who]) => who)
      expect(whom).toContain('duty-officer 0')
    }),
  )
})
