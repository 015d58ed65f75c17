import { minuteMs, type Instant } from '../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../kernel/ids.ts'
import type { Consented, JudgedPurpose } from '../../../../ground/privacy/index.ts'
import { measures, type DeviceKind, type DevicePurpose } from '../../../devices/index.ts'
import { isSignOfLife } from '../../../sensing/decide.ts'
import { createStreetKernel, type Message, type StreetKernel } from '../../kernel/index.ts'
import { shipped, street } from './changed.ts'

/** Midnight in Shanghai, of a Monday. */
export const start: Instant = Date.UTC(2026, 2, 1, 16)
export const stair = '310104011013-01-26'
export const home = `${stair}-501`

const beatMinutes = 5
const key = 'the rule'

export type Standing = {
  kind: DeviceKind
  place?: string
  purpose?: DevicePurpose
  /** Minutes in which it does not speak. */
  dead?: readonly [from: number, to: number]
}
/** What a sensor says at a minute: a state, or a measure with its number. */
export type Saying = readonly [minute: number, sensor: string, state: string, value?: number]
export type Lived = {
  rule: string
  sensors: Record<string, Standing>
  says: readonly Saying[]
  /** How long it is lived, in minutes. */
  until: number
  agreed?: readonly JudgedPurpose[]
  awayUntil?: number
  /** What was found wrong with a device, and right again. */
  conditions?: readonly (readonly [
    minute: number,
    sensor: string,
    condition: string,
    isSo: boolean,
  ])[]
  /** A person ended the matter. */
  closed?: number
}

/** What the kernel found: `raised 10 stair-26`, in minutes since the start, device losses apart. */
export function livedThrough(lived: Lived): string[] {
  const { rule, until, closed } = lived
  const kernel = createStreetKernel({ start, dayKind: () => 'working' })
  const definition = shipped(rule)
  for (const [sensor, standing] of Object.entries(lived.sensors)) {
    kernel.addSensor({
      ...{ sensor, street, kind: standing.kind, place: (standing.place ?? home) as PlaceCode },
      ...{ purpose: standing.purpose ?? purposeOf(definition.purpose), gateway: null },
      ...{ limitMs: 3 * beatMinutes * minuteMs, since: start, heardAt: start },
    })
  }
  kernel.addRule({ key, street, definition, isShadow: false })
  for (const purpose of lived.agreed ?? []) agree(kernel, purpose, lived.awayUntil)
  const messages = messagesOf(lived)
  const found: string[] = []
  let next = 0
  for (let minute = 0; minute <= until + 5; minute++) {
    const now = start + minute * minuteMs
    for (; (messages[next]?.arrivedAt ?? Infinity) <= now; next++) {
      const message = messages[next]
      if (message) kernel.take(message)
    }
    for (const [at, sensor, condition, isSo] of lived.conditions ?? []) {
      if (at === minute) kernel.setCondition(sensor, condition, isSo, now)
    }
    found.push(...worded(kernel, now))
    if (minute === closed) kernel.close(key, Object.keys(lived.sensors)[0] ?? '', now)
  }
  return found
}

function purposeOf(purpose: string): DevicePurpose {
  return (purpose === 'device-operation' ? 'home-safety' : purpose) as DevicePurpose
}

/** The only consent made by a test: elsewhere one comes from the person who gave it. */
function agree(kernel: StreetKernel, purpose: JudgedPurpose, awayUntil?: number): void {
  const consent = { purpose, consent: `consent ${purpose}`, person: 'somebody', home, street }
  kernel.agree({
    ...{ home: home as PlaceCode, street, since: start },
    consent: consent as unknown as Consented<JudgedPurpose>,
    awayUntil: awayUntil === undefined ? null : start + awayUntil * minuteMs,
  })
}

function messagesOf({ sensors, says, until }: Lived): Message[] {
  const messages: Message[] = []
  const add = (sensor: string, minute: number, facts: Message['facts']) => {
    const { dead } = sensors[sensor] ?? {}
    if (dead && minute >= dead[0] && minute < dead[1]) return
    const at = start + minute * minuteMs
    const isLife = facts.some(({ kind, state }) => isSignOfLife(kind, state))
    messages.push({ sensor, at, arrivedAt: at, order: 0, isSignOfLife: isLife, facts })
  }
  for (const [minute, sensor, state, value = null] of says) {
    const kind = sensors[sensor]?.kind ?? 'motion'
    if (value !== null && !Object.hasOwn(measures, state)) throw new Error(`${state} is no number`)
    add(sensor, minute, [{ kind, state, value }])
  }
  // Heartbeats to the end and a little beyond, so that what is confirmed late is confirmed.
  for (const sensor of Object.keys(sensors)) {
    for (let minute = 0; minute <= until; minute += beatMinutes) add(sensor, minute, [])
  }
  messages.sort((a, b) => a.at - b.at)
  return messages.map((message, order) => ({ ...message, order: order + 1 }))
}

function worded(kernel: StreetKernel, now: Instant): string[] {
  return kernel.advance(now).flatMap((finding) => {
    if (finding.is !== 'raised' && finding.is !== 'joined' && finding.is !== 'cleared') return []
    // Without a signal it says no more than that the sensors work again.
    if (finding.is === 'joined' && finding.signals.length === 0) return []
    const minute = (finding.at - start) / minuteMs
    return `${finding.is} ${Math.round(minute * 10) / 10} ${finding.subject}`
  })
}
