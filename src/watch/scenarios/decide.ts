import type { Instant } from '../../kernel/clock.ts'
import type { HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Facts } from '../../desks/tasks/index.ts'
import type { SensorAt } from '../sensing/index.ts'
import type { KernelFinding } from './kernel/index.ts'
import { careSilence, deviceSilence, type Watch } from './types.ts'

/** What a finding asks the desks to do, in the street it belongs to. */
export type Wanted =
  | { do: 'visit'; street: StreetCode; watch: Watch; facts: Facts; at: Instant }
  | { do: 'repair'; street: StreetCode; subject: string; home: HomeCode; facts: Facts; at: Instant }
  | { do: 'withdraw'; street: StreetCode; rule: string; subject: string }

const nothing: Facts = {
  since: null,
  silentMs: null,
  gapMs: null,
  gaps: [],
  devices: [],
  gateway: null,
  heardAt: null,
}

export function gatewaySubject(street: StreetCode, gateway: string): string {
  return `gateway ${street} ${gateway}`
}

/** Undefined where the plan or the device has gone in the meantime: then there is nothing to do. */
export function wantedFor(
  finding: KernelFinding,
  watchOf: (plan: string) => Watch | undefined,
  sensorOf: (device: string) => SensorAt | undefined,
): Wanted | undefined {
  switch (finding.kind) {
    case 'silent': {
      const watch = watchOf(finding.plan)
      const { since, silentMs, gapMs, gaps, at } = finding
      return (
        watch && {
          do: 'visit',
          street: watch.street,
          watch,
          facts: { ...nothing, since, silentMs, gapMs, gaps },
          at,
        }
      )
    }
    case 'device-lost':
      return repair(finding.sensor, [finding.sensor], null, finding.heardAt, finding.at, sensorOf)
    case 'gateway-lost': {
      const { gateway, sensors, heardAt, at } = finding
      return repair(null, sensors, gateway, heardAt, at, sensorOf)
    }
    case 'device-back': {
      const sensor = sensorOf(finding.sensor)
      const { sensor: subject } = finding
      return sensor && { do: 'withdraw', street: sensor.street, rule: deviceSilence, subject }
    }
    case 'gateway-back': {
      const [street, gateway] = splitGateway(finding.gateway)
      const subject = gatewaySubject(street, gateway)
      return { do: 'withdraw', street, rule: deviceSilence, subject }
    }
    default:
      return finding satisfies never
  }
}

function repair(
  device: string | null,
  sensors: readonly string[],
  gateway: string | null,
  heardAt: Instant | null,
  at: Instant,
  sensorOf: (device: string) => SensorAt | undefined,
): Wanted | undefined {
  const known = sensors.flatMap((sensor) => sensorOf(sensor) ?? [])
  const [first] = known
  if (!first) return undefined
  const named = gateway === null ? null : splitGateway(gateway)[1]
  const devices = known.map(({ device: id, kind }) => ({ device: id, kind }))
  const subject = device ?? gatewaySubject(first.street, named ?? '')
  const facts = { ...nothing, devices, gateway: named, heardAt }
  return { do: 'repair', street: first.street, subject, home: first.home, facts, at }
}

/** Gateway names are a street's own; the kernel serves many streets, so it is told both. */
export function kernelGateway(street: StreetCode, gateway: string | null): string | null {
  return gateway === null ? null : `${street} ${gateway}`
}

function splitGateway(gateway: string): [StreetCode, string] {
  const at = gateway.indexOf(' ')
  return [gateway.slice(0, at) as StreetCode, gateway.slice(at + 1)]
}

export function ruleLook(
  watch: { street: StreetCode; person: PersonId; consent: string },
  at: Instant,
  version: number,
) {
  return {
    street: watch.street,
    person: watch.person,
    fields: ['last-seen'] as const,
    matter: { kind: 'agreement', id: watch.consent, label: 'agreed-care' } as const,
    at,
    by: { kind: 'rule', rule: careSilence, version } as const,
    how: 'rule' as const,
    why: 'agreed-care' as const,
  }
}
