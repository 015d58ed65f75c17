import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf as dateOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs } from '../src/kernel/clock.ts'
import { dayOf } from './days.ts'

const someday = fc
  .integer({ min: 0, max: 3_000 })
  .map((n) => dateOf(Date.parse('2024-01-01T12:00:00+08:00') + n * dayMs))
const elder = fc.string({ minLength: 1, maxLength: 8 }).map((name) => ({ name }))
const seed = fc.integer({ min: 0, max: 2 ** 31 })
const isLife = (sign: { state: string }) => ['occupied', 'open', 'granted'].includes(sign.state)

test('the same seed gives the same day, and other seeds, people and days give others', () => {
  const told = (...arguments_: Parameters<typeof dayOf>) => JSON.stringify(dayOf(...arguments_))
  const one = told({ name: '沈玉兰' }, '2026-07-09', 1)
  expect(told({ name: '沈玉兰' }, '2026-07-09', 1)).toBe(one)
  expect(told({ name: '顾香樟' }, '2026-07-09', 1)).not.toBe(one)
  expect(told({ name: '沈玉兰' }, '2026-07-10', 1)).not.toBe(one)
  expect(told({ name: '沈玉兰' }, '2026-07-09', 2)).not.toBe(one)
})

test('every sign lies within its day in Shanghai, one after the other', () => {
  fc.assert(
    fc.property(elder, someday, seed, (who, day, drawn) => {
      const signs = dayOf(who, day, drawn)
      expect(signs.every((sign) => dateOf(sign.at) === day)).toBe(true)
      expect(signs.toSorted((a, b) => a.at - b.at)).toEqual(signs)
    }),
  )
})

test('nobody sleeps through a day: twelve hours never pass without a sign of life', () => {
  fc.assert(
    fc.property(elder, someday, seed, (who, day, drawn) => {
      const next = dateOf(Date.parse(`${day}T12:00:00+08:00`) + dayMs)
      const life = [...dayOf(who, day, drawn), ...dayOf(who, next, drawn)].filter(isLife)
      const pauses = life.slice(1).map((sign, i) => sign.at - life[i]!.at)
      expect(Math.max(...pauses)).toBeLessThan(12 * hourMs)
    }),
  )
})

test('whoever goes out comes back: each outing asks for the card once and opens twice', () => {
  fc.assert(
    fc.property(elder, someday, seed, (who, day, drawn) => {
      const signs = dayOf(who, day, drawn)
      const count = (state: string) => signs.filter((sign) => sign.state === state).length
      expect(count('granted')).toBeGreaterThan(0)
      expect(count('open')).toBe(2 * count('granted'))
      expect(count('closed')).toBe(count('open'))
    }),
  )
})
