/** A simulated street from day to day, judged by the kernel as the program does, faults and all. */
import { dayMs, minuteMs, secondMs, type Instant } from '../../../src/kernel/clock.ts'
import {
  createStreetKernel,
  settleMs,
  shippedRules,
  type Message,
  type Progress,
  type RuleInUse,
  type SavedSensor,
  type StreetFinding,
  type StreetKernel,
  type SubjectState,
} from '../../../src/watch/scenarios/index.ts'
import { drawFor, type Draw } from '../chance.ts'
import { agreementOf } from '../homes.ts'
import { keyOf, street } from '../rules.ts'
import { parameters, signsOf } from './elders.ts'
import {
  isIn,
  limitOf,
  troubledIn,
  type Home,
  type Sensor,
  type Stretch,
  type Town,
} from './town.ts'

/** `since`: from when the clock ran, as who was there would say. */
export type Raised = { home: Home; at: Instant; toldAt: Instant; since: Instant }
/** How often the judgement of a home was asked for of which a sensor was silent for too long. */
export type Watched = {
  raised: Raised[]
  askedUnknown: number
  fineThoughUnknown: number
  /** Stretches in which the program was dead. */
  down: Stretch[]
}

type Said = Message & { by: Sensor; home: Home }
type Running = {
  town: Town
  rules: RuleInUse[]
  draw: Draw
  kernel: StreetKernel
  stream: Said[]
  order: number
  saved: Map<string, SubjectState>
  savedSensors: Map<string, SavedSensor>
  progress: Progress | null
  ofHome: Map<string, Home>
  /** Who will say when that they are away, the next one last. */
  leaving: { home: Home; from: Instant; to: Instant }[]
  troubled: Home[]
  watched: Watched
}

const lookEveryMs = 15 * secondMs
const saveEveryMs = minuteMs
const silence = 'care-silence'
const habit = 'care-habit'

/** The rules of agreed care as they ship: the one that only asks is a draft there. */
function rules(isAsking: boolean): RuleInUse[] {
  const used = isAsking ? [silence, habit] : [silence]
  return shippedRules()
    .filter(({ definition }) => used.includes(definition.rule))
    .map(({ definition }) => ({
      ...{ key: keyOf(definition.rule, 1), street, definition, isShadow: false },
    }))
}

/** `isAsking`: the rule that asks the person before a visit is due is on as well. */
export function watchTown(town: Town, seed: number, isAsking: boolean): Watched {
  const inUse = rules(isAsking)
  const running: Running = {
    ...{ town, draw: drawFor(seed, 'days'), stream: [], order: 0, progress: null },
    ...{ rules: inUse, kernel: open(town, inUse, town.start, new Map()) },
    ...{ saved: new Map(), savedSensors: new Map() },
    ofHome: new Map(town.homes.map((home) => [home.place, home])),
    ...{ leaving: leavingOf(town), troubled: [] },
    watched: { raised: [], askedUnknown: 0, fineThoughUnknown: 0, down: [] },
  }
  for (let day = 0; day < town.days; day++) watchDay(running, town.start + day * dayMs)
  return running.watched
}

function leavingOf({ homes }: Town): Running['leaving'] {
  return homes
    .flatMap((home) => home.elder.aways.map((away) => ({ home, ...away })))
    .filter(({ isSaid }) => isSaid)
    .toSorted((a, b) => b.from - a.from)
}

function open(
  town: Town,
  inUse: readonly RuleInUse[],
  start: Instant,
  saved: ReadonlyMap<string, SavedSensor>,
): StreetKernel {
  const kernel = createStreetKernel({ start, settleMs, dayKind: () => undefined })
  const { homes, start: since } = town
  for (const { place, sensors } of homes) {
    for (const sensor of sensors) {
      const { heardAt = null, lost = null } = saved.get(sensor.sensor) ?? {}
      kernel.addSensor({
        ...{ sensor: sensor.sensor, street, kind: sensor.kind, place, purpose: 'agreed-care' },
        ...{ limitMs: limitOf(sensor), gateway: sensor.gateway, since, heardAt, lost },
      })
    }
  }
  for (const rule of inUse) kernel.addRule(rule)
  return kernel
}

function agreeAll({ kernel, town }: Running): void {
  for (const { place, awayUntil } of town.homes) {
    kernel.agree({ ...agreementOf(place, 'agreed-care', town.start), awayUntil })
  }
}

function watchDay(running: Running, midnight: Instant): void {
  const { town, draw } = running
  if (midnight === town.start) agreeAll(running)
  running.troubled = troubledIn(town, midnight, midnight + dayMs)
  const looks: Said[][] = Array.from({ length: dayMs / lookEveryMs }, () => [])
  for (const home of town.homes) sayDay(draw, home, midnight, looks)
  let downSince: Instant | null = null
  for (const [i, arriving] of looks.entries()) {
    const now = midnight + i * lookEveryMs
    // What is said to a dead program is lost here; a gateway would say it again.
    if (isIn(town.down, now)) {
      downSince ??= now
      continue
    }
    if (downSince !== null) {
      reopen(running, downSince, now)
      downSince = null
    }
    switchesOf(running, now)
    for (const one of arriving.toSorted((a, b) => a.arrivedAt - b.arrivedAt)) hear(running, one)
    look(running, now + lookEveryMs)
  }
  if (downSince !== null) reopen(running, downSince, midnight + dayMs)
}

/** Whoever says that they are away does so between two looks, or as soon as the program is back. */
function switchesOf(running: Running, now: Instant): void {
  const { leaving } = running
  for (let next = leaving.at(-1); next && next.from < now + lookEveryMs; next = leaving.at(-1)) {
    leaving.pop()
    leave(running, next.home, next.to, now)
  }
}

/** What the sensors of a home say in a day, each message with the look before which it arrives. */
function sayDay(draw: Draw, home: Home, midnight: Instant, looks: Said[][]): void {
  const signs = signsOf(draw, home.elder, midnight)
  for (const sensor of home.sensors) {
    const say = (at: Instant, isSign: boolean) => {
      if (isIn(sensor.dead, at) || isIn(sensor.cut, at)) return
      const arrivedAt = Math.min(at + draw.between(50, 900), midnight + dayMs - 1)
      const look = Math.floor((arrivedAt - midnight) / lookEveryMs)
      looks[look]?.push(messageOf(home, sensor, { at, arrivedAt, isSign }))
    }
    const of = sensor.kind === 'motion' ? 'movement' : 'door'
    for (const sign of signs) {
      if (sign.of === of && sign.at < sensor.blindFrom) say(sign.at, true)
    }
    const { beatMs, phaseMs } = sensor
    for (let at = midnight + phaseMs; at < midnight + dayMs; at += beatMs) say(at, false)
  }
}

const noFacts: Message['facts'] = []
const signFacts: Record<Sensor['kind'], Message['facts']> = {
  motion: [{ kind: 'motion', state: 'occupied', value: null }],
  'door-contact': [{ kind: 'door-contact', state: 'open', value: null }],
}

function messageOf(
  home: Home,
  sensor: Sensor,
  { at, arrivedAt, isSign }: { at: Instant; arrivedAt: Instant; isSign: boolean },
): Said {
  const wrong = sensor.wrongClock.find((one) => one.from <= at && at < one.to)
  return {
    ...{ sensor: sensor.sensor, at: at + (wrong?.byMs ?? 0), arrivedAt, order: 0 },
    ...{ isSignOfLife: isSign, facts: isSign ? signFacts[sensor.kind] : noFacts },
    ...{ by: sensor, home },
  }
}

function hear(running: Running, said: Said): void {
  said.order = ++running.order
  running.stream.push(said)
  running.kernel.take(said)
  const { by, home, arrivedAt, isSignOfLife } = said
  const at = Math.min(said.at, arrivedAt)
  if (at > (by.heard.at(-1) ?? -Infinity)) by.heard.push(at)
  by.arrivedAt = arrivedAt
  if (isSignOfLife) home.since = Math.max(home.since, at)
}

function look(running: Running, now: Instant): void {
  const { kernel, draw, town } = running
  const found = kernel.advance(now)
  for (const finding of found) note(running, finding, now)
  const homes = now % minuteMs === 0 ? town.homes : running.troubled
  ask(running, homes[draw.between(0, homes.length - 1)], now)
  // What is told and what is saved is one transaction.
  if (found.length === 0 && now % saveEveryMs !== 0) return
  const { subjects, sensors } = kernel.changed()
  for (const one of subjects) running.saved.set(`${one.rule} ${one.subject}`, one)
  for (const one of sensors) running.savedSensors.set(one.sensor, one)
  running.progress = kernel.progress()
  const { from } = running.progress
  running.stream = running.stream.filter((one) => one.order >= from)
}

function note(running: Running, finding: StreetFinding, now: Instant): void {
  if (finding.is !== 'raised') return
  const home = running.ofHome.get(finding.subject)
  if (!home) return
  if (finding.rule === keyOf(habit, 1)) {
    answer(running, home, now)
    return
  }
  const { since } = home
  running.watched.raised.push({ home, at: finding.at, toldAt: now, since })
  if (now < home.elder.fellAt) visit(running, home, now)
}

/** In vain: somebody had looked, and perhaps it does not happen again. */
function visit(running: Running, home: Home, now: Instant): void {
  const { draw } = running
  restart(running, home, silence, now)
  for (const sensor of home.sensors) {
    const isFound = sensor.blindFrom <= now && draw.isLucky(parameters.repairsWhenVisited)
    if (isFound) sensor.blindFrom = Infinity
  }
  const away = awayAt(home, now)
  if (away && draw.isLucky(parameters.answersWhenAsked)) leave(running, home, away.to, now)
}

/** Asked, who is well or away says so; who lies on the floor does not. */
function answer(running: Running, home: Home, now: Instant): void {
  if (now >= home.elder.fellAt || !running.draw.isLucky(parameters.answersWhenAsked)) return
  const away = awayAt(home, now)
  if (away) leave(running, home, away.to, now)
  for (const rule of [silence, habit]) restart(running, home, rule, now)
}

function awayAt({ elder }: Home, now: Instant) {
  return elder.aways.find(({ from, to }) => from <= now && now < to)
}

function restart({ kernel }: Running, home: Home, rule: string, now: Instant): void {
  kernel.close(keyOf(rule, 1), home.place, now)
  home.since = Math.max(home.since, now)
}

function leave({ kernel }: Running, home: Home, until: Instant, now: Instant): void {
  kernel.setAway(home.place, until, now)
  home.awayUntil = until
  home.since = Math.max(home.since, until)
}

/** `seen`, though a sensor of the home has not spoken for longer than it may? */
function ask({ kernel, watched }: Running, home: Home | undefined, now: Instant): void {
  if (!home) return
  const judged = kernel.judge(keyOf(silence, 1), home.place, now)
  if (!home.sensors.some((one) => now - one.arrivedAt > limitOf(one))) return
  watched.askedUnknown++
  const isFine = judged === undefined || judged.kind === 'seen' || judged.kind === 'silent'
  if (isFine) watched.fineThoughUnknown++
}

/** Killed and started again: what was saved is given back, the rest is read from the stream. */
function reopen(running: Running, from: Instant, to: Instant): void {
  running.watched.down.push({ from, to })
  running.kernel = open(running.town, running.rules, to, running.savedSensors)
  agreeAll(running)
  if (running.progress) running.kernel.restore([...running.saved.values()], running.progress)
  running.kernel.uncovered(from, to)
  for (const message of running.stream) running.kernel.take(message)
}
