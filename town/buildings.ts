/**
 * What stands in every building of the whole street, beside the devices that the small one has: on
 * stairs, on roofs, in yards, and in some kitchens. Behind one gateway a building.
 */
import type { HomeCode, PlaceCode } from '../src/kernel/ids.ts'
import { seeded, type Seeded } from '../simulator/seeded.ts'
import type { Installation, PlannedDevice, PlannedGateway } from './devices.ts'
import type { DeviceKind } from './map.ts'
import type { PlannedBuilding, PlannedCommittee, PlannedCompound, Stair } from './street.ts'
import type { PlannedResident } from './whole.ts'

const heartbeatSeconds = 3_600
/** A kitchen on each so many-th stair has a gas sensor. */
const gasEvery = 3
/** A smoke detector on each so many-th floor, from the second one on. */
const smokeEvery = 5
const bins = 2

type Wanted = { kind: DeviceKind; place: PlaceCode; label: string; occupants?: number }
type Settled = PlannedCommittee & { residents: readonly PlannedResident[] }

/** Without the stairs where the small town has put up everything already. */
export function buildingDevices(committee: Settled, there: Installation): Installation {
  const chance = seeded(committee.code, 'buildings')
  const equipped = new Set<string>(
    there.devices.filter(({ kind }) => kind === 'smoke').map(({ place }) => place),
  )
  const gateways: PlannedGateway[] = []
  const devices: PlannedDevice[] = []
  for (const [nth, compound] of committee.compounds.entries()) {
    const code = `${committee.code}-${String(nth + 1).padStart(2, '0')}`
    for (const [at, building] of compound.buildings.entries()) {
      const stairs = building.stairs.filter(({ number }) => !equipped.has(`${code}-${number}`))
      const [first] = stairs
      if (!first) continue
      const place = `${code}-${first.number}` as PlaceCode
      const gateway = `gw-${committee.short}-b${first.number}`
      gateways.push({ name: gateway, format: 'canonical', maker: '示例网关', place })
      const wanted = [
        ...stairs.flatMap((stair) => onStair(code, stair, chance)),
        ...inBuilding(code, building, stairs, chance),
        ...(at === 0 ? inYard(code, compound, chance) : []),
      ]
      devices.push(...wanted.map((one) => ({ ...one, heartbeatSeconds, ...spoken(one, gateway) })))
    }
  }
  return { gateways, devices: [...devices, ...dayCounters(committee, gateways)] }
}

/** A camera has a connection of its own. */
function spoken({ kind }: Wanted, gateway: string) {
  return { gateway: kind === 'camera-event' ? null : gateway }
}

function onStair(code: string, { number, floors, homesPerFloor }: Stair, chance: Seeded): Wanted[] {
  const place = `${code}-${number}` as PlaceCode
  const detectors = Array.from({ length: Math.ceil((floors - 1) / smokeEvery) }, (_, at) => ({
    ...{ kind: 'smoke' as const, place, label: `${number}号楼道 ${2 + at * smokeEvery}层` },
  }))
  const room = chance.between(1, floors) * 100 + chance.between(1, homesPerFloor)
  const kitchen = `${place}-${room}` as HomeCode
  return [
    { kind: 'door-access', place, label: `${number}号单元门` },
    ...detectors,
    { kind: 'electrical', place, label: `${number}号配电箱` },
    ...(Number(number) % gasEvery === 0
      ? [{ kind: 'gas' as const, place: kitchen, label: '厨房' }]
      : []),
  ]
}

function inBuilding(
  code: string,
  { name }: PlannedBuilding,
  stairs: readonly Stair[],
  chance: Seeded,
): Wanted[] {
  const [first, last] = [stairs[0], stairs.at(-1)]
  const at = (stair?: Stair) => `${code}-${stair?.number}` as PlaceCode
  return [
    { kind: 'water-meter', place: at(first), label: `${name}总水表` },
    { kind: 'door-contact', place: at(last), label: `${last?.number}号屋顶门` },
    { kind: 'water-leak', place: at(first), label: `${name}地下水箱间` },
    ...(chance.isLucky(0.5)
      ? [{ kind: 'motion' as const, place: at(last), label: `${name}非机动车棚` }]
      : []),
    ...(last && last.floors > 7
      ? [{ kind: 'camera-event' as const, place: at(last), label: `${last.number}号电梯` }]
      : []),
  ]
}

function inYard(code: string, { buildings }: PlannedCompound, chance: Seeded): Wanted[] {
  const place = code as PlaceCode
  const many = (count: number, kind: DeviceKind, label: (nth: number) => string): Wanted[] =>
    Array.from({ length: count }, (_, at) => ({ kind, place, label: label(at + 2) }))
  return [
    ...many(buildings.length + chance.between(2, 5), 'ground', (nth) => `雨水井盖 ${nth}号`),
    ...many(chance.between(3, 6), 'ground', (nth) => `车位 ${nth}号`),
    ...many(bins, 'camera-event', (nth) => `垃圾箱房 ${nth}号`),
    ...many(1, 'camera-event', (nth) => `消防通道 ${nth}号`),
    ...many(1, 'sos-button', () => '门卫室'),
  ]
}

/** The one neighbourhood whose street agreed to try the crowding check, in one of its buildings. */
const countsDays = 'wz'
/** Enough that each has the ten others of its building beside it that the rule wants. */
const homesCounted = 16

/** A meter and a door counter, which say one sum a day each, in homes with registered people. */
function dayCounters(
  { code, short, compounds, residents }: Settled,
  gateways: readonly PlannedGateway[],
): PlannedDevice[] {
  if (short !== countsDays) return []
  const buildings = compounds.flatMap((one, nth) =>
    one.buildings.map(({ stairs }) =>
      stairs.map(({ number }) => `${code}-${String(nth + 1).padStart(2, '0')}-${number}`),
    ),
  )
  for (const places of buildings) {
    const gateway = gateways.find(({ place }) => places.includes(place))
    const homes = Map.groupBy(
      residents.filter(({ home }) => places.includes(home.slice(0, home.lastIndexOf('-')))),
      ({ home }) => home,
    )
    if (!gateway || homes.size < homesCounted) continue
    return [...homes].slice(0, homesCounted).flatMap(([place, people]) =>
      counters.map((one) => ({
        ...{ ...one, place, gateway: gateway.name, heartbeatSeconds, occupants: people.length },
      })),
    )
  }
  return []
}

const counters = [
  { kind: 'water-meter', label: '日用水' },
  { kind: 'door-access', label: '日开门' },
] as const
