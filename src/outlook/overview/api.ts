import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf, text } from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { matters as kinds } from '../../kernel/matter.ts'
import { states } from '../../desks/tasks/types.ts'
import { deviceKinds } from '../../watch/devices/types.ts'
import { tileStates } from './types.ts'

const urgency = oneOf(['emergency', 'usual'])
/** A day, 'YYYY-MM-DD', or a month, 'YYYY-MM', in the town's time. */
const span = Type.String({
  pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$',
})
const count = Type.Integer({ minimum: 0 })
const holder = closed({ title: Type.String(), unit: Type.String() })

const matter = {
  task: id('task'),
  kind: oneOf(kinds),
  rule: Type.String(),
  urgency,
  state: oneOf(states),
  committee: id('committee'),
  openedAt: instant(),
  deadline: instant(),
  tier: Type.Integer(),
  /** Who has it now, as a post. */
  post: holder,
}

const health = {
  alive: count,
  quiet: count,
  unknown: count,
  neverReported: count,
}

/** Everything stops at the neighbourhood: no stair, no home, nobody's name. */
export const streetNow = endpoint({
  get: '/overview/street',
  says: 'What is open in the street now, by neighbourhood and urgency, and how its devices are',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  how: 'list',
  input: closed({}),
  output: closed({
    name: Type.String(),
    /** The officers on duty now; empty: a gap, and the page says so. */
    onDuty: Type.Array(closed({ title: Type.String(), until: maybe(instant()) }), { maxItems: 20 }),
    open: count,
    emergencies: count,
    devicesUnknown: count,
    closedToday: count,
    /** What is usual by this time on the same weekday; null: not known yet. */
    usualByNow: maybe(count),
    /** The newest minute's look: whether something fell through. Null: none has been taken yet. */
    proof: maybe(
      closed({ at: instant(), unowned: count, unescalated: count, lateMs: Type.Integer() }),
    ),
    matters: Type.Array(closed(matter), { maxItems: 500 }),
    committees: Type.Array(
      closed({
        committee: id('committee'),
        name: Type.String(),
        tile: oneOf(tileStates),
        open: count,
        ...health,
      }),
      { maxItems: 200 },
    ),
    kinds: Type.Array(closed({ kind: oneOf(deviceKinds), ...health }), { maxItems: 40 }),
    /** Hours of the next seven days in which somebody is missing. */
    gaps: Type.Array(
      closed({ unit: Type.String(), from: instant(), to: instant(), missing: count }),
      { maxItems: 100 },
    ),
    /** What the last shift left for this one, unread first. */
    notes: Type.Array(
      closed({
        note: Type.String(),
        at: instant(),
        title: Type.String(),
        words: Type.String(),
        readAt: maybe(instant()),
      }),
      { maxItems: 5 },
    ),
    now: instant(),
  }),
})

export const pulse = endpoint({
  get: '/overview/pulse',
  says: 'How much was heard each minute of the last three hours, beside a usual day',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({}),
  output: closed({
    minutes: Type.Array(closed({ at: instant(), heard: count }), { maxItems: 181 }),
    /** Null: fewer than three earlier weeks are known. */
    usual: maybe(Type.Array(closed({ at: instant(), low: count, high: count }), { maxItems: 181 })),
    now: instant(),
  }),
})

/** The list behind a number. */
export const listMatters = endpoint({
  get: '/overview/matters',
  says: 'Open matters of the street, or those opened or closed in a span',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  how: 'list',
  input: closed({
    committee: Type.Optional(id('committee')),
    kind: Type.Optional(oneOf(kinds)),
    rule: Type.Optional(text({ max: 60 })),
    /** A day or a month; neither this nor the next: what is open now. */
    closedIn: Type.Optional(span),
    openedIn: Type.Optional(span),
  }),
  output: closed({
    matters: Type.Array(
      closed({ ...matter, closedAt: maybe(instant()), outcome: maybe(oneOf(outcomes)) }),
      { maxItems: 500 },
    ),
    now: instant(),
  }),
})

/**
 * One matter with who did what when, which way it was told, and who could go. Where it is below the
 * neighbourhood is on the task's own page, for whoever is concerned in it.
 */
export const oneMatter = endpoint({
  get: '/overview/matter',
  says: 'One matter with its timeline, the ways it was told, and who could go',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({ task: id('task') }),
  output: closed({
    ...matter,
    committeeName: Type.String(),
    ruleVersion: Type.Integer(),
    /** The asker is concerned and may open the task itself. */
    isConcerned: Type.Boolean(),
    /** A resident reported it, and the asker's is the one post that may open who it was. */
    mayOpenReporters: Type.Boolean(),
    log: Type.Array(
      closed({
        at: instant(),
        act: Type.String(),
        state: oneOf(states),
        title: maybe(Type.String()),
        unit: maybe(Type.String()),
        /** Whom it turned to. */
        to: maybe(holder),
        outcome: maybe(oneOf(outcomes)),
      }),
      { maxItems: 200 },
    ),
    told: Type.Array(
      closed({
        title: Type.String(),
        unit: Type.String(),
        madeAt: instant(),
        attemptedAt: maybe(instant()),
        deliveredAt: maybe(instant()),
        acknowledgedAt: maybe(instant()),
      }),
      { maxItems: 40 },
    ),
    couldGo: Type.Array(
      closed({
        post: id('post'),
        title: Type.String(),
        unit: Type.String(),
        isOnDuty: Type.Boolean(),
        inHand: count,
        hasIt: Type.Boolean(),
      }),
      { maxItems: 20 },
    ),
    now: instant(),
  }),
})

const took = closed({
  count,
  /** Half, and nine of ten, were no slower, in ms; null: it happened to none. */
  half: maybe(Type.Integer()),
  nineOfTen: maybe(Type.Integer()),
})

export const monthInNumbers = endpoint({
  get: '/overview/month',
  says: 'A month of the street in numbers: how fast, by kind of matter, worst first',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({
    month: Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' }),
    committee: Type.Optional(id('committee')),
  }),
  output: closed({
    from: instant(),
    to: instant(),
    isOver: Type.Boolean(),
    rows: Type.Array(
      closed({
        kind: oneOf(kinds),
        rule: Type.String(),
        matters: count,
        answered: took,
        reached: took,
        closed: took,
        late: count,
        climbed: count,
        outcomes: Type.Array(closed({ outcome: oneOf(outcomes), count }), { maxItems: 20 }),
      }),
      { maxItems: 500 },
    ),
    committees: Type.Array(
      closed({
        committee: id('committee'),
        name: Type.String(),
        matters: count,
        late: count,
      }),
      { maxItems: 200 },
    ),
    now: instant(),
  }),
})
