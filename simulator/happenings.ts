/** Things that happen on demand: gas, a forced door, a crowded flat, silence at work, weather. */
import { dayOf } from '../src/kernel/calendar.ts'
import { dayMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { DeviceKind, TownDevice, TownMap } from '../town/map.ts'
import { dayAfter } from './almanac.ts'
import type { Say } from './say.ts'

export const happenings = [
  ...(['gas', 'forced-door', 'overcrowded', 'silent-worker', 'heat', 'typhoon'] as const),
] as const
export type Happening = (typeof happenings)[number]

const soonMs = minuteMs
const gasLastsMs = 25 * minuteMs
/** What the shipped rule asks for, out of 21 days. */
const crowdedDays = 14
const weatherDays = { heat: 4, typhoon: 2 } as const

/** Makes it happen from `now` on, and says what was chosen and when it will be found. */
export function happen(what: Happening, map: TownMap, now: Instant, say: Say): void {
  switch (what) {
    case 'gas':
      return leakGas(map, now, say)
    case 'forced-door':
      return forceDoor(map, now, say)
    case 'overcrowded':
      return crowd(map, now, say)
    case 'silent-worker':
      return keepSilent(map, now, say)
    case 'heat':
    case 'typhoon':
      return bringWeather(what, map, now, say)
    default:
      return what satisfies never
  }
}

function leakGas(map: TownMap, now: Instant, say: Say): void {
  const device = free(map, now, 'gas', ({ place }) => place.split('-').length === 4)
  if (!device) return sayNothingLeft(now, say)
  const at = now + soonMs
  map.planted.happened.push(
    { device: device.device, at, state: 'alarm' },
    { device: device.device, at: at + gasLastsMs, state: 'clear' },
  )
  const { place } = device
  const zh = `厨房（${place}）有燃气，{foundAt} 马上找人，值班长同时知道`
  const en = `Gas in the kitchen of ${place}: somebody is told at {foundAt}, the duty officer too`
  say(now, 'planted', { plant: 'gas', device: device.device, place, foundAt: at }, zh, en)
}

function forceDoor(map: TownMap, now: Instant, say: Say): void {
  const device = free(map, now, 'door-access', ({ place }) => place.split('-').length === 3)
  if (!device) return sayNothingLeft(now, say)
  const at = now + soonMs
  map.planted.happened.push({ device: device.device, at, state: 'forced' })
  const { place, label } = device
  const zh = `${label}（${place}）被强开，{foundAt} 请物业去看`
  const en = `The door at ${place} is forced open: the property firm is told at {foundAt}`
  say(now, 'planted', { plant: 'forced-door', device: device.device, place, foundAt: at }, zh, en)
}

/** A sensor that speaks the common form, works, and to which nothing happened yet. */
function free(
  { devices, planted }: TownMap,
  now: Instant,
  kind: DeviceKind,
  isRight: (device: TownDevice) => boolean,
): TownDevice | undefined {
  const isOut = (name: string | null) =>
    planted.outages.some(({ gateway, to }) => gateway === name && (to === null || now < to))
  return devices.find(
    (one) =>
      one.kind === kind &&
      one.model === null &&
      one.occupants === undefined &&
      isRight(one) &&
      !isOut(one.gateway) &&
      !planted.happened.some(({ device }) => device === one.device),
  )
}

function crowd(map: TownMap, now: Instant, say: Say): void {
  const counter = map.devices.find(
    ({ occupants, place }) =>
      occupants !== undefined && !map.planted.crowded.some(({ home }) => home === place),
  )
  if (!counter) {
    const zh = '没有按天计数的户：整条示例街道里才有'
    return say(now, 'not-planted', {}, zh, 'No home counts days: only the whole street has some')
  }
  const home = counter.place as TownMap['homes'][number]
  map.planted.crowded.push({ home, from: now })
  const foundAt = now + crowdedDays * dayMs
  const zh = `${home} 从今天起每天的用水和开门是同楼的几倍，预计 {foundAt} 请两人上门核实`
  const en = `${home} stands out from today on; a check by two is expected at {foundAt}`
  say(now, 'planted', { plant: 'overcrowded', home, foundAt }, zh, en)
}

/** The first who is asked somewhere; not where the visitor's own worker is. */
function keepSilent({ planted, staff, workers }: TownMap, now: Instant, say: Say): void {
  const played = workers[0]?.committee
  const others = staff.filter(({ kind }) => kind === 'committee')
  const worker = [...others.filter(({ committee }) => committee !== played), ...others].find(
    ({ name }) => !planted.unanswering.some((one) => one.name === name),
  )
  if (!worker) return sayNothingLeft(now, say)
  const { name } = worker
  planted.unanswering.push({ name, since: now })
  const zh = `社工${name}什么都不回应，交给 TA 的事会往上走，直到有人接`
  const en = `${name} answers nothing: what is given to them climbs until somebody takes it`
  say(now, 'planted', { plant: 'silent-worker', worker: name }, zh, en)
}

function bringWeather(what: 'heat' | 'typhoon', map: TownMap, now: Instant, say: Say): void {
  const from = dayOf(now)
  const to = dayAfter(from, weatherDays[what] - 1)
  map.planted.weather.unshift({ what, from, to })
  const [zh, en] = {
    heat: ['高温', 'Heat'],
    typhoon: ['台风', 'A typhoon'],
  }[what]
  const facts = { plant: what, from, to }
  say(
    ...([now, 'planted', facts] as const),
    `{from} 到 {to} ${zh}（天气是模拟的，不是预报）`,
    `${en} from {from} to {to} (made-up weather, no forecast)`,
  )
}

function sayNothingLeft(now: Instant, say: Say): void {
  say(now, 'not-planted', {}, '没有可用的了', 'Nothing is left for it')
}
