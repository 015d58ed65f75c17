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
import { isAway, parameters, signsOf } from './elders.ts'
import { isIn, limitOf, type Home, type Sensor, type Stretch, type Town } from './town.ts'

/** `since`: from when the clock ran, as who was there would say. */
export type Raised = { home: Home; at: Instant; toldAt: Instant; since: Instant }
/** `askedOf`: homes whose judgement was asked for, and what it wrongly called fine. */
export type Watched = {
  raised: Raised[]
  asked: number
  fineThoughUnknown: number
  /** Stretches in which the program was dead. */
  down: Stretch[]
}

type Said = { message: Omit<Message, 'order'>; sensor: Sensor; home: Home }
type Running = {
  town: Town
  draw: Draw
  kernel: StreetKernel
  stream: Message[]
  order: number
  saved: Map<string, SubjectState>
  savedSensors: Map<string, SavedSensor>
  progress: Progress | null
  ofHome: Map<string, Home>
  watched: Watched
}

const lookEveryMs = 15 * secondMs
const saveEveryMs = minuteMs
const silence = 'care-silence'
const habit = 'care-habit'

/** The rules that concern agreed care, as shipped; the asking one is on here as well. */
function rules(): RuleInUse[] {
  return shippedRules()
    .filter(({ definition }) => [silence, habit].includes(definition.rule))
    .map(({ definition }) => ({
      ...{ key: keyOf(definition.rule, 1), street, definition, isShadow: false },
    }))
}

export function watchTown(town: Town, seed: number): Watched {
  const running: Running = {
    ...{ town, draw: drawFor(seed, 'days'), stream: [], order: 0, progress: null },
    kernel: open(town, town.start, new Map()),
    ...{ saved: new Map(), savedSensors: new Map() },
    ofHome: new Map(town.homes.map((home) => [home.place, home])),
    watched: { raised: [], asked: 0, fineThoughUnknown: 0, down: [] },
  }
  for (let day = 0; day < town.days; day++) watchDay(running, town.start + day * dayMs)
  return running.watched
}

function open(
  { homes }: Town,
  start: Instant,
  saved: ReadonlyMap<string, SavedSensor>,
): StreetKernel {
  const kernel = createStreetKernel({ start, settleMs, dayKind: () => undefined })
  for (const { place, sensors } of homes) {
    for (const sensor of sensors) {
      const { heardAt = null, lost = null } = saved.get(sensor.sensor) ?? {}
      kernel.addSensor({
        ...{ sensor: sensor.sensor, street, kind: sensor.kind, place, purpose: 'agreed-care' },
        ...{ limitMs: limitOf(sensor), gateway: sensor.gateway, since: start, heardAt, lost },
      })
    }
  }
  for (const rule of rules()) kernel.addRule(rule)
  return kernel
}

function agreeAll({ kernel, town }: Running, now: Instant): void {
  for (const { place, elder } of town.homes) {
    const away = elder.aways.find((one) => one.isSaid && one.from <= now && now < one.to)
    const agreement = agreementOf(place, 'agreed-care', town.start)
    kernel.agree({ ...agreement, awayUntil: away?.to ?? null })
  }
}

function watchDay(running: Running, midnight: Instant): void {
  const { town, draw } = running
  if (midnight === town.start) agreeAll(running, midnight)
  const said = town.homes
    .flatMap((home) => sayingsOf(draw, town, home, midnight))
    .toSorted((a, b) => a.message.arrivedAt - b.message.arrivedAt)
  let next = 0
  let downSince: Instant | null = null
  for (let now = midnight; now < midnight + dayMs; now += lookEveryMs) {
    const isDown = isIn(town.down, now)
    const until = now + lookEveryMs
    const arriving: Said[] = []
    for (let one = said[next]; one && one.message.arrivedAt < until; one = said[++next]) {
      arriving.push(one)
    }
    if (isDown) {
      downSince ??= now
      continue
    }
    if (downSince !== null) {
      reopen(running, downSince, now)
      downSince = null
    }
    switchesOf(running, now)
    for (const one of arriving) hear(running, one)
    look(running, until)
  }
  if (downSince !== null) reopen(running, downSince, midnight + dayMs)
}

/** Whoever says that they are away does so between two looks. */
function switchesOf(running: Running, now: Instant): void {
  for (const home of running.town.homes) {
    for (const { from, to, isSaid } of home.elder.aways) {
      if (isSaid && from >= now && from < now + lookEveryMs) leave(running, home, to, now)
    }
  }
}

function sayingsOf(draw: Draw, town: Town, home: Home, midnight: Instant): Said[] {
  const signs = signsOf(draw, home.elder, midnight)
  return home.sensors.flatMap((sensor) => {
    const of = sensor.kind === 'motion' ? 'movement' : 'door'
    const seen = signs
      .filter((sign) => sign.of === of && sign.at < sensor.blindFrom)
      .map((sign) => ({ at: sign.at, isSign: true }))
    const first = midnight + sensor.phaseMs
    const beats = Array.from({ length: dayMs / sensor.beatMs }, (_, i) => ({
      at: first + i * sensor.beatMs,
      isSign: false,
    }))
    return [...seen, ...beats].flatMap(({ at, isSign }): Said[] => {
      if (isIn(sensor.dead, at) || isCut(town, sensor, at)) return []
      return [{ message: messageOf(draw, sensor, at, isSign), sensor, home }]
    })
  })
}

function isCut({ cuts }: Town, { gateway }: Sensor, at: Instant): boolean {
  return cuts.some((cut) => cut.gateway === gateway && cut.from <= at && at < cut.to)
}

function messageOf(
  draw: Draw,
  sensor: Sensor,
  at: Instant,
  isSign: boolean,
): Omit<Message, 'order'> {
  const wrong = sensor.wrongClock.find((one) => one.from <= at && at < one.to)
  const { kind } = sensor
  const state = kind === 'motion' ? 'occupied' : 'open'
  return {
    ...{ sensor: sensor.sensor, at: at + (wrong?.byMs ?? 0) },
    arrivedAt: at + draw.between(50, 900),
    isSignOfLife: isSign,
    facts: isSign ? [{ kind, state, value: null }] : [],
  }
}

function hear(running: Running, { message, sensor, home }: Said): void {
  running.order++
  const whole = { ...message, order: running.order }
  running.stream.push(whole)
  running.kernel.take(whole)
  const at = Math.min(message.at, message.arrivedAt)
  if (at > (sensor.heard.at(-1) ?? -Infinity)) sensor.heard.push(at)
  sensor.arrivedAt = message.arrivedAt
  if (message.isSignOfLife) home.since = Math.max(home.since, at)
}

function look(running: Running, now: Instant): void {
  const { kernel, draw, town } = running
  const found = kernel.advance(now)
  for (const finding of found) note(running, finding, now)
  for (let i = 0; i < 2; i++) ask(running, town.homes[draw.between(0, town.homes.length - 1)], now)
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
  // Whoever was visited in vain: somebody had looked.
  if (now < home.elder.fellAt) restart(running, home, silence, now)
}

/** Asked, who is well or away says so; who lies on the floor does not. */
function answer(running: Running, home: Home, now: Instant): void {
  if (now >= home.elder.fellAt || !running.draw.isLucky(parameters.answersWhenAsked)) return
  const away = home.elder.aways.find((one) => one.from <= now && now < one.to)
  if (away) leave(running, home, away.to, now)
  for (const rule of [silence, habit]) restart(running, home, rule, now)
}

function restart({ kernel }: Running, home: Home, rule: string, now: Instant): void {
  kernel.close(keyOf(rule, 1), home.place, now)
  home.since = Math.max(home.since, now)
}

function leave({ kernel }: Running, home: Home, until: Instant, now: Instant): void {
  kernel.setAway(home.place, until, now)
  home.since = Math.max(home.since, until)
}

/** `seen`, though a sensor of the home has not spoken for longer than it may? */
function ask({ kernel, watched }: Running, home: Home | undefined, now: Instant): void {
  if (!home) return
  const judged = kernel.judge(keyOf(silence, 1), home.place, now)
  watched.asked++
  const isUncovered = home.sensors.some((one) => now - one.arrivedAt > limitOf(one))
  const isFine = judged === undefined || judged.kind === 'seen' || judged.kind === 'silent'
  if (isFine && isUncovered && !isAway(home.elder, now)) watched.fineThoughUnknown++
}

/** Killed and started again: what was saved is given back, the rest is read from the stream. */
function reopen(running: Running, from: Instant, to: Instant): void {
  running.watched.down.push({ from, to })
  running.kernel = open(running.town, to, running.savedSensors)
  agreeAll(running, to)
  if (running.progress) running.kernel.restore([...running.saved.values()], running.progress)
  running.kernel.uncovered(from, to)
  for (const message of running.stream) running.kernel.take(message)
}
