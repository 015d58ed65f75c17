import { describe, expect, test } from 'vitest'
import { startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import { codes } from './codes.ts'
import { openSimulation, usualRates, type Rates } from './simulated.ts'
import { inventStreet } from './streets.ts'

const from = Date.parse('2026-03-02T00:00:00+08:00')
const street = inventStreet(400, from)

function lived(days: number, seed = 1, rates?: Rates) {
  const simulation = openSimulation(street, { seed, from, ...(rates ? { rates } : {}) })
  return Array.from({ length: days }, () => {
    const { messages, planted } = simulation.next()
    const rows = Array.from({ length: messages.count }, (_, i) => ({
      sensor: messages.sensor[i]!,
      code: messages.code[i]!,
      value: messages.value[i]!,
      at: messages.at[i]!,
      arrivedAt: messages.arrivedAt[i]!,
    }))
    return { from: messages.from, rows, covers: messages.covers, away: messages.away, planted }
  })
}

test('the same seed tells the same days, another seed others', () => {
  expect(lived(3)).toEqual(lived(3))
  expect(lived(3)).not.toEqual(lived(3, 2))
})

test('a day is in order of arrival, within the day, and says only what its kinds can say', () => {
  for (const day of lived(5)) {
    expect(day.rows.length).toBeGreaterThan(2_000)
    const arrivals = day.rows.map(({ arrivedAt }) => arrivedAt)
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b))
    for (const { sensor, code, value, at, arrivedAt } of day.rows) {
      expect(startOfDay(at)).toBe(day.from)
      expect(Number.isInteger(at) && Number.isInteger(arrivedAt)).toBe(true)
      expect(arrivedAt).toBeGreaterThanOrEqual(at)
      expect(codes[code]!.kind).toBe(street.sensors[sensor]!.kind)
      if (!Number.isNaN(value)) expect(Number.isSafeInteger(value)).toBe(true)
    }
  }
})

test('a dead sensor says nothing where it is not covered', () => {
  const often = { ...usualRates, deadPerSensorYear: 30, cutsPerGatewayYear: 60 }
  const days = lived(8, 3, often)
  const isWhole = ({ from: begin, to }: { from: number; to: number }) => to - begin === dayMs
  expect(days.flatMap(({ covers }) => covers).filter((cover) => !isWhole(cover))).not.toEqual([])
  for (const day of days) {
    const covers = Map.groupBy(day.covers, ({ sensor }) => sensor)
    for (const { sensor, at } of day.rows) {
      const own = covers.get(sensor) ?? []
      expect(own.some((cover) => cover.from <= at && at <= cover.to)).toBe(true)
    }
  }
})

test('whoever needs help or is away gives no sign until it is over', () => {
  const often = { ...usualRates, helpsPerHomeYear: 20, tripsPerHomeYear: 30, toldPercent: 50 }
  const days = lived(30, 5, often)
  const rows = days.flatMap((day) => day.rows)
  const quiet = days
    .flatMap(({ planted }) => planted)
    .filter(({ about, sensor }) => about === 'life' && sensor === null)
  expect(quiet.map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['away', 'needed-help']),
  )
  for (const { place, from: begin, until } of quiet) {
    const signs = rows.filter(({ sensor, code, at }) => {
      const { place: there, purpose } = street.sensors[sensor]!
      const isOfLife = codes[code]!.isSignOfLife && purpose === 'agreed-care'
      return there === place && isOfLife && at > begin + hourMs && at < until
    })
    expect(signs).toEqual([])
  }
})

test('nothing is told of a home that did not agree', () => {
  const nobody = { ...street, agreed: new Set<string>() }
  const { messages } = openSimulation(nobody, { seed: 1, from }).next()
  const told = Array.from(messages.sensor.subarray(0, messages.count), (sensor) => {
    return street.sensors[sensor]!.purpose
  })
  expect(told.length).toBeGreaterThan(500)
  expect(told).not.toContain('agreed-care')
})

describe('an invented street', () => {
  test('has as many devices as asked for, in no real division', () => {
    expect(street.sensors).toHaveLength(400)
    expect(street.sensors.every(({ place }) => place.startsWith('9999'))).toBe(true)
    expect(new Set(street.sensors.map(({ sensor }) => sensor)).size).toBe(400)
    expect(street.agreements.every(({ home }) => street.agreed.has(home))).toBe(true)
    expect(street.guarded.size).toBeGreaterThan(0)
    expect(street.guarded.size).toBeLessThan(street.agreed.size / 4)
  })
})
