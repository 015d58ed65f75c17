import type { DeviceKind, DeviceState, Refusal } from '../../../src/watch/sensing/types.ts'

const kinds: Record<DeviceKind, string> = {
  'door-access': 'Door access',
  'door-contact': 'Door contact',
  motion: 'Motion sensor',
}
const states: Record<DeviceState, string> = {
  alive: 'Reporting',
  unknown: 'Unknown',
  'never-reported': 'Never reported',
  revoked: 'Switched off',
}
const stateLines: Record<DeviceState, string> = {
  alive: 'The device reports on time.',
  unknown:
    'The device has not reported on time. Whether anything moves in that home is not known now: unknown does not mean fine.',
  'never-reported':
    'It has not reported once since it was registered. First see whether it has power and network.',
  revoked: 'Its credential has ended; nothing it sends is taken.',
}
const refusals: Record<Refusal, string> = {
  malformed: 'Could not be read',
  'too-large': 'Too large',
  'too-deep': 'Nested too deep',
  biometric: 'Held faces, gaits or other biometrics: never taken',
  'wrong-kind': 'Not of the registered kind',
  future: 'Dated later than now',
  'too-old': 'Too old',
  duplicate: 'Sent before',
  'no-consent': 'This home has not agreed: movements are not taken',
  'too-many': 'Sent too often',
  'foreign-topic': 'Sent to another device’s address',
}

export const sensing: typeof import('../zh-CN/sensing.ts').sensing = {
  kind: (kind) => (kinds as Record<string, string>)[kind] ?? kind,
  state: (state) => states[state],
  stateLine: (state) => stateLines[state],
  refusal: (reason) => refusals[reason],
  place: 'Place',
  gateway: 'Gateway',
  noGateway: 'None',
  heard: 'Last message',
  neverHeard: 'None yet',
  heartbeat: 'Should report every',
  installed: 'Installed',
  revoked: 'Switched off',
  code: 'Code',
  refusedTitle: 'Messages refused, last 14 days',
  refusedLine: 'Received but not stored: only day, reason and count are kept.',
  refusedNone: 'Nothing was refused in the last 14 days.',
  day: 'Day',
  reason: 'Reason',
  count: 'Count',
  lastAt: 'Last one',
  neverContents: 'This page shows whether the device works, never what it sensed.',
}
