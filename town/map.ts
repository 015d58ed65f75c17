/** The town as the simulator and the tests need to know it. Holds the devices' passwords. */
import type { Instant } from '../src/kernel/clock.ts'
import type { Input } from '../src/kernel/endpoint.ts'
import type { CommitteeCode, DeviceId, HomeCode, StreetCode } from '../src/kernel/ids.ts'
import type { addDevice } from '../src/watch/sensing/api.ts'

export type DeviceKind = Input<typeof addDevice>['kind']

export type TownDevice = {
  device: DeviceId
  kind: DeviceKind
  home: HomeCode
  gateway: string
  username: string
  password: string
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

/** What was planted to be found, in the town's time. It lasts until it is taken back. */
export type Planted = {
  /** The last sign of life is at `since`; the home's sensors keep working. */
  silent: { name: string; home: HomeCode; since: Instant }[]
  /** Told by the elder; nobody moves at home from `from` to `until`. */
  away: { name: string; home: HomeCode; from: Instant; until: Instant }[]
  /** Nothing of the gateway is heard between `from` and `to`; null: it stays dead. */
  outages: { gateway: string; from: Instant; to: Instant | null }[]
}

export type TownMap = {
  seed: number
  street: StreetCode
  officer: string
  workers: { name: string; committee: CommitteeCode; rank: number }[]
  elders: TownElder[]
  neighbours: string[]
  homes: HomeCode[]
  devices: TownDevice[]
  planted: Planted
}
