import { hourMs, type Instant } from '../../src/kernel/clock.ts'
import type { ConsentId, DeviceId, HomeCode, PersonId, StreetCode } from '../../src/kernel/ids.ts'
import type { Device } from '../../src/watch/devices/index.ts'
import type { Entry } from '../../src/watch/sensing/intake/entry.ts'
import { Intake } from '../../src/watch/sensing/intake/intake.ts'
import { openMemory } from '../../src/watch/sensing/intake/memory.ts'
import { rowsOf } from '../../src/watch/sensing/intake/rows.ts'

export const start: Instant = Date.parse('2026-07-07T08:00:00+08:00')
export const street = '310104011' as StreetCode
export const home = '310104011013-01-26-501' as HomeCode
export const consent = {
  ...{ id: 'c0000000-0000-4000-8000-000000000001' as ConsentId, person: 'p1' as PersonId },
  ...{ since: start - hourMs, until: start + hourMs },
}

export function aDevice(at: number, more: Partial<Device> = {}): Device {
  return {
    device: `d0000000-0000-4000-8000-${String(at).padStart(12, '0')}` as DeviceId,
    ...{ street, kind: 'motion', place: home, purpose: 'agreed-care', model: null },
    ...{ gateway: null, nameAtGateway: null, heartbeatSeconds: 300, perMinuteMax: 50_000 },
    ...{ label: '', keeper: '', lentUntil: null, replaces: null },
    ...{ installedAt: start - hourMs, revokedAt: null, ...more },
  }
}

export const nothingElse = { battery: null, isBatteryLow: null, isTampered: null }

type Flight = { entries: readonly Entry[]; done(): void; fail(why?: Error): void }

/** An intake whose commits wait until the test lets them go, or fails them. */
export function held(now = { at: start }) {
  const memory = openMemory()
  const flights: Flight[] = []
  const stored: Entry[] = []
  const after: number[] = []
  const known = (at: number, more: Partial<Device> = {}) => {
    const one = aDevice(at, more)
    const made = memory.put(one, Buffer.alloc(32), null, undefined, {
      ...{ conditions: new Map(), battery: null },
    })
    made.consent = consent
    return made
  }
  const intake = new Intake<readonly Entry[]>({
    ...{ clock: { now: () => now.at }, lastPosition: 0, wasSaved: async () => false },
    isCounting: () => true,
    prepare(batch) {
      rowsOf(batch, memory.all(), now.at)
      return batch.entries
    },
    save: (entries) =>
      new Promise<void>((resolve, reject) =>
        flights.push({
          entries,
          done() {
            stored.push(...entries.filter((one) => one.facts.length > 0))
            resolve()
          },
          fail: (why = new Error('no commit')) => reject(why),
        }),
      ),
    notSaved: () => undefined,
    afterCommit: (entries) => after.push(...entries.map((one) => one.order)),
    onDeclared: () => undefined,
    onTrouble: () => undefined,
  })
  const publish = (who: string, topic: string, value: unknown) =>
    new Promise<string>((resolve, reject) => {
      const payload = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
      intake.take(memory.source(who)!, topic, payload, (taken) =>
        typeof taken === 'string' ? resolve(taken) : reject(taken),
      )
    })
  const say = (one: { device: Device; topic: string }, seq: number | null, more: object = {}) =>
    publish(one.device.device, one.topic, {
      ...{ ...(seq === null ? {} : { seq }), at: now.at, state: 'occupied', ...more },
    })
  const next = () => flights.shift()!
  return { memory, intake, known, publish, say, next, flights, stored, after, now }
}

export const turn = () => new Promise((done) => setImmediate(done))

/** Commits whatever flies until nothing does. */
export async function land(flights: Flight[]): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await turn()
    const flight = flights.shift()
    if (!flight) continue
    flight.done()
    quiet = -1
  }
}
