/** Builds the example street as an officer would, through the public API. */
import { dayMs, hourMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { TownApi } from '../simulator/call.ts'
import { buildingDevices } from './buildings.ts'
import { callerOf, moveClock } from './calling.ts'
import { planDevices, type Installation } from './devices.ts'
import { foundStreet, type StreetPlan } from './ground.ts'
import { install, settleElders, untilWatched } from './installing.ts'
import { nothingPlanted, type TownMap } from './map.ts'
import { bringYear, liveRules } from './past.ts'
import { answerersOf, planRosters, staffOf } from './rosters.ts'
import { committeesMax, officer, planStreet, secondOfficer, street } from './street.ts'
import { nameReviewerOf } from './reviewing.ts'
import { switchPurposes } from './switching.ts'
import { planWhole } from './whole.ts'
import { yearDays } from './year.ts'

export type TownWish = {
  /** How many of the neighbourhoods, the first one being 十二村. All, unless given. */
  committees?: number
  /** The same seed gives the same town and the same days; ids and passwords differ. */
  seed?: number
  /**
   * All neighbourhoods with everybody who lives and works there, what stands in every building, and
   * a year behind it, which ends at `opensAt`. The town's clock must stand a year before.
   */
  whole?: { opensAt: Instant }
}

/** So long before a town opens, its devices are put up; it lives from then on. */
export const livedMs = 51 * hourMs + 30 * minuteMs
/** While they are put up the clock runs on. */
const installingMs = 25 * minuteMs

/** So long before it opens, the clock of a whole town begins. */
export const townYearMs = yearDays * dayMs

/**
 * Opens the street on a server that knows the register of divisions and has no such street yet.
 * Resolves when every device is watched and every agreed plan is judged.
 * @throws CallRefused at the first refusal; what was built until then stays.
 */
export async function buildTown(api: TownApi, wish: TownWish = {}): Promise<TownMap> {
  const { seed = 1, whole } = wish
  const plan = planned(wish)
  const founded = await foundStreet(api, plan)
  await switchPurposes(await callerOf(api, officer.name))
  if (whole) {
    await liveRules(api, whole.opensAt)
    await moveClock(api, installedAt(whole))
  }
  const asOfficer = await callerOf(api, officer.name)
  const installed = await install(asOfficer, plan.committees.map(installationOf(wish)))
  const elders = await settleElders(api, plan.committees, installed.devices)
  if (whole) await bringYear(api, seed, installedAt(whole), answerersOf(plan, founded))
  const staff = staffOf(plan, founded)
  const reviewer = await nameReviewerOf(api, staff)
  const map: TownMap = {
    ...{ seed, street, officer: officer.name, secondOfficer, elders, ...installed },
    workers: plan.committees.flatMap(({ code, workers }) =>
      workers.map((worker) => ({ ...worker, committee: code })),
    ),
    ...{ staff, ...(reviewer === undefined ? {} : { reviewer }) },
    rosters: whole ? await planRosters(api, plan, founded, whole.opensAt) : [],
    neighbours: plan.committees.flatMap(({ neighbours }) => neighbours.map(({ name }) => name)),
    homes: founded.homes,
    planted: nothingPlanted(),
  }
  await untilWatched(api, map)
  return map
}

function installedAt({ opensAt }: { opensAt: Instant }): Instant {
  return opensAt - livedMs - installingMs
}

function planned({ committees = committeesMax, seed = 1, whole }: TownWish): StreetPlan {
  if (whole) return planWhole(seed, whole.opensAt)
  const small = planStreet(seed, committees)
  return { committees: small.map((one) => ({ ...one, residents: [] })), bodies: [] }
}

function installationOf({ whole }: TownWish) {
  return (committee: StreetPlan['committees'][number]): Installation => {
    const small = planDevices(committee)
    if (!whole) return small
    const more = buildingDevices(committee, small)
    return {
      gateways: [...small.gateways, ...more.gateways],
      devices: [...small.devices, ...more.devices],
    }
  }
}
