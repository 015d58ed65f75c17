import { Type } from 'typebox'
import { closed, endpoint, id, instant, line, maybe, oneOf, text } from '../../kernel/contract.ts'
import { addedMax, deviceKinds, devicePurposes, formats, stepActs } from './types.ts'

const registrars = { street: 'street', operator: 'city' } as const
const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
/** Neither wildcards nor what turns the direction of writing. */
const nameAtGateway = Type.String({
  pattern: '^[^+#\\u0000-\\u001f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]{1,100}$',
})
const modelId = line({ min: 1, max: 120 })
const heartbeatSeconds = Type.Integer({ minimum: 10, maximum: 86_400 })
const perMinuteMax = Type.Integer({ minimum: 1, maximum: 6_000 })

/** A credential is shown once. Null where the device speaks only through its gateway. */
const credential = {
  username: maybe(Type.String()),
  password: maybe(Type.String()),
  topic: Type.String(),
  example: Type.String(),
}

const addedDevice = closed({
  kind: oneOf(deviceKinds),
  place: id('place'),
  purpose: Type.Optional(oneOf(devicePurposes)),
  model: Type.Optional(modelId),
  gateway: Type.Optional(id('gateway')),
  nameAtGateway: Type.Optional(nameAtGateway),
  heartbeatSeconds: Type.Optional(heartbeatSeconds),
  perMinuteMax: Type.Optional(perMinuteMax),
  label: Type.Optional(line({ max: 40 })),
  keeper: Type.Optional(line({ max: 40 })),
})

const told = { device: id('device'), ...credential }

/**
 * Registers a device at a place. The password is random (256 bits), shown once, kept as SHA-256. A
 * device behind a gateway that decodes for it (`nameAtGateway`) has none of its own. Where
 * `purpose` is left out it follows from kind and place; `agreed-care` is the only purpose that a
 * door, motion sensor or meter inside a home can have, but for one sum a day of a crowding check.
 */
export const addDevice = endpoint({
  post: '/devices/add',
  says: 'Adds a device to a place; its password is shown this once',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: addedDevice,
  output: closed(told),
})

/** All or none, in one street. The answer stands in the order of the list. */
export const addDevices = endpoint({
  post: '/devices/many',
  says: 'Adds up to 500 devices at once, or none; their passwords are shown this once',
  who: registrars,
  sees: [],
  why: 'device-operation',
  bodyBytesMax: 512 * 1024,
  input: closed({ devices: Type.Array(addedDevice, { minItems: 1, maxItems: addedMax }) }),
  output: closed({ devices: Type.Array(closed(told), { maxItems: addedMax }) }),
})

export const moveDevice = endpoint({
  post: '/devices/move',
  says: 'Moves a device to another place; what it said before stays with the old one',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({
    device: id('device'),
    place: id('place'),
    purpose: Type.Optional(oneOf(devicePurposes)),
    words: Type.Optional(text({ max: 200 })),
  }),
  output: closed({ device: id('device') }),
})

/** The new device takes the old one's place, kind, purpose and gateway; the old one is revoked. */
export const replaceDevice = endpoint({
  post: '/devices/replace',
  says: 'Puts a new device in the place of an old one, with a credential of its own',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({
    device: id('device'),
    model: Type.Optional(modelId),
    nameAtGateway: Type.Optional(nameAtGateway),
    words: Type.Optional(text({ max: 200 })),
  }),
  output: closed({ device: id('device'), ...credential }),
})

export const revokeDevice = endpoint({
  post: '/devices/revoke',
  says: 'Ends a device’s credential',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({ device: id('device'), words: Type.Optional(text({ max: 200 })) }),
  output: closed({ device: id('device') }),
})

/** Lending has an end: afterwards the device’s page says that it is overdue. */
export const lendDevice = endpoint({
  post: '/devices/lend',
  says: 'Lends a device to a home until a day',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({ device: id('device'), home: id('home'), until: day }),
  output: closed({ device: id('device') }),
})

export const returnDevice = endpoint({
  post: '/devices/return',
  says: 'Takes a lent device back to a place',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({ device: id('device'), place: id('place') }),
  output: closed({ device: id('device') }),
})

export const renewCredential = endpoint({
  post: '/devices/credential',
  says: 'Makes a new password for a device or gateway; the old one ends at once',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({ source: Type.Union([id('device'), id('gateway')]) }),
  output: closed({ username: Type.String(), password: Type.String() }),
})

/** A gateway publishes for the devices listed under it, and for nobody else. */
export const addGateway = endpoint({
  post: '/devices/gateways',
  says: 'Adds a gateway; its password is shown this once, with the settings to copy',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({
    name: Type.String({ pattern: '^[0-9A-Za-z-]{1,40}$' }),
    maker: Type.Optional(line({ max: 60 })),
    format: oneOf(formats),
    place: id('place'),
  }),
  output: closed({
    gateway: id('gateway'),
    username: Type.String(),
    password: Type.String(),
    topic: Type.String(),
    settings: Type.String(),
  }),
})

export const revokeGateway = endpoint({
  post: '/devices/gateways/revoke',
  says: 'Ends a gateway’s credential; its devices fall silent',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({ gateway: id('gateway') }),
  output: closed({ gateway: id('gateway') }),
})

/** Names and ids to register by: the street's, for the operator all. Health: see `sensing`. */
export const listGateways = endpoint({
  get: '/devices/gateways',
  says: 'The gateways that are not revoked',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({}),
  output: closed({
    gateways: Type.Array(
      closed({
        gateway: id('gateway'),
        street: id('street'),
        name: Type.String(),
        maker: Type.String(),
        format: oneOf(formats),
        place: id('place'),
        installedAt: instant(),
      }),
      { maxItems: 1_000 },
    ),
  }),
})

const modelShape = {
  id: Type.String(),
  vendor: Type.String(),
  model: Type.String(),
  format: oneOf(formats),
  kinds: Type.Array(oneOf(deviceKinds)),
  source: Type.String(),
  /** Each declared field, what it reads, and the whole of it as JSON. */
  fields: Type.Array(
    closed({ path: Type.String(), reads: Type.String(), declared: Type.String() }),
    { maxItems: 400 },
  ),
}

const json = Type.String({ minLength: 2, maxLength: 200_000 })

export const findModels = endpoint({
  get: '/devices/models',
  says: 'Models whose name holds a text, with the fields they declare',
  who: { committee: 'committee', street: 'street', operator: 'city' },
  sees: [],
  why: 'device-operation',
  input: closed({ text: Type.Optional(text({ max: 60 })) }),
  output: closed({
    models: Type.Array(closed(modelShape), {
      maxItems: 50,
    }),
    total: Type.Integer(),
  }),
})

/**
 * Adding a model is a row, not code. `fields` as in types.ts, or `exposes` as zigbee2mqtt declares
 * them, from which the fields follow; either as the JSON text of a list.
 */
export const addModel = endpoint({
  post: '/devices/models',
  says: 'Adds or replaces a model by the fields that it declares',
  who: { street: 'street', operator: 'city' },
  sees: [],
  why: 'device-operation',
  bodyBytesMax: 256 * 1024,
  input: closed({
    vendor: line({ min: 1, max: 60 }),
    model: line({ min: 1, max: 60 }),
    format: oneOf(formats),
    source: text({ min: 1, max: 200 }),
    fields: Type.Optional(json),
    exposes: Type.Optional(json),
  }),
  output: closed(modelShape),
})

const importRow = closed({
  row: Type.Integer(),
  kind: Type.String(),
  place: Type.String(),
  gateway: Type.String(),
  nameAtGateway: Type.String(),
  model: Type.String(),
  errors: Type.Array(closed({ column: Type.String(), 'zh-CN': Type.String(), en: Type.String() })),
})

/** The template as an .xlsx file in base64. */
export const importTemplate = endpoint({
  get: '/devices/import/template',
  says: 'The Excel template for bringing in many devices',
  who: registrars,
  sees: [],
  why: 'device-operation',
  input: closed({}),
  output: closed({ name: Type.String(), base64: Type.String() }),
})

/** Reads the file and says what would happen; nothing is written. */
export const importDryRun = endpoint({
  post: '/devices/import/dry-run',
  says: 'What an Excel file of devices would add, row by row; nothing is written',
  who: registrars,
  sees: [],
  why: 'device-operation',
  bodyBytesMax: 4 * 1024 * 1024,
  input: closed({ base64: Type.String({ maxLength: 4_000_000, pattern: '^[0-9A-Za-z+/=]*$' }) }),
  output: closed({
    rows: Type.Array(importRow, { maxItems: 5_000 }),
    good: Type.Integer(),
    bad: Type.Integer(),
  }),
})

/** All rows or none. Passwords come back once, as an .xlsx file in base64. */
export const importDevices = endpoint({
  post: '/devices/import',
  says: 'Adds every device of an Excel file, or none; the passwords are shown this once',
  who: registrars,
  sees: [],
  why: 'device-operation',
  bodyBytesMax: 4 * 1024 * 1024,
  input: closed({ base64: Type.String({ maxLength: 4_000_000, pattern: '^[0-9A-Za-z+/=]*$' }) }),
  output: closed({
    added: Type.Integer(),
    bad: Type.Integer(),
    rows: Type.Array(importRow, { maxItems: 5_000 }),
    name: maybe(Type.String()),
    base64: maybe(Type.String()),
  }),
})

/** A label holds the device’s page, its kind and its short number; nothing of who lives there. */
export const labels = endpoint({
  post: '/devices/labels',
  says: 'QR labels to print, one a device',
  who: { committee: 'committee', street: 'street', operator: 'city' },
  sees: [],
  why: 'device-operation',
  input: closed({ devices: Type.Array(id('device'), { minItems: 1, maxItems: 100 }) }),
  output: closed({
    labels: Type.Array(
      closed({
        device: id('device'),
        kind: oneOf(deviceKinds),
        shortNumber: Type.String(),
        label: Type.String(),
        url: Type.String(),
        svg: Type.String(),
      }),
    ),
  }),
})

/** What was done to a device or gateway, newest first. */
export const story = endpoint({
  get: '/devices/story',
  says: 'What was done to a device or gateway: installed, moved, lent, replaced, revoked',
  who: { committee: 'committee', street: 'street' },
  sees: ['address'],
  why: 'device-operation',
  input: closed({ source: Type.Union([id('device'), id('gateway')]) }),
  output: closed({
    steps: Type.Array(
      closed({
        at: instant(),
        act: oneOf(stepActs),
        place: maybe(Type.String()),
        words: Type.String(),
        title: maybe(Type.String()),
        unit: maybe(Type.String()),
      }),
      { maxItems: 200 },
    ),
  }),
})
