import { minuteMs, type Instant } from '../../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../../kernel/ids.ts'
import type { Consented, JudgedPurpose } from '../../../../../ground/privacy/index.ts'
import { measures, type DeviceKind } from '../../../../devices/index.ts'
import type { Definition, Signal, When } from '../../../definition/index.ts'
import type { Message, StreetFinding, StreetSensor } from '../../street-types.ts'
import { createStreetKernel, type ReplayKernel, type StreetOptions } from '../street.ts'

/** Monday 2026-03-02, 00:00 in Shanghai. */
export const start: Instant = Date.UTC(2026, 2, 1, 16)
export const street = '310104011'
export const stair = `${street}013-01-26`
export const home = `${stair}-501` as PlaceCode
export const key = `${street} tried 1`

export const at = (minutes: number): Instant => start + minutes * minuteMs
export const hour = 60
export const day = 24 * hour

export function signal(kind: Signal['kind'], ...states: string[]): Signal {
  return { kind, states }
}

export function ruleOf(when: When, change: Partial<Definition> = {}): Definition {
  return {
    ...{ rule: 'tried', purpose: 'public-space', consent: null, per: 'device', when },
    ...{ only: { hours: null, days: 'every-day', season: null }, isCovered: false },
    ...{ after: { times: 1, minutes: 1 }, clearsAfterMinutes: 0, cooldownMinutes: 0 },
    ...{ act: 'look', isEmergency: false, quiet: null, local: [], workMinutes: 30 },
    ...{ steps: [{ tell: 'worker', withinMinutes: 60 }], expiresDays: null, stopsBelow: null },
    ...{ reason: 'tried' },
    ...change,
  }
}

export function sensorOf(sensor: string, change: Partial<StreetSensor> = {}): StreetSensor {
  return {
    ...{ sensor, street, kind: 'ground', place: stair as PlaceCode, gateway: null },
    ...{ purpose: 'public-space', limitMs: 30 * minuteMs },
    ...{ since: start, heardAt: null },
    ...change,
  }
}

/** The only consent made by a test: elsewhere one comes from the person who gave it. */
export function agreementOf(purpose: JudgedPurpose, since = start) {
  const consent = { purpose, consent: `consent ${purpose}`, person: 'somebody', home, street }
  return {
    ...{ home, street, since, awayUntil: null },
    consent: consent as unknown as Consented<JudgedPurpose>,
  }
}

export function kernelOf(
  rule: Definition,
  sensors: readonly StreetSensor[],
  options: Partial<StreetOptions> = {},
): ReplayKernel {
  const kernel = createStreetKernel({ start, dayKind: () => 'working', ...options })
  for (const sensor of sensors) kernel.addSensor(sensor)
  kernel.addRule({ key, street, definition: rule, isShadow: false })
  return kernel
}

export type Saying = readonly [minute: number, sensor: string, ...states: string[]]

/** A state of the sensor's kind, or `measure=number`; without any, a heartbeat. */
export function messagesOf(sensors: readonly StreetSensor[], says: readonly Saying[]): Message[] {
  const kinds = new Map(sensors.map(({ sensor, kind }) => [sensor, kind]))
  return says
    .toSorted((a, b) => a[0] - b[0])
    .map(([minute, sensor, ...states], order) => {
      const facts = states.map((state) => factOf(kinds.get(sensor) ?? 'ground', state))
      const isSignOfLife = states.some((state) => ['occupied', 'open', 'closed'].includes(state))
      const said = at(minute)
      return { sensor, at: said, arrivedAt: said, order: order + 1, isSignOfLife, facts }
    })
}

export function heartbeats(sensor: string, from: number, to: number, every = 10): Saying[] {
  const says: Saying[] = []
  for (let minute = from; minute <= to; minute += every) says.push([minute, sensor])
  return says
}

/** What is found, in words: `raised 12 door`, losses apart. */
export function worded(found: readonly StreetFinding[]): string[] {
  return found.flatMap((one) => {
    if (!('rule' in one)) return []
    const minute = Math.round(((one.at - start) / minuteMs) * 100) / 100
    return `${one.is} ${minute} ${one.subject.split('-').at(-1)}`
  })
}

/** Lived from the start, with a look every `every` minutes. */
export function lived(
  rule: Definition,
  sensors: readonly StreetSensor[],
  says: readonly Saying[],
  { until = 600, every = 1, kernel = kernelOf(rule, sensors) } = {},
): string[] {
  const messages = messagesOf(sensors, says)
  const found: StreetFinding[] = []
  let next = 0
  for (let minute = 0; minute <= until + 10; minute += every) {
    for (; (messages[next]?.arrivedAt ?? Infinity) <= at(minute); next++) {
      const message = messages[next]
      if (message) kernel.take(message)
    }
    found.push(...kernel.advance(at(minute)))
  }
  return worded(found)
}

function factOf(kind: DeviceKind, said: string): Message['facts'][number] {
  const [state = '', value] = said.split('=')
  if (value !== undefined && !Object.hasOwn(measures, state)) throw new Error(`${state}: no number`)
  return { kind, state, value: value === undefined ? null : Number(value) }
}
