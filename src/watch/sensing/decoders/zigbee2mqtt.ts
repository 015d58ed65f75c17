import { biometricField } from '../../../kernel/biometric.ts'
import type { Said } from '../types.ts'
import type { DeclaredModel, GatewayMessage, ModelOf, Refused } from './index.ts'
import { readByModel } from './read.ts'
import { isBody, momentIn, numberIn, type Body } from './values.ts'

const heard: GatewayMessage = { kind: 'gateway-heard' }
const devicesMax = 1000
const exposesMax = 1000
const nameLettersMax = 200
/** `…/set/state` and `…/get/battery` name a field behind the verb. */
const notOfDevice = /\/availability$|\/(get|set)(\/[^/]+)?$/

/**
 * One message of zigbee2mqtt, from version 1.17 on (JSON output). What it publishes of itself, and
 * the availability that it works out of a device, is no heartbeat of any device.
 */
export function decodeZigbee2mqtt(
  rest: string,
  payload: unknown,
  modelOf: ModelOf,
): GatewayMessage {
  if (rest === 'bridge/devices') return declaredBy(payload)
  if (rest === 'bridge' || rest.startsWith('bridge/') || notOfDevice.test(rest)) return heard
  const name = rest.normalize('NFC')
  const say = (one: { said: Said[] } | Refused): GatewayMessage => ({
    kind: 'said',
    about: [{ name, ...one }],
  })
  const biometric = biometricField(payload)
  if (biometric !== undefined) return say({ refused: 'biometric', because: biometric })
  const model = modelOf(name)
  if (model === undefined) return say({ refused: 'not-listed', because: 'not listed here' })
  if (model === null) return say({ refused: 'unknown-model', because: 'it has no model' })
  const read = readByModel(model, payload)
  if (!Array.isArray(read)) return say(read)
  // All that it knows of the device is null: nothing was heard of it since zigbee2mqtt began.
  return read.length === 0 ? heard : say({ said: read.map((said) => timed(said, payload)) })
}

/** `last_seen` is of the envelope: when zigbee2mqtt last heard the device, in one of its forms. */
function timed(said: Said, payload: unknown): Said {
  if (said.at !== null || !isBody(payload)) return said
  const { last_seen: seen } = payload
  const at = momentIn(seen, numberIn(seen) === undefined ? 'iso' : 'unix-ms')
  return { ...said, at: at ?? null }
}

/** Devices without a definition (the coordinator, what is not supported) declare nothing. */
function declaredBy(payload: unknown): GatewayMessage {
  if (!Array.isArray(payload)) {
    return { kind: 'refused', refused: 'malformed', because: 'bridge/devices is not a list' }
  }
  if (payload.length > devicesMax) {
    return { kind: 'refused', refused: 'too-large', because: `more than ${devicesMax} devices` }
  }
  return { kind: 'declared', models: payload.flatMap((one) => (isBody(one) ? modelIn(one) : [])) }
}

function modelIn({ friendly_name: name, definition }: Body): DeclaredModel[] {
  if (!isBody(definition)) return []
  const { vendor, model, exposes } = definition
  if (!isName(name) || !isName(vendor) || !isName(model)) return []
  if (!Array.isArray(exposes) || exposes.length > exposesMax) return []
  return [{ name: name.normalize('NFC'), vendor, model, exposes }]
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= nameLettersMax
}
