import { biometricField } from '../../../kernel/biometric.ts'
import type { Instant } from '../../../kernel/clock.ts'
import { readJson } from '../../../platform/json.ts'
import type { Said } from '../types.ts'
import type { Addressed, GatewayMessage, ModelOf, Refused } from './index.ts'
import { readByModel } from './read.ts'
import { isBody, momentIn, percentIn, sequenceIn, type Body } from './values.ts'

const heard: GatewayMessage = { kind: 'gateway-heard' }
/** Below our own prefix: version 4 and 3 as we set them, or with their own usual beginning. */
const ofDevice = /^(?:application\/[^/]+\/device\/)?([0-9a-f]{16})\/(?:event\/)?([a-z]+)$/i
/** What radio gateways tell of themselves. */
const ofRadio = /^(?:[a-z0-9_]+\/)?gateway\/[0-9a-f]{16}\//i
const objectDepthMax = 16

/**
 * One message of ChirpStack in JSON, version 4 or 3. An uplink, a join and a status were sent by
 * the device itself; the rest is about it.
 */
export function decodeChirpstack(rest: string, payload: unknown, modelOf: ModelOf): GatewayMessage {
  const [, eui = '', event = ''] = ofDevice.exec(rest) ?? []
  if (eui === '') {
    return ofRadio.test(rest) ? heard : refuse({ refused: 'malformed', because: 'no such topic' })
  }
  const isOfDevice = sentByDevice.has(event)
  if (!isOfDevice) {
    return about.has(event) ? heard : refuse({ refused: 'malformed', because: 'no such event' })
  }
  if (!isBody(payload)) return refuse({ refused: 'malformed', because: 'not an object' })
  const name = eui.toLowerCase()
  const wrong = wrongSender(name, payload)
  const one: Addressed = wrong ? { name, ...wrong } : readEvent(name, event, payload, modelOf)
  return { kind: 'said', about: [one] }
}

const sentByDevice = new Set(['up', 'rx', 'status', 'join'])
const about = new Set(['ack', 'txack', 'log', 'error', 'location', 'integration'])

function refuse(refused: Refused): GatewayMessage {
  return { kind: 'refused', ...refused }
}

/** Topic and message must name the same device: else one could speak as another. */
function wrongSender(name: string, payload: Body): Refused | undefined {
  const biometric = biometricField(payload)
  if (biometric !== undefined) return { refused: 'biometric', because: biometric }
  const { deviceInfo, devEUI } = payload
  const eui = isBody(deviceInfo) ? deviceInfo['devEui'] : devEUI
  if (eui === undefined || hexOf(eui) === name) return undefined
  return { refused: 'malformed', because: 'topic and message name two devices' }
}

/** Version 3 writes a device EUI in base64 where it follows Protocol Buffers. */
function hexOf(eui: unknown): string | undefined {
  if (typeof eui !== 'string' || eui.length > 16) return undefined
  return /^[0-9a-f]{16}$/i.test(eui)
    ? eui.toLowerCase()
    : Buffer.from(eui, 'base64').toString('hex')
}

function readEvent(name: string, event: string, payload: Body, modelOf: ModelOf): Addressed {
  const model = modelOf(name)
  if (model === undefined) return { name, refused: 'not-listed', because: 'not listed here' }
  const at = sentAt(payload)
  if (event === 'join') return { name, said: [{ ...heartbeat, at }] }
  if (event === 'status') return { name, said: [{ ...heartbeat, at, ...batteryIn(payload) }] }
  if (model === null) return { name, refused: 'unknown-model', because: 'it has no model' }
  const object = objectIn(payload)
  if (!object) return { name, refused: 'undeclared', because: 'no codec: the uplink has no object' }
  const read = readByModel(model, { ...payload, object })
  if (!Array.isArray(read)) return { name, ...read }
  // Protocol Buffers leave out a 0: the first uplink of a session has no counter.
  const counter = payload['fCnt'] === undefined ? 0 : sequenceIn(payload['fCnt'])
  if (counter === undefined) return { name, refused: 'malformed', because: 'fCnt is no counter' }
  const stored = read.slice(0, -1)
  const own = read.at(-1) ?? heartbeat
  const whole = { ...own, sequence: own.sequence ?? counter, at: own.at ?? at }
  return { name, said: [...stored, whole] }
}

const heartbeat: Said = {
  sequence: null,
  at: null,
  facts: [],
  battery: null,
  isBatteryLow: null,
  isTampered: null,
}

/** On mains the level means nothing; where it is left out it is not known. */
function batteryIn({ batteryLevel, externalPowerSource, batteryLevelUnavailable }: Body) {
  const isMeant = externalPowerSource !== true && batteryLevelUnavailable !== true
  return { battery: isMeant ? percentIn(batteryLevel) : null }
}

function sentAt({ time, publishedAt }: Body): Instant | null {
  return momentIn(time ?? publishedAt, 'iso') ?? null
}

/** Decoded fields; version 3 writes them as JSON within the JSON. */
function objectIn({ object, objectJSON }: Body): Body | undefined {
  if (isBody(object)) return object
  if (typeof objectJSON !== 'string') return undefined
  const read = readJson(objectJSON, objectDepthMax)
  return 'value' in read && isBody(read.value) ? read.value : undefined
}
