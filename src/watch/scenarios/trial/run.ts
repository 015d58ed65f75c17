import { startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import { createStreetKernel, type ReplayKernel } from '../kernel/index.ts'
import type { StreetSensor } from '../kernel/street-types.ts'
import { openFeed, type Feed, type Look } from './feed.ts'
import { openJudged, versions, type Case, type JudgedBook } from './judged.ts'
import { canBeTried, openMatters, relevance } from './matters.ts'
import { resultOf } from './result.ts'
import { openSimulation } from './simulated.ts'
import { spanOf, type Span } from './span.ts'
import type { Matter, Source, TrialInput, TrialResult } from './types.ts'

/** Between two looks; a closed case starts its clock anew at the next one. */
const lookMs = hourMs

/**
 * Both versions over the same days: simulated ones of this street, then the real ones that are
 * kept. What a visit finds is known where it was planted or where a person went; a draft's further
 * visits are unknown.
 * @throws RangeError where a version cannot be tried, or days and times are not whole
 */
export function runTrial(input: TrialInput): TrialResult {
  const { draft, inForce, days, until } = input
  if (!canBeTried(draft)) throw new RangeError('a rule of daily sums is not judged by the stream')
  if (!Number.isInteger(days) || days < 1 || days > 366) throw new RangeError('1 to 366 days')
  if (startOfDay(until) !== until) throw new RangeError('a trial ends at 00:00 in Shanghai')
  const isInForce = inForce !== null && canBeTried(inForce)
  const cases: Case[] = versions.flatMap((version) => {
    const definition = version === 'draft' ? draft : isInForce ? inForce : null
    if (definition === null) return []
    const key = `${input.street} ${definition.rule} ${version}`
    return [{ key, version, definition }]
  })
  const span = spanOf(input)
  const { kernel, sensors } = kernelFor(input, cases, span)
  const place = new Map<string, string>(sensors.map((one) => [one.sensor, one.place]))
  const matters = openMatters()
  const book = openJudged(kernel, cases, (one) => place.get(one) ?? one, matters)
  const known: Matter[] = []
  const isRelevant = cases.map(({ definition }) => relevance(definition))
  const note = (matter: Matter) => {
    if (!isRelevant.some((one) => one(matter))) return
    matters.add(matter)
    known.push(matter)
  }
  const messages = live(input, span, { kernel, sensors, book, note })
  return resultOf(input, span, { cases, found: book.all, known, messages })
}

/** Only the devices that one of the two can hear: days of the others would be made for nothing. */
function kernelFor(input: TrialInput, cases: readonly Case[], span: Span) {
  const purposes = new Set(cases.map(({ definition }) => definition.purpose))
  const hears = ({ purpose }: StreetSensor) =>
    purposes.has(purpose) || purposes.has('device-operation')
  const since = span.warmFrom
  const sensors = input.sensors
    .filter((sensor) => sensor.street === input.street && hears(sensor))
    .map((sensor) => ({ ...sensor, since, heardAt: since, lost: null }))
  const kernel = createStreetKernel({
    start: since,
    dayKind: (day) => input.calendar.get(day),
  })
  for (const sensor of sensors) kernel.addSensor(sensor)
  for (const { key, definition } of cases) {
    kernel.addRule({ key, street: input.street, definition, isShadow: false })
  }
  for (const agreement of input.agreements) kernel.agree({ ...agreement, since, awayUntil: null })
  return { kernel, sensors }
}

type Stage = {
  kernel: ReplayKernel
  sensors: readonly StreetSensor[]
  book: JudgedBook
  note: (matter: Matter) => void
}

function live(input: TrialInput, span: Span, stage: Stage): Record<Source, number> {
  const { kernel, book } = stage
  const feed = openFeed(kernel, stage.sensors)
  const sourceOf = (at: Instant): Source => (at < span.storedFrom ? 'simulated' : 'stored')
  const look: Look = (found, now) => {
    book.take(found, sourceOf)
    book.close(now)
  }
  const simulated = liveSimulated(input, span, stage, feed, look)
  const stored = liveStored(input, span, stage, feed, look)
  return { simulated, stored }
}

function liveSimulated(
  input: TrialInput,
  span: Span,
  { sensors, note }: Stage,
  feed: Feed,
  look: Look,
): number {
  const homesOf = (purpose: string) =>
    new Set(
      input.agreements.filter(({ consent }) => consent.purpose === purpose).map((one) => one.home),
    )
  const kindOf = (day: string) => input.calendar.get(day)
  const simulation = openSimulation(
    {
      sensors,
      agreed: homesOf('agreed-care'),
      guarded: homesOf('wandering-guard'),
      isDayOff: (day) => (kindOf(day) === undefined ? undefined : kindOf(day) === 'off'),
    },
    { seed: input.seed, from: span.warmFrom },
  )
  let messages = 0
  for (let day = span.warmFrom; day < span.storedFrom; day += dayMs) {
    const { messages: said, planted } = simulation.next()
    for (const matter of planted) note(matter)
    feed.day(said, lookMs, look)
    if (day >= span.from) messages += said.count
  }
  return messages
}

function liveStored(
  input: TrialInput,
  { storedFrom, until }: Span,
  { sensors, note }: Stage,
  feed: Feed,
  look: Look,
): number {
  if (input.stored === null || storedFrom >= until) return 0
  const ours = new Set(sensors.map(({ sensor }) => sensor))
  for (const matter of input.stored.known) note(matter)
  const messages = input.stored.messages
    .filter(({ sensor, arrivedAt }) => {
      return ours.has(sensor) && arrivedAt >= storedFrom && arrivedAt < until
    })
    .toSorted((a, b) => a.order - b.order)
  const covers = input.stored.covers.filter(({ sensor }) => ours.has(sensor))
  feed.stored({ from: storedFrom, to: until, messages, covers }, lookMs, look)
  return messages.reduce((sum, { facts }) => sum + (facts.length > 0 ? 1 : 0), 0)
}
