import { describe, expect, test } from 'vitest'
import { dayMs } from '../../../kernel/clock.ts'
import { outcomes, type Outcome } from '../../../kernel/event.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PlaceCode } from '../../../kernel/ids.ts'
import { outcomesOf } from '../decide.ts'
import type { Ladders } from '../climbing/types.ts'
import { aTask, candidate, concernedOf, minute, now, person, somebody } from '../testing/index.ts'
import { acts, kinds, parts, states } from '../types.ts'
import type { Act, Change, Part, Task, TaskKind, TaskState } from '../types.ts'
import { decideAct, isAtPlace, nextActs, otherActs, reopenMs } from './decide.ts'
import type { Acting } from './types.ts'

const who = person('worker')
/** An outcome with which nothing is left to do. */
const doneWith: Record<TaskKind, Outcome> = {
  ...({ 'care-visit': 'fine', 'device-repair': 'fine', hazard: 'hazard-false' } as const),
  ...({ 'home-check': 'refused', 'care-offer': 'fine', 'roster-gap': 'fine' } as const),
}
const acting = (act: Act, from: TaskState, wish: Partial<Acting> = {}): Acting => ({
  ...{ act, from, by: somebody('worker'), at: now, dueAt: now + 60 * minute },
  ...(act === 'find' ? { outcome: 'fine' } : {}),
  ladders,
  ...wish,
})
const ladders: Ladders = () => ['worker', 'deputy', 'officer'].map((name) => candidate(name))
const byDeputy = { by: somebody('deputy') }

/** Where the responsible's own steps lead, for a visit. Whatever is not here has moved on. */
const leads: Partial<Record<`${TaskState} ${Act}`, TaskState[]>> = {
  'raised acknowledge': ['acknowledged'],
  'acknowledged set-out': ['on-the-way'],
  'acknowledged phoned': ['acknowledged'],
  'acknowledged find': ['found', 'closed'],
  'on-the-way arrive': ['at-the-door'],
  'on-the-way phoned': ['on-the-way'],
  'on-the-way find': ['found', 'closed'],
  'at-the-door find': ['found', 'closed'],
  'at-the-door phoned': ['at-the-door'],
  'found close': ['closed'],
}
const steps = ['acknowledge', 'phoned', 'set-out', 'arrive', 'find', 'close', 'withdraw'] as const
const table = kinds.flatMap((kind) =>
  states.flatMap((state) => steps.map((act) => ({ kind, state, act }))),
)

function statesOf(change: ReturnType<typeof decideAct>): TaskState[] | object {
  return isFault(change) ? change : change.steps.map(({ state }) => state)
}

test.each(table)('$kind in $state: $act', ({ kind, state, act }) => {
  const task = aTask({ kind, state, closedAt: state === 'closed' ? now : null })
  const isPhoned = act !== 'phoned' || kind === 'care-visit' || kind === 'care-offer'
  const isOpen = isPhoned && (act !== 'set-out' || kind !== 'roster-gap')
  const expected = (isOpen && leads[`${state} ${act}`]) || { fault: 'moved-on' }
  const done = acting(act, state, act === 'find' ? { outcome: doneWith[kind] } : {})
  const change = decideAct(task, concernedOf(), done)
  expect(statesOf(change)).toEqual(expected)
  expect(nextActs(task, who).includes(act)).toBe(Array.isArray(expected))
  if (isFault(change)) return
  expect(change.set.state).toBe(change.steps.at(-1)?.state)
  expect(change.answered).toEqual([who])
  // Looked at again exactly as long as it is open.
  expect(change.set.nextAt === null).toBe(change.set.state === 'closed')
  expect(change.set.closedAt).toBe(change.set.state === 'closed' ? now : undefined)
})

test('the usual next act comes first, and nobody else is offered any', () => {
  const first = states.map((state) => nextActs(aTask({ state }), who)[0])
  expect(first).toEqual(['acknowledge', 'set-out', 'arrive', 'find', 'close', undefined])
  for (const state of states) expect(nextActs(aTask({ state }), person('x'))).toEqual([])
})

test('whoever is not concerned, or has declined, does nothing at all', () => {
  for (const state of states) {
    for (const act of acts) {
      const other = acting(act, state, byDeputy)
      const task = aTask({ state, closedAt: now })
      expect(decideAct(task, concernedOf(), other)).toEqual({ fault: 'not-found', field: 'task' })
      const declined = concernedOf({ deputy: ['declined', 1] })
      expect(decideAct(task, declined, other)).toEqual({ fault: 'not-found', field: 'task' })
    }
  }
})

test('whoever saw another state does nothing', () => {
  for (const state of states) {
    for (const act of acts) {
      for (const from of states.filter((each) => each !== state)) {
        const change = decideAct(aTask({ state }), concernedOf(), acting(act, from))
        expect(change).toEqual({ fault: 'moved-on' })
      }
    }
  }
})

/** What is offered is what can be done, and nothing else is. */
describe.each(states)('what others may do: %s', (state) => {
  test.each(parts.filter((part) => part !== 'responsible' && part !== 'declined'))('%s', (part) => {
    for (const offered of [true, false]) {
      const offer = offered ? { to: person('deputy'), until: now + 1, reason: null } : null
      const task = aTask({ state, offer, closedAt: state === 'closed' ? now : null })
      const concerned = concernedOf({ deputy: [part, 1] })
      const may = otherActs(task, person('deputy'), part, now)
      for (const act of acts) {
        // Outside what is offered, going along twice is refused in its own words.
        const change = decideAct(task, concerned, acting(act, state, { ...byDeputy, anyway: true }))
        const isDone = !isFault(change)
        const isGoing = state === 'on-the-way' || state === 'at-the-door'
        if (act === 'set-out' && isGoing) expect(isDone).toBe(part !== 'helping')
        else expect({ act, isDone }).toEqual({ act, isDone: may.includes(act) })
      }
    }
  })
})

test.each<[TaskState, Act[]]>([
  ['raised', ['hand-over', 'ask-help', 'decline']],
  ['acknowledged', ['hand-over', 'ask-help', 'decline']],
  ['on-the-way', ['hand-over', 'ask-help']],
  ['at-the-door', ['hand-over', 'ask-help']],
  ['found', ['hand-over', 'ask-help']],
  ['closed', ['reopen']],
])('what else the responsible may do, %s: %j', (state, expected) => {
  const task = aTask({ state, closedAt: now })
  expect(otherActs(task, who, 'responsible', now)).toEqual(expected)
  for (const act of ['hand-over', 'ask-help', 'decline', 'reopen'] as const) {
    const to = somebody('deputy')
    const change = decideAct(task, concernedOf(), acting(act, state, { to }))
    expect({ act, isDone: !isFault(change) }).toEqual({ act, isDone: expected.includes(act) })
  }
})

function done(task: Task, wish: Record<string, Part | [Part, number]>, how: Acting): Change {
  const change = decideAct(task, concernedOf(wish), how)
  if (isFault(change)) throw new Error(change.fault)
  return change
}
const partsIn = ({ concerned }: Change) =>
  Object.fromEntries(concerned.map(({ person: one, part }) => [one, part]))

describe('who is on it', () => {
  test('taking makes it theirs, answered; whose it was still sees it', () => {
    const change = done(aTask(), { deputy: ['told', 1] }, acting('take', 'raised', byDeputy))
    expect(change.set).toMatchObject({
      ...{ state: 'acknowledged', responsible: 'deputy', post: 'deputy', acknowledgedAt: now },
    })
    expect(partsIn(change)).toEqual({ worker: 'told', deputy: 'responsible' })
  })

  test('setting out takes it and goes, in one tap', () => {
    const change = done(aTask(), { deputy: 'told' }, acting('set-out', 'raised', byDeputy))
    expect(change.set).toMatchObject({ state: 'on-the-way', responsible: 'deputy' })
  })

  test.each(['on-the-way', 'at-the-door'] as const)(
    'a second one is told before setting out, and goes along if they mean it: %s',
    (state) => {
      const task = aTask({ state })
      const concerned = concernedOf({ deputy: 'told' })
      for (const act of ['set-out', 'take'] as const) {
        const second = acting(act, state, byDeputy)
        expect(decideAct(task, concerned, second)).toEqual({ fault: 'on-the-way' })
      }
      const change = done(
        task,
        { deputy: 'told' },
        acting('set-out', state, { ...byDeputy, anyway: true }),
      )
      expect(partsIn(change)).toEqual({ deputy: 'helping' })
      expect(change.set.responsible).toBeUndefined()
    },
  )

  test('an officer takes what nobody told them of, and arranges; the rest is not theirs', () => {
    const officer = { by: somebody('officer'), isOfficer: true }
    const change = done(aTask(), {}, acting('take', 'raised', officer))
    expect(partsIn(change)).toEqual({ worker: 'told', officer: 'responsible' })
    const theirs: readonly Act[] = ['take', 'reopen', 'dispatch', 'oversee']
    for (const act of acts.filter((each) => !theirs.includes(each))) {
      expect(decideAct(aTask(), concernedOf(), acting(act, 'raised', officer))).toEqual({
        fault: 'not-allowed',
      })
    }
  })
})

describe('a hand-over', () => {
  const to = somebody('deputy')
  const offered = acting('hand-over', 'acknowledged', { to, words: '我要去开会' })
  const task = aTask({ state: 'acknowledged', nextAt: now + 60 * minute })
  const during = aTask({
    ...{ state: 'acknowledged', offer: { to: to.person, until: now + minute, reason: null } },
    nextAt: now + minute,
  })

  test('is an offer: it stays where it is until a colleague accepts, and not for long', () => {
    const change = done(task, {}, offered)
    const until = now + 15 * minute
    expect(change.set).toEqual({
      ...{ offer: { to: 'deputy', until, reason: '我要去开会' }, nextAt: until },
    })
    expect(partsIn(change)).toEqual({ deputy: 'asked' })
    expect(change.notes).toEqual([{ person: 'deputy', says: 'handed-over' }])
    const urgent = done({ ...task, urgency: 'emergency' }, {}, offered)
    expect(urgent.set.offer?.until).toBe(now + 2 * minute)
  })

  test('never puts off a clock that runs out before', () => {
    const soon = { ...task, nextAt: now + 1 }
    expect(done(soon, {}, offered).set.nextAt).toBe(now + 1)
  })

  test('needs somebody, and somebody else', () => {
    for (const wrong of [undefined, somebody('worker')]) {
      const change = decideAct(task, concernedOf(), { ...offered, to: wrong })
      expect(change).toEqual({ fault: 'bad-input', field: 'to' })
    }
  })

  test('accepted, whose it was loses sight of it', () => {
    const change = done(during, { deputy: 'asked' }, acting('accept', 'acknowledged', byDeputy))
    expect(change.set).toMatchObject({ responsible: 'deputy', offer: null, state: 'acknowledged' })
    expect(partsIn(change)).toEqual({ worker: 'declined', deputy: 'responsible' })
  })

  test.each(['return', 'decline'] as const)('by %s it goes back, with a word', (act) => {
    const change = done(during, { deputy: 'asked' }, acting(act, 'acknowledged', byDeputy))
    expect(change.set.offer).toBeNull()
    expect(change.set.responsible).toBeUndefined()
    expect(partsIn(change)).toEqual({ deputy: 'declined' })
    expect(change.notes).toEqual([{ person: 'worker', says: 'task-again' }])
  })

  test('is over when whose it is sets out after all', () => {
    const change = done(during, { deputy: 'asked' }, acting('set-out', 'acknowledged'))
    expect(change.set).toMatchObject({ offer: null, state: 'on-the-way' })
    expect(
      decideAct(task, concernedOf({ deputy: 'asked' }), acting('accept', 'acknowledged', byDeputy)),
    ).toEqual({ fault: 'moved-on' })
  })
})

describe('help', () => {
  const to = somebody('deputy')
  test('asked for, and promised; who helps is not asked again', () => {
    const asked = done(aTask({ state: 'on-the-way' }), {}, acting('ask-help', 'on-the-way', { to }))
    expect(partsIn(asked)).toEqual({ deputy: 'asked' })
    expect(asked.notes).toEqual([{ person: 'deputy', says: 'help-asked' }])
    const comes = done(aTask(), { deputy: 'asked' }, acting('help', 'raised', byDeputy))
    expect(partsIn(comes)).toEqual({ deputy: 'helping' })
    const again = acting('ask-help', 'raised', { to })
    expect(decideAct(aTask(), concernedOf({ deputy: 'helping' }), again)).toEqual({
      fault: 'already-so',
    })
  })

  test('declined, it is out of their sight', () => {
    const change = done(aTask(), { deputy: 'asked' }, acting('decline', 'raised', byDeputy))
    expect(partsIn(change)).toEqual({ deputy: 'declined' })
  })
})

describe('"I cannot"', () => {
  test('asks the next at once, and is out of sight', () => {
    const change = done(aTask(), {}, acting('decline', 'raised', { words: '在外面开会' }))
    expect(change.set).toMatchObject({ responsible: 'deputy', state: 'raised' })
    expect(partsIn(change)).toEqual({ worker: 'declined', deputy: 'responsible' })
    expect(change.steps.map(({ act }) => act)).toEqual(['decline', 'climb'])
  })

  test('is not for the last one there is', () => {
    const alone = { ladders: () => [candidate('worker')] }
    const change = decideAct(aTask(), concernedOf(), acting('decline', 'raised', alone))
    expect(change).toEqual({ fault: 'nobody-else' })
  })
})

describe('opened again', () => {
  const closed = aTask({
    ...{ state: 'closed', nextAt: null, closedAt: now - reopenMs, outcome: 'fine', words: '好' },
  })
  const again = acting('reopen', 'closed', { words: '又没有动静了' })

  test('by who closed it, within seven days: it is theirs, seen already', () => {
    const change = done(closed, { deputy: ['told', 1] }, again)
    expect(change.set).toMatchObject({
      ...{ state: 'acknowledged', outcome: null, words: null, closedAt: null },
      dueAt: now + 60 * minute,
    })
    expect(change.set.nextAt).toBe(now + 30 * minute)
    // Who was asked before may be asked anew.
    expect(change.concerned).toMatchObject([{ person: 'deputy', tier: 0 }])
    const late = { ...closed, closedAt: now - reopenMs - 1 }
    expect(decideAct(late, concernedOf(), again)).toEqual({ fault: 'moved-on' })
    expect(reopenMs).toBe(7 * dayMs)
  })

  test('by an officer: it is raised with who had it', () => {
    const change = done(closed, {}, { ...again, by: somebody('officer'), isOfficer: true })
    expect(change.set).toMatchObject({ state: 'raised', nextAt: now + 15 * minute })
    expect(change.notes).toEqual([{ person: 'worker', says: 'task-again' }])
  })

  test('by nobody else', () => {
    const other = { ...again, ...byDeputy }
    expect(decideAct(closed, concernedOf({ deputy: 'told' }), other)).toEqual({
      fault: 'not-allowed',
    })
  })
})

describe('what was found', () => {
  const at = aTask({ state: 'at-the-door' })
  const find = acting('find', 'at-the-door')

  test('must be said, and only with finding', () => {
    const refused = { fault: 'bad-input', field: 'outcome' }
    expect(decideAct(at, concernedOf(), { ...find, outcome: undefined })).toEqual(refused)
    const early = acting('acknowledge', 'raised', { outcome: 'fine' })
    expect(decideAct(aTask(), concernedOf(), early)).toEqual(refused)
    const late = acting('close', 'found', { outcome: 'fine' })
    expect(decideAct(aTask({ state: 'found' }), concernedOf(), late)).toEqual(refused)
  })

  /** What each kind makes of each outcome: done, left with somebody, or refused. */
  const table = {
    'care-visit': {
      ...{ fine: 'done', away: 'done', 'sensor-fault': 'done', 'wrong-home': 'done' },
      'needed-help': 'left',
    },
    'care-offer': { fine: 'done', refused: 'done', away: 'done', 'wrong-home': 'done' },
    'device-repair': { fine: 'done', 'sensor-fault': 'left' },
    hazard: {
      ...{ 'hazard-false': 'done', 'sensor-fault': 'done', 'wrong-home': 'done' },
      ...{ 'hazard-real': 'left', 'needed-help': 'left' },
    },
    'home-check': {
      ...{ 'hazard-false': 'done', away: 'done', refused: 'done', 'wrong-home': 'done' },
      'hazard-real': 'left',
    },
    'roster-gap': { fine: 'done' },
  } as const satisfies Record<TaskKind, Partial<Record<Outcome, 'done' | 'left'>>>

  test.each(kinds)('a %s offers what can be found there, and nothing else is taken', (kind) => {
    const offered: Partial<Record<Outcome, 'done' | 'left'>> = table[kind]
    expect(outcomesOf[kind].toSorted()).toEqual(Object.keys(offered).toSorted())
    const ends = { done: ['found', 'closed'], left: ['found'] }
    for (const outcome of outcomes) {
      const end = offered[outcome]
      const expected = end ? ends[end] : { fault: 'bad-input', field: 'outcome' }
      const change = decideAct({ ...at, kind }, concernedOf(), { ...find, outcome })
      expect(statesOf(change)).toEqual(expected)
    }
  })
})

test.each([
  ['310104011013-01-26-501', '310104011013-01-26-501', true],
  ['310104011013-01-26-501', '310104011013-01-26', true],
  ['310104011013-01-26-501', '310104011013-01-2', false],
  ['310104011013-01-26-501', '310104011013-01-26-50', false],
  ['310104011013-01-26', '310104011013-01-26-501', false],
])('a task at %s is at the tag of %s: %s', (place, tag, expected) => {
  expect(isAtPlace(place as PlaceCode, tag as PlaceCode)).toBe(expected)
})
