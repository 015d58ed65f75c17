import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../src/kernel/clock.ts'
import type { DeviceId, HomeCode, StreetCode } from '../src/kernel/ids.ts'
import type { DeviceKind, TownDevice, TownMap } from '../town/map.ts'
import { lastHeartbeat, openSensors, type Said } from './devices.ts'

const began = Date.parse('2026-07-07T00:00:00+08:00')
const kinds: DeviceKind[] = ['door-access', 'door-contact', 'motion']
const homes = ['310104011013-01-26-501', '310104011013-01-24-101'] as HomeCode[]

function town(): TownMap {
  const devices = homes.flatMap((home) =>
    kinds.map((kind): TownDevice => {
      const device = `${kind} ${home}` as DeviceId
      const gateway = `gw-12-${home.slice(16, 18)}`
      const secret = { username: device, password: '', topic: '' }
      return { device, kind, home, gateway, heartbeatSeconds: 300, ...secret }
    }),
  )
  return {
    ...{ seed: 1, street: '310104011' as StreetCode, officer: '', workers: [], neighbours: [] },
    elders: homes.map((home, i) => ({
      ...{ name: `elder ${i}`, home, plan: 'agreed' as const, devices: [] },
    })),
    ...{ homes, devices, planted: { silent: [], away: [], outages: [] } },
  }
}

const [home, otherHome] = homes as [HomeCode, HomeCode]
const signsAt = (said: Said[], where: HomeCode) =>
  said.filter(({ device, state }) => device.home === where && state !== 'heartbeat')

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
  expect(said.filter(({ device, at }) => device.home === home && at > since)).toHaveLength(3 * 168)
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
  map.planted.outages.push({ gateway: device.gateway, from, to })
  map.planted.outages.push({ gateway: map.devices[3]!.gateway, from: began, to: null })
  const said = openSensors(map).between(began, began + dayMs)
  expect(said.some((one) => one.device.home === otherHome)).toBe(false)
  const times = said.filter((one) => one.device === device).map(({ at }) => at)
  const before = times.filter((at) => at <= from).at(-1)
  const after = times.find((at) => at > from)
  expect([before, after]).toEqual([from, to])
})
