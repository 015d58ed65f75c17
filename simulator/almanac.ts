/**
 * What kind of day it is: off or not by the published calendar, and a weather that is made up here.
 * Nobody forecast it, and no rule of the program knows of it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { weekdayOf } from '../src/kernel/calendar.ts'
import { dayMs } from '../src/kernel/clock.ts'
import type { Planted } from '../town/map.ts'
import { seeded } from './seeded.ts'

export const weathers = ['usual', 'heat', 'typhoon'] as const
export type Weather = (typeof weathers)[number]

/** `isFeast`: off for three days or more around it; families visit. */
export type DayKind = { isOff: boolean; isFeast: boolean; weather: Weather }

export type Almanac = { dayKind(day: string): DayKind; isKnownYear(day: string): boolean }

/** A day like most: by its weekday, with no weather to speak of. */
export function plainDay(day: string): DayKind {
  return { isOff: isWeekend(day), isFeast: false, weather: 'usual' }
}

/** In a year that is not announced only weekends are off. */
export function openAlmanac(seed: number, planted: Pick<Planted, 'weather'>): Almanac {
  const { years, days } = readCalendar()
  const isOff = (day: string) => {
    const said = days[day]
    return said === undefined ? isWeekend(day) : said === 'holiday'
  }
  const isFeast = (day: string) =>
    days[day] === 'holiday' && [-1, 1].every((step) => isOff(dayAfter(day, step)))
  const known = new Map<string, DayKind>()
  const drawn = (day: string): DayKind => {
    const before = known.get(day)
    if (before) return before
    if (known.size >= daysKept) known.clear()
    const kind = { isOff: isOff(day), isFeast: isFeast(day), weather: weatherOf(day, seed) }
    known.set(day, kind)
    return kind
  }
  return {
    isKnownYear: (day) => years.includes(Number(day.slice(0, 4))),
    dayKind(day) {
      const kind = drawn(day)
      const weather = planted.weather.length > 0 ? plantedOn(day, planted) : undefined
      return weather ? { ...kind, weather } : kind
    },
  }
}
const daysKept = 16

function isWeekend(day: string): boolean {
  return [0, 6].includes(weekdayOf(day))
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

function plantedOn(day: string, { weather }: Pick<Planted, 'weather'>): Weather | undefined {
  return weather.find(({ from, to }) => from <= day && day <= to)?.what
}

/** Months and days between which it may come, in how many of their weeks, for how many days. */
const seasons = [
  { weather: 'typhoon', from: '07-15', to: '09-25', share: 0.1, days: 2 },
  { weather: 'heat', from: '07-01', to: '08-31', share: 0.45, days: 5 },
] as const

const weekDays = 7
const firstMonday = Date.parse('2024-01-01T00:00:00Z')

/** Whole weeks are drawn, and of a week its first days from a drawn one on. */
export function weatherOf(day: string, seed: number): Weather {
  const nth = Math.floor((Date.parse(`${day}T00:00:00Z`) - firstMonday) / dayMs)
  const week = Math.floor(nth / weekDays)
  for (const { weather, from, to, share, days } of seasons) {
    if (day.slice(5) < from || day.slice(5) > to) continue
    const chance = seeded(seed, weather, week)
    if (!chance.isLucky(share)) continue
    const first = chance.between(0, weekDays - days)
    const at = nth - week * weekDays
    if (first <= at && at < first + days) return weather
  }
  return 'usual'
}

type Calendar = { years: number[]; days: Record<string, 'holiday' | 'work'> }
let calendar: Calendar | undefined

function readCalendar(): Calendar {
  const file = join(import.meta.dirname, '../data/working-days.json')
  calendar ??= JSON.parse(readFileSync(file, 'utf8')) as Calendar
  return calendar
}
