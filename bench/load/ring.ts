import { publishPacket } from './packets.ts'

/** What a connection speaks for. With a `batch` topic, one message says something of each device. */
export type Source = {
  devices: { device: string; topic: string; states: [string, string] }[]
  batch: string | null
}

export type Ring = ReturnType<typeof openRing>

/** Where in the buffer stand a message and what changes in it from sending to sending. */
type Slot = { from: number; to: number; events: Event[] }
type Event = { sequenceAt: number; timeAt: number; isIso: boolean }

/** What a device said in one phase: all numbers from `first` on, without a hole. */
export type Sent = { device: string; first: number; count: number }

/** Every phase counts from a million of its own: a known number would be taken for a copy. */
export const phaseLength = 1_000_000
/** So many digits, so that every number has the same length. */
const sequenceDigits = 7

/**
 * The messages of one connection side by side in one buffer, slot by slot. A slot is sent,
 * acknowledged under its own packet id, and only then written anew: bytes on their way are never
 * touched, so nothing has to be copied.
 */
export function openRing(source: Source, window: number, aheadMs: number, phase: number) {
  const first = phase * phaseLength
  const { slots, bytes } = writeTemplates(source, window)
  const sentAt = new Float64Array(window)
  const isBusy = new Uint8Array(window)
  const sequences = new Float64Array(source.devices.length).fill(first)
  let head = 0
  let busy = 0

  const refresh = (slot: Slot, now: Stamp) => {
    for (const [device, event] of slot.events.entries()) {
      const sequence = sequences[device] ?? 0
      sequences[device] = sequence + 1
      writeDigits(bytes, event.sequenceAt, sequence)
      bytes.write(event.isIso ? now.iso : now.millis, event.timeAt, 'latin1')
    }
  }
  return {
    eventsPerMessage: source.batch === null ? 1 : source.devices.length,
    inFlight: () => busy,
    /** The next free messages that lie side by side, freshly numbered; at most `most`. */
    take(most: number, at: number): { bytes: Buffer; messages: number } | undefined {
      const from = head
      const limit = Math.min(window, from + most)
      const now = stampOf(Math.round(Date.now() + aheadMs))
      let end = from
      for (let slot = slots[end]; slot && end < limit && isBusy[end] === 0; slot = slots[++end]) {
        refresh(slot, now)
        isBusy[end] = 1
        sentAt[end] = at
      }
      if (end === from) return undefined
      head = end === window ? 0 : end
      busy += end - from
      const taken = bytes.subarray(slots[from]?.from, slots[end - 1]?.to)
      return { bytes: taken, messages: end - from }
    },
    /** Answers when that message was sent. */
    acknowledge(packetId: number): number {
      const slot = packetId - 1
      if (isBusy[slot] !== 1) throw new Error(`PUBACK for ${packetId}, which is not in flight`)
      isBusy[slot] = 0
      busy--
      return sentAt[slot] ?? 0
    },
    sent: (): Sent[] =>
      source.devices.map(({ device }, at) => {
        return { device, first, count: (sequences[at] ?? first) - first }
      }),
  }
}

/**
 * Every second slot says the device's other state; half of all times are ISO 8601, half are
 * milliseconds, as devices differ in the field.
 */
function writeTemplates({ devices, batch }: Source, window: number) {
  const slots: Slot[] = []
  const packets: Buffer[] = []
  let from = 0
  for (let at = 0; at < window; at++) {
    const isIso = at % 4 > 1
    const shown = devices.map(({ device, states }) => {
      const time = isIso ? JSON.stringify(new Date(0)) : '1000000000000'
      const name = batch === null ? '' : `"device":"${device}",`
      return `{${name}"seq":${phaseLength},"at":${time},"state":"${states[at % 2]}"}`
    })
    const payload = Buffer.from(batch === null ? (shown[0] ?? '') : `[${shown.join(',')}]`)
    const packet = publishPacket(batch ?? devices[0]?.topic ?? '', at + 1, payload)
    const to = from + packet.length
    slots.push({ from, to, events: placesIn(payload, to - payload.length, isIso) })
    packets.push(packet)
    from = to
  }
  return { slots, bytes: Buffer.concat(packets) }
}

function placesIn(payload: Buffer, start: number, isIso: boolean): Event[] {
  const events: Event[] = []
  for (let at = payload.indexOf('"seq":'); at >= 0; at = payload.indexOf('"seq":', at + 1)) {
    const timeAt = payload.indexOf('"at":', at) + (isIso ? 6 : 5)
    events.push({ sequenceAt: start + at + 6, timeAt: start + timeAt, isIso })
  }
  return events
}

function writeDigits(bytes: Buffer, from: number, value: number): void {
  let rest = value
  for (let at = from + sequenceDigits - 1; at >= from; at--) {
    const tens = Math.floor(rest / 10)
    bytes[at] = 48 + rest - tens * 10
    rest = tens
  }
}

type Stamp = { ms: number; millis: string; iso: string }
let stamp: Stamp = { ms: 0, millis: '', iso: '' }

/** The time in both forms that devices use, made once a millisecond. */
function stampOf(ms: number): Stamp {
  if (ms !== stamp.ms) stamp = { ms, millis: `${ms}`, iso: new Date(ms).toISOString() }
  return stamp
}
