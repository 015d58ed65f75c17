/** Things to be found: a silent elder, one who is away, a dead gateway. */
import { dayMs, hourMs, type Instant } from '../src/kernel/clock.ts'
import { nothingPlanted, type TownDevice, type TownElder, type TownMap } from '../town/map.ts'
import type { TownApi } from './call.ts'
import { lastHeartbeat } from './devices.ts'
import type { Say } from './say.ts'

export const plants = ['silent-elder', 'away', 'dead-gateway'] as const
export type Plant = (typeof plants)[number]

const awayMs = 7 * dayMs
/** A device that misses three promised heartbeats is unknown. */
const heartbeatsMissedMax = 3

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
    default:
      return what satisfies never
  }
}

/** Takes back everything that was planted: elders move again, gateways speak again. */
export async function heal(api: TownApi, map: TownMap, now: Instant, say: Say): Promise<void> {
  for (const { name, until } of map.planted.away) {
    if (until > now) await callAs(api, name, 'POST', '/api/care/away', { until: null })
  }
  map.planted = nothingPlanted()
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
  const silentHomes = new Set<string>(map.planted.silent.map(({ home }) => home))
  const [chosen] = map.gateways
    .map(({ name }) => ({ name, devices: devicesBehind(map, name) }))
    .filter(({ name, devices }) => {
      const isSpared = devices.some(({ place }) => silentHomes.has(place))
      return !isSpared && devices.length > 0 && !isOut(map, name)
    })
    .toSorted((a, b) => b.devices.length - a.devices.length)
  if (!chosen) {
    return say(now, 'not-planted', {}, '没有可以停掉的网关了', 'No gateway is left to die')
  }
  const { name: gateway, devices } = chosen
  map.planted.outages.push({ gateway, from: now, to: null })
  const foundAt = Math.max(...devices.map((device) => unknownFrom(device, now)))
  const facts = { plant: 'dead-gateway', gateway, devices: devices.length, foundAt }
  const zh = `网关 ${gateway} 停了，{devices} 台设备没有声音，预计在 {foundAt} 之后报修`
  const en = `Gateway ${gateway} is dead ({devices} devices); a repair is expected after {foundAt}`
  say(now, 'planted', facts, zh, en)
}

function unknownFrom(device: TownDevice, silentFrom: Instant): Instant {
  const limitMs = device.heartbeatSeconds * 1000 * heartbeatsMissedMax
  return lastHeartbeat(device, silentFrom) + limitMs
}

function devicesBehind(map: TownMap, gateway: string): TownDevice[] {
  return map.devices.filter((device) => device.gateway === gateway)
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

function isOut(map: TownMap, gateway: string): boolean {
  return map.planted.outages.some((one) => one.gateway === gateway && one.to === null)
}

function sayNobody(now: Instant, say: Say): void {
  const zh = '没有可选的老人：同意了而且有动静的都已用上'
  say(now, 'not-planted', {}, zh, 'No elder is left who agreed and is seen')
}
