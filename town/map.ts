/** The town as the simulator and the tests need to know it. Holds the devices' passwords. */
import type { Instant } from '../src/kernel/clock.ts'
import type { Input } from '../src/kernel/endpoint.ts'
import type {
  CommitteeCode,
  DeviceId,
  GatewayId,
  HomeCode,
  PlaceCode,
  StreetCode,
} from '../src/kernel/ids.ts'
import type { addDevice, addGateway } from '../src/watch/devices/api.ts'

export type DeviceKind = Input<typeof addDevice>['kind']
export type Format = Input<typeof addGateway>['format']

/** `topic` is what stands before every topic it publishes to. */
export type TownGateway = {
  gateway: GatewayId
  name: string
  format: Format
  place: PlaceCode
  username: string
  password: string
  topic: string
}

export type TownDevice = {
  device: DeviceId
  kind: DeviceKind
  place: PlaceCode
  label: string
  /** By its name. Null: it speaks for itself. */
  gateway: string | null
  /** Null where its gateway decodes for it, which then also writes by the model's fields. */
  username: string | null
  password: string | null
  model: string | null
  topic: string
  heartbeatSeconds: number
}

/** Whether an elder agreed to be looked after, was only offered it, or said no. */
export type PlanStanding = 'agreed' | 'offered' | 'refused'

export type TownElder = {
  name: string
  home: HomeCode
  plan: PlanStanding
  devices: DeviceId[]
}

/** What a device or gateway can be made to do wrong. */
export const oddities = ['flapping', 'low-battery', 'tampered', 'wrong-clock'] as const
export type Oddity = (typeof oddities)[number]

/** What was planted to be found, in the town's time. It lasts until it is taken back. */
export type Planted = {
  /** The last sign of life is at `since`; the home's sensors keep working. */
  silent: { name: string; home: HomeCode; since: Instant }[]
  /** Told by the elder; nobody moves at home from `from` to `until`. */
  away: { name: string; home: HomeCode; from: Instant; until: Instant }[]
  /** Nothing of the gateway is heard between `from` and `to`; null: it stays dead. */
  outages: { gateway: string; from: Instant; to: Instant | null }[]
  /** One device each, from `from` on; a case that was open is said to be closed after `to`. */
  odd: { what: Oddity; device: DeviceId; from: Instant; to: Instant | null }[]
  /** What the gateway heard between `from` and `to` it says at `to`, all at once. */
  late: { gateway: string; from: Instant; to: Instant }[]
}

export const nothingPlanted = (): Planted => ({
  ...{ silent: [], away: [], outages: [], odd: [], late: [] },
})

export type TownMap = {
  seed: number
  street: StreetCode
  officer: string
  secondOfficer: string
  workers: { name: string; committee: CommitteeCode; rank: number }[]
  elders: TownElder[]
  neighbours: string[]
  homes: HomeCode[]
  gateways: TownGateway[]
  devices: TownDevice[]
  planted: Planted
}
