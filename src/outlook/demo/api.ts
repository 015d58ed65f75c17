import { Type } from 'typebox'
import {
  closed,
  endpoint,
  id,
  instant,
  maybe,
  oneOf,
  staffRoles,
  text,
} from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { matters } from '../../kernel/matter.ts'

/** The demo people, homes and devices, so that somebody new finds their way. */
export const listTown = endpoint({
  get: '/demo/town',
  says: 'People, homes and devices of the demo town',
  who: { operator: 'city' },
  sees: ['name', 'address', 'post'],
  why: 'operation',
  how: 'command',
  input: closed({}),
  output: closed({
    street: maybe(Type.String()),
    people: Type.Array(
      closed({
        name: Type.String(),
        role: oneOf(['resident', ...staffRoles]),
        unit: maybe(Type.String()),
        title: maybe(Type.String()),
        home: maybe(Type.String()),
      }),
    ),
    homes: Type.Array(
      closed({ home: Type.String(), place: Type.String(), devices: Type.Integer() }),
    ),
    devices: Type.Array(
      closed({
        device: Type.String(),
        kind: Type.String(),
        place: Type.String(),
        label: Type.String(),
        /** Its name, as people call it. */
        gateway: maybe(Type.String()),
        state: Type.String(),
      }),
    ),
  }),
})

export const status = endpoint({
  get: '/demo/status',
  says: 'Counts and health of the running program',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({}),
  output: closed({
    version: Type.String(),
    town: oneOf(['demo', 'empty']),
    now: instant(),
    clockSpeed: Type.Number(),
    migration: Type.String(),
    mqttConnected: Type.Integer(),
    pagesConnected: Type.Integer(),
    eventsAcknowledged: Type.Integer(),
    eventsRefused: Type.Integer(),
    plansWatched: Type.Integer(),
    sensorsWatched: Type.Integer(),
    tasksOpen: Type.Integer(),
    findingsWithoutOwner: Type.Integer(),
    memoryMb: Type.Integer(),
  }),
})

/** Only in the demo town: moves its clock forward or lets it run faster. Never backwards. */
export const setClock = endpoint({
  post: '/demo/clock',
  says: 'Moves the demo town’s clock forward, or sets its speed (1 to 3600)',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({
    at: Type.Optional(instant()),
    speed: Type.Optional(Type.Number({ minimum: 1, maximum: 3600 })),
  }),
  output: closed({ now: instant(), speed: Type.Number() }),
})

/** One simulator at a time lives the town's days: the one that asked last and still asks. */
export const holdTown = endpoint({
  post: '/demo/hold',
  says: 'Asks to be the one simulator of the demo town, or to stay it',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({ simulator: Type.String({ maxLength: 36 }), isFirst: Type.Boolean() }),
  output: closed({ holds: Type.Boolean(), now: instant(), speed: Type.Number() }),
})

/** For whoever lives the demo town's days: whose turn it is, as a post; no home and no person. */
export const openMatters = endpoint({
  get: '/demo/matters',
  says: 'What is open in the demo town: kind, state, clocks, and the post that has it in hand',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({}),
  output: closed({
    matters: Type.Array(
      closed({
        task: id('task'),
        kind: oneOf(matters),
        rule: Type.String(),
        urgency: oneOf(['emergency', 'usual']),
        state: Type.String(),
        committee: id('committee'),
        post: id('post'),
        openedAt: instant(),
        deadline: instant(),
      }),
      { maxItems: 500 },
    ),
    now: instant(),
  }),
})

/**
 * Only in the demo town: matters that a made-up year left behind, closed, of nobody and of no home,
 * with the score that each gave its rule's version. All or none.
 */
export const bringHistory = endpoint({
  post: '/demo/history',
  says: 'Brings closed matters of the demo town’s past, with what they say of the rules',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  bodyBytesMax: 512 * 1024,
  input: closed({
    matters: Type.Array(
      closed({
        kind: oneOf(matters),
        rule: Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$' }),
        ruleVersion: Type.Integer({ minimum: 1, maximum: 100_000 }),
        committee: id('committee'),
        post: id('post'),
        urgency: oneOf(['emergency', 'usual']),
        tier: Type.Integer({ minimum: 1, maximum: 8 }),
        openedAt: instant(),
        acknowledgeBy: instant(),
        dueAt: instant(),
        acknowledgedAt: instant(),
        setOutAt: maybe(instant()),
        arrivedAt: maybe(instant()),
        closedAt: instant(),
        outcome: oneOf(outcomes),
        words: maybe(text({ max: 200 })),
      }),
      { minItems: 1, maxItems: 500 },
    ),
  }),
  output: closed({ brought: Type.Integer() }),
})

/** Only in the demo town: in place of what is counted there, what was heard minute by minute. */
export const bringPulse = endpoint({
  post: '/demo/pulse',
  says: 'Brings what was heard each minute of the demo town’s past',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  bodyBytesMax: 128 * 1024,
  input: closed({
    /** A whole minute. */
    from: instant(),
    heard: Type.Array(Type.Integer({ minimum: 0, maximum: 1_000_000 }), {
      minItems: 1,
      maxItems: 10_080,
    }),
  }),
  output: closed({ brought: Type.Integer() }),
})

/** Empties the town and opens it anew. Answers before it begins. */
export const resetTown = endpoint({
  post: '/demo/reset',
  says: 'Deletes everything in this installation and opens the town anew',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({ really: Type.Literal('delete everything') }),
  output: closed({ resetting: Type.Boolean() }),
})
