import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../kernel/clock.ts'
import { deadlineAfter, isWorkingDay } from './decide.ts'
import type { Calendar } from './types.ts'

type Published = { years: number[]; days: Record<string, 'work' | 'holiday'> }
const published = JSON.parse(readFileSync('data/working-days.json', 'utf8')) as Published
const calendar: Calendar = {
  years: new Set(published.years),
  days: new Map(Object.entries(published.days).map(([day, kind]) => [day, kind === 'work'])),
}
const at = (text: string) => Date.parse(`${text}+08:00`)
/** 24:00 of a day in Shanghai. */
const endOf = (day: string) => at(`${day}T00:00`) + dayMs

describe('hours run from the moment, over nights and holidays', () => {
  test.each([
    ['2026-07-07T08:00', 2, '2026-07-07T10:00'],
    ['2026-07-07T23:30', 2, '2026-07-08T01:30'],
    ['2026-02-16T12:00', 48, '2026-02-18T12:00'],
    ['2026-12-31T23:00', 2, '2027-01-01T01:00'],
  ])('%s and %d hours', (start, count, end) => {
    expect(deadlineAfter(calendar, at(start), { count, kind: 'hour' })).toEqual({
      ...{ at: at(end), kind: 'hour' },
    })
  })
})

describe('working days: the first day is not counted, the last one ends at 24:00', () => {
  test.each([
    ['an ordinary Tuesday', '2026-07-07T08:00', 1, '2026-07-08'],
    ['its first moment', '2026-07-07T00:00', 1, '2026-07-08'],
    ['its last moment', '2026-07-07T23:59:59.999', 1, '2026-07-08'],
    ['the moment after', '2026-07-08T00:00', 1, '2026-07-09'],
    ['over a weekend', '2026-07-10T12:00', 1, '2026-07-13'],
    ['from a Saturday', '2026-07-11T12:00', 1, '2026-07-13'],
    ['a week', '2026-07-07T12:00', 5, '2026-07-14'],
    ['the make-up Saturday before Spring Festival counts', '2026-02-13T12:00', 1, '2026-02-14'],
    ['over the nine days of Spring Festival', '2026-02-14T12:00', 1, '2026-02-24'],
    ['found on New Year’s Day', '2026-02-17T00:10', 1, '2026-02-24'],
    ['to the day before the second make-up Saturday', '2026-02-13T12:00', 5, '2026-02-27'],
    ['to the second make-up Saturday', '2026-02-13T12:00', 6, '2026-02-28'],
    ['beyond it the Sunday is free', '2026-02-28T12:00', 1, '2026-03-02'],
    ['over National Day', '2026-09-30T12:00', 1, '2026-10-08'],
    ['to the make-up Saturday after it', '2026-09-30T12:00', 3, '2026-10-10'],
    ['beyond it', '2026-09-30T12:00', 4, '2026-10-12'],
    ['the last day that the table knows', '2026-12-30T12:00', 1, '2026-12-31'],
  ])('%s', (_what, start, count, day) => {
    expect(deadlineAfter(calendar, at(start), { count, kind: 'working_day' })).toEqual({
      ...{ at: endOf(day), kind: 'working_day' },
    })
  })
})

describe('calendar days: every day counts, and the end waits for a working day', () => {
  test.each([
    ['an ordinary end', '2026-07-06T12:00', 3, '2026-07-09'],
    ['ending on a Saturday', '2026-07-08T12:00', 3, '2026-07-13'],
    ['ending on a Sunday', '2026-07-08T12:00', 4, '2026-07-13'],
    ['ending on a make-up Saturday', '2026-02-11T12:00', 3, '2026-02-14'],
    ['ending in Spring Festival', '2026-02-11T12:00', 4, '2026-02-24'],
    ['ending on National Day', '2026-09-21T12:00', 10, '2026-10-08'],
  ])('%s', (_what, start, count, day) => {
    expect(deadlineAfter(calendar, at(start), { count, kind: 'calendar_day' })).toEqual({
      ...{ at: endOf(day), kind: 'calendar_day' },
    })
  })
})

describe('a year without a table is an estimate that says so', () => {
  test.each([
    ['one working day', '2026-12-31T12:00', { count: 1, kind: 'working_day' }, '2027-01-01'],
    [
      'five, one of them known',
      '2026-12-30T12:00',
      { count: 5, kind: 'working_day' },
      '2027-01-04',
    ],
    ['calendar days', '2026-12-25T12:00', { count: 10, kind: 'calendar_day' }, '2027-01-04'],
  ] as const)('%s', (_what, start, duration, day) => {
    expect(deadlineAfter(calendar, at(start), duration)).toEqual({
      ...{ at: endOf(day), kind: 'calendar_estimate', unknownYear: 2027 },
    })
  })

  test('a year before the first table too', () => {
    const found = deadlineAfter(calendar, at('2023-06-01T12:00'), { count: 1, kind: 'working_day' })
    expect(found).toMatchObject({ kind: 'calendar_estimate', unknownYear: 2023 })
  })

  test('nothing is known without any table', () => {
    const none = { years: new Set<number>(), days: new Map() }
    expect(isWorkingDay(none, '2026-07-07')).toBeUndefined()
  })
})

test('every day of three years and many counts agree with a second count', () => {
  const days: string[] = []
  for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2027, 0, 1); day += dayMs) {
    days.push(new Date(day).toISOString().slice(0, 10))
  }
  const working = days.filter((day) => {
    const said = published.days[day]
    return said ? said === 'work' : new Date(`${day}T00:00Z`).getUTCDay() % 6 !== 0
  })
  for (const [i, day] of days.entries()) {
    const after = working.filter((each) => each > day)
    for (const count of [1, 2, 3, 5, 7, 15, 30]) {
      const end = after[count - 1]
      const found = deadlineAfter(calendar, at(`${day}T00:00`) + (i % 24) * hourMs, {
        ...{ count, kind: 'working_day' },
      })
      if (end === undefined) expect(found.kind).toBe('calendar_estimate')
      else expect(found).toEqual({ at: endOf(end), kind: 'working_day' })
    }
  }
})
