import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf } from '../../kernel/contract.ts'
import { placeShape } from '../../ground/places/api.ts'
import { deviceKinds, devicePurposes, formats } from '../devices/types.ts'
import { conditions, deviceStates, refusals, remarks } from './types.ts'

const counted = <T extends readonly string[]>(words: T) =>
  Type.Array(
    closed({ day: Type.String(), reason: oneOf(words), count: Type.Integer(), lastAt: instant() }),
    { maxItems: 300 },
  )

const intervals = Type.Array(closed({ from: instant(), to: instant() }), { maxItems: 1_000 })

const health = {
  state: oneOf(deviceStates),
  heardAt: maybe(instant()),
  battery: maybe(Type.Integer()),
  conditions: Type.Array(closed({ condition: oneOf(conditions), since: instant() })),
}

const row = {
  device: id('device'),
  kind: oneOf(deviceKinds),
  purpose: oneOf(devicePurposes),
  label: Type.String(),
  place: placeShape,
  model: maybe(Type.String()),
  gateway: maybe(closed({ gateway: id('gateway'), name: Type.String() })),
  heartbeatSeconds: Type.Integer(),
  lentUntil: maybe(Type.String()),
  ...health,
}

/**
 * The devices of the asker: a committee's own, the whole street for its officers. Devices inside
 * homes are counted, not listed: that somebody has a sensor at home is a look, on its own page.
 */
export const listDevices = endpoint({
  get: '/sensing/devices',
  says: 'Devices in shared places with their health, and counts by neighbourhood and kind',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'device-operation',
  how: 'list',
  input: closed({
    committee: Type.Optional(id('committee')),
    kind: Type.Optional(oneOf(deviceKinds)),
    state: Type.Optional(oneOf(deviceStates)),
  }),
  output: closed({
    devices: Type.Array(closed(row), { maxItems: 500 }),
    total: Type.Integer(),
    counts: Type.Array(
      closed({
        committee: id('committee'),
        name: Type.String(),
        kind: oneOf(deviceKinds),
        alive: Type.Integer(),
        quiet: Type.Integer(),
        unknown: Type.Integer(),
        neverReported: Type.Integer(),
      }),
      { maxItems: 2_000 },
    ),
    now: instant(),
  }),
})

/**
 * A device's page: its health and what was refused; what it said only where its purpose tells of
 * no person. That somebody has it at home says that they take part, so the page of such a device is
 * for the home's own committee and the street, and opening it is a look at whoever agreed there.
 */
export const oneDevice = endpoint({
  get: '/sensing/device',
  says: 'One device: place, health, coverage, refusals and remarks of 14 days, tasks',
  who: { committee: 'committee', street: 'street' },
  sees: ['address'],
  why: 'device-operation',
  input: closed({ device: id('device') }),
  output: closed({
    ...row,
    keeper: Type.String(),
    nameAtGateway: maybe(Type.String()),
    /** False where its gateway decodes and speaks for it. */
    hasCredential: Type.Boolean(),
    perMinuteMax: Type.Integer(),
    replaces: maybe(id('device')),
    replacedBy: maybe(id('device')),
    installedAt: instant(),
    revokedAt: maybe(instant()),
    topic: Type.String(),
    refusals: counted(refusals),
    remarks: counted(remarks),
    /** Intervals in which it worked, of the last 14 days; between them nothing is known. */
    coverage: intervals,
    /** When every sensor of its home worked; null where it serves no home. */
    homeCoverage: maybe(intervals),
    /** Readings a day, by purpose; never what a person's sensor sensed. */
    readings: Type.Array(
      closed({ day: Type.String(), purpose: oneOf(devicePurposes), count: Type.Integer() }),
      { maxItems: 60 },
    ),
    /** The newest readings of purposes that tell of no person. */
    newest: Type.Array(
      closed({
        eventAt: instant(),
        arrivedAt: instant(),
        state: Type.String(),
        value: maybe(Type.Integer()),
      }),
      { maxItems: 20 },
    ),
    tasks: Type.Array(
      closed({
        task: id('task'),
        rule: Type.String(),
        state: Type.String(),
        openedAt: instant(),
        outcome: maybe(Type.String()),
        /** Whether it is the asker's to do, and so theirs to open. */
        isMine: Type.Boolean(),
      }),
      { maxItems: 50 },
    ),
    now: instant(),
  }),
})

export const listGateways = endpoint({
  get: '/sensing/gateways',
  says: 'Gateways with their health and how many of their devices are heard',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'device-operation',
  how: 'list',
  input: closed({}),
  output: closed({
    gateways: Type.Array(
      closed({
        gateway: id('gateway'),
        name: Type.String(),
        maker: Type.String(),
        format: oneOf(formats),
        place: placeShape,
        heardAt: maybe(instant()),
        isConnected: Type.Boolean(),
        devices: Type.Integer(),
        heard: Type.Integer(),
        refusals: counted(refusals),
        isCopied: Type.Boolean(),
      }),
      { maxItems: 500 },
    ),
    now: instant(),
  }),
})
