import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import { shippedRules } from '../definition/index.ts'
import { createStreetKernel } from '../kernel/index.ts'
import type { Message, StreetFinding } from '../kernel/street-types.ts'
import { codes } from './codes.ts'
import type { DayOfMessages } from './day-buffer.ts'
import { openFeed } from './feed.ts'
import { openSimulation, usualRates } from './simulated.ts'
import { inventStreet } from './streets.ts'

const from = Date.parse('2026-03-02T00:00:00+08:00')
const street = inventStreet(200, from)
// Faults often enough that a few days show every way in which a sensor can be lost.
const rates = { ...usualRates, deadPerSensorYear: 20, cutsPerGatewayYear: 60, helpsPerHomeYear: 20 }
const days = 5

function kernelOf() {
  const kernel = createStreetKernel({ start: from })
  for (const agreement of street.agreements) kernel.agree(agreement)
  for (const { definition } of shippedRules()) {
    kernel.addRule({ key: definition.rule, street: street.street, definition, isShadow: false })
  }
  for (const sensor of street.sensors) kernel.addSensor(sensor)
  return kernel
}

function fed(everyMs: number): StreetFinding[] {
  const kernel = kernelOf()
  const feed = openFeed(kernel, street.sensors)
  const simulation = openSimulation(street, { seed: 1, from, rates })
  const all: StreetFinding[] = []
  for (let day = 0; day < days; day++) {
    // Who goes away is known at the next look; here only the looks may differ.
    const messages = { ...simulation.next().messages, away: [] }
    feed.day(messages, everyMs, (found) => all.push(...found))
  }
  return inOrder(all)
}

/** The same days as a live street says them: every heartbeat a message, a look each minute. */
function heardLive(): StreetFinding[] {
  const kernel = kernelOf()
  const simulation = openSimulation(street, { seed: 1, from, rates })
  const all: StreetFinding[] = []
  let order = 0
  for (let day = 0; day < days; day++) {
    const said = messagesOf(simulation.next().messages)
    let next = 0
    for (let now = said[0]!.arrivedAt - (said[0]!.arrivedAt % dayMs); next < said.length;) {
      now += minuteMs
      for (; next < said.length && said[next]!.arrivedAt <= now; next++) {
        kernel.take({ ...said[next]!, order: ++order })
      }
      all.push(...kernel.advance(now))
    }
  }
  all.push(...kernel.advance(from + days * dayMs))
  return inOrder(all)
}

function messagesOf(day: DayOfMessages): Message[] {
  const facts = Array.from({ length: day.count }, (_, i): Message => {
    const { kind, state, isSignOfLife } = codes[day.code[i]!]!
    const value = Number.isNaN(day.value[i]!) ? null : day.value[i]!
    const { sensor } = street.sensors[day.sensor[i]!]!
    const times = { at: day.at[i]!, arrivedAt: day.arrivedAt[i]! }
    return { sensor, ...times, order: 0, isSignOfLife, facts: [{ kind, state, value }] }
  })
  const beats = day.covers.flatMap(({ sensor: number, from: begin, to }) => {
    const { sensor } = street.sensors[number]!
    const times = Array.from({ length: Math.floor((to - begin) / minuteMs) + 1 }, (_, i) => {
      return begin + i * minuteMs
    })
    return [...times, to].map((at): Message => {
      return { sensor, at, arrivedAt: at, order: 0, isSignOfLife: false, facts: [] }
    })
  })
  return [...beats, ...facts].toSorted((a, b) => a.arrivedAt - b.arrivedAt)
}

function inOrder(found: StreetFinding[]): StreetFinding[] {
  return found.toSorted((a, b) => a.at - b.at || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

test('however seldom somebody looks, a replay finds the same', () => {
  const [daily, hourly] = [fed(dayMs), fed(hourMs)]
  expect(daily.length).toBeGreaterThan(100)
  expect(new Set(daily.map(({ is }) => is)).size).toBeGreaterThan(5)
  expect(hourly).toEqual(daily)
})

test('a replay with folded heartbeats finds what a live street finds, hour by hour', () => {
  const kinds = new Set(['raised', 'joined', 'cleared'])
  const [live, replayed] = [heardLive(), fed(dayMs)].map((found) =>
    found.filter(({ is }) => kinds.has(is)),
  )
  expect(live?.length).toBeGreaterThan(50)
  const told = (found: StreetFinding[] | undefined) =>
    found?.map((one) => ('rule' in one ? `${one.is} ${one.rule} ${one.subject}` : ''))
  expect(told(live)?.toSorted()).toEqual(told(replayed)?.toSorted())
})
