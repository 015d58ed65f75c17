import { fieldsFromExposes } from '../../src/watch/devices/declare/index.ts'
import type { Field } from '../../src/watch/devices/types.ts'

type Declaring = { vendor: string; model: string }
type Zigbee = { devices: (Declaring & { exposes: unknown[] })[] }
type Lorawan = { devices: (Declaring & { source: string; fields: Field[] })[] }

const zigbeeSource = 'zigbee-herdsman-converters 26.112.0'

/**
 * `data/device-models.json`, one model a line: what zigbee2mqtt declares of 461 models, read by the
 * product's own rules, and the rows written by hand for LoRaWAN. Both parsed from `data/`.
 */
export function deviceModels(zigbee: unknown, lorawan: unknown): string {
  const rows = [
    ...(zigbee as Zigbee).devices.map(({ vendor, model, exposes }) => ({
      ...{ vendor, model, format: 'zigbee2mqtt', source: zigbeeSource },
      fields: fieldsFromExposes(exposes).fields,
    })),
    ...(lorawan as Lorawan).devices.map(({ vendor, model, source, fields }) => ({
      ...{ vendor, model, format: 'chirpstack', source, fields },
    })),
  ]
  return `{"models":[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]}\n`
}
