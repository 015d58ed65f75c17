import type { DeviceId, GatewayId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { liveConsents } from '../../../ground/privacy/index.ts'
import {
  devicesWithDigests,
  gatewaysWithDigests,
  modelsNamed,
  type Model,
} from '../../devices/index.ts'
import { intakeStore, type openMemory } from '../intake/index.ts'
import * as store from '../store.ts'

type Memory = ReturnType<typeof openMemory>

/** Brings memory up to what the registry, the consents and the saved marks say. */
export function openLoading(given: Given, memory: Memory) {
  const { ownerPool: pool } = given.db

  const reload = async (where?: { device: DeviceId } | { gateway: GatewayId }) => {
    const found = await given.db.asOwner(async (tx) => {
      const devices = await devicesWithDigests(tx, where)
      const ids = new Set(devices.flatMap((one) => one.device.model ?? []))
      return { devices, models: ids.size === 0 ? [] : await modelsNamed(tx, [...ids]) }
    })
    const models = new Map<string, Model>(found.models.map((model) => [model.id, model]))
    // Of whom memory knows already, it knows more than the database.
    const fresh = found.devices
      .map((one) => one.device.device)
      .filter((device) => !memory.get(device))
    const saved = fresh.length === 0 ? [] : await intakeStore.loadMarks(pool, fresh)
    const marks = new Map(saved.map((row) => [row.device, row]))
    const { conditions, batteries } = await intakeStore.loadHealth(pool, fresh)
    const conditionsOf = Map.groupBy(conditions, (row) => row.device)
    const batteryOf = new Map(batteries.map((row) => [row.device, row.percent]))
    for (const { device: one, passwordDigest } of found.devices) {
      const { device: id, model } = one
      memory.put(one, passwordDigest, models.get(model ?? '') ?? null, marks.get(id), {
        conditions: new Map(conditionsOf.get(id)?.map((row) => [row.condition, row.since])),
        battery: batteryOf.get(id) ?? null,
      })
    }
  }

  const reloadGateways = async (gateway?: GatewayId) => {
    const rows = await given.db.asOwner((tx) => gatewaysWithDigests(tx, gateway))
    const ids = rows.map((row) => row.gateway.gateway)
    const { conditions } = await intakeStore.loadHealth(pool, ids)
    for (const { gateway: one, passwordDigest } of rows) {
      const copied = conditions.find((row) => row.device === one.gateway)
      const isCleared = memory.putGateway(one, passwordDigest, copied?.since ?? null)
      if (!isCleared) continue
      await given.db.asOwner((tx) => store.endCondition(tx, one.gateway, 'copied'))
    }
  }

  return {
    ...{ reload, reloadGateways },
    async loadAll(): Promise<void> {
      const now = given.clock.now()
      const live = await given.db.asOwner((tx) => liveConsents(tx, 'agreed-care', now))
      for (const consent of live) memory.agree(consent)
      await reloadGateways()
      await reload()
    },
    /** A device or gateway came, moved, went or has a new credential. */
    async registryChanged(source: DeviceId | GatewayId): Promise<void> {
      const gateway = source as GatewayId
      await reloadGateways(gateway)
      await reload(memory.gateway(gateway) ? { gateway } : { device: source as DeviceId })
    },
  }
}
