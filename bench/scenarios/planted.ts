/**
 * Silences that are known beforehand, among homes that are alive, in a process of its own: are they
 * all found, at their moment, and nothing else?
 */
import { performance } from 'node:perf_hooks'
import { minuteMs, secondMs, type Instant } from '../../src/kernel/clock.ts'
import { createKernel, type Kernel, type KernelFinding } from '../../src/watch/scenarios/index.ts'
import { seeded, type Chance } from '../faults/chance.ts'
import { answer } from '../load/child.ts'
import { beatMs, consent, limitMs, silentMs, start, tickMs } from './scene.ts'

/**
 * `due`: when it must be told; NaN: never. `isCutOff`: at that moment a sensor does not speak, for
 * less than its limit. Beats from `outFrom` to before `outTo` do not come.
 */
type Home = {
  due: Instant
  sensors: readonly number[]
  life: Instant | null
  isCutOff: boolean
}
type Sensors = { phase: Float64Array; outFrom: Int32Array; outTo: Int32Array; size: number }
type Street = { kernel: Kernel; homes: Home[]; sensors: Sensors; messages: number }

export type Late = { least: number; median: number; p99: number; most: number; n: number }

/**
 * `early`: told before the home was silent long enough, by the sensors that covered it. `wrongly`:
 * told though life or a dead sensor spoke against it. `late`: from the due moment to the look that
 * told it, in ms; where a sensor was cut off at that moment, apart: it cannot be known before.
 */
export type Told = {
  planted: number
  missed: number
  early: number
  wrongly: number
  twice: number
  late: Late
  lateCutOff: Late
  worstTickMs: number
  messages: number
  seconds: number
}

answer({ scattered, together })

/**
 * Of so many homes a tenth falls silent within twelve minutes, one in three of them with a sensor
 * that is cut off meanwhile; besides some where life stirs in the last half minute, and some whose
 * sensor dies before the moment and stays dead.
 */
function scattered({ homes, seed }: { homes: number; seed: number }): Told {
  const chance = seeded(seed)
  const street = openStreet(homes)
  for (let home = 0; home < homes; home++) {
    const dice = chance()
    const fallsDue = start + minuteMs + Math.floor(chance() * 11 * minuteMs)
    const count = home % 4 === 0 ? 2 : 1
    if (dice < 0.1) addSilent(street, chance, fallsDue, count, dice < 0.03)
    else if (dice < 0.12) addSaved(street, chance, fallsDue, count)
    else if (dice < 0.13) addDead(street, chance, fallsDue, count)
    else
      addHome(street, chance, start + silentMs - Math.floor(chance() * 40 * 60 * minuteMs), count)
  }
  return play(street, 20 * minuteMs)
}

/** Every home falls due within the same minute. */
function together({ homes, seed }: { homes: number; seed: number }): Told {
  const chance = seeded(seed)
  const street = openStreet(homes)
  for (let home = 0; home < homes; home++) {
    const due = start + 5 * minuteMs + Math.floor(chance() * minuteMs)
    addSilent(street, chance, due, 1, false)
  }
  return play(street, 10 * minuteMs)
}

function openStreet(homes: number): Street {
  const rows = homes * 2
  const [phase, outFrom, outTo] = [
    new Float64Array(rows),
    new Int32Array(rows),
    new Int32Array(rows),
  ]
  const sensors = { phase, outFrom, outTo, size: 0 }
  return { kernel: createKernel(start, rows), homes: [], sensors, messages: 0 }
}

/** Answers the home, with a clock that is as saved before a restart: due at `fallsDue` if nothing comes. */
function addHome(street: Street, chance: Chance, fallsDue: Instant, count: number): Home {
  const { kernel, sensors, homes } = street
  const ids: number[] = []
  for (let one = 0; one < count; one++) {
    const phase = Math.floor(chance() * beatMs)
    const heardAt = start + phase - beatMs
    const id = kernel.addSensor({ limitMs, gateway: null, since: heardAt, heardAt })
    sensors.phase[id] = phase
    sensors.size = id + 1
    ids.push(id)
  }
  const plan = kernel.addPlan({ consent, silentMs, since: fallsDue - silentMs, sensors: ids })
  if (plan !== homes.length) throw new Error('plans are numbered as they come')
  const home: Home = { due: Number.NaN, sensors: ids, life: null, isCutOff: false }
  homes.push(home)
  return home
}

function addSilent(
  street: Street,
  chance: Chance,
  fallsDue: Instant,
  count: number,
  isCutOff: boolean,
): void {
  const home = addHome(street, chance, fallsDue, count)
  home.due = fallsDue
  if (!isCutOff) return
  const { sensors } = street
  const [id = 0] = home.sensors
  const phase = sensors.phase[id] ?? 0
  const lastBefore = Math.floor((fallsDue - start - phase) / beatMs)
  const from = 1 + Math.floor(chance() * lastBefore)
  const to = from + 1 + Math.floor(chance() * 10)
  sensors.outFrom[id] = from
  sensors.outTo[id] = to
  const gap = { from: start + phase + (from - 1) * beatMs, to: start + phase + to * beatMs }
  if (gap.to - gap.from > limitMs && gap.from < fallsDue) home.due += gap.to - gap.from
  home.isCutOff = gap.from < home.due && home.due < gap.to
}

function addSaved(street: Street, chance: Chance, fallsDue: Instant, count: number): void {
  const home = addHome(street, chance, fallsDue, count)
  home.life = fallsDue - 1 - Math.floor(chance() * 30 * secondMs)
}

function addDead(street: Street, chance: Chance, fallsDue: Instant, count: number): void {
  const { sensors } = street
  const [id = 0] = addHome(street, chance, fallsDue, count).sensors
  // Its last beat is the one before the due moment, or up to three earlier.
  const beats = Math.floor((fallsDue - 1 - start - (sensors.phase[id] ?? 0)) / beatMs)
  sensors.outFrom[id] = Math.max(0, beats + 1 - Math.floor(chance() * 4))
  sensors.outTo[id] = 1_000_000
}

function play(street: Street, forMs: number): Told {
  const { kernel, homes } = street
  const lives = homes
    .flatMap(({ life, sensors: [id = 0] }) => (life === null ? [] : { at: life, id }))
    .toSorted((a, b) => a.at - b.at)
  const told = new Map<number, { at: Instant; seenAt: Instant; times: number }>()
  const began = performance.now()
  let worstTickMs = 0
  let nextLife = 0
  for (let from = start; from < start + forMs; from += tickMs) {
    const to = from + tickMs
    beat(street, from)
    for (let life = lives[nextLife]; life && life.at < to; life = lives[++nextLife]) {
      kernel.signOfLifeId(life.id, life.at, life.at)
      street.messages++
    }
    const looked = performance.now()
    const found = kernel.tick(to)
    worstTickMs = Math.max(worstTickMs, performance.now() - looked)
    for (const finding of found) note(told, finding, to)
  }
  const seconds = (performance.now() - began) / 1_000
  return { ...compare(homes, told), worstTickMs, messages: street.messages, seconds }
}

/** The beats of the 15 seconds from `from` on. */
function beat(street: Street, from: Instant): void {
  const { kernel, sensors } = street
  const half = (from - start) % beatMs
  const turn = Math.floor((from - start) / beatMs)
  for (let id = 0; id < sensors.size; id++) {
    const phase = sensors.phase[id] ?? 0
    if (phase < half || phase >= half + tickMs) continue
    if (turn >= (sensors.outFrom[id] ?? 0) && turn < (sensors.outTo[id] ?? 0)) continue
    const at = start + turn * beatMs + phase
    kernel.heardId(id, at, at)
    street.messages++
  }
}

type ToldOf = Map<number, { at: Instant; seenAt: Instant; times: number }>

function note(told: ToldOf, finding: KernelFinding, seenAt: Instant): void {
  if (finding.kind !== 'silent') return
  const home = Number(finding.plan.slice(1))
  const times = (told.get(home)?.times ?? 0) + 1
  told.set(home, { at: finding.at, seenAt, times })
}

function compare(homes: readonly Home[], told: ToldOf) {
  const counted = { planted: 0, missed: 0, early: 0, wrongly: 0, twice: 0 }
  const [late, lateCutOff]: [number[], number[]] = [[], []]
  for (const [id, { due, isCutOff }] of homes.entries()) {
    const found = told.get(id)
    const isPlanted = !Number.isNaN(due)
    if (isPlanted) counted.planted++
    if (isPlanted && !found) counted.missed++
    if (!found) continue
    if (!isPlanted || found.at !== due) counted.wrongly++
    if (isPlanted && (found.at < due || found.seenAt < due)) counted.early++
    if (found.times > 1) counted.twice++
    if (isPlanted) (isCutOff ? lateCutOff : late).push(found.seenAt - due)
  }
  return { ...counted, late: lateOf(late), lateCutOff: lateOf(lateCutOff) }
}

function lateOf(ms: number[]): Late {
  ms.sort((a, b) => a - b)
  const at = (share: number) => ms[Math.round(share * (ms.length - 1))] ?? Number.NaN
  return { least: at(0), median: at(0.5), p99: at(0.99), most: at(1), n: ms.length }
}
