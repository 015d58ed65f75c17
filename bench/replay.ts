/**
 * `npm run bench -- replay`: the kernel that judges live judges a simulated year of one street and a
 * simulated day of the whole city, by the shipped rules. Making the days is not in the figures; it
 * is printed beside them. `--short`: 30 days and 60 neighbourhoods, a look and not the figures.
 */
import {
  createStreetKernel,
  inventStreet,
  openFeed,
  openSimulation,
  shippedRules,
  type InventedStreet,
  type ReplayKernel,
} from '../src/watch/scenarios/index.ts'
import { print, round } from './figure.ts'

const bench = 'replay'
const dayMs = 86_400_000
const begin = Date.parse('2025-01-01T00:00:00+08:00')
const devices = 2_000
const yearDays = 365
/** 100 million events of 16 a device and day, in one part for each neighbourhood. */
const city = { events: 100_000_000, neighbourhoods: 6_509, eventsPerDevice: 16.4 }

type Spent = { events: number; judgeMs: number; makeMs: number; setUpMs: number; findings: number }

export async function benchReplay(words: readonly string[]): Promise<void> {
  const isShort = words.includes('--short')
  year(isShort ? 30 : yearDays)
  // A turn for whoever waits, between two long stretches of work.
  await new Promise((done) => setImmediate(done))
  cityDay(isShort ? 60 : city.neighbourhoods)
}

function year(days: number): void {
  const spent = replayed(inventStreet(devices, begin), days, 1)
  const rules = shippedRules().length
  const made = round(spent.makeMs / 1_000)
  const seconds = round(spent.judgeMs / 1_000)
  print({
    ...{ bench, metric: 'replay_s', unit: 's', median: seconds, n: 1 },
    ...(days === yearDays ? { bound: 10, holds: seconds <= 10 } : {}),
    says: `${days} days of ${devices} devices by ${rules} shipped rules, heartbeats as coverage; making the days took ${made} s beside it`,
  })
  figure('events', 'events', spent.events, 'what the devices said in that time')
  figure('replay_findings', 'findings', spent.findings, 'raised, joined, cleared, lost and back')
  const rate = spent.events / (spent.judgeMs / 1_000)
  figure('replay_events_per_s', '1/s', round(rate, 0), 'one thread')
}

/** One neighbourhood after the other, each with a kernel of its own, as a city may spread them. */
function cityDay(parts: number): void {
  const devicesEach = Math.round(city.events / city.neighbourhoods / city.eventsPerDevice)
  const all: Spent = { events: 0, judgeMs: 0, makeMs: 0, setUpMs: 0, findings: 0 }
  for (let part = 1; part <= parts; part++) {
    const spent = replayed(inventStreet(devicesEach, begin, part), 1, part)
    for (const name of Object.keys(all) as (keyof Spent)[]) all[name] += spent[name]
  }
  const seconds = round(all.judgeMs / 1_000)
  const others = `making the day ${round(all.makeMs / 1_000)} s and setting kernels up ${round(all.setUpMs / 1_000)} s beside it`
  print({
    ...{ bench, metric: 'city_day_s', unit: 's', median: seconds, n: 1 },
    ...(parts === city.neighbourhoods ? { bound: 300, holds: seconds <= 300 } : {}),
    says: `one day of ${parts} neighbourhoods of ${devicesEach} devices, one thread; ${others}`,
  })
  figure('city_events', 'events', all.events, 'what the devices of all parts said')
  figure('city_findings', 'findings', all.findings, 'raised, joined, cleared, lost and back')
}

function replayed(street: InventedStreet, days: number, seed: number): Spent {
  const began = performance.now()
  const kernel = kernelOf(street)
  const feed = openFeed(kernel, street.sensors)
  const simulation = openSimulation(street, { seed, from: begin })
  const spent: Spent = { events: 0, judgeMs: 0, makeMs: 0, setUpMs: 0, findings: 0 }
  spent.setUpMs = performance.now() - began
  for (let day = 0; day < days; day++) {
    const start = performance.now()
    const { messages } = simulation.next()
    const made = performance.now()
    feed.day(messages, dayMs, (found) => {
      spent.findings += found.length
    })
    spent.judgeMs += performance.now() - made
    spent.makeMs += made - start
    spent.events += messages.count
  }
  return spent
}

function kernelOf({ street, sensors, agreements }: InventedStreet): ReplayKernel {
  const kernel = createStreetKernel({ start: begin, dayKind: () => undefined })
  for (const agreement of agreements) kernel.agree(agreement)
  for (const { definition } of shippedRules()) {
    kernel.addRule({ key: `${street} ${definition.rule} 1`, street, definition, isShadow: false })
  }
  for (const sensor of sensors) kernel.addSensor(sensor)
  return kernel
}

function figure(metric: string, unit: string, median: number, says: string): void {
  print({ bench, metric, unit, median, n: 1, says })
}
