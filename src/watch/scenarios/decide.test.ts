import { describe, expect, test } from 'vitest'
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
import {
  durationOf,
  notBefore,
  repairOf,
  ruleLook,
  stepsAt,
  wantedFor,
  type Judged,
  type Known,
} from './decide.ts'
import { shippedRules, type Definition } from './definition/index.ts'
import type { StreetFinding } from './kernel/index.ts'
import type { Watch } from './types.ts'

const at = Date.parse('2026-07-07T08:00:00+08:00')
const street = '310104011' as StreetCode
const home = '310104011013-01-26-501' as HomeCode
const watch: Watch = {
  ...{ street, subject: 'plan', purpose: 'agreed-care', home, since: at },
  ...{ person: 'elder' as PersonId, consent: 'c1' as ConsentId, awayUntil: null },
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

const shipped = (rule: string): Definition => {
  const found = shippedRules().find(({ definition }) => definition.rule === rule)
  if (!found) throw new Error(`${rule} does not ship`)
  return found.definition
}
const judged = (rule: string, isShadow = false): Judged => ({
  ...{ rule, version: 3, definition: shipped(rule), isShadow },
})
const keyOf = (rule: string) => `${street} ${rule} 3`

/** A street that knows two sensors, a gateway and an agreement, and judges by these rules. */
function knowing(rules: readonly Judged[], more: Partial<Known> = {}): Known {
  const inForce = (rule: string) => rules.find((one) => one.rule === rule && !one.isShadow)
  return {
    judged: (key) => rules.find((one) => keyOf(one.rule) === key),
    ...{ inForce, judgedBy: () => undefined },
    watch: (of, purpose) => (of === home && purpose === 'agreed-care' ? watch : undefined),
    sensor: (device) => (['d1', 'd2'].includes(device) ? sensor(device) : undefined),
    gateway: (id) => (id === 'g1' ? { street, name: 'gw-1', place: gatewayPlace } : undefined),
    ...more,
  }
}

const raised = (rule: string, subject: string, more: object = {}): StreetFinding => ({
  ...{ is: 'raised', rule: keyOf(rule), subject, at, signals: [], silence: null, ...more },
})

describe('what a finding asks for', () => {
  test('silence asks for a visit under the plan’s name, with what the kernel counted', () => {
    const counted = { since: at - 50 * hourMs, silentMs: 48 * hourMs, gapMs: 2 * hourMs }
    const silence = { ...counted, gaps: [{ from: at - 9 * hourMs, to: at - 7 * hourMs }] }
    const finding = raised('care-silence', home, { silence })
    const rule = judged('care-silence')
    expect(wantedFor(finding, knowing([rule]))).toEqual({
      ...{ do: 'open', rule: 'care-silence', version: 3, definition: rule.definition, at },
      ...{ subject: 'plan', place: home, watch, facts: { ...nothing, ...silence } },
    })
  })

  test('without an agreement, or with a rule that is gone, nothing is asked for', () => {
    const finding = raised('care-silence', home)
    const without = knowing([judged('care-silence')], { watch: () => undefined })
    expect(wantedFor(finding, without)).toBeUndefined()
    expect(wantedFor(finding, knowing([]))).toBeUndefined()
  })

  test('a draft in shadow is counted where it would have been, and tells nobody', () => {
    const known = knowing([judged('care-silence', true)])
    expect(wantedFor(raised('care-silence', home), known)).toMatchObject({
      do: 'count',
      place: home,
    })
    const rule = keyOf('care-silence')
    const over: StreetFinding = { is: 'cleared', rule, subject: home, at }
    expect(wantedFor(over, known)).toBeUndefined()
    const joined: StreetFinding = { is: 'joined', rule, subject: home, at, signals: [] }
    expect(wantedFor(joined, known)).toBeUndefined()
  })

  test('what was heard is in the facts, and a second signal joins', () => {
    const signals = [{ sensor: 'd1', kind: 'motion', state: 'occupied', value: null, at } as const]
    const known = knowing([judged('care-silence')])
    const finding: StreetFinding = {
      ...{ is: 'joined', rule: keyOf('care-silence'), subject: home, at },
      signals: [...signals],
    }
    expect(wantedFor(finding, known)).toEqual({
      ...{ do: 'join', rule: 'care-silence', version: 3, subject: 'plan', at },
      facts: {
        ...nothing,
        devices: [{ device: 'd1', kind: 'motion' }],
        signals: [{ device: 'd1', kind: 'motion', state: 'occupied', value: null, at }],
        count: 1,
      },
    })
  })
})

describe('devices', () => {
  const known = knowing([
    judged('device-silence'),
    judged('device-battery-low'),
    judged('device-copied'),
  ])
  const about = { rule: 'device-silence', version: 3 }

  test('a lost device asks for its own repair', () => {
    const finding = { is: 'device-lost', sensor: 'd1', heardAt: at - 1, at } as const
    expect(wantedFor(finding, known)).toMatchObject({
      ...{ do: 'open', ...about, subject: 'd1', place: home, watch: null, at },
      facts: { ...nothing, devices: [{ device: 'd1', kind: 'motion' }], heardAt: at - 1 },
    })
    expect(wantedFor({ ...finding, sensor: 'gone' }, known)).toBeUndefined()
  })

  test('a lost gateway asks for one repair that names its devices, where it stands', () => {
    const sensors = ['d1', 'gone', 'd2']
    const finding = { is: 'gateway-lost', gateway: 'g1', sensors, heardAt: at - 1, at } as const
    const devices = ['d1', 'd2'].map((device) => ({ device, kind: 'motion' }))
    expect(wantedFor(finding, known)).toMatchObject({
      ...{ do: 'open', ...about, subject: gatewaySubject('g1'), place: gatewayPlace, at },
      facts: { ...nothing, devices, gateway: 'gw-1', heardAt: at - 1 },
    })
  })

  test('what is back withdraws the same subject that was lost', () => {
    const device = { is: 'device-back', sensor: 'd1', at } as const
    expect(wantedFor(device, known)).toEqual({ do: 'withdraw', ...about, subject: 'd1', at })
    const gateway = { is: 'gateway-back', gateway: 'g1', at } as const
    const subject = gatewaySubject('g1')
    expect(wantedFor(gateway, known)).toEqual({ do: 'withdraw', ...about, subject, at })
  })

  test('what is wrong with a device asks for a repair under its own rule', () => {
    const wrong = {
      street,
      source: 'd1',
      place: home,
      condition: 'battery-low',
      since: at,
    } as const
    expect(repairOf(wrong, known)).toMatchObject({
      ...{ do: 'open', rule: 'device-battery-low', subject: 'd1', place: home, at },
      facts: { ...nothing, devices: [{ device: 'd1', kind: 'motion' }], heardAt: at },
    })
    const copied = { ...wrong, source: 'g1', condition: 'copied' } as const
    expect(repairOf(copied, known)).toMatchObject({
      ...{ rule: 'device-copied', subject: 'g1', facts: { devices: [], gateway: 'gw-1' } },
    })
    expect(repairOf({ ...wrong, condition: 'tampered' }, known)).toBeUndefined()
  })
})

describe('when and how soon', () => {
  const night = { ...shipped('bins'), quiet: { from: '22:00', to: '07:00' } }
  const when = (time: string) => Date.parse(`2026-07-07T${time}:00+08:00`)

  test.each([
    ['21:59', null],
    ['22:00', when('07:00') + 24 * hourMs],
    ['23:30', when('07:00') + 24 * hourMs],
    ['00:00', when('07:00')],
    ['06:59', when('07:00')],
    ['07:00', null],
    ['12:00', null],
  ])('in the quiet hours nobody is sent before their end: %s', (time, until) => {
    expect(notBefore(night, home, when(time))).toBe(until)
  })

  test('an emergency does not wait, and a neighbourhood has hours and steps of its own', () => {
    expect(notBefore({ ...night, isEmergency: true }, home, when('23:00'))).toBeNull()
    const steps = [{ tell: 'property' as const, withinMinutes: 30 }]
    const quiet = { from: '12:00', to: '14:00' }
    const other = { ...night, local: [{ place: '310104011013', quiet, steps }] }
    expect(notBefore(other, home, when('23:00'))).toBeNull()
    expect(notBefore(other, home, when('13:00'))).toBe(when('14:00'))
    expect(stepsAt(other, home)).toEqual(steps)
    expect(stepsAt(other, '310104011002-01' as PlaceCode)).toEqual(night.steps)
  })

  test('whole days of a repair are working days; all else counts at once', () => {
    const repair = shipped('device-silence')
    const day = { tell: 'worker' as const, withinMinutes: 24 * 60 }
    expect(durationOf(repair, day)).toEqual({ count: 1, kind: 'working_day' })
    const short = { ...day, withinMinutes: 90 }
    expect(durationOf(repair, short)).toEqual({ count: 90, kind: 'minute' })
    expect(durationOf(shipped('smoke'), day)).toEqual({ count: 1_440, kind: 'minute' })
  })
})

test('a rule that judges is a looker with its version', () => {
  expect(ruleLook(watch, at, 'care-silence', 3)).toEqual({
    ...{ street, person: 'elder', fields: ['last-seen'], at, how: 'rule', why: 'agreed-care' },
    matter: { kind: 'agreement', id: 'c1', label: 'agreed-care' },
    by: { kind: 'rule', rule: 'care-silence', version: 3 },
  })
})
