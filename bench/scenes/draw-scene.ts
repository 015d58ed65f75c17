/** A small street, its rules and all that goes wrong in it. The same seed, the same scene. */
import { hourMs, minuteMs, type Instant } from '../../src/kernel/clock.ts'
import type { DeviceKind } from '../../src/watch/devices/index.ts'
import type { Agreement, RuleInUse, StreetSensor } from '../../src/watch/scenarios/index.ts'
import { drawFor, type Draw } from './chance.ts'
import { agreementOf, placeOf, sensorOf } from './homes.ts'
import { kindsOfPurpose, randomRules, someShipped, type Span } from './rules.ts'
import type { Act, DayKind, Scene } from './scene.ts'
import { kindsOf } from './slow/history.ts'
import { drawStream } from './stream.ts'

export const settleMs = 2 * minuteMs

/** One day of five is in no calendar: what is not known is not guessed. */
const dayKind: DayKind = (day) => {
  const number = Number(day.slice(8))
  if (number % 5 === 0) return undefined
  return number % 2 === 0 ? 'working' : 'off'
}

export function drawScene(seed: number): Scene {
  const draw = drawFor(seed, 'scene')
  const span: Span = draw.isLucky(0.15) ? 'days' : 'hours'
  const start = startOf(draw)
  const rules = [...randomRules(draw, span, draw.between(1, 4)), ...someShipped(draw)]
  const sensors = drawSensors(draw, span, start, rules)
  const agreed = agreementsOf(draw, start, sensors, rules)
  const opening: Act[] = [
    ...sensors.map((sensor): Act => ({ do: 'add-sensor', sensor })),
    ...rules.map((rule): Act => ({ do: 'add-rule', rule })),
    ...agreed.map((agreement): Act => ({ do: 'agree', agreement })),
  ]
  const isCalm = draw.isLucky(span === 'days' ? 0.9 : 0.4)
  const stage = { seed, isCalm, start, span, sensors, rules, agreed, settleMs }
  return { seed, start, settleMs, dayKind, acts: [...opening, ...drawStream(stage)] }
}

/** Near a boundary of the day or the year, as often as not. */
function startOf(draw: Draw): Instant {
  const day = draw.oneOf(['2025-03-03', '2025-04-30', '2024-12-31', '2025-11-14', '2024-02-28'])
  const hours = draw.oneOf([draw.between(0, 23), 23, 5, 17])
  return Date.parse(`${day}T00:00:00+08:00`) + hours * hourMs + draw.between(0, 59) * minuteMs
}

function drawSensors(
  draw: Draw,
  span: Span,
  start: Instant,
  rules: readonly RuleInUse[],
): StreetSensor[] {
  return [...new Set(rules.map(({ definition }) => definition.purpose))].flatMap((judged) => {
    // Rules of device health hear devices of any purpose.
    const purpose = judged === 'device-operation' ? 'home-safety' : judged
    const usual = kindsOfPurpose[purpose as keyof typeof kindsOfPurpose]
    const named = rules
      .filter(({ definition }) => definition.purpose === judged)
      .flatMap(({ definition }) => [...kindsOf(definition.when)])
    return Array.from({ length: draw.between(1, span === 'days' ? 2 : 5) }, (_, i) => {
      const kind = draw.some<DeviceKind>(named.length > 0 ? named : usual, 1)[0] ?? 'smoke'
      const sensor = `${judged}-${i}`
      return sensorOf(draw, span, start, { sensor, kind, purpose, place: placeOf(draw, purpose) })
    })
  })
}

/** Most homes agreed; some only to one of the two. */
function agreementsOf(
  draw: Draw,
  start: Instant,
  sensors: readonly StreetSensor[],
  rules: readonly RuleInUse[],
): Agreement[] {
  const homes = new Set(
    sensors.filter((one) => one.purpose === 'agreed-care').map((one) => one.place),
  )
  const consents = new Set(rules.flatMap(({ definition }) => definition.consent ?? []))
  return [...homes].flatMap((home) =>
    [...consents].flatMap((purpose) => {
      if (draw.isLucky(0.15)) return []
      const since = start + draw.oneOf([0, 0, draw.between(0, 60) * minuteMs])
      return [agreementOf(home, purpose, since)]
    }),
  )
}
