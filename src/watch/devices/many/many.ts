import type { Asker } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { DeviceId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { byWhom, credentialFor, mayActIn, told, type Credential } from '../actions.ts'
import type * as api from '../api.ts'
import { heartbeatSecondsDefault, misfitOf, nameAt, purposeGiven, streetOf } from '../decide.ts'
import { modelsNamed } from '../models/index.ts'
import { neverAdd, notPermitted, type MayAdd } from '../permits/index.ts'
import * as store from '../store.ts'
import { perMinuteMaxUsual, type Device, type Gateway, type Model } from '../types.ts'

type Asked = Input<typeof api.addDevices>['devices'][number]
type Known = { places: Set<string>; gateways: Map<string, Gateway>; models: Map<string, Model> }
type Made = { device: Device; gateway: Gateway | null; credential: Credential }

/** A refusal names the first one that cannot be added: `devices.3.place`. */
export async function addDevices(
  given: Given,
  asker: Asker,
  { devices: asked }: Input<typeof api.addDevices>,
  mayAdd: MayAdd = neverAdd,
): Promise<Output<typeof api.addDevices> | Fault> {
  const street = streetOf(asked[0]?.place ?? ('' as Device['place']))
  if (!mayActIn(asker, street)) return fault('not-found', 'devices.0.place')
  const now = given.clock.now()
  const adding = given.db.inStreet({ street }, async (tx) => {
    const known = await whatIsKnown(tx, street, asked)
    const made: Made[] = []
    for (const [at, one] of asked.entries()) {
      const fits = deviceFor(given, street, known, one, now)
      if (isFault(fits)) return fault(fits.fault, `devices.${at}.${fits.field ?? ''}`)
      made.push(fits)
    }
    for (const purpose of new Set(made.map(({ device }) => device.purpose))) {
      const refused = await notPermitted(tx, mayAdd, street, purpose)
      if (!refused) continue
      const at = made.findIndex(({ device }) => device.purpose === purpose)
      return fault(refused.fault, `devices.${at}.${refused.field ?? ''}`)
    }
    const taken = await firstTaken(tx, street, made)
    if (taken >= 0) return fault('already-so', `devices.${taken}.nameAtGateway`)
    await save(given, tx, asker, made)
    const answers = made.map(({ device, gateway, credential }) =>
      told(device, gateway, credential, now),
    )
    return { devices: answers }
  })
  return adding.catch((error: unknown) => {
    if (error instanceof TakenMeanwhile) return fault('moved-on', 'devices')
    throw error
  })
}

/** Somebody took a name between the look and the write; the transaction goes back as a whole. */
class TakenMeanwhile extends Error {}

async function whatIsKnown(tx: Tx, street: StreetCode, asked: readonly Asked[]): Promise<Known> {
  const codes = [...new Set(asked.map(({ place }) => place))]
  const models = await modelsNamed(tx, [...new Set(asked.flatMap(({ model }) => model ?? []))])
  const gateways = await store.gatewaysIn(tx, street)
  return {
    places: new Set((await placesOf(tx, codes)).map(({ place }) => place)),
    gateways: new Map(gateways.map((gateway) => [gateway.gateway, gateway])),
    models: new Map(models.map((model) => [model.id, model])),
  }
}

function deviceFor(
  given: Given,
  street: StreetCode,
  known: Known,
  asked: Asked,
  now: Instant,
): Made | Fault {
  const { kind, place } = asked
  const fits = purposeGiven(kind, place, asked.purpose)
  if ('wrong' in fits) return fault('bad-input', fits.wrong)
  if (streetOf(place) !== street || !known.places.has(place)) return fault('not-found', 'place')
  const gateway = asked.gateway ? known.gateways.get(asked.gateway) : null
  if (gateway === undefined) return fault('not-found', 'gateway')
  const named = nameAt(gateway?.format ?? null, asked.nameAtGateway)
  if ('wrong' in named) return fault('bad-input', named.wrong)
  const model = asked.model === undefined ? null : known.models.get(asked.model)
  if (model === undefined) return fault('not-found', 'model')
  if (model && misfitOf(model, kind, gateway?.format ?? null)) return fault('bad-input', 'model')
  const device: Device = {
    ...{ device: given.newId<DeviceId>(), street, kind, place, purpose: fits.purpose },
    ...{ model: model?.id ?? null, gateway: gateway?.gateway ?? null },
    nameAtGateway: named.name,
    heartbeatSeconds: asked.heartbeatSeconds ?? heartbeatSecondsDefault,
    perMinuteMax: asked.perMinuteMax ?? perMinuteMaxUsual[kind],
    ...{ label: asked.label ?? '', keeper: asked.keeper ?? '' },
    ...{ lentUntil: null, replaces: null, installedAt: now, revokedAt: null },
  }
  return { device, gateway, credential: credentialFor(device.device, gateway) }
}

/** A name that its gateway has already, or that the list has twice. */
async function firstTaken(tx: Tx, street: StreetCode, made: readonly Made[]): Promise<number> {
  const taken = await store.namesTaken(tx, street)
  return made.findIndex(({ device: { gateway, nameAtGateway } }) => {
    if (gateway === null || nameAtGateway === null) return false
    const name = `${gateway} ${nameAtGateway}`
    const isTaken = taken.has(name)
    taken.add(name)
    return isTaken
  })
}

async function save(given: Given, tx: Tx, asker: Asker, made: readonly Made[]): Promise<void> {
  const isNew = await store.addDevices(
    tx,
    made.map(({ device, credential }) => ({ device, passwordDigest: credential.digest })),
  )
  if (!isNew) throw new TakenMeanwhile()
  await store.addSteps(
    tx,
    made.map(({ device: { street, device, place, installedAt } }) => ({
      ...{ street, id: given.newId<string>(), source: device, at: installedAt },
      ...{ act: 'installed' as const, place, words: '', ...byWhom(asker) },
    })),
  )
  const sources = new Map(
    made.map(({ device, gateway }) => [gateway?.gateway ?? device.device, gateway ?? device]),
  )
  for (const [source, { street, place }] of sources) {
    await given.tell(tx, { name: 'devices.changed', street, source, place, before: null })
  }
}
