/** Builds the example street as an officer would: call by call, through the public API. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Endpoint, Input, Output } from '../src/kernel/endpoint.ts'
import type { HomeCode } from '../src/kernel/ids.ts'
import type * as identity from '../src/desks/identity/api.ts'
import type * as duties from '../src/ground/duties/api.ts'
import type * as people from '../src/ground/people/api.ts'
import type * as places from '../src/ground/places/api.ts'
import type * as demo from '../src/outlook/demo/api.ts'
import type * as care from '../src/watch/care/api.ts'
import type * as devices from '../src/watch/devices/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { planDevices, type PlannedDevice, type PlannedGateway } from './devices.ts'
import {
  nothingPlanted,
  type TownDevice,
  type TownElder,
  type TownGateway,
  type TownMap,
} from './map.ts'
import {
  committeesMax,
  officer,
  openingHours,
  planStreet,
  secondOfficer,
  street,
  type PlannedCommittee,
  type PlannedElder,
} from './street.ts'

export type TownWish = {
  /** How many of the neighbourhoods, the first one being 十二村. All, unless given. */
  committees?: number
  /** The same seed gives the same town and the same days; ids and passwords differ. */
  seed?: number
}

/** Calls at the same time; the server has ten connections for requests. */
const abreast = 8
const watchedWaitMs = 60_000

/**
 * Opens the street on a server that knows the register of divisions and has no such street yet.
 * Resolves when every device is watched and every agreed plan is judged.
 * @throws CallRefused at the first refusal; what was built until then stays.
 */
export async function buildTown(api: TownApi, wish: TownWish = {}): Promise<TownMap> {
  const { committees = committeesMax, seed = 1 } = wish
  const asOperator = caller(api, api.operatorKey)
  const founded = await asOperator<typeof duties.foundStreet>('/duties/streets', {
    ...{ street, officer: officer.name, phone: officer.phone },
  })
  const asOfficer = await callerOf(api, officer.name)
  const second = await addPerson(asOfficer, secondOfficer, null)
  const post = { body: founded.body, title: '副值班长', person: second, rank: 2 }
  await asOfficer<typeof duties.fillPost>('/duties/posts', post)
  const plan = planStreet(seed, committees)
  const homes = await inParallel(plan, (committee) => openCommittee(asOfficer, committee))
  const { gateways, devices } = await install(asOfficer, plan)
  const at = Map.groupBy(devices, ({ place }) => place)
  const elders = await inParallel(
    plan.flatMap((committee) => committee.elders.map((elder) => ({ committee, elder }))),
    ({ committee, elder }) => settleElder(api, asOfficer, committee, elder, at),
  )
  const map: TownMap = {
    ...{ seed, street, officer: officer.name, secondOfficer, elders, gateways, devices },
    workers: plan.flatMap(({ code, workers }) =>
      workers.map((worker) => ({ ...worker, committee: code })),
    ),
    neighbours: plan.flatMap(({ neighbours }) => neighbours.map(({ name }) => name)),
    homes: homes.flat(),
    planted: nothingPlanted(),
  }
  await untilWatched(api, map)
  return map
}

export type Call = <E extends Endpoint & { post: string }>(
  path: E['post'],
  input: Input<E>,
) => Promise<Output<E>>

export function caller(api: TownApi, token: string): Call {
  return async <E extends Endpoint & { post: string }>(path: E['post'], input: Input<E>) =>
    (await api.call(token, 'POST', `/api${path}`, input)) as Output<E>
}

/** Calls as the person of that name, with a token that the operator makes. */
export async function callerOf(api: TownApi, name: string): Promise<Call> {
  const asOperator = caller(api, api.operatorKey)
  const { token } = await asOperator<typeof identity.makeToken>('/identity/tokens', { name })
  return caller(api, token)
}

async function openCommittee(call: Call, committee: PlannedCommittee): Promise<HomeCode[]> {
  const { code, phone } = committee
  const opened = await call<typeof duties.addBody>('/duties/bodies', {
    ...{ committee: code, phone, ...openingHours },
  })
  for (const { name, rank } of committee.workers) {
    const person = await addPerson(call, name, null)
    const post = { body: opened.body, title: '居委社工', person, rank }
    await call<typeof duties.fillPost>('/duties/posts', post)
  }
  const homes = await openCompounds(call, committee)
  for (const { name, stair, room } of committee.neighbours) {
    await addPerson(call, name, homeAt(homes, stair, room))
  }
  return homes
}

/** One after the other: compounds are numbered in the order in which they come. */
async function openCompounds(call: Call, committee: PlannedCommittee): Promise<HomeCode[]> {
  const homes: HomeCode[] = []
  for (const { name, buildings } of committee.compounds) {
    const { compound } = await call<typeof places.addCompound>('/places/compounds', {
      ...{ committee: committee.code, name },
    })
    for (const building of buildings) {
      const added = await call<typeof places.addBuilding>('/places/buildings', {
        ...{ compound, ...building },
      })
      homes.push(...added.homes)
    }
  }
  return homes
}

async function addPerson(call: Call, name: string, home: HomeCode | null) {
  const { person } = await call<typeof people.addPerson>('/people', {
    ...{ name, bornOn: null, phone: null, home, livesAlone: false },
  })
  return person
}

/** Gateways first: a device is listed under the one through which it speaks. */
async function install(call: Call, plan: readonly PlannedCommittee[]) {
  const installations = plan.map(planDevices)
  const gateways = await inParallel(
    installations.flatMap((one) => one.gateways),
    (planned) => addGateway(call, planned),
  )
  const byName = new Map(gateways.map((gateway) => [gateway.name, gateway]))
  const devices = await inParallel(
    installations.flatMap((one) => one.devices),
    (planned) => addDevice(call, planned, byName),
  )
  return { gateways, devices }
}

async function addGateway(call: Call, planned: PlannedGateway): Promise<TownGateway> {
  const { name, format, place } = planned
  const added = await call<typeof devices.addGateway>('/devices/gateways', planned)
  const { gateway, username, password, topic } = added
  return { ...{ name, format, place }, ...{ gateway, username, password, topic } }
}

async function addDevice(
  call: Call,
  planned: PlannedDevice,
  gateways: ReadonlyMap<string, TownGateway>,
): Promise<TownDevice> {
  const { gateway: name, ...shape } = planned
  const gateway = name === null ? undefined : gateways.get(name)?.gateway
  const added = await call<typeof devices.addDevice>('/devices/add', {
    ...{ ...shape, keeper: '示例维保公司' },
    ...(gateway ? { gateway } : {}),
  })
  const { kind, place, label, model = null, heartbeatSeconds } = shape
  const { device, username, password, topic } = added
  return {
    ...{ device, kind, place, label, gateway: name, username, password, model, topic },
    heartbeatSeconds,
  }
}

/** Elders live in the first compound of their neighbourhood. */
async function settleElder(
  api: TownApi,
  call: Call,
  committee: PlannedCommittee,
  elder: PlannedElder,
  devicesAt: ReadonlyMap<string, TownDevice[]>,
): Promise<TownElder> {
  const { name, bornOn, phone, livesAlone, stair, room, plan, contacts } = elder
  const home = `${committee.code}-01-${stair}-${room}` as HomeCode
  await call<typeof people.addPerson>('/people', { name, bornOn, phone, home, livesAlone })
  if (plan !== 'offered') {
    const asElder = await callerOf(api, name)
    if (plan === 'refused') await asElder<typeof care.refuse>('/care/refuse', {})
    else await asElder<typeof care.agree>('/care/agree', { textVersion: 1, contacts })
  }
  const ids = (devicesAt.get(home) ?? []).map(({ device }) => device)
  return { name, home, plan, devices: ids }
}

function homeAt(homes: readonly HomeCode[], stair: string, room: string): HomeCode | null {
  return homes.find((home) => home.endsWith(`-${stair}-${room}`)) ?? null
}

/** Rooms hear of a new device or consent a moment later; a sign before that would be lost. */
async function untilWatched(api: TownApi, map: TownMap): Promise<void> {
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

export async function statusOf(api: TownApi): Promise<Output<typeof demo.status>> {
  const said = await api.call(api.operatorKey, 'GET', '/api/demo/status')
  return said as Output<typeof demo.status>
}

/** Answers in the order of the items; the first failure is thrown. */
async function inParallel<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  const open = items.entries()
  const worker = async () => {
    for (const [at, item] of open) answers[at] = await work(item)
  }
  await Promise.all(Array.from({ length: abreast }, worker))
  return answers
}
