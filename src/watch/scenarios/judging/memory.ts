import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { ConsentId, StreetCode } from '../../../kernel/ids.ts'
import type { Consented, JudgedPurpose } from '../../../ground/privacy/index.ts'
import { isHome } from '../../devices/index.ts'
import {
  gatewayAt,
  type Heard,
  type SensorAt,
  type Sensing,
  type Wrong,
} from '../../sensing/index.ts'
import type { Judged, Known } from '../decide.ts'
import { checkDefinition } from '../definition/index.ts'
import { createStreetKernel, type SavedSensor, type StreetKernel } from '../kernel/index.ts'
import { careSilence, type Watch } from '../types.ts'
import { isStreamed, type Version } from '../workshop/index.ts'
import { tellHealth, type Health } from './health.ts'

export type Memory = ReturnType<typeof openMemory>
export type Street = {
  street: StreetCode
  kernel: StreetKernel
  /** Versions that are judged, by key. */
  judged: Map<string, Judged>
  watches: Map<string, Watch>
  health: Health
}

type DayKind = (day: string) => 'working' | 'off' | undefined

/** Events are judged so long behind, in the order of their own times (the stated lateness). */
export const settleMs = 15_000
/** What comes later than that is judged as heard now, up to here; older news is not judged. */
const judgedLateMs = hourMs

/** A version's name in its street's kernel; `versionIn` reads it back. */
export function keyIn(street: string, { rule, version }: { rule: string; version: number }) {
  return `${street} ${rule} ${version}`
}
const watchKey = (purpose: string, home: string) => `${purpose} ${home}`

type Held = {
  sensing: Sensing
  streets: Map<StreetCode, Street>
  sensors: Map<string, SensorAt>
  /** Agreed plans, by name. */
  plans: Map<string, Watch>
  streetOf(street: StreetCode): Street
}

/** What is judged, a kernel a street. `savedSensors`: as before a restart. */
export function openMemory(
  start: Instant,
  sensing: Sensing,
  dayKind: DayKind,
  savedSensors: ReadonlyMap<string, SavedSensor>,
  onRefused: (street: string, rule: string, version: number) => void,
) {
  const streets = new Map<StreetCode, Street>()
  const streetOf = (street: StreetCode): Street => {
    const known = streets.get(street)
    if (known) return known
    const kernel = createStreetKernel({ start, settleMs, dayKind })
    const health = { told: undefined, isStale: true }
    const made = { street, kernel, judged: new Map(), watches: new Map(), health }
    streets.set(street, made)
    return made
  }
  const held: Held = { sensing, streets, sensors: new Map(), plans: new Map(), streetOf }
  return {
    ...{ streets, sensors: held.sensors, plans: held.plans, streetOf },
    ...watching(held, savedSensors),
    ...agreeing(held),
    ...judging(held, onRefused),
    ...closing(held),
  }
}

/** Devices as they come, move and go, and what they say. */
function watching({ streets, sensors, streetOf }: Held, saved: ReadonlyMap<string, SavedSensor>) {
  const watchFrom = (
    sensor: SensorAt,
    before: Omit<SavedSensor, 'sensor'> & { since: Instant; thereFrom?: Instant },
  ) => {
    const { device, street, kind, place, purpose, limitMs, gateway } = sensor
    const { kernel, health } = streetOf(street)
    health.isStale = true
    kernel.addSensor({ sensor: device, street, kind, place, purpose, limitMs, gateway, ...before })
  }
  return {
    watchSensor(sensor: SensorAt): void {
      const { device, street, installedAt: since } = sensor
      const { heardAt = null, lost = null } = saved.get(device) ?? {}
      const before = sensors.get(device)
      if (before && before.street !== street) {
        streets.get(before.street)?.kernel.removeSensor(device)
      }
      sensors.set(device, sensor)
      watchFrom(sensor, { since, heardAt, lost })
    },
    /** As if it were installed then: it has its time to speak. What it saw before counts. */
    watchAnew({ device, street }: SensorAt, since: Instant): void {
      const sensor = sensors.get(device)
      if (!sensor) return
      const { kernel } = streetOf(street)
      kernel.removeSensor(device)
      const { installedAt: thereFrom } = sensor
      // What it did not cover is known up to where all is judged: time goes on from there.
      const from = Math.min(since, kernel.progress().settledAt)
      watchFrom(sensor, { since: from, thereFrom, heardAt: null, lost: null })
    },
    unwatchSensor(device: string): void {
      const before = sensors.get(device)
      if (before) streets.get(before.street)?.kernel.removeSensor(device)
      sensors.delete(device)
    },
    /** What is wrong with devices now, for rules that hear of it among other things. */
    tellHealth(wrong: readonly Wrong[], now: Instant): void {
      const ours = wrong.filter(({ source }) => sensors.has(source))
      const byStreet = Map.groupBy(ours, ({ street }) => street)
      for (const one of streets.values()) {
        const here = () => [...sensors.values()].filter(({ street }) => street === one.street)
        tellHealth(one, byStreet.get(one.street) ?? [], here, now)
      }
    },
    take({ device, eventAt, arrivedAt, order, isSignOfLife, facts }: Heard): void {
      const sensor = sensors.get(device)
      const kernel = sensor && streets.get(sensor.street)?.kernel
      if (!kernel) return
      const lateMs = arrivedAt - eventAt
      // A bin that was told half an hour late is full now; who moved, and what covered a home, was
      // then and not now.
      const isLate = lateMs >= settleMs && lateMs <= judgedLateMs
      const isNews = isLate && facts.length > 0 && sensor.purpose !== 'agreed-care'
      const heard = facts.some((fact) => isKeptBack(fact, sensor))
        ? facts.filter((fact) => !isKeptBack(fact, sensor))
        : facts
      const at = isNews ? arrivedAt : eventAt
      kernel.take({ sensor: device, at, arrivedAt, order, isSignOfLife, facts: heard })
    },
    /** Where something of what was taken cannot wait for the next look. */
    alarmed: () =>
      [...streets.values()].flatMap(({ street, kernel }) => (kernel.isAlarmed() ? street : [])),
  }
}

/** A number measured in a home is there by an agreement to care, and judged by nothing else. */
function isKeptBack({ value }: Heard['facts'][number], sensor: SensorAt): boolean {
  return value !== null && sensor.purpose !== 'agreed-care' && isHome(sensor.place)
}

/** Homes that are judged by an agreement. */
function agreeing({ streets, plans, streetOf }: Held) {
  return {
    /** Judges a home from now on. Needs the proof of consent, so cannot be done without. */
    agree(watch: Watch, consent: Consented<JudgedPurpose>): void {
      const { street, home, since, awayUntil, purpose } = watch
      const one = streetOf(street)
      one.kernel.agree({ home, street, consent, since, awayUntil })
      one.watches.set(watchKey(purpose, home), watch)
      if (purpose === 'agreed-care') plans.set(watch.subject, watch)
    },
    /** By which agreement a home is judged for the same purpose now. */
    watchHeld: ({ street, purpose, home }: Watch): Watch | undefined =>
      streets.get(street)?.watches.get(watchKey(purpose, home)),
    setAway(watch: Watch, now: Instant): void {
      const { street, home, purpose, awayUntil, subject } = watch
      const one = streetOf(street)
      one.watches.set(watchKey(purpose, home), watch)
      if (purpose !== 'agreed-care') return
      one.kernel.setAway(home, awayUntil, now)
      plans.set(subject, watch)
    },
    endAgreement(consent: ConsentId): void {
      for (const { kernel, watches } of streets.values()) {
        for (const [key, watch] of watches) {
          if (watch.consent !== consent) continue
          kernel.endAgreement(consent)
          watches.delete(key)
          if (watch.purpose === 'agreed-care') plans.delete(watch.subject)
        }
      }
    },
  }
}

/** Which versions judge, and what is known of a street where they do. */
function judging(
  { sensing, streets, sensors, streetOf }: Held,
  onRefused: (street: string, rule: string, version: number) => void,
) {
  const addTo = (one: Street, key: string, version: Version) => {
    const { street, kernel, judged, health } = one
    const { rule, state } = version
    const isShadow = state === 'shadow'
    if (judged.get(key)?.isShadow === isShadow) return
    // A newer program may refuse what an older one kept: then nobody is judged by it.
    const definition = checkDefinition(version.definition, { street }).checked
    if (!definition) return onRefused(street, rule, version.version)
    judged.set(key, { rule, version: version.version, definition, isShadow })
    if (isStreamed(definition)) kernel.addRule({ key, street, definition, isShadow })
    health.isStale = true
  }
  return {
    /** Takes the versions of a street that are judged; answers which are judged no more. */
    judge(street: StreetCode, versions: readonly Version[]): Judged[] {
      const one = streetOf(street)
      const wanted = new Map(versions.map((each) => [keyIn(street, each), each] as const))
      // First what comes: a version that replaces another goes on with its clock.
      for (const [key, version] of wanted) addTo(one, key, version)
      return [...one.judged].flatMap(([key, each]) => {
        if (wanted.has(key)) return []
        one.kernel.removeRule(key)
        one.judged.delete(key)
        return each
      })
    },
    knownIn({ street, judged, watches }: Street): Known {
      const inForce = (rule: string) =>
        [...judged.values()].find((one) => one.rule === rule && !one.isShadow)
      const byConsent = (consent: string) => (one: Judged | undefined) =>
        one?.definition.consent === consent && !one.isShadow
      return {
        ...{ inForce, judged: (key) => judged.get(key) },
        judgedBy: (consent) => [inForce(careSilence), ...judged.values()].find(byConsent(consent)),
        watch: (home, purpose) => watches.get(watchKey(purpose, home)),
        sensor: (device) => sensors.get(device),
        gateway(gateway) {
          const at = gatewayAt(sensing, gateway)
          return at?.street === street ? at : undefined
        },
      }
    },
    /** Whether a rule in force stops by itself where it was wrong too often. */
    hasFloor: (street: StreetCode, rule: string): boolean =>
      [...(streets.get(street)?.judged.values() ?? [])].some(
        (one) => one.rule === rule && !one.isShadow && one.definition.stopsBelow !== null,
      ),
    /** The version of agreed-care silence that judges a home, if any does. */
    silenceOf(street: StreetCode): { key: string; judged: Judged } | undefined {
      for (const [key, judged] of streets.get(street)?.judged ?? []) {
        if (judged.rule === careSilence && !judged.isShadow) return { key, judged }
      }
      return undefined
    },
  }
}

/** What people said: it ends a matter, whatever version opened it. */
function closing({ streets, plans }: Held) {
  return {
    closeSubject(street: StreetCode, rule: string, subject: string, at: Instant): void {
      const one = streets.get(street)
      const home = plans.get(subject)?.home ?? subject
      for (const [key, judged] of one?.judged ?? []) {
        if (judged.rule === rule) one?.kernel.close(key, home, at)
      }
    },
    /** Whatever rules judge a home by an agreement: a person said something. */
    closeAll(street: StreetCode, subject: string, at: Instant): void {
      const one = streets.get(street)
      const home = plans.get(subject)?.home
      for (const [key, { definition }] of one?.judged ?? []) {
        if (home !== undefined && definition.consent !== null) one?.kernel.close(key, home, at)
      }
    },
  }
}

export function versionIn(key: string): { rule: string; version: number } {
  const [, rule = '', version = '0'] = key.split(' ')
  return { rule, version: Number(version) }
}
