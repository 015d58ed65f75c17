/** How it is written: canonical, alone or in a batch; as zigbee2mqtt does, or ChirpStack. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Field } from '../src/watch/devices/types.ts'
import type { TownDevice, TownGateway } from '../town/map.ts'
import type { Said } from './devices.ts'

/** `sender` is a username, so either a gateway or a device. */
export type Message = { sender: string; topic: string; payload: string }

/** As many as the server takes in one batch. */
const batchMax = 500
/** Where a device itself begins to say that its battery is low. */
const batteryLowPercent = 15

export function openWriter(gateways: readonly TownGateway[]) {
  const byName = new Map(gateways.map((gateway) => [gateway.name, gateway]))
  return (said: readonly Said[]): Message[] => {
    const messages: Message[] = []
    const batches = new Map<TownGateway, string[]>()
    for (const one of said) {
      const { device } = one
      const gateway = device.gateway === null ? undefined : byName.get(device.gateway)
      if (gateway?.format === 'canonical') {
        const batch = batches.get(gateway) ?? []
        batches.set(gateway, batch)
        batch.push(canonicalOf(one, device.device))
      } else if (gateway) {
        const payload = JSON.stringify(decodableOf(one, gateway))
        messages.push({ sender: gateway.username, topic: device.topic, payload })
      } else {
        messages.push({ sender: device.device, topic: device.topic, payload: canonicalOf(one) })
      }
    }
    return [...messages, ...[...batches].flatMap(([gateway, batch]) => inBatches(gateway, batch))]
  }
}

function inBatches({ username, topic }: TownGateway, items: string[]): Message[] {
  const messages: Message[] = []
  for (let at = 0; at < items.length; at += batchMax) {
    const payload = `[${items.slice(at, at + batchMax).join(',')}]`
    messages.push({ sender: username, topic: `${topic}/batch`, payload })
  }
  return messages
}

/** `at` in whole milliseconds since 1970. */
function canonicalOf(said: Said, device?: string): string {
  const { sequence: seq, at, claims = at, state, value, battery, tampered } = said
  return JSON.stringify({ device, seq, at: claims, state, value, battery, tampered })
}

function decodableOf(said: Said, { format }: TownGateway): object {
  const { device, at, claims = at, sequence } = said
  const body = declaredBody(device, said)
  const time = new Date(claims).toISOString()
  if (format !== 'chirpstack') return { ...body, linkquality: 96, last_seen: time }
  const devEui = device.topic.split('/').at(-3)
  return {
    ...{ deduplicationId: `${devEui}-${sequence}`, time, deviceInfo: { devEui } },
    ...{ fCnt: sequence, fPort: 85, ...body },
  }
}

/** What the model's declared fields have for it. A message that holds no more is a heartbeat. */
function declaredBody({ kind, model }: TownDevice, said: Said): object {
  const { value, battery, tampered } = said
  // With no battery to tell of, a gas detector says each time that all is well.
  const state = said.state === 'heartbeat' && kind === 'gas' ? 'clear' : said.state
  const body = {}
  for (const field of fieldsOf(model)) {
    switch (field.reads) {
      case 'state':
        if (field.kind === kind) set(body, field.path, wordFor(field.values, state))
        break
      case 'measure':
        if (field.measure === state) set(body, field.path, (value ?? 0) / field.per)
        break
      case 'battery':
        set(body, field.path, battery)
        break
      case 'battery-low':
        set(body, field.path, wordFor(field.values, (battery ?? 100) <= batteryLowPercent))
        break
      case 'tampered':
        set(body, field.path, wordFor(field.values, tampered ?? false))
        break
      default:
    }
  }
  return body
}

/** The payload's word for what is to be read; undefined where the model has none. */
function wordFor(values: Readonly<Record<string, unknown>>, read: unknown): unknown {
  const found = Object.keys(values).find((word) => values[word] === read)
  return found === undefined ? undefined : JSON.parse(found)
}

type Body = { [name: string]: unknown }

/** `object.current` is within `object`. Lists of what was stored are not written. */
function set(body: Body, path: string, value: unknown): void {
  if (value === undefined || path.includes('[]')) return
  const parts = path.split('.')
  const last = parts.pop() ?? path
  let within = body
  for (const part of parts) within = (within[part] ??= {}) as Body
  within[last] = value
}

type Row = { vendor: string; model: string; format: string; fields: Field[] }
let shipped: Map<string, Field[]> | undefined

/** Read once, and only where somebody speaks by a model. */
function fieldsOf(model: string | null): readonly Field[] {
  shipped ??= new Map(
    readModels().map(({ format, vendor, model: name, fields }) => [
      `${format}/${vendor}/${name}`,
      fields,
    ]),
  )
  return shipped.get(model ?? '') ?? []
}

function readModels(): Row[] {
  const file = join(import.meta.dirname, '../data/device-models.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { models: Row[] }).models
}
