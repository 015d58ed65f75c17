/** Puts up the example street's gateways and devices, and settles who is looked after by them. */
import { setTimeout as pause } from 'node:timers/promises'
import type * as care from '../src/watch/care/api.ts'
import type * as devices from '../src/watch/devices/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { callerOf, inLots, inParallel, statusOf, type Call } from './calling.ts'
import type { Installation, PlannedDevice, PlannedGateway } from './devices.ts'
import { homeIn } from './homes.ts'
import type { TownDevice, TownElder, TownGateway, TownMap } from './map.ts'
import type { PlannedCommittee, PlannedElder } from './street.ts'

const watchedWaitMs = 60_000

/** Gateways first: a device is listed under the one through which it speaks. */
export async function install(call: Call, installations: readonly Installation[]) {
  const gateways = await inParallel(
    installations.flatMap((one) => one.gateways),
    (planned) => addGateway(call, planned),
  )
  const byName = new Map(gateways.map((gateway) => [gateway.name, gateway]))
  const added: TownDevice[] = []
  for (const planned of inLots(installations.flatMap((one) => one.devices))) {
    added.push(...(await addDevices(call, planned, byName)))
  }
  return { gateways, devices: added }
}

async function addGateway(call: Call, planned: PlannedGateway): Promise<TownGateway> {
  const { name, format, place } = planned
  const added = await call<typeof devices.addGateway>('/devices/gateways', planned)
  const { gateway, username, password, topic } = added
  return { ...{ name, format, place }, ...{ gateway, username, password, topic } }
}

async function addDevices(
  call: Call,
  planned: readonly PlannedDevice[],
  gateways: ReadonlyMap<string, TownGateway>,
): Promise<TownDevice[]> {
  const added = await call<typeof devices.addDevices>('/devices/many', {
    devices: planned.map(({ gateway: name, occupants, ...shape }) => {
      const gateway = name === null ? undefined : gateways.get(name)?.gateway
      const purpose = occupants === undefined ? {} : { purpose: 'crowding-check' as const }
      return { ...shape, ...purpose, keeper: '示例维保公司', ...(gateway ? { gateway } : {}) }
    }),
  })
  return planned.flatMap(({ nameAtGateway: _name, model = null, ...shape }, nth) => {
    const made = added.devices[nth]
    if (!made) return []
    const { device, username, password, topic } = made
    return [{ ...shape, device, username, password, model, topic }]
  })
}

/** Each says for themselves whether they agree. */
export async function settleElders(
  api: TownApi,
  plan: readonly PlannedCommittee[],
  installed: readonly TownDevice[],
): Promise<TownElder[]> {
  const devicesAt = Map.groupBy(installed, ({ place }) => place)
  const all = plan.flatMap(({ code, elders }) => elders.map((elder) => ({ code, elder })))
  return inParallel(all, async ({ code, elder }) => {
    await sayOwnWord(api, elder)
    const { name, plan: standing } = elder
    const home = homeIn(code, elder)
    const own = (devicesAt.get(home) ?? []).map(({ device }) => device)
    return { name, home, plan: standing, devices: own }
  })
}

async function sayOwnWord(api: TownApi, { name, plan, contacts }: PlannedElder): Promise<void> {
  if (plan === 'offered') return
  const asElder = await callerOf(api, name)
  if (plan === 'refused') await asElder<typeof care.refuse>('/care/refuse', {})
  else await asElder<typeof care.agree>('/care/agree', { textVersion: 2, contacts })
}

/** Rooms hear of a new device or consent a moment later; a sign before that would be lost. */
export async function untilWatched(api: TownApi, map: TownMap): Promise<void> {
  const plans = map.elders.filter(({ plan }) => plan === 'agreed').length
  const began = performance.now()
  for (;;) {
    const { plansWatched, sensorsWatched } = await statusOf(api)
    if (plansWatched >= plans && sensorsWatched >= map.devices.length) return
    if (performance.now() - began > watchedWaitMs) {
      throw new Error(`only ${plansWatched} plans, ${sensorsWatched} sensors are watched`)
    }
    await pause(25)
  }
}
