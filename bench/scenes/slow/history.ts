import type { Instant } from '../../../src/kernel/clock.ts'
import { measures, type DeviceKind } from '../../../src/watch/devices/index.ts'
import type {
  Definition,
  Message,
  RuleInUse,
  StreetSensor,
  When,
} from '../../../src/watch/scenarios/index.ts'
import type { Closing } from './raising.ts'

/** A message, and when it counts as having happened. `act`: which act of the scene brought it. */
export type Heard = { at: Instant; message: Message; act: number }

/** Known at once in the order of events; what came too late, at the next look. */
export type Spoke = { sensor: string; at: Instant; knownAt: Instant; act: number }

/**
 * A sensor of a subject, from when it was bound until it was removed. `began`, `ended`: by which
 * acts of the scene.
 */
export type Bound = {
  sensor: StreetSensor
  from: Instant
  to: Instant
  began: number
  ended: number
}

/** A condition of a device that began or ended. `isSeen`: a loss, which nobody said. */
export type Turn = {
  sensor: string
  condition: string
  isSo: boolean
  at: Instant
  act: number
  isSeen: boolean
}

/** Everything that one (rule, subject) ever heard, in the order in which it counts. */
export type History = {
  rule: RuleInUse
  subject: string
  from: Instant
  /** When it ended: no agreement any more. */
  to: Instant
  bound: Bound[]
  heard: Heard[]
  /** That its sensors spoke, also too late for the rules or before anybody agreed. */
  spoke: Spoke[]
  /** Signs of life that were too late to be judged. */
  late: { at: Instant; seenAt: Instant }[]
  turns: Turn[]
  closings: Closing[]
  /** When the last of its sensors had gone. */
  emptied: { at: Instant; act: number }[]
  /** Without sensors and without an open matter it is gone; one that somebody agreed to stays. */
  isForgettable: boolean
  /** Up to here, everything is judged. */
  until: Instant
}

/** The kinds that a rule's `when` names. Life: whatever can say that somebody moved. */
export function kindsOf(when: When): Set<DeviceKind> {
  const kinds = new Set<DeviceKind>()
  for (const leaf of leavesOf(when)) {
    switch (leaf.is) {
      case 'silence':
        for (const sign of leaf.signs ?? []) kinds.add(sign.kind)
        if (leaf.signs === null) addLife(kinds)
        break
      case 'state':
      case 'count':
        kinds.add(leaf.signal.kind)
        break
      case 'threshold': {
        const kind = kindOfMeasure(leaf.measure)
        if (kind !== undefined) kinds.add(kind)
        break
      }
      case 'sequence':
        kinds.add(leaf.first.kind).add(leaf.then.kind)
        break
      case 'habit':
        if (leaf.signal === null) addLife(kinds)
        else kinds.add(leaf.signal.kind)
        break
      default:
    }
  }
  return kinds
}

export type Simple = Exclude<When, { is: 'all' } | { is: 'any' } | { is: 'not' }>

export function leavesOf(when: When): Simple[] {
  switch (when.is) {
    case 'all':
    case 'any':
      return when.of.flatMap((part) => leavesOf(part))
    case 'not':
      return leavesOf(when.of)
    default:
      return [when]
  }
}

/** What it stands in: compound, stair, home. A sensor that stands above that has its own place. */
export function subjectOf(sensor: StreetSensor, per: Definition['per']): string {
  if (per === 'device') return sensor.sensor
  const wanted = { compound: 2, stair: 3, home: 4 }[per]
  return sensor.place.split('-').slice(0, wanted).join('-')
}

export function isPrompt(rule: RuleInUse): boolean {
  return rule.definition.isEmergency
}

export function clamped(message: Message): Instant {
  return Math.min(message.at, message.arrivedAt)
}

/** By its event time, then the sensor's name, then the place in the stream. */
export function byEvent(a: Heard, b: Heard): number {
  return (
    a.at - b.at || compare(a.message.sensor, b.message.sensor) || a.message.order - b.message.order
  )
}

export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function addLife(kinds: Set<DeviceKind>): void {
  kinds.add('motion').add('door-contact').add('door-access')
}

export function kindOfMeasure(measure: string): DeviceKind | undefined {
  return Object.hasOwn(measures, measure) ? measures[measure as keyof typeof measures] : undefined
}
