import type { DeviceKind } from '../../../src/watch/devices/types.ts'

const kinds: Record<DeviceKind, string> = {
  'door-access': 'Door access',
  'door-contact': 'Door contact',
  motion: 'Motion sensor',
  smoke: 'Smoke detector',
  gas: 'Gas and odour',
  'water-leak': 'Leak and water level',
  'water-meter': 'Water meter',
  electrical: 'Electrical',
  'sos-button': 'Call button',
  'camera-event': 'Camera event',
  ground: 'Ground and tilt',
}

export const sensing: typeof import('../zh-CN/sensing.ts').sensing = {
  kind: (kind) => (kinds as Record<string, string>)[kind] ?? kind,
  devicesTitle: 'Devices',
  deviceTitle: 'Device',
  gatewaysTitle: 'Gateways',
  addTitle: 'Add devices',
  labelsTitle: 'Labels',
}
