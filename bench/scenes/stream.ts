/** What sensors say over some hours or days, in the order of arrival, and what else is done. */
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../src/kernel/clock.ts'
import { readingStates } from '../../src/watch/devices/index.ts'
import type {
  Agreement,
  Message,
  RuleInUse,
  StreetSensor,
} from '../../src/watch/scenarios/index.ts'
import { drawFor, type Draw } from './chance.ts'
import { changesAt } from './changes.ts'
import { measuresOf, type Span } from './rules.ts'
import type { Act } from './scene.ts'

/** `sensors` and `agreed` as they are now. `isCalm`: hardly anything is late or lost. */
export type Stage = {
  seed: number
  isCalm: boolean
  start: Instant
  span: Span
  sensors: StreetSensor[]
  rules: readonly RuleInUse[]
  agreed: Agreement[]
  settleMs: number
}
type Said = Omit<Message, 'order'>
type Cut = { gateway: string; from: Instant; to: Instant; isKept: boolean }

const messagesMax = { hours: 50, days: 120 }

export function drawStream(stage: Stage): Act[] {
  const draw = drawFor(stage.seed, 'stream')
  const until = stage.start + lengthOf(draw, stage.span)
  const cuts = drawCuts(draw, stage, until)
  const said = stage.sensors.flatMap((sensor) => sayings(draw, stage, sensor, until, cuts))
  const arrived = said
    .toSorted((a, b) => a.arrivedAt - b.arrivedAt)
    .map((one, i): Message => ({ ...one, order: i + 1 }))
  return withLooks(draw, stage, arrived, until)
}

function lengthOf(draw: Draw, span: Span): number {
  return span === 'days' ? draw.between(10, 16) * dayMs : draw.between(60, 360) * minuteMs
}

function drawCuts(draw: Draw, { start, isCalm }: Stage, until: Instant): Cut[] {
  return (['g1', 'g2'] as const).flatMap((gateway): Cut[] => {
    if (draw.isLucky(isCalm ? 0.95 : 0.6)) return []
    const from = draw.between(start, until)
    const to = from + draw.between(1, 90) * minuteMs
    return [{ gateway, from, to, isKept: draw.isLucky(0.5) }]
  })
}

function sayings(
  draw: Draw,
  stage: Stage,
  sensor: StreetSensor,
  until: Instant,
  cuts: readonly Cut[],
): Said[] {
  const said: Said[] = []
  const diesAt = draw.isLucky(stage.isCalm ? 0.03 : 0.15) ? draw.between(stage.start, until) : until
  let at = stage.start + draw.between(0, sensor.limitMs)
  while (at < diesAt && said.length < messagesMax[stage.span]) {
    const message = sayingAt(draw, stage, sensor, at)
    const cut = cuts.find((one) => one.gateway === sensor.gateway && one.from <= at && at < one.to)
    if (cut === undefined) said.push(message)
    else if (cut.isKept) said.push({ ...message, arrivedAt: Math.max(cut.to, message.arrivedAt) })
    if (draw.isLucky(0.04)) said.push({ ...message, arrivedAt: message.arrivedAt + secondMs })
    at = nextAt(draw, stage, sensor, at)
  }
  return said
}

/** Often on the half minute, so that several things fall on the same instant. */
function nextAt(draw: Draw, stage: Stage, { limitMs }: StreetSensor, at: Instant): Instant {
  const { span, isCalm } = stage
  const kind = draw.between(0, isCalm ? 299 : 19)
  if (kind === 0) return at + limitMs
  if (kind === 1) return at + limitMs + 1
  if (kind === 2) return at + draw.between(1, 4) * limitMs
  const least = span === 'days' ? hourMs : secondMs
  const next = at + draw.between(least, limitMs)
  return draw.isLucky(0.6) ? Math.max(at + 1, next - (next % (30 * secondMs))) : next
}

function sayingAt(draw: Draw, stage: Stage, sensor: StreetSensor, at: Instant): Said {
  const facts = factsOf(draw, sensor)
  const arrivedAt = at + delayOf(draw, stage)
  const clock = draw.between(0, stage.isCalm ? 599 : 49)
  return {
    ...{ sensor: sensor.sensor, arrivedAt, facts },
    at: clock === 0 ? arrivedAt + draw.between(1, hourMs) : clock === 1 ? at - hourMs : at,
    isSignOfLife: facts.some(({ kind, state }) => isSign(kind, state)),
  }
}

function delayOf(draw: Draw, { settleMs, isCalm }: Stage): number {
  const kind = draw.between(isCalm && draw.isLucky(0.98) ? 2 : 0, 19)
  if (kind === 0) return settleMs + draw.between(-1, 1)
  if (kind === 1) return settleMs + draw.between(1, 10 * minuteMs)
  // A copy comes a second later, and is in time as well.
  return kind < 5 ? draw.between(0, settleMs - 2 * secondMs) : draw.between(0, 2 * secondMs)
}

function factsOf(draw: Draw, { kind }: StreetSensor): Message['facts'][number][] {
  if (draw.isLucky(0.4)) return []
  const states: readonly string[] = readingStates[kind]
  const count = draw.isLucky(0.1) ? 2 : 1
  return Array.from({ length: count }, () => {
    const measure = draw.isLucky(0.25) ? draw.some(measuresOf([kind]), 1)[0] : undefined
    if (measure) return { kind, state: measure, value: draw.between(40, 60) }
    return { kind, state: draw.some(states, 1)[0] ?? '', value: null }
  })
}

function isSign(kind: string, state: string): boolean {
  return kind === 'door-contact' || ['occupied', 'granted', 'pressed'].includes(state)
}

/** Somebody looks every now and then; sometimes all that is known is saved, or lost. */
function withLooks(draw: Draw, stage: Stage, arrived: readonly Message[], until: Instant): Act[] {
  const acts: Act[] = []
  let lookedAt = stage.start
  const look = (now: Instant) => {
    lookedAt = now
    acts.push({ do: 'advance', now })
    if (draw.isLucky(0.3)) acts.push({ do: 'save' })
    if (draw.isLucky(0.05)) acts.push({ do: 'kill' })
    acts.push(...changesAt(draw, stage, now))
  }
  for (const [i, message] of arrived.entries()) {
    acts.push({ do: 'take', message })
    const next = arrived[i + 1]?.arrivedAt ?? message.arrivedAt + minuteMs
    if (draw.isLucky(0.4)) look(draw.between(Math.max(lookedAt, message.arrivedAt), next))
  }
  const last = Math.max(until, lookedAt)
  const steps = stage.span === 'days' ? [hourMs, dayMs, 2 * dayMs] : [minuteMs, 20 * minuteMs]
  const looks = [...steps, stage.settleMs + 8 * hourMs].toSorted((a, b) => a - b)
  for (const step of looks) look(last + step)
  acts.push({ do: 'advance', now: last + 5 * dayMs })
  return acts
}
