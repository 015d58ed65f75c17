import { expect, test } from 'vitest'
import { hourMs } from '../../kernel/clock.ts'
import type {
  ConsentId,
  DeviceId,
  GatewayId,
  HomeCode,
  PersonId,
  PlaceCode,
  StreetCode,
} from '../../kernel/ids.ts'
import { gatewaySubject, type SensorAt } from '../sensing/index.ts'
import { repairOf, ruleLook, wantedFor } from './decide.ts'
import type { Watch } from './types.ts'

const at = Date.parse('2026-07-07T08:00:00+08:00')
const street = '310104011' as StreetCode
const home = '310104011013-01-26-501' as HomeCode
const watch: Watch = {
  ...{ street, subject: 'plan', rule: 'care-silence', ruleVersion: 1, home, since: at },
  ...{ person: 'elder' as PersonId, consent: 'c1' as ConsentId },
  ...{ awayUntil: null, gaps: [], isRaised: false },
}
const sensor = (device: string): SensorAt => ({
  ...{ device: device as DeviceId, street, kind: 'motion', place: home, purpose: 'agreed-care' },
  ...{ gateway: 'g1' as GatewayId, nameAtGateway: null, model: null, label: '', keeper: '' },
  ...{ heartbeatSeconds: 300, perMinuteMax: 120, lentUntil: null, replaces: null },
  ...{ installedAt: at, revokedAt: null, limitMs: 900_000, heardAt: at, state: 'alive' },
})
const gatewayPlace = '310104011013-01' as PlaceCode
const nothing = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
}
const wanted = (
  finding: Parameters<typeof wantedFor>[0],
  known: { plans?: string[]; sensors?: string[] } = { plans: ['plan'], sensors: ['d1', 'd2'] },
) =>
  wantedFor(
    finding,
    (plan) => (known.plans?.includes(plan) ? watch : undefined),
    (device) => (known.sensors?.includes(device) ? sensor(device) : undefined),
    (gateway) => (gateway === 'g1' ? { street, name: 'gw-1', place: gatewayPlace } : undefined),
  )

test('silence asks for a visit, with what the kernel counted', () => {
  const counted = { since: at - 50 * hourMs, silentMs: 48 * hourMs, gapMs: 2 * hourMs }
  const gaps = [{ from: at - 9 * hourMs, to: at - 7 * hourMs }]
  const finding = { kind: 'silent', plan: 'plan', ...counted, gaps, at } as const
  const facts = { ...nothing, ...counted, gaps }
  expect(wanted(finding)).toEqual({ do: 'visit', street, watch, facts, at })
  expect(wanted(finding, {})).toBeUndefined()
})

test('a lost device asks for its own repair', () => {
  const finding = { kind: 'device-lost', sensor: 'd1', heardAt: at - 1, at } as const
  expect(wanted(finding)).toEqual({
    ...{ do: 'repair', street, rule: 'device-silence', subject: 'd1', place: home, at },
    facts: { ...nothing, devices: [{ device: 'd1', kind: 'motion' }], heardAt: at - 1 },
  })
  expect(wanted(finding, {})).toBeUndefined()
})

test('a lost gateway asks for one repair that names its devices, where it stands', () => {
  const gateway = 'g1'
  const sensors = ['d1', 'gone', 'd2']
  const finding = { kind: 'gateway-lost', gateway, sensors, heardAt: at - 1, at } as const
  const devices = ['d1', 'd2'].map((device) => ({ device, kind: 'motion' }))
  expect(wanted(finding)).toEqual({
    ...{ do: 'repair', street, rule: 'device-silence', at },
    ...{ subject: gatewaySubject('g1'), place: gatewayPlace },
    facts: { ...nothing, devices, gateway: 'gw-1', heardAt: at - 1 },
  })
  expect(wanted(finding, {})).toBeUndefined()
})

test('what is back withdraws the same subject that was lost', () => {
  const rule = 'device-silence'
  const device = { kind: 'device-back', sensor: 'd1', at } as const
  expect(wanted(device)).toEqual({ do: 'withdraw', street, rule, subject: 'd1' })
  expect(wanted(device, {})).toBeUndefined()
  const gateway = { kind: 'gateway-back', gateway: 'g1', at } as const
  const subject = gatewaySubject('g1')
  expect(wanted(gateway, {})).toEqual({ do: 'withdraw', street, rule, subject })
})

test('what is wrong with a device asks for a repair under its own rule', () => {
  const wrong = { street, source: 'd1', place: home, condition: 'battery-low', since: at } as const
  expect(repairOf(wrong, sensor('d1'), null)).toEqual({
    ...{ do: 'repair', street, rule: 'device-battery-low', subject: 'd1', place: home, at },
    facts: { ...nothing, devices: [{ device: 'd1', kind: 'motion' }], heardAt: at },
  })
  const copied = { ...wrong, source: 'g1', condition: 'copied' } as const
  expect(repairOf(copied, undefined, 'gw-1')).toMatchObject({
    ...{ rule: 'device-copied', subject: 'g1', facts: { devices: [], gateway: 'gw-1' } },
  })
})

test('a rule that judges is a looker with its version', () => {
  expect(ruleLook(watch, at, 3)).toEqual({
    ...{ street, person: 'elder', fields: ['last-seen'], at, how: 'rule', why: 'agreed-care' },
    matter: { kind: 'agreement', id: 'c1', label: 'agreed-care' },
    by: { kind: 'rule', rule: 'care-silence', version: 3 },
  })
})
