import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { GatewayId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { readJson } from '../../../platform/json.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from '../api.ts'
import { modelIdOf } from '../decide.ts'
import { checkFields, fieldsFromExposes } from '../declare/index.ts'
import { devicesBehind, gatewayNamed } from '../store.ts'
import { measures, type Device, type DeviceKind, type Field, type Model } from '../types.ts'
import * as store from './store.ts'

/** The models that ship: rows that are so already cost nothing, a replaced row stays replaced. */
export async function importModels(given: Given, models: readonly Model[]): Promise<number> {
  if (models.length === 0) return 0
  const at = given.clock.now()
  const changed = await given.db.asOwner((tx) => store.saveModels(tx, models, at, 'same-source'))
  return changed.length
}

/** What a gateway says of one device behind it, as zigbee2mqtt's `bridge/devices` does. */
export type Declared = { name: string; vendor: string; model: string; exposes: readonly unknown[] }

/**
 * Models that a gateway declares for devices listed under it. A model that is known already is
 * taken as known; another becomes a row that counts behind this gateway alone, so that nobody who
 * holds one gateway's password decides how a second one is read. A device without a model gets
 * its own. Answers the models of the named devices.
 */
export async function addDeclaredModel(
  given: Given,
  gateway: GatewayId,
  declared: readonly Declared[],
): Promise<Model[]> {
  const found = await given.db.asOwner((tx) => gatewayNamed(tx, gateway))
  if (!found || found.revokedAt !== null) return []
  const { street, place } = found
  return given.db.inStreet({ street }, async (tx) => {
    const devices = new Map(
      (await devicesBehind(tx, gateway)).map((device) => [device.nameAtGateway, device]),
    )
    const listed = declared.filter(({ name }) => devices.has(name))
    if (listed.length === 0) return []
    const { models, own } = await declaredModels(tx, gateway, listed)
    const changed = await store.saveModels(tx, [...own.values()], given.clock.now())
    let isNews = changed.length > 0
    for (const [name, model] of models) {
      const device = devices.get(name)
      if (!device || !takes(device, model, own)) continue
      await store.setModel(tx, device.device, model.id)
      isNews = true
    }
    const event = {
      name: 'devices.changed',
      street,
      source: gateway,
      place,
      before: place,
    } as const
    if (isNews) await given.tell(tx, event)
    return [...new Map([...models.values()].map((model) => [model.id, model])).values()]
  })
}

/** A model that a person chose stays; one that the gateway declared follows the gateway. */
function takes(device: Device, model: Model, own: Map<string, Model>): boolean {
  const isFree = device.model === null || (own.has(model.id) && isDeclared(device.model))
  return isFree && device.model !== model.id && model.kinds.includes(device.kind)
}

function isDeclared(model: string): boolean {
  return model.startsWith('gateway/')
}

/** By device name: the known model, or one of the gateway's own. */
async function declaredModels(tx: Tx, gateway: GatewayId, listed: readonly Declared[]) {
  const format = 'zigbee2mqtt'
  const ids = listed.map((one) => modelIdOf({ format, ...one }))
  const known = new Map((await store.modelsNamed(tx, ids)).map((model) => [model.id, model]))
  const models = new Map<string, Model>()
  const own = new Map<string, Model>()
  for (const { name, vendor, model, exposes } of listed) {
    const common = known.get(modelIdOf({ format, vendor, model }))
    if (common) {
      models.set(name, common)
      continue
    }
    const id = `gateway/${gateway}/${vendor}/${model}`.normalize('NFC').slice(0, 120)
    const { fields, kinds } = fieldsFromExposes([...exposes])
    const source = 'declared by the gateway itself'
    const made = { id, vendor, model, format, kinds, fields, source } as const
    own.set(id, made)
    models.set(name, made)
  }
  return { models, own }
}

export async function findModels(
  given: Given,
  input: Input<typeof api.findModels>,
): Promise<Output<typeof api.findModels>> {
  return given.db.inStreet({ street: '' }, async (tx) => {
    const { models, total } = await store.modelsLike(tx, input.text ?? '', 50)
    return { models: models.map(shown), total }
  })
}

/**
 * A registrar's row. A street's officer adds; what is there already is read in other streets too,
 * and only the operator replaces it.
 */
export async function addModel(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addModel>,
): Promise<Output<typeof api.addModel> | Fault> {
  const read = fieldsOf(input)
  if ('fault' in read) return read
  const { vendor, model, format, source } = input
  const id = modelIdOf(input)
  const row: Model = { id, vendor, model, format, ...read, source }
  const at = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const [there] = await store.modelsNamed(tx, [id])
    if (there && asker.kind !== 'operator') return fault('already-so', 'model')
    await store.saveModels(tx, [row], at)
    for (const source of await store.gatewaysReading(tx, id)) {
      const gateway = await gatewayNamed(tx, source)
      if (!gateway) continue
      const { street, place } = gateway
      await given.tell(tx, { name: 'devices.changed', street, source, place, before: place })
    }
    return shown(row)
  })
}

function shown({ fields, ...model }: Model) {
  const declared = fields.map((field) => ({
    ...{ path: field.path, reads: field.reads, declared: JSON.stringify(field) },
  }))
  return { ...model, fields: declared }
}

function fieldsOf(
  input: Input<typeof api.addModel>,
): { fields: Field[]; kinds: DeviceKind[] } | Fault {
  const { format } = input
  if ((input.fields === undefined) === (input.exposes === undefined)) {
    return fault('bad-input', 'fields')
  }
  if (input.exposes !== undefined) {
    const exposes = listIn(input.exposes)
    if (format !== 'zigbee2mqtt' || !exposes) return fault('bad-input', 'exposes')
    const read = fieldsFromExposes(exposes)
    return read.kinds.length > 0 ? read : fault('bad-input', 'exposes')
  }
  const fields = listIn(input.fields ?? '')
  if (!fields) return fault('bad-input', 'fields')
  const checked = checkFields(fields)
  if (!Array.isArray(checked)) return fault('bad-input', checked.field)
  const kinds = [...new Set(checked.flatMap(kindOf))]
  return kinds.length > 0 ? { fields: checked, kinds } : fault('bad-input', 'fields')
}

const depthMax = 16
const declaredMax = 400

function listIn(text: string): unknown[] | undefined {
  const read = readJson(text, depthMax)
  if ('refused' in read || !Array.isArray(read.value)) return undefined
  return read.value.length <= declaredMax ? read.value : undefined
}

function kindOf(field: Field): DeviceKind[] {
  if (field.reads === 'state') return [field.kind]
  return field.reads === 'measure' ? [measures[field.measure]] : []
}
