import { expect, test } from 'vitest'
import { dayOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs } from '../src/kernel/clock.ts'
import type { CommitteeCode, PostId } from '../src/kernel/ids.ts'
import { deviceKinds } from '../src/watch/devices/index.ts'
import { outcomesOf } from '../src/desks/tasks/index.ts'
import { buildingDevices } from './buildings.ts'
import { planDevices } from './devices.ts'
import { homeIn } from './homes.ts'
import { namesOf, planStreet } from './street.ts'
import { planWhole } from './whole.ts'
import { pastMatters, yearDays, type Answerers } from './year.ts'

const opensAt = Date.parse('2026-11-23T14:00:00+08:00')
const { committees, bodies } = planWhole(1, opensAt)
const stairs = committees.flatMap(({ compounds }) =>
  compounds.flatMap(({ buildings }) => buildings.flatMap((one) => one.stairs)),
)
const installed = committees.flatMap((committee) => {
  const small = planDevices(committee)
  const more = buildingDevices(committee, small)
  return [
    { committee, gateways: [...small.gateways, ...more.gateways], devices: small.devices },
    { committee, gateways: [], devices: more.devices },
  ]
})
const devices = installed.flatMap((one) => one.devices)
const gateways = installed.flatMap((one) => one.gateways)

test('the whole street has 11 neighbourhoods, some 4,000 homes, 9,000 people, 2,000 devices', () => {
  expect(committees).toHaveLength(11)
  const homes = stairs.reduce((sum, one) => sum + one.floors * one.homesPerFloor, 0)
  const people = committees.flatMap((one) => [...one.residents, ...one.elders, ...one.neighbours])
  expect(homes).toBeGreaterThan(3_900)
  expect(homes).toBeLessThan(4_200)
  expect(people.length).toBeGreaterThan(8_700)
  expect(people.length).toBeLessThan(9_300)
  expect(devices.length).toBeGreaterThan(1_900)
  expect(devices.length).toBeLessThan(2_400)
  expect(new Set(devices.map(({ kind }) => kind))).toEqual(new Set(deviceKinds))
})

test('everybody is there once: no name twice, and nobody in an elder’s home by mistake', () => {
  const names = committees.flatMap(({ residents }) => residents.map(({ name }) => name))
  const staff = bodies.flatMap(({ posts }) => posts.map(({ name }) => name))
  const small = namesOf(planStreet(1, Infinity))
  const elders = committees.flatMap((one) => one.elders.map(({ name }) => name))
  const all = new Set([...names, ...staff, ...elders, ...small])
  const listed = new Set([...staff, ...elders, ...small])
  expect(all.size).toBe(names.length + listed.size)
  for (const { code, elders: old, residents } of committees) {
    const taken = new Set<string>(old.map((one) => homeIn(code, one)))
    expect(taken.size).toBe(old.length)
    expect(residents.filter(({ home }) => taken.has(home))).toEqual([])
  }
})

test('the small street stands unchanged in the middle of the whole one', () => {
  const small = planStreet(1, Infinity)
  for (const [nth, one] of small.entries()) {
    const whole = committees[nth]
    expect(whole?.elders.slice(0, one.elders.length)).toEqual(one.elders)
    for (const [at, { name, buildings }] of one.compounds.entries()) {
      const grown = whole?.compounds[at]
      expect(grown?.name).toBe(name)
      expect(grown?.buildings.slice(0, buildings.length)).toEqual(buildings)
    }
  }
  expect(JSON.stringify(planWhole(1, opensAt))).toBe(JSON.stringify({ committees, bodies }))
  expect(JSON.stringify(planWhole(2, opensAt).committees)).not.toBe(JSON.stringify(committees))
})

test('everything that stands somewhere stands in a place that is there', () => {
  const places = new Set(
    committees.flatMap(({ code, compounds }) =>
      compounds.flatMap(({ buildings }, nth) => {
        const compound = `${code}-${String(nth + 1).padStart(2, '0')}`
        const own = buildings.flatMap((building) =>
          building.stairs.flatMap(({ number, floors, homesPerFloor }) => [
            `${compound}-${number}`,
            ...Array.from({ length: floors * homesPerFloor }, (_, at) => {
              const floor = 1 + Math.floor(at / homesPerFloor)
              return `${compound}-${number}-${floor * 100 + 1 + (at % homesPerFloor)}`
            }),
          ]),
        )
        return [compound, ...own]
      }),
    ),
  )
  expect(devices.filter(({ place }) => !places.has(place))).toEqual([])
  expect(gateways.filter(({ place }) => !places.has(place))).toEqual([])
  const beats = bodies.flatMap(({ posts }) => posts.flatMap((one) => one.beats))
  const codes = new Set<string>(committees.map(({ code }) => code))
  expect(beats.filter((place) => !places.has(place) && !codes.has(place))).toEqual([])
})

test('no label twice at one place, no gateway twice, and one heartbeat behind each', () => {
  const labels = devices.map(({ kind, place, label }) => `${kind} ${place} ${label}`)
  expect(new Set(labels).size).toBe(labels.length)
  expect(new Set(gateways.map(({ name }) => name)).size).toBe(gateways.length)
  const behind = Map.groupBy(
    devices.filter(({ gateway }) => gateway !== null),
    ({ gateway }) => gateway,
  )
  for (const [name, members] of behind) {
    const beats = new Set(members.map(({ heartbeatSeconds }) => heartbeatSeconds))
    expect([name, beats.size]).toEqual([name, 1])
  }
})

test('what tells of a person stands only where somebody agreed, or where it counts whole days', () => {
  const agreed = new Set<string>(
    committees.flatMap(({ code, elders }) =>
      elders.flatMap((one) => (one.hasSensors ? [homeIn(code, one)] : [])),
    ),
  )
  const telling = new Set(['door-access', 'door-contact', 'motion', 'water-meter'])
  const wrong = devices.filter(
    ({ kind, place, occupants }) =>
      place.split('-').length === 4 &&
      telling.has(kind) &&
      occupants === undefined &&
      !agreed.has(place),
  )
  expect(wrong).toEqual([])
})

test.each(['2026-11-23T14:00', '2026-11-22T03:30', '2026-11-21T23:10'])(
  'who looks first at %s finds the first officer on duty, and every hour but none has somebody',
  (time) => {
    const at = Date.parse(`${time}:00+08:00`)
    const [officers] = planWhole(1, at).bodies
    const onDuty = (when: number) =>
      (officers?.posts ?? []).filter(({ hours }) =>
        hours.some(({ weekdays, from, to }) => {
          const isNight = to <= from
          const day = (instant: number) => new Date(instant + 8 * hourMs).getUTCDay()
          const clock = new Date(when + 8 * hourMs).toISOString().slice(11, 16)
          if (!isNight) return weekdays.includes(day(when)) && from <= clock && clock < to
          const began = clock >= from ? when : clock < to ? when - dayMs : undefined
          return began !== undefined && weekdays.includes(day(began))
        }),
      )
    expect(onDuty(at).map(({ name }) => name)).toEqual(['夏长虹'])
    for (let when = at; when < at + 7 * dayMs; when += hourMs) {
      expect(onDuty(when)).toHaveLength(1)
    }
  },
)

const ids = (count: number, of: string) =>
  Array.from({ length: count }, (_, n) => `${of} ${n}` as PostId)
const who: Answerers = {
  workers: new Map(committees.map(({ code }) => [code, ids(5, `worker ${code}`)])),
  property: new Map(committees.map(({ code }) => [code, ids(4, 'property')])),
  officers: ids(5, 'officer'),
}

test('the year behind it: closed matters of every month and neighbourhood, in their order', () => {
  const past = pastMatters(1, opensAt, who)
  expect(past.length).toBeGreaterThan(2_500)
  for (const one of past) {
    const times = [one.openedAt, one.acknowledgedAt, one.setOutAt, one.arrivedAt, one.closedAt]
    const known = times.filter((at) => at !== null)
    expect(known.toSorted((a, b) => a - b)).toEqual(known)
    expect(one.closedAt).toBeLessThan(opensAt)
    expect(one.openedAt).toBeGreaterThanOrEqual(opensAt - (yearDays + 1) * dayMs)
    expect(outcomesOf[one.kind]).toContain(one.outcome)
    expect(one.words).toContain('示例')
  }
  const months = new Set(past.map(({ openedAt }) => dayOf(openedAt).slice(0, 7)))
  expect(months.size).toBeGreaterThanOrEqual(12)
  expect(new Set(past.map(({ committee }) => committee)).size).toBe(11)
  expect(new Set(past.map(({ kind }) => kind)).size).toBe(5)
})

test('a rule finds nothing before it was switched on, and its second version is better', () => {
  const past = pastMatters(1, opensAt, who).filter(({ rule }) => rule === 'door-held-open')
  const since = (days: number) => opensAt - days * dayMs
  expect(past.filter(({ openedAt }) => openedAt < since(251))).toEqual([])
  const [first, second] = [1, 2].map((version) => past.filter((one) => one.ruleVersion === version))
  expect(first?.every(({ openedAt }) => openedAt < since(119))).toBe(true)
  expect(second?.every(({ openedAt }) => openedAt > since(121))).toBe(true)
  const wrong = (matters: typeof past = []) =>
    matters.filter(({ outcome }) => outcome === 'hazard-false').length / matters.length
  expect(wrong(first)).toBeGreaterThan(0.05)
  expect(wrong(second)).toBeLessThan(0.05)
  expect(past.every(({ committee }) => who.workers.has(committee as CommitteeCode))).toBe(true)
})
