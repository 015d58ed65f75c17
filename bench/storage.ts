/**
 * `npm run bench -- storage`: what a reading takes on disk, written by the real program, and what
 * a street's year comes to at the rates below.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { print, round } from './figure.ts'
import { lineOf, openScene, withLoad, type Scene } from './load/scene.ts'
import { alarmKinds, doorKinds } from './load/street.ts'
import type { Stats } from './load/publisher.ts'
import { rowsOf } from './load/verify.ts'
import { inWorkshop } from './load/workshop.ts'

const bench = 'storage'
const rows = 400_000
const sparseRows = 50_000
const gb = 1e9

/**
 * A street of 60,000 people with 2,000 devices. Doors: four events a person and day. Care: 600
 * devices in homes that agreed, 100 a day. Meters: 300, every quarter of an hour. Alarms and public
 * space: 500 devices, ten a day. Heartbeats, one a minute, fold into the interval in which a device
 * works; one hole a device and day is assumed.
 */
const perDay = {
  hourShelf: 60_000 * 4 + 600 * 100 + 300 * 96,
  dayShelf: 500 * 10,
  coverage: 2_000,
  usage: 300,
  heartbeats: 2_000 * 24 * 60,
}
/** Days until it goes: 72 h + 1 h; 30 days; 90 days. */
const kept = { hourShelf: 73 / 24, dayShelf: 30, coverage: 90, usage: 90 }

export async function benchStorage(): Promise<void> {
  await inWorkshop(bench, async (opened, folder) => {
    const kinds = [...doorKinds, ...alarmKinds]
    const street = { devices: 400, gateways: 0, devicesPerGateway: 0, kinds }
    const scene = await openScene(opened, folder, street)
    await write(scene)
    const hourShelf = await bytesOf(scene, 'reading', 'bytes_per_reading_hour')
    const dayShelf = await bytesOf(scene, 'lasting_reading', 'bytes_per_reading_day')
    for (const statement of sparse) await rowsOf(scene.databaseUrl, statement)
    const coverage = await bytesOf(scene, 'coverage', 'bytes_per_working_interval')
    const usage = await bytesOf(scene, 'usage_day', 'bytes_per_meter_day')
    year({ hourShelf, dayShelf, coverage, usage })
  })
}

async function write(scene: Scene): Promise<void> {
  await withLoad(scene, scene.devices.map(lineOf), 16, async ({ publisher }) => {
    await publisher.ask('full', { upTo: rows })
    const taken = async () => (await publisher.ask<Stats>('stats')).acknowledged
    while ((await taken()) < rows) await pause(200)
  })
}

/** Tables that grow by rows that nobody can hurry: filled by hand, as many as a year would. */
const sparse = [
  `insert into sensing.coverage (street, device, place, from_at, to_at)
   select device.street, device.id, device.place, at, at + interval '23 hours'
   from (select * from devices.device order by id limit 200) as device,
     generate_series(now() - interval '249 days', now(), interval '1 day') as at
   on conflict do nothing`,
  `insert into sensing.usage_day
   select device.street, device.id, day::date, 'water-litres', 0, 400, 0, 400, 96
   from (select * from devices.device order by id limit 200) as device,
     generate_series(now() - interval '249 days', now(), interval '1 day') as day
   on conflict do nothing`,
]

/** Heap and indexes with all that belongs to them, over the rows that lie there. */
async function bytesOf({ databaseUrl }: Scene, table: string, metric: string): Promise<number> {
  await rowsOf(databaseUrl, `vacuum analyze sensing.${table}`)
  const [found] = await rowsOf<{ heap: number; index: number; n: number }>(
    databaseUrl,
    `select sum(pg_table_size(relid))::float8 as heap, sum(pg_indexes_size(relid))::float8 as index,
       (select count(*) from sensing.${table})::float8 as n
     from (select relid from pg_partition_tree('sensing.${table}')
       union select 'sensing.${table}'::regclass) as part`,
  )
  const { heap, index, n } = found ?? { heap: 0, index: 0, n: 0 }
  if (n < sparseRows / 2) throw new Error(`only ${n} rows in ${table}`)
  const says = `heap ${round(heap / n, 1)} B, indexes ${round(index / n, 1)} B, over ${n} rows`
  const bytes = round((heap + index) / n, 1)
  print({ bench, metric, unit: 'B', median: bytes, n: 1, says })
  return (heap + index) / n
}

type Bytes = Record<'hourShelf' | 'dayShelf' | 'coverage' | 'usage', number>

function year(bytes: Bytes): void {
  const shelves = bytes.hourShelf * perDay.hourShelf + bytes.dayShelf * perDay.dayShelf
  const facts = bytes.coverage * perDay.coverage + bytes.usage * perDay.usage
  const written = 365 * (shelves + facts)
  const standing =
    bytes.hourShelf * perDay.hourShelf * kept.hourShelf +
    bytes.dayShelf * perDay.dayShelf * kept.dayShelf +
    bytes.coverage * perDay.coverage * kept.coverage +
    bytes.usage * perDay.usage * kept.usage
  const heartbeats = 365 * perDay.heartbeats * bytes.hourShelf
  const rates = `${perDay.hourShelf} readings a day on the hour shelf, ${perDay.dayShelf} on the day shelf, 2,000 working intervals, 300 meter days`
  figure('gb_written_per_street_and_year', written, `if nothing went: ${rates}; without WAL`)
  const terms = 'hour shelf 73 h, day shelf 30 days, working intervals and meter days 90 days'
  figure('gb_standing_per_street', standing, `what lies on disk at any time: ${terms}`)
  figure('gb_growth_per_street_and_year', 0, 'everything has a term: after 90 days nothing grows')
  const what = 'what 2,000 heartbeats a minute would take as rows; they fold into intervals'
  figure('gb_saved_by_folding_per_street_and_year', heartbeats, what)
}

function figure(metric: string, bytes: number, says: string): void {
  print({ bench, metric, unit: 'GB', median: round(bytes / gb, 3), n: 1, says })
}
