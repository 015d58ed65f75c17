import { readFileSync } from 'node:fs'
import { shippedModels } from '../../../devices/declare/index.ts'
import type { DeviceKind, Field, Model } from '../../../devices/index.ts'
import type { Fact, Said } from '../../types.ts'
import { decodeGateway } from '../index.ts'

export const shipped = shippedModels(JSON.parse(readFileSync('data/device-models.json', 'utf8')))

export const eui = '24e124538b223213'
export const at = Date.parse('2026-07-09T09:42:00+08:00')
export const quietSaid: Said = {
  ...{ sequence: null, at: null, facts: [] },
  ...{ battery: null, isBatteryLow: null, isTampered: null },
}

export function modelNamed(name: string): Model {
  const found = shipped.find(({ model }) => model === name)
  if (!found) throw new Error(name)
  return found
}

export function madeOf(format: Model['format'], ...fields: Field[]): Model {
  return { id: 'm', vendor: 'v', model: 'm', format, kinds: [], fields, source: '' }
}

export function fact(kind: DeviceKind, state: string, value: number | null = null): Fact {
  return { kind, state, value }
}

/** What one zigbee2mqtt message says of the device `hall/door`. */
export function zigbeeSaid(model: Model | null | undefined, payload: unknown, rest = 'hall/door') {
  return decodeGateway('zigbee2mqtt', rest, payload, () => model)
}

export function uplink(object: unknown, more: object = {}) {
  return {
    deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
    time: '2026-07-09T09:42:00.775023242+08:00',
    deviceInfo: { deviceName: 'x', devEui: eui, tags: { key: 'value' } },
    ...{ fCnt: 24, fPort: 85, object },
    ...more,
  }
}

export function chirpSaid(
  model: Model | null | undefined,
  payload: unknown,
  rest = `${eui}/event/up`,
) {
  return decodeGateway('chirpstack', rest, payload, () => model)
}
