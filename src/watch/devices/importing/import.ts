import type { Asker } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { DeviceId, PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { newSecret } from '../../../platform/ids.ts'
import { digest } from '../../../platform/secrets.ts'
import { isUnread, readXlsx, type Unread } from '../../../platform/sheets/index.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { byWhom } from '../actions.ts'
import type * as api from '../api.ts'
import { inletOf, misfitOf, nameAt, speaksByGateway, streetOf } from '../decide.ts'
import { modelsNamed } from '../models/index.ts'
import * as store from '../store.ts'
import { neverAdd, notPermitted, type MayAdd } from '../permits/index.ts'
import { perMinuteMaxUsual } from '../types.ts'
import type { Device, DevicePurpose, Gateway, Model } from '../types.ts'
import { addedFile } from './files.ts'
import { cellFault, rowsFrom, type Row } from './rows.ts'

/** Far above 5,000 rows, far below what hurts. */
const bounds = { linesMax: 6_000, unfoldedBytesMax: 24 * 1024 * 1024 }

type Asked = Input<typeof api.importDryRun>

export async function dryRun(
  given: Given,
  asker: Asker,
  { base64 }: Asked,
  mayAdd: MayAdd = neverAdd,
): Promise<Output<typeof api.importDryRun> | Fault> {
  const read = await rowsOf(asker, base64)
  if (isFault(read)) return read
  const { street, rows } = read
  await given.db.inStreet({ street }, (tx) => checked(tx, rows, street, mayAdd))
  const bad = rows.filter(({ errors }) => errors.length > 0).length
  return { rows: rows.map(answered), good: rows.length - bad, bad }
}

export async function importDevices(
  given: Given,
  asker: Asker,
  { base64 }: Asked,
  mayAdd: MayAdd = neverAdd,
): Promise<Output<typeof api.importDevices> | Fault> {
  const read = await rowsOf(asker, base64)
  if (isFault(read)) return read
  const { street, rows } = read
  const now = given.clock.now()
  const added = await given.db
    .inStreet({ street }, async (tx) => {
      const gateways = await checked(tx, rows, street, mayAdd)
      if (rows.some(({ errors }) => errors.length > 0)) return undefined
      const devices = rows.map((row) => deviceFrom(given, street, row, gateways, now))
      const isNew = await store.addDevices(
        tx,
        devices.map(({ device, password }) => ({ device, passwordDigest: digest(password) })),
      )
      if (!isNew) throw new TakenMeanwhile()
      await tellAll(given, tx, asker, devices)
      return devices
    })
    .catch((error: unknown) => {
      if (error instanceof TakenMeanwhile) return fault('moved-on', 'base64')
      throw error
    })
  if (isFault(added)) return added
  const bad = rows.filter(({ errors }) => errors.length > 0).length
  const shown = rows.map(answered)
  if (!added) return { added: 0, bad, rows: shown, name: null, base64: null }
  const file = await addedFile(
    added.map(({ device, gateway, password, row }) => {
      const isOwn = !speaksByGateway(gateway?.format ?? null)
      const { kind, place, label } = device
      return {
        ...{ row, device: device.device, kind, place, label, topic: inletOf(device, gateway) },
        username: isOwn ? device.device : null,
        password: isOwn ? password : null,
      }
    }),
  )
  const name = `已加设备 devices-${added.length}.xlsx`
  return { added: added.length, bad: 0, rows: shown, name, base64: file }
}

/** Somebody took a name between the look and the write; the transaction goes back as a whole. */
class TakenMeanwhile extends Error {}

/** The rows of the file, and the street they are for: the asker's, or the first row's. */
async function rowsOf(
  asker: Asker,
  base64: string,
): Promise<{ street: StreetCode; rows: Row[] } | Fault> {
  const cells = await readXlsx(Buffer.from(base64, 'base64'), bounds)
  if (isUnread(cells)) return fault(unreadFaults[cells.unread], 'base64')
  const rows = rowsFrom(cells)
  if (rows === 'too-many') return fault('too-large', 'base64')
  if (!Array.isArray(rows)) return fault('not-the-template', rows.missing)
  const first = rows.find(({ place }) => place !== null)?.place
  const street = asker.kind === 'person' ? asker.street : first && streetOf(first)
  return { street: street ?? ('' as StreetCode), rows }
}

const unreadFaults = {
  'no-table': 'not-a-spreadsheet',
  'no-text': 'not-a-spreadsheet',
  quotes: 'not-a-spreadsheet',
  'too-large': 'too-large',
  busy: 'table-busy',
  stopped: 'table-stopped',
} as const satisfies Record<Unread['unread'], string>

/** What only the registry knows: places, gateways, models, names. What is wrong goes into rows. */
async function checked(
  tx: Tx,
  rows: readonly Row[],
  street: StreetCode,
  mayAdd: MayAdd,
): Promise<Map<string, Gateway>> {
  const codes = [...new Set(rows.flatMap(({ place }) => (place ? [place] : [])))]
  const places = new Set((await placesOf(tx, codes)).map(({ place }) => place))
  const gateways = new Map<string, Gateway>()
  for (const gateway of await store.gatewaysIn(tx, street)) {
    gateways.set(gateway.name, gateway).set(gateway.gateway, gateway)
  }
  const ids = [...new Set(rows.flatMap(({ written }) => written.model || []))]
  const models = new Map((await modelsNamed(tx, ids)).map((model) => [model.id, model]))
  const taken = await store.namesTaken(tx, street)
  const seen = new Set<string>()
  const off = new Set<DevicePurpose>()
  for (const purpose of new Set(rows.flatMap((row) => row.purpose ?? []))) {
    if (await notPermitted(tx, mayAdd, street, purpose)) off.add(purpose)
  }
  for (const row of rows) {
    if (row.purpose && off.has(row.purpose)) row.errors.push(cellFault('purpose', 'ruleOff'))
    checkPlace(row, street, places)
    checkGateway(row, gateways, taken, seen)
    checkModel(row, models, gateways)
  }
  return gateways
}

function checkPlace(row: Row, street: StreetCode, places: Set<PlaceCode>): void {
  if (!row.place) return
  if (streetOf(row.place) !== street) row.errors.push(cellFault('place', 'otherStreet'))
  else if (!places.has(row.place)) row.errors.push(cellFault('place', 'unknownPlace'))
}

function checkGateway(
  row: Row,
  gateways: Map<string, Gateway>,
  taken: Set<string>,
  seen: Set<string>,
): void {
  const { gateway: written, nameAtGateway: name } = row.written
  const gateway = gateways.get(written)
  if (written !== '' && !gateway) {
    row.errors.push(cellFault('gateway', 'unknownGateway'))
    return
  }
  const named = nameAt(gateway?.format ?? null, name === '' ? undefined : name)
  if ('wrong' in named) {
    if (named.wrong === 'gateway') row.errors.push(cellFault('gateway', 'needsGateway'))
    else row.errors.push(cellFault('nameAtGateway', name === '' ? 'needsName' : 'badName'))
    return
  }
  if (!gateway || named.name === null) return
  const key = `${gateway.gateway} ${named.name}`
  if (taken.has(key)) row.errors.push(cellFault('nameAtGateway', 'nameTaken'))
  else if (seen.has(key)) row.errors.push(cellFault('nameAtGateway', 'nameTwice'))
  seen.add(key)
}

function checkModel(row: Row, models: Map<string, Model>, gateways: Map<string, Gateway>): void {
  const { model: id, gateway } = row.written
  if (id === '') return
  const model = models.get(id)
  if (!model) row.errors.push(cellFault('model', 'unknownModel'))
  else if (row.kind && misfitOf(model, row.kind, gateways.get(gateway)?.format ?? null)) {
    row.errors.push(cellFault('model', 'modelMisfit'))
  }
}

type Made = { row: number; device: Device; gateway: Gateway | null; password: string }

/** From a row without errors: kind, place and purpose are there. */
function deviceFrom(
  given: Given,
  street: StreetCode,
  { row, kind, place, purpose, heartbeatSeconds, written }: Row,
  gateways: Map<string, Gateway>,
  now: Instant,
): Made {
  if (!kind || !place || !purpose) throw new Error(`row ${row} has no errors and no device`)
  const gateway = gateways.get(written.gateway) ?? null
  const named = nameAt(gateway?.format ?? null, written.nameAtGateway || undefined)
  const device: Device = {
    ...{ device: given.newId<DeviceId>(), street, kind, place, purpose, heartbeatSeconds },
    ...{ model: written.model || null, gateway: gateway?.gateway ?? null },
    nameAtGateway: 'name' in named ? named.name : null,
    perMinuteMax: perMinuteMaxUsual[kind],
    ...{ label: written.label, keeper: written.keeper },
    ...{ lentUntil: null, replaces: null, installedAt: now, revokedAt: null },
  }
  return { row, device, gateway, password: newSecret() }
}

async function tellAll(given: Given, tx: Tx, asker: Asker, made: readonly Made[]): Promise<void> {
  const by = byWhom(asker)
  await store.addSteps(
    tx,
    made.map(({ device: { street, device, place, installedAt } }) => ({
      ...{ street, id: given.newId<string>(), source: device, at: installedAt },
      ...{ act: 'installed' as const, place, words: '', ...by },
    })),
  )
  for (const { device } of made) {
    const { street, device: source, place } = device
    await given.tell(tx, { name: 'devices.changed', street, source, place, before: null })
  }
}

function answered({ row, written, errors }: Row) {
  const { kind, place, gateway, nameAtGateway, model } = written
  return { row, kind, place, gateway, nameAtGateway, model, errors }
}
