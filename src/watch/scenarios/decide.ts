import type { Instant } from '../../kernel/clock.ts'
import type { PersonId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Facts } from '../../desks/tasks/index.ts'
import { gatewaySubject, type SensorAt, type Wrong } from '../sensing/index.ts'
import type { KernelFinding } from './kernel/index.ts'
import { careSilence, deviceSilence, ruleOfCondition, type Watch } from './types.ts'

/** What a finding asks the desks to do, in the street it belongs to. */
export type Wanted =
  | { do: 'visit'; street: StreetCode; watch: Watch; facts: Facts; at: Instant }
  | {
      do: 'repair'
      street: StreetCode
      rule: string
      subject: string
      place: PlaceCode
      facts: Facts
      at: Instant
    }
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

/** A gateway as people call it, and where it stands. */
export type GatewayAt = { street: StreetCode; name: string; place: PlaceCode }

/** Undefined where the plan or the device has gone in the meantime: then there is nothing to do. */
export function wantedFor(
  finding: KernelFinding,
  watchOf: (plan: string) => Watch | undefined,
  sensorOf: (device: string) => SensorAt | undefined,
  gatewayOf: (gateway: string) => GatewayAt | undefined,
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
      return repair([finding.sensor], null, finding.heardAt, finding.at, sensorOf)
    case 'gateway-lost': {
      const { sensors, heardAt, at } = finding
      const gateway = gatewayOf(finding.gateway)
      return repair(sensors, gateway && { ...gateway, id: finding.gateway }, heardAt, at, sensorOf)
    }
    case 'device-back': {
      const sensor = sensorOf(finding.sensor)
      const { sensor: subject } = finding
      return sensor && { do: 'withdraw', street: sensor.street, rule: deviceSilence, subject }
    }
    case 'gateway-back': {
      const street = gatewayOf(finding.gateway)?.street
      const subject = gatewaySubject(finding.gateway)
      return street && { do: 'withdraw', street, rule: deviceSilence, subject }
    }
    default:
      return finding satisfies never
  }
}

/** One device, or a whole gateway with what is behind it: then the place is where it stands. */
function repair(
  sensors: readonly string[],
  gateway: (GatewayAt & { id: string }) | null | undefined,
  heardAt: Instant | null,
  at: Instant,
  sensorOf: (device: string) => SensorAt | undefined,
): Wanted | undefined {
  const known = sensors.flatMap((sensor) => sensorOf(sensor) ?? [])
  const [first] = known
  if (!first) return undefined
  const devices = known.map(({ device, kind }) => ({ device, kind })).slice(0, 200)
  const facts = { ...nothing, devices, gateway: gateway?.name ?? null, heardAt }
  const { street, place } = gateway ?? first
  const subject = gateway ? gatewaySubject(gateway.id) : first.device
  return { do: 'repair', street, rule: deviceSilence, subject, place, facts, at }
}

/** A low battery, an opened case, a copied credential, a wrong clock: somebody has to go. */
export function repairOf(wrong: Wrong, sensor: SensorAt | undefined, name: string | null): Wanted {
  const { street, source: subject, place, condition, since } = wrong
  const devices = sensor ? [{ device: sensor.device, kind: sensor.kind }] : []
  const facts = { ...nothing, devices, gateway: sensor ? null : name, heardAt: since }
  const rule = ruleOfCondition(condition)
  return { do: 'repair', street, rule, subject, place, facts, at: since }
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
