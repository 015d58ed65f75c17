import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf, text } from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { maybePlace } from '../../ground/places/api.ts'
import { acts, deadlineKinds, kinds, signalsMax, states } from './types.ts'

/** What the finding says in numbers; every text is made of them by the page, in its language. */
const facts = closed({
  since: maybe(instant()),
  silentMs: maybe(Type.Integer()),
  gapMs: maybe(Type.Integer()),
  gaps: Type.Array(closed({ from: instant(), to: instant() }), { maxItems: 64 }),
  devices: Type.Array(closed({ device: id('device'), kind: Type.String() }), { maxItems: 200 }),
  gateway: maybe(Type.String()),
  heardAt: maybe(instant()),
  /** What was heard where, oldest first; `count` says how much in all. */
  signals: Type.Optional(
    Type.Array(
      closed({
        device: id('device'),
        kind: Type.String(),
        state: Type.String(),
        value: maybe(Type.Integer()),
        at: instant(),
      }),
      { maxItems: signalsMax },
    ),
  ),
  count: Type.Optional(Type.Integer()),
  lead: Type.Optional(
    closed({ days: Type.Integer(), ofDays: Type.Integer(), peers: Type.Integer() }),
  ),
})

const row = {
  task: id('task'),
  kind: oneOf(kinds),
  state: oneOf(states),
  place: maybePlace,
  openedAt: instant(),
  acknowledgeBy: instant(),
  dueAt: instant(),
  dueKind: oneOf(deadlineKinds),
  rule: Type.String(),
  ruleVersion: Type.Integer(),
  facts,
  /** What the asker may do next, the usual one first. Empty when nothing is theirs to do. */
  next: Type.Array(oneOf(acts)),
  note: maybe(id('note')),
}

/** Mine, by deadline. */
export const myTasks = endpoint({
  get: '/tasks/mine',
  says: 'The open tasks of the asker, by deadline',
  who: ['committee', 'street'],
  sees: ['address', 'last-seen'],
  why: 'task',
  how: 'list',
  input: closed({}),
  output: closed({
    tasks: Type.Array(closed(row), { maxItems: 500 }),
    closedToday: Type.Integer(),
    now: instant(),
  }),
})

export const oneTask = endpoint({
  get: '/tasks/one',
  says: 'One task of the asker with its history',
  who: ['committee', 'street'],
  sees: ['address', 'last-seen', 'visit-outcome'],
  why: 'task',
  input: closed({ task: id('task') }),
  output: closed({
    ...row,
    responsible: closed({ title: Type.String(), unit: Type.String() }),
    /** What can be found in such a task, in the order of its form. */
    offers: Type.Array(oneOf(outcomes)),
    outcome: maybe(oneOf(outcomes)),
    words: maybe(Type.String()),
    log: Type.Array(
      closed({
        at: instant(),
        act: oneOf(['raised', 'joined', ...acts]),
        state: oneOf(states),
        title: maybe(Type.String()),
        unit: maybe(Type.String()),
        outcome: maybe(oneOf(outcomes)),
        words: maybe(Type.String()),
      }),
    ),
    now: instant(),
  }),
})

/** One step of a task. `from` is the state the asker saw: if it moved on, nothing is done. */
export const act = endpoint({
  post: '/tasks/act',
  says: 'Acknowledges, sets out, arrives, says what was found, closes',
  who: ['committee', 'street'],
  sees: [],
  why: 'task',
  input: closed({
    task: id('task'),
    act: oneOf(acts),
    from: oneOf(states),
    outcome: Type.Optional(oneOf(outcomes)),
    words: Type.Optional(text({ max: 200 })),
  }),
  output: closed({ state: oneOf(states) }),
})
