/**
 * `npm run bench -- scenarios`: the kernel that judges silence, alone: a million homes and ten,
 * what memory they take, whether silences that are known beforehand are found, and what others who
 * express such a rule can bear. Every part runs in a process of its own.
 */
import { join, resolve } from 'node:path'
import { median, print, round, type Figure } from './figure.ts'
import { Child } from './load/child.ts'
import { inWorkshop } from './load/workshop.ts'
import { benchScenarioPeers } from './scenarios/peers.ts'
import type { Opened, Ran, Wish } from './scenarios/crowd.ts'
import type { Told } from './scenarios/planted.ts'
import type { ReadBack } from './scenarios/restart.ts'

const bench = 'scenarios'
const million = 1_000_000
const windows = 5
const seed = 4
const boundPerSecond = 5_000_000
const boundBytes = 24
const boundLateS = 60
const togetherHomes = 100_000

export async function benchScenarios(words: readonly string[]): Promise<void> {
  await inWorkshop(bench, async (_opened, folder) => {
    await aMillion()
    await tenMillion()
    await planted()
    await together()
    await restart(folder)
    if (!words.includes('--without-peers')) await benchScenarioPeers(folder)
  })
}

async function aMillion(): Promise<void> {
  await using child = part('crowd')
  const { bytes } = await child.ask<Opened>('open', { homes: million })
  const life = await runs(child, { rounds: 10, isLife: true, isBatched: true })
  rate(
    'events_per_s_1m',
    life,
    boundPerSecond,
    `every message a sign of life, of a home in no order, 512 at once; looks every 15 s of their time are part of it`,
  )
  const cpu = life.map((one) => one.perCpuSecond)
  const says = 'the same, by the processor time that it took: where others use the machine too'
  tell({ metric: 'events_per_cpu_s_1m', unit: 'events/s', median: round(median(cpu), 0), says })
  const beats = await runs(child, { rounds: 10, isLife: false, isBatched: true })
  rate('heartbeats_per_s_1m', beats, null, 'every message a heartbeat, 512 at once')
  const single = await runs(child, { rounds: 3, isLife: true, isBatched: false })
  rate(
    'events_per_s_1m_one_by_one',
    single,
    null,
    'signs of life, each by a call of its own: the memory of the machine is waited for',
  )
  const worst = Math.max(...[...life, ...beats].map((one) => one.worstTickMs))
  tell({ metric: 'worst_look_ms_1m', unit: 'ms', median: round(worst) })
  bytesPerKey(bytes)
}

function bytesPerKey(bytes: Opened['bytes']): void {
  const perKey = bytes.plans / million
  const says =
    'typed arrays for one plan and its timer; its home has one sensor, which the next two figures tell; names apart'
  hold(
    { metric: 'bytes_per_key', unit: 'bytes', median: perKey, bound: boundBytes, says },
    perKey <= boundBytes,
  )
  tell({
    metric: 'bytes_per_sensor',
    unit: 'bytes',
    median: bytes.sensors / million,
    says: 'last message, limit, gateway, registration, timer',
  })
  tell({
    metric: 'bytes_per_link',
    unit: 'bytes',
    median: bytes.links / million,
    says: 'one for each plan that a sensor serves',
  })
}

async function tenMillion(): Promise<void> {
  await using child = part('crowd')
  const { seconds } = await child.ask<Opened>('open', { homes: 10 * million })
  const life = await runs(child, { rounds: 1, isLife: true, isBatched: true })
  const rss = Math.max(...life.map((one) => one.rssMb))
  const says = `resident memory of the whole process with ten million homes, sensors and timers; built in ${round(seconds, 1)} s; without names`
  hold(
    { metric: 'homes_10m_fit', unit: 'MB', median: round(rss, 0), says },
    life.length === windows,
  )
  rate('events_per_s_10m', life, null, 'every message a sign of life, 512 at once')
}

/** Ten rounds first, so that what is measured is compiled. */
async function runs(child: Child, wish: Wish): Promise<Ran[]> {
  await child.ask<Ran>('run', { ...wish, rounds: 1 })
  const all: Ran[] = []
  for (let window = 0; window < windows; window++) all.push(await child.ask<Ran>('run', wish))
  return all
}

async function planted(): Promise<void> {
  await using child = part('planted')
  const told = await child.ask<Told>('scattered', { homes: million, seed })
  const among = `among ${million} homes with ${round(told.messages / million, 1)} million messages in 20 minutes of their time`
  tell({
    metric: 'planted',
    unit: 'silences',
    median: told.planted,
    says: `${among}; a third with a sensor cut off meanwhile`,
  })
  none('planted_missed', told.missed, 'of those')
  none('early', told.early, 'told before 48 hours of silence were covered')
  none(
    'told_wrongly',
    told.wrongly,
    'told of a home where life stirred, or whose sensor had died, or not at its moment',
  )
  lateness(
    'lateness_s',
    told.late,
    'from the due moment to the look that told it; heartbeat 30 s, look 15 s',
    boundLateS,
  )
  lateness(
    'lateness_s_cut_off',
    told.lateCutOff,
    'where a sensor missed heartbeats at that very moment, and could not yet be called lost',
  )
}

async function together(): Promise<void> {
  await using child = part('planted')
  const told = await child.ask<Told>('together', { homes: togetherHomes, seed })
  tell({
    metric: 'due_together',
    unit: 'timers',
    median: told.planted,
    says: 'all due within the same minute',
  })
  const once = told.planted - told.missed - told.twice
  hold(
    { metric: 'fired_once', unit: 'timers', median: once, bound: togetherHomes },
    once === togetherHomes,
  )
  const { least, most } = told.late
  const says = `the latest less the soonest; the longest look took ${round(told.worstTickMs)} ms`
  tell({ metric: 'lateness_spread_s', unit: 's', median: round((most - least) / 1_000), says })
  none('early_together', told.early, 'of the timers that fall due together')
}

async function restart(folder: string): Promise<void> {
  const file = join(folder, 'saved.jsonl')
  await using writer = part('restart')
  await writer.ask('write', { file, homes: million })
  await using reader = part('restart')
  const { seconds, rssMb, plans } = await reader.ask<ReadBack>('read', { file })
  if (plans !== million) throw new Error(`${plans} plans came back`)
  const says = `a million homes with names, from lines of JSON on disk to the first look; ${round(rssMb, 0)} MB with the names; a database is not part of it`
  tell({ metric: 'restart_1m_s', unit: 's', median: round(seconds), says })
}

function rate(metric: string, runsOf: readonly Ran[], bound: number | null, says: string): void {
  const middle = round(median(runsOf.map((one) => one.perSecond)), 0)
  const figure = { metric, unit: 'events/s', median: middle, n: runsOf.length, says }
  if (bound === null) tell(figure)
  else hold({ ...figure, bound }, middle >= bound)
}

function lateness(metric: string, late: Told['late'], says: string, bound?: number): void {
  const [most, p99] = [round(late.most / 1_000), round(late.p99 / 1_000)]
  const figure = { metric, unit: 's', median: most, p99, n: late.n, says: `the worst; ${says}` }
  if (bound === undefined) tell(figure)
  else hold({ ...figure, bound }, most <= bound)
}

function none(metric: string, count: number, says: string): void {
  hold({ metric, unit: 'silences', median: count, bound: 0, says }, count === 0)
}

function tell(figure: Omit<Figure, 'bench' | 'n'> & { n?: number }): void {
  print({ bench, n: 1, ...figure })
}

function hold(figure: Omit<Figure, 'bench' | 'n'> & { n?: number }, holds: boolean): void {
  print({ bench, n: 1, ...figure, holds })
  if (!holds) process.exitCode = 1
}

function part(name: string): Child {
  return new Child(resolve(import.meta.dirname, 'scenarios', `${name}.ts`))
}
