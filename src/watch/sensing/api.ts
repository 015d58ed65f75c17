import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf } from '../../kernel/contract.ts'
import { placeShape } from '../../ground/places/api.ts'
import { deviceKinds, deviceStates, refusals } from './types.ts'

/** Registers a device in a home. The password is random, shown once, kept as SHA-256. */
export const addDevice = endpoint({
  post: '/sensing/devices',
  says: 'Adds a device to a home; its password is shown this once',
  who: ['street', 'operator'],
  sees: [],
  why: 'device-operation',
  input: closed({
    kind: oneOf(deviceKinds),
    home: id('home'),
    gateway: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{1,40}$' })),
    heartbeatSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400 })),
  }),
  output: closed({
    device: id('device'),
    username: Type.String(),
    password: Type.String(),
    topic: Type.String(),
    example: Type.String(),
  }),
})

export const revokeDevice = endpoint({
  post: '/sensing/revoke',
  says: 'Ends a device’s credential',
  who: ['street', 'operator'],
  sees: [],
  why: 'device-operation',
  input: closed({ device: id('device') }),
  output: closed({ device: id('device') }),
})

/**
 * A device's page: its health and what was refused, never what it sensed. That somebody has it at
 * home says that they take part, so the page is for the home's own committee and the street, and
 * opening it is a look at whoever agreed there.
 */
export const oneDevice = endpoint({
  get: '/sensing/device',
  says: 'One device: place, health, refusals of the last 14 days',
  who: ['committee', 'street'],
  sees: ['address'],
  why: 'device-operation',
  input: closed({ device: id('device') }),
  output: closed({
    device: id('device'),
    kind: oneOf(deviceKinds),
    place: placeShape,
    gateway: maybe(Type.String()),
    heartbeatSeconds: Type.Integer(),
    state: oneOf(deviceStates),
    heardAt: maybe(instant()),
    installedAt: instant(),
    revokedAt: maybe(instant()),
    refusals: Type.Array(
      closed({
        day: Type.String(),
        reason: oneOf(refusals),
        count: Type.Integer(),
        lastAt: instant(),
      }),
    ),
    now: instant(),
  }),
})
