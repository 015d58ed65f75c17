import { Type } from 'typebox'
import { closed, endpoint, instant, maybe, oneOf } from '../../kernel/contract.ts'

/** The demo people, homes and devices, so that somebody new finds their way. */
export const listTown = endpoint({
  get: '/demo/town',
  says: 'People, homes and devices of the demo town',
  who: ['operator'],
  sees: ['name', 'address', 'post'],
  why: 'operation',
  how: 'command',
  input: closed({}),
  output: closed({
    street: maybe(Type.String()),
    people: Type.Array(
      closed({
        name: Type.String(),
        role: oneOf(['resident', 'committee', 'street']),
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
  who: ['operator'],
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
  who: ['operator'],
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
  who: ['operator'],
  sees: [],
  why: 'operation',
  input: closed({ simulator: Type.String({ maxLength: 36 }), isFirst: Type.Boolean() }),
  output: closed({ holds: Type.Boolean(), now: instant(), speed: Type.Number() }),
})

/** Empties the town and opens it anew. Answers before it begins. */
export const resetTown = endpoint({
  post: '/demo/reset',
  says: 'Deletes everything in this installation and opens the town anew',
  who: ['operator'],
  sees: [],
  why: 'operation',
  input: closed({ really: Type.Literal('delete everything') }),
  output: closed({ resetting: Type.Boolean() }),
})
