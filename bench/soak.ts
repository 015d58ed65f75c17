/**
 * `npm run soak -- --hours N [--rate READINGS] [--every SECONDS]`: a street lives so long: 2,000
 * devices speak and come back, every fiftieth reading is a call for help that is told, seen and
 * closed, pages open and close. Prints by how much memory, open files and what waits grew an hour.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { print, round } from './figure.ts'
import { inWorkshop } from './load/workshop.ts'
import { openScene } from './pages/scene.ts'
import { openLife, type Life } from './soak/life.ts'
import { takeSample, type Sample } from './soak/samples.ts'
import { slopeOf } from './soak/slope.ts'

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '8' },
    rate: { type: 'string', default: '100' },
    every: { type: 'string', default: '20' },
    json: { type: 'boolean' },
  },
})
const bench = 'soak'
const neighbourhoods = 11
const hourMs = 3_600_000
/** Caches fill and code is compiled at first: so much of the run is not looked at. */
const warmShare = 0.25
/** A shorter run says how it went, and proves nothing. */
const hoursMin = 1

type Figure = Exclude<keyof Sample, 'at'>
/** What an hour may add at most: above what a collection or a connection more or less is. */
const bounds: Record<Figure, { unit: string; bound: number | null }> = {
  program_heap_mb: { unit: 'MB/h', bound: 2 },
  // What the allocator keeps follows the heap and the load.
  program_rss_mb: { unit: 'MB/h', bound: null },
  program_files: { unit: 'files/h', bound: 1 },
  postgres_anon_mb: { unit: 'MB/h', bound: 10 },
  postgres_files: { unit: 'files/h', bound: 25 },
  events_waiting: { unit: 'events/h', bound: 1 },
  notes_due: { unit: 'notes/h', bound: 1 },
  tasks_open: { unit: 'tasks/h', bound: 1 },
  readings_waiting: { unit: 'readings/h', bound: 5 },
}

const [hours, rate, everyMs] = [values.hours, values.rate, `${values.every}000`].map(Number)
if (!hours || !rate || !everyMs || !(Math.min(hours, rate, everyMs) > 0)) {
  console.error('npm run soak -- --hours N [--rate READINGS] [--every SECONDS]')
  process.exit(2)
}
await inWorkshop(bench, (opened, folder) => soak(opened, folder, { hours, rate, everyMs }))

type Wish = { hours: number; rate: number; everyMs: number }

async function soak(opened: AsyncDisposableStack, folder: string, wish: Wish): Promise<void> {
  const scene = await openScene(opened, folder, neighbourhoods)
  const client = new pg.Client({ connectionString: scene.databaseUrl })
  await client.connect()
  opened.defer(() => client.end())
  const life = await openLife(opened, scene, wish.rate)
  const samples: Sample[] = []
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / hourMs
  while (elapsed() < wish.hours) {
    await Promise.race([pause(wish.everyMs), life.ended])
    const sample = await takeSample(scene, client, life.unacknowledged(), elapsed())
    samples.push(sample)
    console.error(JSON.stringify(rounded(sample)))
  }
  await life.stop()
  sayLife(life, elapsed())
  for (const name of Object.keys(bounds) as Figure[]) saySlope(name, samples, wish.hours)
}

function sayLife(life: Life, took: number): void {
  const n = life.said()
  const says = `in ${round(took, 3)} hours`
  print({ bench, metric: 'readings', unit: 'count', median: n, n, says })
  const lost = life.pressed() - life.closed()
  print({
    ...{ bench, metric: 'alarms_not_closed', unit: 'count', median: lost, n: life.pressed() },
    ...{ bound: 0, holds: lost === 0, says: 'pressed, and not seen and closed by somebody' },
  })
  if (lost !== 0) process.exitCode = 1
}

function saySlope(name: Figure, samples: readonly Sample[], hours: number): void {
  const warm = samples.filter(({ at }) => at >= hours * warmShare)
  const { anHour, low, high, n } = slopeOf(warm.map((one) => ({ at: one.at, value: one[name] })))
  const last = warm.at(-1)?.[name] ?? Number.NaN
  const { unit, bound } = bounds[name]
  const isLong = hours >= hoursMin
  const holds = bound !== null && isLong ? anHour <= bound : null
  const between = `95 of 100 between ${round(low)} and ${round(high)}; ${round(last)} at the end`
  const says = isLong ? between : `${between}; too short to prove anything`
  print({ bench, metric: `${name}_slope`, unit, median: round(anHour), n, bound, holds, says })
  if (holds === false) process.exitCode = 1
}

function rounded(sample: Sample): Record<string, number> {
  return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, round(value, 3)]))
}
