/**
 * What is installed where: the eleven kinds in every neighbourhood. Most gateways speak the
 * canonical form; one neighbourhood stands behind zigbee2mqtt, one behind a ChirpStack server.
 */
import type { HomeCode, PlaceCode } from '../src/kernel/ids.ts'
import { hashOf } from '../simulator/seeded.ts'
import type { DeviceKind, Format } from './map.ts'
import { gatewayOf, isTwelfth, type PlannedCommittee, type PlannedElder } from './street.ts'

export type PlannedGateway = { name: string; format: Format; maker: string; place: PlaceCode }

/** `gateway` by its name; null: it has a connection of its own. */
export type PlannedDevice = {
  kind: DeviceKind
  place: PlaceCode
  label: string
  heartbeatSeconds: number
  gateway: string | null
  model?: string
  nameAtGateway?: string
  /** Counts whole days for the crowding check, in a home where so many are registered. */
  occupants?: number
}

export type Installation = { gateways: PlannedGateway[]; devices: PlannedDevice[] }

/** What is installed in a home that is looked after. */
const sensorsOfHome: readonly DeviceKind[] = ['door-access', 'door-contact', 'motion']

/**
 * All behind one gateway promise the same: it asks them in one round. Where homes are looked after
 * the round is short.
 */
const careHeartbeatSeconds = 600
const publicHeartbeatSeconds = 1_800

const formats: Readonly<Record<string, Format>> = { jx: 'zigbee2mqtt', xy1: 'chirpstack' }

/** Models with a row in data/device-models.json; what has none speaks for itself. */
const models: Record<Format, Partial<Record<DeviceKind, string>>> = {
  canonical: {},
  zigbee2mqtt: {
    'door-contact': 'zigbee2mqtt/Heiman/HS3DS',
    motion: 'zigbee2mqtt/Heiman/HS9MS-E',
    smoke: 'zigbee2mqtt/Heiman/HS15A-M',
    gas: 'zigbee2mqtt/Heiman/HS3CG',
    'water-leak': 'zigbee2mqtt/Heiman/HS2WL',
    'water-meter': 'zigbee2mqtt/Develco/ZHEMI101',
    electrical: 'zigbee2mqtt/Nova Digital/TO-WK-1W/B',
    'sos-button': 'zigbee2mqtt/Develco/KEYZB-110',
    ground: 'zigbee2mqtt/Heiman/HS1VS-N',
  },
  chirpstack: {
    'door-contact': 'chirpstack/Milesight/WS301',
    motion: 'chirpstack/Milesight/WS202',
    gas: 'chirpstack/Milesight/GS101',
    'water-leak': 'chirpstack/Milesight/WS303',
    electrical: 'chirpstack/Milesight/CT101',
    'sos-button': 'chirpstack/Milesight/WS101',
    ground: 'chirpstack/Milesight/EM310-TILT',
  },
}

const makers: Record<Format, string> = {
  canonical: '示例网关',
  zigbee2mqtt: 'zigbee2mqtt（示例）',
  chirpstack: 'ChirpStack（示例）',
}

/** The neighbourhood's gateways and devices, in the order in which they are put up. */
export function planDevices(committee: PlannedCommittee): Installation {
  const gateways = new Map<string, PlannedGateway>()
  const atStair = (stair: string): string => {
    const name = gatewayOf(committee, stair)
    const place = `${compoundOf(committee)}-${stair}` as PlaceCode
    gateways.set(name, { name, format: 'canonical', maker: makers.canonical, place })
    return name
  }
  const inHomes = committee.elders.flatMap((elder, nth) =>
    elder.hasSensors ? homeDevices(committee, elder, nth, atStair(elder.stair)) : [],
  )
  const shared = isTwelfth(committee)
    ? sharedOf(committee).map((one) => byStair(one, atStair(stairOf(one) ?? '23')))
    : behindYard(committee, gateways)
  return { gateways: [...gateways.values()], devices: [...inHomes, ...shared] }
}

function compoundOf({ code }: PlannedCommittee): string {
  return `${code}-01`
}

/** Care where somebody is looked after; a button, a gas or leak sensor in some of the homes. */
function homeDevices(
  committee: PlannedCommittee,
  { stair, room, plan, heartbeatSeconds = careHeartbeatSeconds }: PlannedElder,
  nth: number,
  gateway: string,
): PlannedDevice[] {
  const place = `${compoundOf(committee)}-${stair}-${room}` as HomeCode
  const more: DeviceKind[] = []
  if (plan === 'agreed' && nth % 3 === 0) more.push('sos-button')
  if (plan === 'agreed' && nth % 4 === 1) more.push('gas')
  if (plan === 'agreed' && nth % 5 === 2) more.push('water-leak')
  return [...sensorsOfHome, ...more].map((kind) => ({
    ...{ kind, place, label: labelsAtHome[kind] ?? '', gateway, heartbeatSeconds },
  }))
}

const labelsAtHome: Partial<Record<DeviceKind, string>> = {
  'door-access': '门禁',
  'door-contact': '房门',
  motion: '客厅',
  'sos-button': '床头',
  gas: '厨房',
  'water-leak': '卫生间',
}

type Wanted = { kind: DeviceKind; place: PlaceCode; label: string; isOwn?: boolean }

/** Everything that no home is the place of, but one gas sensor. */
function sharedOf(committee: PlannedCommittee): Wanted[] {
  const compound = compoundOf(committee) as PlaceCode
  const buildings = (committee.compounds[0]?.buildings ?? []).slice(0, 2)
  const stairs = isTwelfth(committee)
    ? buildings.flatMap((one) => one.stairs)
    : buildings.flatMap((one) => one.stairs.slice(0, 1))
  const at = (number = '') => `${compound}-${number}` as PlaceCode
  const [first, last] = [stairs[0]?.number, stairs.at(-1)?.number]
  return [
    ...stairs.flatMap(({ number }): Wanted[] => [
      { kind: 'door-access', place: at(number), label: `${number}号单元门` },
      { kind: 'smoke', place: at(number), label: `${number}号楼道 2层` },
    ]),
    ...buildings.map(({ name, stairs: [stair] }): Wanted => {
      return { kind: 'water-meter', place: at(stair?.number), label: `${name}总水表` }
    }),
    { kind: 'electrical', place: at(first), label: `${first}号配电箱` },
    { kind: 'door-contact', place: at(last), label: `${last}号屋顶门` },
    { kind: 'gas', place: `${at(first)}-201` as PlaceCode, label: '厨房' },
    { kind: 'motion', place: compound, label: '非机动车棚' },
    { kind: 'water-leak', place: compound, label: '水泵房' },
    { kind: 'sos-button', place: compound, label: '活动室' },
    { kind: 'ground', place: compound, label: '雨水井盖 1号' },
    { kind: 'ground', place: compound, label: '车位 1号', isOwn: true },
    ...edges(committee, at(last), compound),
  ]
}

/** Edge cameras tell of scenes alone. Some have a lift in the stair, and a nose at the bins. */
function edges(committee: PlannedCommittee, lift: PlaceCode, compound: PlaceCode): Wanted[] {
  const kind = 'camera-event'
  const everywhere: Wanted[] = [
    { kind, place: compound, label: '消防通道' },
    { kind, place: compound, label: '垃圾箱房' },
  ]
  const hasMore = hashOf(committee.code) % 2 === 0 || isTwelfth(committee)
  if (!hasMore) return everywhere
  return [
    ...everywhere,
    { kind, place: lift, label: '加装电梯' },
    { kind: 'gas', place: compound, label: '垃圾箱房电子鼻', isOwn: true },
  ]
}

function byStair({ isOwn: _isOwn, ...one }: Wanted, gateway: string): PlannedDevice {
  const isAlone = speaksForItself.has(one.kind)
  return {
    ...{ ...one, gateway: isAlone ? null : gateway },
    heartbeatSeconds: isAlone ? publicHeartbeatSeconds : careHeartbeatSeconds,
  }
}

const speaksForItself = new Set<DeviceKind>(['camera-event'])

/** One gateway for all that is shared, in the neighbourhood's own format. */
function behindYard(
  committee: PlannedCommittee,
  gateways: Map<string, PlannedGateway>,
): PlannedDevice[] {
  const { short } = committee
  const format = formats[short] ?? 'canonical'
  const shared = sharedOf(committee)
  const [first] = shared
  if (!first) return []
  const name = `gw-${short}-yard`
  gateways.set(name, { name, format, maker: makers[format], place: first.place })
  return shared.map(({ isOwn = false, ...one }, nth) => {
    const model = models[format][one.kind]
    const device = { ...one, heartbeatSeconds: publicHeartbeatSeconds }
    const isAlone = speaksForItself.has(one.kind)
    if (format === 'canonical') return { ...device, gateway: isAlone ? null : name }
    if (isOwn || !model) return { ...device, gateway: null }
    const nameAtGateway = format === 'chirpstack' ? euiOf(committee, nth) : friendlyName(one)
    return { ...device, gateway: name, model, nameAtGateway }
  })
}

function friendlyName({ place, label }: Wanted): string {
  return `${place.split('-').slice(2).join('-') || '小区'}/${label.replaceAll(' ', '')}`
}

/** Made up, in a range that no maker has. */
function euiOf({ code }: PlannedCommittee, nth: number): string {
  const [hash, last] = [hashOf(code).toString(16), nth.toString(16)]
  return `feffff${hash.padStart(8, '0')}${last.padStart(2, '0')}`
}

function stairOf({ place }: Wanted): string | undefined {
  return place.split('-')[2]
}
