/**
 * Decoders: what a gateway's message says, device by device, in the common form. They know the
 * two formats' envelopes; what a device's own fields mean is data (`Model.fields`). Pure.
 */
import type { Model } from '../../devices/index.ts'
import type { Refusal, Said } from '../types.ts'
import { decodeChirpstack } from './chirpstack.ts'
import { decodeZigbee2mqtt } from './zigbee2mqtt.ts'

export { readByModel } from './read.ts'

export type Refused = { refused: Refusal; because: string }

/** What one message of a gateway says of one device, by the gateway's name for it. */
export type Addressed = { name: string; said: Said[] } | ({ name: string } & Refused)

/** `exposes` as zigbee2mqtt declares them. */
export type DeclaredModel = { name: string; vendor: string; model: string; exposes: unknown[] }

/** `gateway-heard` proves that the gateway lives, and nothing about a device. */
export type GatewayMessage =
  | { kind: 'said'; about: Addressed[] }
  | { kind: 'gateway-heard' }
  | { kind: 'declared'; models: DeclaredModel[] }
  | ({ kind: 'refused' } & Refused)

/** Null is a device that is listed without a model, undefined one that is not listed. */
export type ModelOf = (name: string) => Model | null | undefined

/**
 * `rest` is the topic below `lilong/STREET/GATEWAY/`, `payload` strictly read JSON. Names come back
 * as the registry writes them: device EUIs small, friendly names in Unicode's NFC.
 */
export function decodeGateway(
  format: 'zigbee2mqtt' | 'chirpstack',
  rest: string,
  payload: unknown,
  modelOf: ModelOf,
): GatewayMessage {
  switch (format) {
    case 'zigbee2mqtt':
      return decodeZigbee2mqtt(rest, payload, modelOf)
    case 'chirpstack':
      return decodeChirpstack(rest, payload, modelOf)
    default:
      return format satisfies never
  }
}
