import type { Instant } from '../../../kernel/clock.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { readJson, type JsonRefusal } from '../../../platform/json.ts'
import { measures, moments, readingStates, type DeviceKind } from '../../devices/index.ts'
import type { OwnSensor } from './replay-mapping.ts'
import { ReplayRefusalError } from './replay-refusal.ts'

/**
 * One line of a home's log. `state` null is a heartbeat. `lastsMs`: after that the sensor is at
 * rest again; null where the line does not say.
 */
export type OwnLine = {
  at: Instant
  sensor: string
  state: string | null
  value: number | null
  lastsMs: number | null
}

/** Letters of one line; longer ones are not read. */
export const lineLengthMax = 65_536
const lastsMsMax = 31 * dayMs
const latestSeconds = 4_102_444_800
const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
const iso = /^\d{4}-\d{2}-\d{2}/

/** What each kind says again when a state has ended. */
const atRest: Record<DeviceKind, Record<string, string>> = {
  'door-access': {},
  'door-contact': { open: 'closed' },
  motion: { occupied: 'clear' },
  smoke: { alarm: 'clear' },
  gas: { alarm: 'clear' },
  'water-leak': { wet: 'dry' },
  'water-meter': {},
  electrical: { overload: 'normal', overheated: 'normal', arc: 'normal' },
  'sos-button': {},
  'camera-event': {
    'e-bike-in-lift': 'clear',
    'fire-lane-blocked': 'clear',
    'bin-overflowing': 'clear',
  },
  ground: { occupied: 'free', tilted: 'upright', moved: 'still' },
}

/** The state that ends this one by itself after `dur_s`. */
export function restOf(kind: DeviceKind, state: string): string | undefined {
  return moments.has(state) ? undefined : atRest[kind][state]
}

/**
 * Reads one line: `{"t": seconds or ISO time, "dur_s": number, "sensor": "name"}`, and if it has
 * them `state` and `value`. Other fields are let be.
 * @throws ReplayRefusalError with the line's number
 */
export function readLine(
  text: string,
  line: number,
  sensorNamed: (name: string) => OwnSensor | undefined,
): OwnLine {
  const refuse = (zh: string, en: string) => new ReplayRefusalError({ zh, en }, line)
  if (text.length > lineLengthMax) throw refuse('太长', `longer than ${lineLengthMax} letters`)
  const read = readJson(text)
  if ('refused' in read) throw refuse(...jsonSays[read.refused])
  if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) {
    throw refuse('不是一个 JSON 对象', 'not a JSON object')
  }
  const { t, dur_s: lasts, sensor, state, value } = read.value as Record<string, unknown>
  if (typeof sensor !== 'string') throw refuse('没有 sensor', 'has no "sensor"')
  const known = sensorNamed(sensor)
  if (!known) {
    throw refuse(`没有登记传感器 ${shown(sensor)}`, `sensor ${shown(sensor)} is not in the mapping`)
  }
  const at = timeOf(t, refuse)
  const lastsMs = lastsOf(lasts, refuse)
  const said = state === undefined ? known.state : state
  return { at, sensor, lastsMs, ...factOf(known.kind, said, value, refuse) }
}

type Refuse = (zh: string, en: string) => ReplayRefusalError

function timeOf(t: unknown, refuse: Refuse): Instant {
  if (typeof t === 'number') {
    if (!Number.isFinite(t) || t < 0) throw refuse('t 不是时间', '"t" is not a time')
    if (t > latestSeconds) throw refuse('t 要以秒计', '"t" has to be in seconds')
    return Math.round(t * 1_000)
  }
  if (typeof t !== 'string') throw refuse('没有 t', 'has no "t"')
  if (!isoWithZone.test(t)) {
    if (iso.test(t)) {
      throw refuse(
        `时间 ${shown(t)} 没有时区：写成 2026-01-31T08:00:00+08:00`,
        `the time ${shown(t)} has no zone: write 2026-01-31T08:00:00+08:00`,
      )
    }
    throw refuse(`${shown(t)} 不是时间`, `${shown(t)} is not a time`)
  }
  const at = Date.parse(t)
  if (Number.isNaN(at) || at < 0 || !isRealDay(t)) {
    throw refuse(`${shown(t)} 不是时间`, `${shown(t)} is not a time`)
  }
  return at
}

/** 30 February would be read as 2 March. */
function isRealDay(t: string): boolean {
  const day = t.slice(0, 10)
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}

function lastsOf(lasts: unknown, refuse: Refuse): number | null {
  if (lasts === undefined || lasts === null) return null
  const isNumber = typeof lasts === 'number' && Number.isFinite(lasts) && lasts >= 0
  if (!isNumber) throw refuse('dur_s 不是秒数', '"dur_s" is not a number of seconds')
  if (lasts * 1_000 > lastsMsMax) throw refuse('dur_s 超过 31 天', '"dur_s" is over 31 days')
  return Math.round(lasts * 1_000)
}

function factOf(
  kind: DeviceKind,
  state: unknown,
  value: unknown,
  refuse: Refuse,
): Pick<OwnLine, 'state' | 'value'> {
  if (state === 'heartbeat') return { state: null, value: null }
  const isState = (readingStates[kind] as readonly unknown[]).includes(state)
  if (isState && (value === undefined || value === null)) {
    return { state: state as string, value: null }
  }
  const isMeasure = Object.entries(measures).some(([name, of]) => name === state && of === kind)
  if (!isMeasure) {
    const sayable = [...readingStates[kind], ...measuresOf(kind), 'heartbeat'].join(', ')
    throw refuse(
      `${kind} 说不出 ${shown(state)}（可以是：${sayable}）`,
      `a ${kind} does not say ${shown(state)} (it may say: ${sayable})`,
    )
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw refuse(
      `${String(state)} 要有整数 value`,
      `${String(state)} needs a whole number as "value"`,
    )
  }
  return { state: state as string, value }
}

function measuresOf(kind: DeviceKind): string[] {
  return Object.entries(measures).flatMap(([name, of]) => (of === kind ? [name] : []))
}

/** Short, on one line, and without what could steer a terminal. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return `“${text.replaceAll(/\p{C}/gu, '?').slice(0, 60)}”`
}

const jsonSays: Record<JsonRefusal, readonly [string, string]> = {
  malformed: ['不是 JSON', 'not JSON'],
  'too-deep': ['JSON 太深', 'JSON nested too deep'],
  'duplicate-key': ['同一个字段写了两次', 'a field is written twice'],
  'forbidden-key': ['字段名不允许', 'a field’s name is not allowed'],
}

/** Stated lateness: a line may be so much older than the newest before it. */
export const latenessMsUsual = 2 * minuteMs
