/** A street's devices, made up: what the device pages are drawn from in tests. */
import { dayMs, hourMs, minuteMs } from '../../../src/kernel/clock.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { CommitteeCode, DeviceId, GatewayId, PlaceCode } from '../../../src/kernel/ids.ts'
import type { story } from '../../../src/watch/devices/api.ts'
import type { DeviceKind } from '../../../src/watch/devices/types.ts'
import type { listDevices, listGateways, oneDevice } from '../../../src/watch/sensing/api.ts'
import type { DeviceState } from '../../../src/watch/sensing/types.ts'
import { deviceId, now, place, repairTask } from '../sample.ts'

type Listed = Output<typeof listDevices>
type Row = Listed['devices'][number]

const kinds: readonly DeviceKind[] = [
  'door-access',
  'door-contact',
  'motion',
  'smoke',
  'gas',
  'water-leak',
  'water-meter',
  'electrical',
  'sos-button',
  'camera-event',
  'ground',
]
const committees =
  '田林一、二村|田林三、四村|田林五、六、七村|田林八、九、十村|田林十一村|田林十二村|田林十三村|田林十四村第一|千鹤第一|爱建园|小安桥'
    .split('|')
    .map((name, at) => ({
      committee: `3101040110${String(at + 8).padStart(2, '0')}` as CommitteeCode,
      name: `${name}居委会`,
    }))

/** Every neighbourhood and kind, most well, some quiet, a few unknown or never heard. */
export const counts: Listed['counts'] = committees.flatMap((one, row) =>
  kinds.map((kind, column) => {
    const at = row * 11 + column
    return {
      ...{ ...one, kind, alive: 4 + ((at * 7) % 23) },
      ...{ quiet: at % 9 === 4 ? 1 : 0, unknown: at % 13 === 5 ? 2 : 0 },
      neverReported: at % 29 === 17 ? 1 : 0,
    }
  }),
)

const stairPlace = (stair: string) => ({
  ...place(stair, 1, '101'),
  ...{ place: `310104011013-01-${stair}` as PlaceCode, room: null, floor: null },
})
const committeePlace = {
  ...stairPlace('24'),
  ...{ place: '310104011013' as PlaceCode, compound: null, building: null, stair: null },
}

const numbered = (last: string) => `0197e9c0-0000-7000-8000-000000${last}` as DeviceId
const row = (last: string, kind: DeviceKind, state: DeviceState, more: Partial<Row> = {}): Row => ({
  ...{ device: numbered(last), kind, purpose: 'home-safety', label: '二楼楼道', state },
  ...{ place: stairPlace('26'), model: null, gateway: null, heartbeatSeconds: 600 },
  ...{ lentUntil: null, heardAt: now - 3 * hourMs, battery: 71, conditions: [], ...more },
})

const devices: Row[] = [
  row('3f9a21', 'smoke', 'unknown'),
  row('3f9a22', 'gas', 'unknown', { label: '', place: stairPlace('24') }),
  row('3f9a23', 'water-leak', 'quiet', {
    conditions: [{ condition: 'battery-low', since: now - dayMs }],
  }),
  row('3f9a24', 'ground', 'never-reported', { place: committeePlace, heardAt: null }),
  row('3f9a25', 'camera-event', 'alive', { lentUntil: '2026-07-01', place: committeePlace }),
]

export function listOf(state: DeviceState | null, ofOne = false): Listed {
  const listed = state === null ? devices : devices.filter((one) => one.state === state)
  const own = counts.filter(({ committee }) => !ofOne || committee === '310104011013')
  return { devices: listed, total: listed.length, counts: own, now }
}

export const device: Output<typeof oneDevice> = {
  ...{ device: deviceId, kind: 'door-contact', purpose: 'agreed-care', label: '' },
  ...{ place: place('24', 1, '101'), model: 'Aqara MCCGQ11LM' },
  gateway: { gateway: '0197e9c0-0000-7000-8000-00000000e001' as GatewayId, name: 'gw-24-1' },
  ...{ heartbeatSeconds: 600, lentUntil: '2026-07-06', state: 'unknown', battery: 12 },
  heardAt: now - 3 * hourMs,
  conditions: [
    { condition: 'battery-low', since: now - 2 * dayMs },
    { condition: 'copied', since: now - hourMs },
  ],
  ...{ keeper: '物业工程班', nameAtGateway: null, hasCredential: true, perMinuteMax: 60 },
  ...{ replaces: numbered('3f9a20'), replacedBy: null },
  installedAt: now - 12 * dayMs,
  revokedAt: null,
  topic: `lilong/310104011/${deviceId}/event`,
  refusals: [
    { day: '2026-07-08', reason: 'duplicate', count: 1_200, lastAt: now - 20 * hourMs },
    { day: '2026-07-07', reason: 'duplicate', count: 4, lastAt: now - 40 * hourMs },
    { day: '2026-07-08', reason: 'too-many', count: 312, lastAt: now - 19 * hourMs },
    { day: '2026-07-06', reason: 'biometric', count: 1, lastAt: now - 3 * dayMs },
  ],
  remarks: [{ day: '2026-07-08', reason: 'clock-wrong', count: 40, lastAt: now - 20 * hourMs }],
  coverage: [
    { from: now - 12 * dayMs, to: now - 9 * dayMs },
    { from: now - 8 * dayMs - 5 * hourMs, to: now - 3 * hourMs },
  ],
  homeCoverage: [{ from: now - 12 * dayMs, to: now - 9 * dayMs }],
  readings: [5, 4, 3, 2, 1, 0].map((ago) => ({
    day: new Date(now + 8 * hourMs - ago * dayMs).toISOString().slice(0, 10),
    purpose: 'agreed-care' as const,
    count: 40 + ago * 7,
  })),
  newest: [],
  tasks: [
    {
      ...{ task: repairTask, rule: 'device-battery-low', state: 'acknowledged' },
      ...{ openedAt: now - 2 * dayMs, outcome: null, isMine: true },
    },
    {
      ...{ task: repairTask, rule: 'device-silence', state: 'closed' },
      ...{ openedAt: now - 8 * dayMs, outcome: 'fine', isMine: true },
    },
  ],
  now,
}

/** A meter in a shared place: what it said stands on its page. */
export const meter: Output<typeof oneDevice> = {
  ...device,
  ...{ kind: 'water-meter', purpose: 'water-and-power', place: stairPlace('26') },
  ...{ state: 'alive', heardAt: now - 2 * minuteMs, lentUntil: null, conditions: [] },
  homeCoverage: null,
  ...{ refusals: [], remarks: [], tasks: [], replaces: null, label: '泵房' },
  newest: [
    {
      eventAt: now - 2 * minuteMs,
      arrivedAt: now - 2 * minuteMs,
      state: 'water-litres',
      value: 48_213,
    },
    { eventAt: now - 5 * hourMs, arrivedAt: now - hourMs, state: 'water-litres', value: 48_102 },
  ],
}

const byOfficer = { title: '值班长', unit: '田林街道' }
export const steps: Output<typeof story> = {
  steps: [
    { at: now - dayMs, act: 'credential-renewed', place: null, words: '', ...byOfficer },
    {
      ...{ at: now - 6 * dayMs, act: 'lent', place: '24号 101室', words: '夏天先借三周' },
      ...byOfficer,
    },
    {
      at: now - 12 * dayMs,
      act: 'installed',
      place: '24号 101室',
      words: '',
      title: null,
      unit: null,
    },
  ],
}

export const gateways: Output<typeof listGateways> = {
  gateways: [
    {
      ...{ gateway: '0197e9c0-0000-7000-8000-00000000e001' as GatewayId, name: 'gw-24-1' },
      ...{
        maker: 'Sonoff',
        format: 'zigbee2mqtt',
        place: stairPlace('24'),
        heardAt: now - 3 * hourMs,
      },
      ...{ isConnected: false, devices: 17, heard: 0, isCopied: false, refusals: [] },
    },
    {
      ...{ gateway: '0197e9c0-0000-7000-8000-00000000e002' as GatewayId, name: 'gw-26-1' },
      ...{ maker: '', format: 'canonical', place: stairPlace('26'), heardAt: now - minuteMs },
      ...{ isConnected: true, devices: 17, heard: 17, isCopied: false, refusals: [] },
    },
    {
      ...{ gateway: '0197e9c0-0000-7000-8000-00000000e003' as GatewayId, name: 'lora-tl' },
      ...{
        maker: 'Milesight',
        format: 'chirpstack',
        place: committeePlace,
        heardAt: now - minuteMs,
      },
      ...{ isConnected: true, devices: 233, heard: 231, isCopied: true },
      refusals: [
        { day: '2026-07-08', reason: 'not-listed', count: 44, lastAt: now - hourMs },
        { day: '2026-07-08', reason: 'unknown-model', count: 3, lastAt: now - 2 * hourMs },
      ],
    },
  ],
  now,
}
