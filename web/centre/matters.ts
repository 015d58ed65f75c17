import {
  Bike,
  BellRing,
  CalendarX2,
  CircleAlert,
  CircleDot,
  CloudAlert,
  Construction,
  Cpu,
  DoorOpen,
  Droplets,
  Flame,
  Footprints,
  Heart,
  House,
  Trash2,
  Users,
  Zap,
} from 'lucide'
import { endOfDay } from '../../src/kernel/calendar.ts'
import { hourMs, type Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { oneMatter, pulse, streetNow } from '../../src/outlook/overview/api.ts'
import type { IconNode } from '../ui/icon.tsx'
import type { ClockTone } from '../ui/clock.tsx'
import type { Group } from '../words/zh-CN/centre.ts'

export type StreetNow = Output<typeof streetNow>
export type Matter = StreetNow['matters'][number]
export type Committee = StreetNow['committees'][number]
export type OneMatter = Output<typeof oneMatter>
export type Pulse = Output<typeof pulse>

export const groups: readonly Group[] = ['emergency', 'overdue', 'hour', 'today', 'later']

/** An emergency is one whatever its clock says. */
export function groupOf(matter: Pick<Matter, 'urgency' | 'deadline'>, now: Instant): Group {
  if (matter.urgency === 'emergency') return 'emergency'
  if (matter.deadline <= now) return 'overdue'
  if (matter.deadline - now <= hourMs) return 'hour'
  return matter.deadline < endOfDay(now) ? 'today' : 'later'
}

/** Most urgent first, within a group by the clock. */
export function byUrgency(matters: readonly Matter[], now: Instant): Matter[] {
  const place = (one: Matter) => groups.indexOf(groupOf(one, now))
  return matters.toSorted((a, b) => place(a) - place(b) || a.deadline - b.deadline)
}

export function toneOf(matter: Pick<Matter, 'urgency' | 'deadline'>, now: Instant): ClockTone {
  const group = groupOf(matter, now)
  if (group === 'emergency' || group === 'overdue') return 'signal'
  return group === 'hour' ? 'amber' : 'muted'
}

const icons: Readonly<Record<string, IconNode>> = {
  'care-silence': Heart,
  'care-habit': Heart,
  'wandering-night': Footprints,
  'wandering-out': Footprints,
  sos: BellRing,
  smoke: CloudAlert,
  gas: Flame,
  'water-leak': Droplets,
  electrical: Zap,
  'e-bike-in-lift': Bike,
  'fire-lane': Construction,
  bins: Trash2,
  manhole: CircleDot,
  overcrowding: Users,
}
const kindIcons: Readonly<Record<Matter['kind'], IconNode>> = {
  'care-visit': Heart,
  'care-offer': Heart,
  'device-repair': Cpu,
  hazard: CircleAlert,
  'home-check': House,
  'roster-gap': CalendarX2,
}

export function iconOf({ rule, kind }: Pick<Matter, 'rule' | 'kind'>): IconNode {
  return icons[rule] ?? (rule.startsWith('door-') ? DoorOpen : kindIcons[kind])
}

/** How many of a neighbourhood's devices somebody should look at. */
export function toSee({ quiet, unknown, neverReported }: Health): number {
  return quiet + unknown + neverReported
}
export type Health = Pick<Committee, 'alive' | 'quiet' | 'unknown' | 'neverReported'>

export function allOf(health: Health): number {
  return health.alive + toSee(health)
}

export function sumOf(all: readonly Health[]): Health {
  const sum = { alive: 0, quiet: 0, unknown: 0, neverReported: 0 }
  for (const one of all) {
    for (const name of ['alive', 'quiet', 'unknown', 'neverReported'] as const) {
      sum[name] += one[name]
    }
  }
  return sum
}
