import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../src/kernel/clock.ts'
import type { DeviceId, HomeCode, StreetCode } from '../src/kernel/ids.ts'
import { nothingPlanted, type DeviceKind, type TownDevice, type TownMap } from '../town/map.ts'
import { lastHeartbeat, openSensors, type Said } from './devices.ts'

const began = Date.parse('2026-07-07T00:00:00+08:00')
const kinds: DeviceKind[] = ['door-access', 'door-contact', 'motion']
const homes = ['310104011013-01-26-501', '310104011013-01-24-101'] as HomeCode[]

function town(): TownMap {
  const devices = homes.flatMap((home) =>
    kinds.map((kind): TownDevice => {
      const device = `${kind} ${home}` as DeviceId
      const gateway = `gw-12-${home.slice(16, 18)}`
      const rest = { username: device, password: '', topic: '', label: '', model: null }
      return { device, kind, place: home, gateway, heartbeatSeconds: 300, ...rest }
    }),
  )
  return {
    ...{
      seed: 1,
      street: '310104011' as StreetCode,
      officer: '',
      secondOfficer: '',
      workers: [],
      staff: [],
      rosters: [],
      neighbours: [],
    },
    elders: homes.map((home, i) => ({
      ...{ name: `elder ${i}`, home, plan: 'agreed' as const, devices: [] },
    })),
    ...{ homes, gateways: [], devices, planted: nothingPlanted() },
  }
}

const [home, otherHome] = homes as [HomeCode, HomeCode]
const signsAt = (said: Said[], where: HomeCode) =>
  said.filter(({ device, state }) => device.place === where && state !== 'heartbeat')

test('sequences rise for each device, however the time is cut', () => {
  const sensors = openSensors(town())
  const last = new Map<string, number>()
  for (let at = began; at < began + dayMs; at += 7 * minuteMs) {
    for (const { device, sequence } of sensors.between(at, at + 7 * minuteMs)) {
      expect(sequence).toBeGreaterThan(last.get(device.device) ?? -1)
      last.set(device.device, sequence)
    }
  }
  expect(last.size).toBe(6)
})

test('what is said in two stretches is what is said in the whole', () => {
  const whole = openSensors(town()).between(began, began + 2 * dayMs)
  const sensors = openSensors(town())
  const middle = began + 31 * hourMs
  const parts = [...sensors.between(began, middle), ...sensors.between(middle, began + 2 * dayMs)]
  expect(parts).toEqual(whole)
  expect(signsAt(whole, home).length).toBeGreaterThan(40)
})

test('each device keeps its promise of a heartbeat every five minutes', () => {
  const said = openSensors(town()).between(began, began + hourMs)
  const beats = said.filter(({ state }) => state === 'heartbeat')
  expect(beats).toHaveLength(6 * 12)
})

test('whoever falls silent is seen that one last time, and the sensors work on', () => {
  const map = town()
  const since = began + 10 * hourMs
  map.planted.silent.push({ name: 'elder 0', home, since })
  const said = openSensors(map).between(began, began + dayMs)
  expect(signsAt(said, home).at(-1)).toMatchObject({ at: since, state: 'occupied' })
  expect(said.filter(({ device, at }) => device.place === home && at > since)).toHaveLength(3 * 168)
  expect(signsAt(said, otherHome).at(-1)?.at).toBeGreaterThan(since)
})

test('nobody moves in a home whose elder is away, until the day they come back', () => {
  const map = town()
  const [from, until] = [began + 9 * hourMs, began + 33 * hourMs]
  map.planted.away.push({ name: 'elder 0', home, from, until })
  const times = signsAt(openSensors(map).between(began, began + 2 * dayMs), home).map(
    (one) => one.at,
  )
  expect(times.some((at) => at < from)).toBe(true)
  expect(times.some((at) => from <= at && at < until)).toBe(false)
  expect(times.some((at) => at >= until)).toBe(true)
})

test('nothing of a dead gateway is heard, and a gap lasts from heartbeat to heartbeat', () => {
  const map = town()
  const device = map.devices[0]!
  const from = lastHeartbeat(device, began + 5 * hourMs)
  const to = from + 160 * minuteMs
  map.planted.outages.push({ gateway: 'gw-12-26', from, to })
  map.planted.outages.push({ gateway: 'gw-12-24', from: began, to: null })
  const said = openSensors(map).between(began, began + dayMs)
  expect(said.some((one) => one.device.place === otherHome)).toBe(false)
  const times = said.filter((one) => one.device === device).map(({ at }) => at)
  const before = times.filter((at) => at <= from).at(-1)
  const after = times.find((at) => at > from)
  expect([before, after]).toEqual([from, to])
})

test('a gateway that was cut off says everything at once, each with its own time', () => {
  const map = town()
  const [from, to] = [began + 8 * hourMs, began + 11 * hourMs]
  const whole = openSensors(town()).between(began, began + dayMs)
  map.planted.late.push({ gateway: 'gw-12-26', from, to })
  const sensors = openSensors(map)
  const before = sensors.between(began, to - 1)
  const after = sensors.between(to - 1, began + dayMs)
  const timesOf = (said: Said[]) =>
    said.filter((one) => one.device.place === home).map((one) => one.at)
  expect(timesOf(before).every((at) => at <= from)).toBe(true)
  expect(timesOf(after).filter((at) => at <= to).length).toBeGreaterThan(3 * 36 - 1)
  expect([...timesOf(before), ...timesOf(after)]).toEqual(timesOf(whole))
})

test('odd devices say what is wrong with them, and a mended case that it is closed', () => {
  const map = town()
  const [door, , motion] = map.devices
  const [from, to] = [began + hourMs, began + 2 * hourMs]
  map.planted.odd.push({ what: 'low-battery', device: motion!.device, from, to })
  map.planted.odd.push({ what: 'tampered', device: motion!.device, from, to })
  map.planted.odd.push({ what: 'wrong-clock', device: door!.device, from, to })
  const said = openSensors(map).between(began, began + 4 * hourMs)
  const oddOf = (wanted: TownDevice, within: (at: number) => boolean) =>
    said.filter(({ device, at }) => device === wanted && within(at))
  const during = (at: number) => from < at && at <= to
  expect(oddOf(motion!, during).every((one) => one.battery === 9 && one.tampered)).toBe(true)
  expect(oddOf(motion!, (at) => at <= from).some((one) => one.tampered !== undefined)).toBe(false)
  const mended = oddOf(motion!, (at) => to < at && at <= to + hourMs)
  expect(mended.length).toBeGreaterThan(0)
  expect(mended.every((one) => one.tampered === false)).toBe(true)
  expect(oddOf(door!, during).every((one) => one.claims! - one.at === 47 * minuteMs)).toBe(true)
  expect(oddOf(door!, (at) => to < at).some((one) => one.claims !== undefined)).toBe(false)
})

test('a loose contact says more in a minute than a device may, and takes turns', () => {
  const map = town()
  const door = map.devices[1]!
  const from = Math.ceil(began / (10 * minuteMs)) * 10 * minuteMs
  map.planted.odd.push({ what: 'flapping', device: door.device, from, to: null })
  const said = openSensors(map).between(from, from + minuteMs)
  const flaps = said.filter(({ device, state }) => device === door && state !== 'heartbeat')
  expect(flaps.length).toBeGreaterThan(200)
  expect(flaps.every(({ state }, i) => i === 0 || state !== flaps[i - 1]!.state)).toBe(true)
})
