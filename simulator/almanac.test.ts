import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf as dateOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs } from '../src/kernel/clock.ts'
import { dayAfter, openAlmanac, plainDay, weatherOf, weathers } from './almanac.ts'
import { dayOf } from './days.ts'

const noWeather = { weather: [] }
const almanac = openAlmanac(1, noWeather)

test.each<[string, string, boolean, boolean]>([
  ['a Tuesday', '2026-07-07', false, false],
  ['a Saturday', '2026-07-11', true, false],
  ['a Sunday on which everybody works', '2025-04-27', false, false],
  ['the second day of a long holiday', '2025-01-29', true, true],
  ['its first day, after a working day', '2025-01-28', true, false],
])('%s', (_, day, isOff, isFeast) => {
  expect(almanac.dayKind(day)).toMatchObject({ isOff, isFeast })
})

test('a year that nobody announced has weekends alone, and says so', () => {
  expect(almanac.isKnownYear('2026-01-01')).toBe(true)
  expect(almanac.isKnownYear('2031-01-01')).toBe(false)
  expect(almanac.dayKind('2031-01-01').isOff).toBe(false)
  expect(almanac.dayKind('2031-01-04').isOff).toBe(true)
})

test('weather comes in its season only, for some days, the same for the same seed', () => {
  const days = Array.from({ length: 366 }, (_, n) => dayAfter('2026-01-01', n))
  const years = Array.from({ length: 40 }, (_, seed) => days.map((day) => weatherOf(day, seed)))
  for (const year of years) {
    for (const [n, weather] of year.entries()) {
      const month = Number(days[n]!.slice(5, 7))
      if (weather === 'heat') expect([7, 8]).toContain(month)
      if (weather === 'typhoon') expect([7, 8, 9]).toContain(month)
    }
  }
  expect(new Set(years.flat())).toEqual(new Set(weathers))
  expect(days.map((day) => weatherOf(day, 3))).toEqual(years[3])
})

test('planted weather takes the place of the other, for its days and no longer', () => {
  const planted = { weather: [{ what: 'typhoon' as const, from: '2026-01-10', to: '2026-01-11' }] }
  const { dayKind } = openAlmanac(1, planted)
  const told = ['2026-01-09', '2026-01-10', '2026-01-11', '2026-01-12'].map(
    (day) => dayKind(day).weather,
  )
  expect(told).toEqual(['usual', 'typhoon', 'typhoon', 'usual'])
  planted.weather.splice(0)
  expect(dayKind('2026-01-10').weather).toBe('usual')
})

const someday = fc
  .integer({ min: 0, max: 3_000 })
  .map((n) => dateOf(Date.parse('2024-01-01T12:00:00+08:00') + n * dayMs))
const kind = fc.record({
  isOff: fc.boolean(),
  isFeast: fc.boolean(),
  weather: fc.constantFrom(...weathers),
})

test('in any weather nobody sleeps through a day, and whoever goes out comes back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), someday, fc.nat(), kind, (name, day, seed, of) => {
      const signs = dayOf({ name }, day, seed, of)
      expect(signs.every(({ at }) => dateOf(at) === day)).toBe(true)
      const states = (state: string) => signs.filter((one) => one.state === state).length
      expect(states('open')).toBe(2 * states('granted'))
      const life = signs.filter(({ state }) => state === 'occupied').map(({ at }) => at)
      const pauses = life.slice(1).map((at, n) => at - life[n]!)
      expect(Math.max(...pauses)).toBeLessThan(12 * hourMs)
    }),
  )
})

test('in a typhoon people stay in, in heat they go early and come back for the day', () => {
  const elders = Array.from({ length: 60 }, (_, n) => ({ name: `elder ${n}` }))
  const outMs = (weather: 'usual' | 'heat' | 'typhoon') =>
    elders.reduce((sum, elder) => {
      const day = '2026-07-08'
      const opened = dayOf(elder, day, 1, { ...plainDay(day), weather })
        .filter(({ state }) => state === 'open')
        .map(({ at }) => at)
      return sum + opened.reduce((out, at, n) => (n % 2 === 0 ? out - at : out + at), 0)
    }, 0)
  expect(outMs('typhoon')).toBeLessThan(outMs('heat') / 2)
  expect(outMs('heat')).toBeLessThan(outMs('usual') * 0.8)
})
