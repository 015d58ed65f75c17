/** The town as the simulator and the tests need to know it. Holds the devices' passwords. */
import type { Instant } from '../src/kernel/clock.ts'
import type { Input } from '../src/kernel/endpoint.ts'
import type {
  CommitteeCode,
  DeviceId,
  GatewayId,
  HomeCode,
  PlaceCode,
  PostId,
  StreetCode,
} from '../src/kernel/ids.ts'
import type { addDevice, addGateway } from '../src/watch/devices/api.ts'
import type { BodyKind } from './staff.ts'

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
  /** Counts whole days for the crowding check, in a home where so many are registered. */
  occupants?: number
}

/** Whether an elder agreed to be looked after, was only offered it, or said no. */
export type PlanStanding = 'agreed' | 'offered' | 'refused'

export type TownElder = {
  name: string
  home: HomeCode
  plan: PlanStanding
  devices: DeviceId[]
}

/** Somebody in a post. `committee`: whose neighbourhood it is, where it is one body's. */
export type TownStaff = {
  name: string
  post: PostId
  body: string
  kind: BodyKind
  committee: CommitteeCode | null
}

/** The pattern of a body's week; shifts are planned until before `plannedTo`. */
export type TownRoster = {
  body: string
  pattern: { post: PostId; weekdays: number[]; from: string; to: string }[]
  plannedTo: string
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
  outages: {
    gateway: string
    /** Whose worker repairs it; unknown of towns from before this was kept. */
    committee?: CommitteeCode
    from: Instant
    to: Instant | null
  }[]
  /** One device each, from `from` on; a case that was open is said to be closed after `to`. */
  odd: {
    what: Oddity
    device: DeviceId
    committee?: CommitteeCode
    from: Instant
    to: Instant | null
  }[]
  /** What the gateway heard between `from` and `to` it says at `to`, all at once. */
  late: { gateway: string; from: Instant; to: Instant }[]
  /** Whoever works here and answers nothing from `since` on. */
  unanswering: { name: string; since: Instant }[]
  /** Days of the town, 'YYYY-MM-DD', both included; in the place of the weather of the seed. */
  weather: { what: 'heat' | 'typhoon'; from: string; to: string }[]
  /** Said by one device once, at `at`: something happens there that no day would bring. */
  happened: { device: DeviceId; at: Instant; state: string }[]
  /** A home that stands out among those of its building, day by day, from `from` on. */
  crowded: { home: HomeCode; from: Instant }[]
}

export const nothingPlanted = (): Planted => ({
  ...{ silent: [], away: [], outages: [], odd: [], late: [], unanswering: [] },
  ...{ weather: [], happened: [], crowded: [] },
})

export type TownMap = {
  seed: number
  street: StreetCode
  officer: string
  secondOfficer: string
  workers: { name: string; committee: CommitteeCode; rank: number }[]
  staff: TownStaff[]
  /** Whoever reviews unusual looks; none where nobody stands outside the line of command. */
  reviewer?: string
  rosters: TownRoster[]
  elders: TownElder[]
  neighbours: string[]
  homes: HomeCode[]
  gateways: TownGateway[]
  devices: TownDevice[]
  planted: Planted
}
