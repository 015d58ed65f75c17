import {
  AlarmSmoke,
  BellRing,
  Cctv,
  DoorClosed,
  Droplets,
  Flame,
  Gauge,
  KeyRound,
  Radar,
  SquareParking,
  Zap,
} from 'lucide'
import type { DeviceKind } from '../../../src/watch/devices/types.ts'
import type { DeviceState } from '../../../src/watch/sensing/types.ts'
import type { Tone } from '../../ui/badge.tsx'
import type { Paint } from '../../ui/charts.tsx'
import type { IconNode } from '../../ui/icon.tsx'
import type { countNames } from './filter.ts'

/** In the order of the glossary. */
export const kindIcons: Readonly<Record<DeviceKind, IconNode>> = {
  'door-access': KeyRound,
  'door-contact': DoorClosed,
  motion: Radar,
  smoke: AlarmSmoke,
  gas: Flame,
  'water-leak': Droplets,
  'water-meter': Gauge,
  electrical: Zap,
  'sos-button': BellRing,
  'camera-event': Cctv,
  ground: SquareParking,
}

export const kinds = Object.keys(kindIcons) as DeviceKind[]

/** Unknown is a pattern of its own, never green. */
export const stateTones: Readonly<Record<DeviceState, Tone>> = {
  alive: 'jade',
  quiet: 'amber',
  unknown: 'unknown',
  'never-reported': 'none',
  revoked: 'none',
}

export const countPaints: Readonly<Record<(typeof countNames)[number], Paint>> = {
  alive: 'jade',
  quiet: 'amber',
  unknown: 'unknown',
  neverReported: 'none',
}
