import { expect, test } from 'vitest'
import { hourMs } from '../../kernel/clock.ts'
import type { ConsentId, DeviceId, HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { SensorAt } from '../sensing/index.ts'
import { gatewaySubject, kernelGateway, ruleLook, wantedFor } from './decide.ts'
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
  ...{ device: device as DeviceId, street, kind: 'motion', home, gateway: 'gw 1' },
  ...{ heartbeatSeconds: 300, installedAt: at, revokedAt: null },
  ...{ limitMs: 900_000, heardAt: at, state: 'alive' },
})
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
    ...{ do: 'repair', street, subject: 'd1', home, at },
    facts: { ...nothing, devices: [{ device: 'd1', kind: 'motion' }], heardAt: at - 1 },
  })
  expect(wanted(finding, {})).toBeUndefined()
})

test('a lost gateway asks for one repair that names its devices, in its own street', () => {
  const gateway = kernelGateway(street, 'gw 1')!
  const sensors = ['d1', 'gone', 'd2']
  const finding = { kind: 'gateway-lost', gateway, sensors, heardAt: at - 1, at } as const
  const devices = ['d1', 'd2'].map((device) => ({ device, kind: 'motion' }))
  expect(wanted(finding)).toEqual({
    ...{ do: 'repair', street, subject: gatewaySubject(street, 'gw 1'), home, at },
    facts: { ...nothing, devices, gateway: 'gw 1', heardAt: at - 1 },
  })
  expect(wanted(finding, {})).toBeUndefined()
})

test('what is back withdraws the same subject that was lost', () => {
  const rule = 'device-silence'
  const device = { kind: 'device-back', sensor: 'd1', at } as const
  expect(wanted(device)).toEqual({ do: 'withdraw', street, rule, subject: 'd1' })
  expect(wanted(device, {})).toBeUndefined()
  const gateway = { kind: 'gateway-back', gateway: kernelGateway(street, 'gw 1')!, at } as const
  const subject = gatewaySubject(street, 'gw 1')
  expect(wanted(gateway, {})).toEqual({ do: 'withdraw', street, rule, subject })
})

test('one gateway name in two streets is two gateways', () => {
  const other = '310115005' as StreetCode
  expect(kernelGateway(street, 'gw')).not.toBe(kernelGateway(other, 'gw'))
  expect(gatewaySubject(street, 'gw')).not.toBe(gatewaySubject(other, 'gw'))
  expect(kernelGateway(street, null)).toBeNull()
})

test('a rule that judges is a looker with its version', () => {
  expect(ruleLook(watch, at, 3)).toEqual({
    ...{ street, person: 'elder', fields: ['last-seen'], at, how: 'rule', why: 'agreed-care' },
    matter: { kind: 'agreement', id: 'c1', label: 'agreed-care' },
    by: { kind: 'rule', rule: 'care-silence', version: 3 },
  })
})
