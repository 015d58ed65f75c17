/** Things to be found: a silent elder, one who is away, gateways and devices that go wrong. */
import { dayMs, hourMs, type Instant } from '../src/kernel/clock.ts'
import type { CommitteeCode } from '../src/kernel/ids.ts'
import {
  nothingPlanted,
  oddities,
  type DeviceKind,
  type Oddity,
  type TownDevice,
  type TownElder,
  type TownMap,
} from '../town/map.ts'
import type { TownApi } from './call.ts'
import { lastHeartbeat } from './devices.ts'
import { happen, happenings } from './happenings.ts'
import type { Say } from './say.ts'

export const plants = [
  ...(['silent-elder', 'away', 'dead-gateway', 'late-batch'] as const),
  ...oddities,
  ...happenings,
] as const
export type Plant = (typeof plants)[number]

const awayMs = 7 * dayMs
/** A device that misses three promised heartbeats is unknown. */
const heartbeatsMissedMax = 3
const lateMs = 3 * hourMs

/** Plants it into the map from `now` on, and says what was chosen and when it will be found. */
export async function plant(
  what: Plant,
  api: TownApi,
  map: TownMap,
  now: Instant,
  say: Say,
): Promise<void> {
  switch (what) {
    case 'silent-elder':
      return plantSilence(api, map, now, say)
    case 'away':
      return plantAway(api, map, now, say)
    case 'dead-gateway':
      return plantDeadGateway(map, now, say)
    case 'late-batch':
      return plantLateBatch(map, now, say)
    case 'flapping':
    case 'low-battery':
    case 'tampered':
    case 'wrong-clock':
      return plantOddity(what, map, now, say)
    default:
      return happen(what, map, now, say)
  }
}

/** Takes back everything that was planted: elders move again, gateways speak again. */
export async function heal(api: TownApi, map: TownMap, now: Instant, say: Say): Promise<void> {
  for (const { name, until } of map.planted.away) {
    if (until > now) await callAs(api, name, 'POST', '/api/care/away', { until: null })
  }
  // Who opened a case has to say that it is closed again.
  const odd = map.planted.odd
    .filter(({ what }) => what === 'tampered')
    .map((one) => ({ ...one, to: one.to ?? now }))
  map.planted = { ...nothingPlanted(), odd }
  say(now, 'healed', {}, '埋下的情况都收回了', 'Everything planted was taken back')
}

async function plantSilence(api: TownApi, map: TownMap, now: Instant, say: Say): Promise<void> {
  const found = await firstSeen(api, map)
  if (!found) return sayNobody(now, say)
  const { elder, silentHours } = found
  const { name, home } = elder
  map.planted.silent.push({ name, home, since: now })
  const foundAt = now + silentHours * hourMs
  const zh = `${name}（${home}）从现在起没有动静，预计在 {foundAt} 请社工上门`
  const en = `${name} (${home}) is silent from now on; a visit is expected at {foundAt}`
  say(now, 'planted', { plant: 'silent-elder', elder: name, home, foundAt }, zh, en)
}

async function plantAway(api: TownApi, map: TownMap, now: Instant, say: Say): Promise<void> {
  const found = await firstSeen(api, map)
  if (!found) return sayNobody(now, say)
  const { name, home } = found.elder
  const until = now + awayMs
  await callAs(api, name, 'POST', '/api/care/away', { until })
  map.planted.away.push({ name, home, from: now, until })
  const zh = `${name}（${home}）外出到 {until}，在那以前不会请人上门`
  const en = `${name} (${home}) is away until {until}; nobody is asked to visit before`
  say(now, 'planted', { plant: 'away', elder: name, home, until }, zh, en)
}

function plantDeadGateway(map: TownMap, now: Instant, say: Say): void {
  const chosen = largestGateway(map)
  if (!chosen) return sayNoGateway(now, say)
  const { name: gateway, committee, devices } = chosen
  map.planted.outages.push({ gateway, committee, from: now, to: null })
  const foundAt = Math.max(...devices.map((device) => unknownFrom(device, now)))
  const facts = { plant: 'dead-gateway', gateway, devices: devices.length, foundAt }
  const zh = `网关 ${gateway} 停了，{devices} 台设备没有声音，预计在 {foundAt} 之后报修`
  const en = `Gateway ${gateway} is dead ({devices} devices); a repair is expected after {foundAt}`
  say(now, 'planted', facts, zh, en)
}

function plantLateBatch(map: TownMap, now: Instant, say: Say): void {
  const chosen = largestGateway(map)
  if (!chosen) return sayNoGateway(now, say)
  const { name: gateway, devices } = chosen
  const until = now + lateMs
  map.planted.late.push({ gateway, from: now, to: until })
  const facts = { plant: 'late-batch', gateway, devices: devices.length, until }
  const zh = `网关 ${gateway} 断网，{devices} 台设备的消息攒到 {until} 一起补报`
  const en = `Gateway ${gateway} is cut off; it keeps what {devices} devices say until {until}`
  say(now, 'planted', facts, zh, en)
}

/** Of those that speak for most devices, one whose silence hides nothing else that was planted. */
function largestGateway(map: TownMap) {
  const { silent, outages, late, happened, odd } = map.planted
  const silentHomes = new Set<string>(silent.map(({ home }) => home))
  const told = new Set([...happened, ...odd].map(({ device }) => device))
  const taken = new Set([...outages.filter(({ to }) => to === null), ...late].map(nameOf))
  return map.gateways
    .filter(({ name }) => !taken.has(name))
    .map(({ name, place }) => ({
      ...{ name, committee: place.slice(0, 12) as CommitteeCode },
      devices: map.devices.filter((one) => one.gateway === name),
    }))
    .filter(({ devices }) => devices.length > 0)
    .filter(
      ({ devices }) => !devices.some((one) => silentHomes.has(one.place) || told.has(one.device)),
    )
    .toSorted(
      (a, b) => soonest(a.devices) - soonest(b.devices) || b.devices.length - a.devices.length,
    )[0]
}

/** Whose silence is noticed first. */
function soonest(devices: readonly TownDevice[]): number {
  return Math.min(...devices.map(({ heartbeatSeconds }) => heartbeatSeconds))
}

function nameOf({ gateway }: { gateway: string }): string {
  return gateway
}

function sayNoGateway(now: Instant, say: Say): void {
  say(now, 'not-planted', {}, '没有可以停掉的网关了', 'No gateway is left to die')
}

const oddKinds: Record<Oddity, DeviceKind> = {
  flapping: 'door-contact',
  'low-battery': 'smoke',
  tampered: 'motion',
  'wrong-clock': 'ground',
}

const oddWords: Record<Oddity, { zh: string; en: string }> = {
  flapping: {
    zh: '触点松了，不停地开合，多出的会被限住',
    en: 'flaps; what is too much is limited',
  },
  'low-battery': { zh: '电池快没电了', en: 'has a low battery' },
  tampered: { zh: '外壳被打开了', en: 'has been opened' },
  'wrong-clock': { zh: '时钟快了 47 分钟', en: 'has a clock that is 47 minutes ahead' },
}

/** In a shared place, so that nobody's life is in it. */
function plantOddity(what: Oddity, map: TownMap, now: Instant, say: Say): void {
  const { odd, outages } = map.planted
  const isOut = (name: string | null) =>
    outages.some(({ gateway, to }) => gateway === name && to === null)
  const device = map.devices.find(
    (one) =>
      one.kind === oddKinds[what] &&
      one.place.split('-').length < 4 &&
      one.model === null &&
      !isOut(one.gateway) &&
      !odd.some((taken) => taken.device === one.device),
  )
  if (!device) {
    return say(now, 'not-planted', {}, '没有可用的设备了', 'No device is left for it')
  }
  const committee = device.place.slice(0, 12) as CommitteeCode
  odd.push({ what, device: device.device, committee, from: now, to: null })
  const { place, label } = device
  const foundAt = lastHeartbeat(device, now) + device.heartbeatSeconds * 1000
  const { zh, en } = oddWords[what]
  const facts = { plant: what, device: device.device, place, foundAt }
  const about = `${label}（${place}）`
  say(
    now,
    'planted',
    facts,
    `${about}${zh}，{foundAt} 起看得到`,
    `It ${en}; seen from {foundAt} on`,
  )
}

function unknownFrom(device: TownDevice, silentFrom: Instant): Instant {
  const limitMs = device.heartbeatSeconds * 1000 * heartbeatsMissedMax
  return lastHeartbeat(device, silentFrom) + limitMs
}

type Standing = { is: string; judgement?: string; silentHours?: number }

/** The first elder who agreed and whom the program itself counts as seen. */
async function firstSeen(
  api: TownApi,
  map: TownMap,
): Promise<{ elder: TownElder; silentHours: number } | undefined> {
  const taken = new Set([...map.planted.silent, ...map.planted.away].map(({ home }) => home))
  for (const elder of map.elders) {
    if (elder.plan !== 'agreed' || taken.has(elder.home)) continue
    const mine = await callAs(api, elder.name, 'GET', '/api/care/mine', {})
    const { judgement, silentHours = 0 } = (mine as { plan: Standing }).plan
    if (judgement === 'seen') return { elder, silentHours }
  }
  return undefined
}

async function callAs(
  api: TownApi,
  name: string,
  method: 'GET' | 'POST',
  path: string,
  body: object,
): Promise<unknown> {
  const made = await api.call(api.operatorKey, 'POST', '/api/identity/tokens', { name })
  return api.call((made as { token: string }).token, method, path, body)
}

function sayNobody(now: Instant, say: Say): void {
  const zh = '没有可选的老人：同意了而且有动静的都已用上'
  say(now, 'not-planted', {}, zh, 'No elder is left who agreed and is seen')
}
