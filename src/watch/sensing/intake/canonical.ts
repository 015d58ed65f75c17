import { biometricField } from '../../../kernel/biometric.ts'
import { readJson } from '../../../platform/json.ts'
import type { DeviceKind } from '../../devices/index.ts'
import { eventTime, isSayable } from '../decide.ts'
import type { Fact, Refusal, Said } from '../types.ts'

const depthMax = 8
/** Events in one batch. */
export const batchItemsMax = 500

/** `name` is the device that a gateway speaks for; null where the topic says it. */
export type Item = { name: string | null; said: Said } | { name: string | null; refused: Refusal }
type Refused = { refused: Refusal }

/** Of which kind a device is; undefined where it is not one of this sender's. */
export type KindOf = (name: string | null) => DeviceKind | undefined

const whole = String.raw`0|[1-9]\d{0,14}`
const time = String.raw`(${whole}|"[0-9T:.+Z-]{17,32}")`
const number = String.raw`"value": ?(-?(?:${whole}))`
const usual =
  String.raw`"seq": ?(${whole}), ?"at": ?${time}, ?"state": ?"([a-z0-9-]{1,40})"` +
  String.raw`(?:, ?${number})?(?:, ?"battery": ?(${whole}))?\}`
const single = new RegExp(String.raw`^\{${usual}$`)
const inList = new RegExp(String.raw`\{"device": ?"([0-9a-f-]{36})", ?${usual}(, ?|\]$)`, 'y')

/**
 * Reads the canonical form: `{"seq": 17, "at": "2026-07-09T09:42:00+08:00", "state": "open"}`, or a
 * list of at most 500 of these, each with its `device` where a gateway speaks. `seq` counts up per
 * device and `at` is ISO 8601 with a zone or whole milliseconds since 1970; either may be missing.
 * `state` is one of the kind's states, `heartbeat`, or a measure with its whole number as `value`.
 * `battery` (0–100), `batteryLow` and `tampered` may stand beside.
 */
export function readCanonical(payload: Buffer, kindOf: KindOf): Item[] | Refused {
  // The usual form is read in one go: only plain letters, every name once, nothing nested.
  const text = payload.toString('latin1')
  const found = single.exec(text)
  if (found) return [usualItem(null, found.slice(1), kindOf)]
  if (text.startsWith('[{"device"')) {
    const items = usualList(text, kindOf)
    if (items) return items
  }
  return readStrictly(payload.toString('utf8'), kindOf)
}

function usualList(text: string, kindOf: KindOf): Item[] | undefined {
  const items: Item[] = []
  inList.lastIndex = 1
  for (;;) {
    const found = inList.exec(text)
    if (!found || items.length === batchItemsMax) return undefined
    const [, name = '', seq, at, state, value, battery, end] = found
    items.push(usualItem(name, [seq, at, state, value, battery], kindOf))
    if (end?.startsWith(']')) return items
  }
}

type Usual = readonly (string | undefined)[]

function usualItem(
  name: string | null,
  [seq, time = '', state = '', ...more]: Usual,
  kindOf: KindOf,
): Item {
  const kind = kindOf(name)
  if (kind === undefined) return { name, refused: 'not-listed' }
  const eventAt = eventTime(time.startsWith('"') ? time.slice(1, -1) : Number(time))
  const [value, battery] = more.map((one) => (one === undefined ? null : Number(one)))
  if (eventAt === undefined || (battery ?? 0) > 100) return { name, refused: 'malformed' }
  const facts = factsOf(kind, state, value ?? null)
  if (!facts) return { name, refused: 'wrong-kind' }
  const health = { battery: battery ?? null, isBatteryLow: null, isTampered: null }
  return { name, said: { sequence: Number(seq), at: eventAt, facts, ...health } }
}

function readStrictly(text: string, kindOf: KindOf): Item[] | Refused {
  const read = readJson(text, depthMax)
  if ('refused' in read) return { refused: read.refused === 'too-deep' ? 'too-deep' : 'malformed' }
  const { value } = read
  if (biometricField(value) !== undefined) return { refused: 'biometric' }
  if (!Array.isArray(value)) return [strictItem(value, kindOf)]
  if (value.length > batchItemsMax) return { refused: 'too-large' }
  if (value.length === 0) return { refused: 'malformed' }
  return value.map((one) => strictItem(one, kindOf))
}

const names = new Set([
  ...['device', 'seq', 'at', 'state', 'value', 'battery', 'batteryLow', 'tampered'],
])

function strictItem(value: unknown, kindOf: KindOf): Item {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { name: null, refused: 'malformed' }
  }
  const { device = null, seq = null, at = null, state, ...more } = value as Record<string, unknown>
  const name = typeof device === 'string' ? device : null
  if (Object.keys(more).some((one) => !names.has(one))) return { name, refused: 'malformed' }
  const sequence = seq === null || (Number.isSafeInteger(seq) && (seq as number) >= 0)
  const eventAt = at === null ? null : eventTime(at)
  const health = healthOf(more)
  if (!sequence || eventAt === undefined || !health) return { name, refused: 'malformed' }
  const kind = kindOf(name)
  if (kind === undefined) return { name, refused: 'not-listed' }
  const facts = typeof state === 'string' ? factsOf(kind, state, more['value'] ?? null) : undefined
  if (!facts) return { name, refused: 'wrong-kind' }
  return { name, said: { sequence: seq as number | null, at: eventAt, facts, ...health } }
}

function healthOf({ battery = null, batteryLow = null, tampered = null }: Record<string, unknown>) {
  if (batteryLow !== null && typeof batteryLow !== 'boolean') return undefined
  if (tampered !== null && typeof tampered !== 'boolean') return undefined
  const percent = percentOf(battery)
  if (percent === undefined) return undefined
  return { battery: percent, isBatteryLow: batteryLow, isTampered: tampered }
}

function percentOf(battery: unknown): number | null | undefined {
  if (battery === null) return null
  const isPercent = typeof battery === 'number' && battery >= 0 && battery <= 100
  return isPercent ? Math.round(battery) : undefined
}

const nothing: readonly Fact[] = []
/** One object for each thing that can be said: most messages then make none. */
const interned = new Map<string, Map<string, readonly Fact[]>>()

function factsOf(kind: DeviceKind, state: string, value: unknown): readonly Fact[] | undefined {
  if (state === 'heartbeat') return value === null ? nothing : undefined
  if (value !== null) {
    const isWhole = typeof value === 'number' && isSayable(kind, state, value)
    return isWhole ? [{ kind, state, value }] : undefined
  }
  const known = interned.get(kind)?.get(state)
  if (known) return known
  if (!isSayable(kind, state, null)) return undefined
  const facts = [{ kind, state, value: null }]
  const ofKind = interned.get(kind) ?? new Map<string, readonly Fact[]>()
  interned.set(kind, ofKind.set(state, facts))
  return facts
}
