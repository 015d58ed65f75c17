/**
 * 田林街道 as an example: its real neighbourhoods by their codes in the register, with invented
 * compounds and people. Names are made up so that it shows: elders are called after trees and
 * flowers, workers after the weather, neighbours after parts of a lane house. Phone numbers are
 * in a range that nobody was given.
 */
import type { CommitteeCode, StreetCode } from '../src/kernel/ids.ts'
import { seeded, type Seeded } from '../simulator/seeded.ts'
import type { PlanStanding } from './map.ts'

export type Stair = { number: string; floors: number; homesPerFloor: number }
export type PlannedBuilding = { name: string; stairs: Stair[] }
export type PlannedCompound = { name: string; buildings: PlannedBuilding[] }
export type PlannedContact = { name: string; relation: string; phone: string }

/** `part` is what the elder plays when the town opens; all others are seen every day. */
export type PlannedElder = {
  name: string
  bornOn: string
  phone: string | null
  stair: string
  room: string
  livesAlone: boolean
  plan: PlanStanding
  part?: 'silent' | 'away'
  hasSensors: boolean
  /** Of the sensors; what is usual where homes are looked after, unless given. */
  heartbeatSeconds?: number
  contacts: PlannedContact[]
}

export type PlannedCommittee = {
  code: CommitteeCode
  /** Stands in the gateways' names: gw-12-24 is the one of 十二村, 24号. */
  short: string
  phone: string
  workers: { name: string; rank: number }[]
  compounds: PlannedCompound[]
  elders: PlannedElder[]
  neighbours: { name: string; stair: string; room: string }[]
}

export const street = '310104011' as StreetCode
export const officer = { name: '夏长虹', phone: '021-5550-0100' }
/** Whoever writes a rule cannot switch it on: it takes a second officer. */
export const secondOfficer = '秦朗'
export const openingHours = { opensAt: '08:30', closesAt: '17:30' }
/** The one whose devices fall silent before the town opens: those of six homes and their stair. */
export const deadGateway = 'gw-12-24'

/** 十二村, which the pictures show: it stands close together and each stair has its gateway. */
export function isTwelfth({ code }: Pick<PlannedCommittee, 'code'>): boolean {
  return code === first
}

export function gatewayOf(committee: Pick<PlannedCommittee, 'short'>, stair: string): string {
  return `gw-${committee.short}-${stair}`
}

/** The first `count` neighbourhoods; 十二村, which the pictures show, comes first. */
export function planStreet(seed: number, count: number): PlannedCommittee[] {
  return neighbourhoods.slice(0, count).map((one, i) => {
    const chance = seeded(seed, one.code)
    const nth = String(i + 1).padStart(2, '0')
    return {
      code: one.code as CommitteeCode,
      short: one.short,
      phone: `021-5550-01${nth}`,
      workers: one.workers.map((name, rank) => ({ name, rank: rank + 1 })),
      compounds: one.code === first ? [twelfthVillage] : compoundsOf(one.compounds, chance),
      elders: eldersOf(one.code),
      neighbours: one.neighbour ? [{ name: one.neighbour, stair: one.stair, room: '201' }] : [],
    }
  })
}

/** Everybody whom the small street has; each name is there once. */
export function namesOf(plan: readonly PlannedCommittee[]): string[] {
  const people = plan.flatMap(({ workers, elders: old, neighbours }) => [
    ...[...workers, ...neighbours].map(({ name }) => name),
    ...old.flatMap(({ name, contacts }) => [name, ...contacts.map((one) => one.name)]),
  ])
  return [officer.name, secondOfficer, ...people]
}

/** Stairs are counted through a neighbourhood, so that a house number is there once. */
function compoundsOf(names: readonly string[], chance: Seeded): PlannedCompound[] {
  let next = 1
  const stairsOf = (count: number, floors: number): Stair[] =>
    Array.from({ length: count }, () => ({
      number: String(next++),
      floors,
      homesPerFloor: chance.between(2, 3),
    }))
  return names.map((name) => {
    const floors = chance.between(5, 6)
    const buildings = Array.from({ length: names.length > 1 ? 2 : 4 }, () => {
      const stairs = stairsOf(2, floors)
      const [from, to] = [stairs[0]?.number, stairs.at(-1)?.number]
      return { name: `${from}–${to}号`, stairs }
    })
    return { name: `${name}（示例）`, buildings }
  })
}

function eldersOf(committee: string): PlannedElder[] {
  return elders
    .filter((elder) => elder.in === committee)
    .map(({ in: _in, ...elder }, i) => {
      const nth = `${committee.slice(-2)}${i % 10}`
      return {
        ...{ livesAlone: true, plan: 'agreed' as const, hasSensors: true, ...elder },
        phone: elder.hasPhone === false ? null : `021-5550-2${nth}`,
        contacts: (elder.contacts ?? []).map(([name = '', relation = ''], c) => ({
          ...{ name, relation },
          phone: `021-5550-${3 + c}${nth}`,
        })),
      }
    })
}

const first = '310104011013'
const second = '310104011002'
const third = '310104011004'

const twelfthVillage: PlannedCompound = {
  name: '田林十二村（示例）',
  buildings: [
    {
      name: '23–27号',
      stairs: ['23', '24', '25', '26', '27'].map((number) => ({
        ...{ number, floors: 6, homesPerFloor: 2 },
      })),
    },
  ],
}

type Neighbourhood = {
  code: string
  short: string
  compounds: string[]
  workers: string[]
  neighbour?: string
  stair: string
}

const neighbourhoods: Neighbourhood[] = [
  {
    code: first,
    short: '12',
    compounds: [],
    workers: ['王晨光', '赵微雨'],
    neighbour: '唐青瓦',
    stair: '23',
  },
  {
    code: second,
    short: '01',
    compounds: ['梧荫里', '柳荫里'],
    workers: ['方晴川', '贺朝霞'],
    neighbour: '许白墙',
    stair: '1',
  },
  {
    code: third,
    short: '03',
    compounds: ['石库里', '竹帘里'],
    workers: ['范小雪'],
    neighbour: '戚木窗',
    stair: '1',
  },
  {
    code: '310104011016',
    short: 'jx',
    compounds: ['锦砖苑'],
    workers: ['彭惊蛰'],
    neighbour: '费石阶',
    stair: '2',
  },
  {
    code: '310104011023',
    short: 'xy1',
    compounds: ['新瓦苑', '新檐苑'],
    workers: ['秦谷雨'],
    neighbour: '俞天井',
    stair: '1',
  },
  {
    code: '310104011028',
    short: '13',
    compounds: ['晒台里', '灶间里'],
    workers: ['史立春'],
    neighbour: '柏竹帘',
    stair: '2',
  },
  {
    code: '310104011031',
    short: 'qh3',
    compounds: ['鹤影坊'],
    workers: ['傅和风'],
    neighbour: '章花砖',
    stair: '3',
  },
  {
    code: '310104011037',
    short: 'gy',
    compounds: ['老井坊', '亭子坊'],
    workers: ['卞初阳'],
    neighbour: '云门环',
    stair: '1',
  },
  {
    code: '310104011038',
    short: '11',
    compounds: ['楼梯里', '弄堂里'],
    workers: ['齐晚霞'],
    neighbour: '常铜锁',
    stair: '2',
  },
  { code: '310104011045', short: 'cc', compounds: ['长檐坊'], workers: ['康白露'], stair: '1' },
  { code: '310104011051', short: 'wz', compounds: ['吴窗苑'], workers: ['伍霜降'], stair: '1' },
]

/** How many neighbourhoods the example has. */
export const committeesMax = neighbourhoods.length

type Elder = {
  in: string
  name: string
  bornOn: string
  stair: string
  room: string
  livesAlone?: boolean
  plan?: PlanStanding
  part?: 'silent' | 'away'
  hasSensors?: boolean
  hasPhone?: boolean
  /** name, relation */
  contacts?: [string, string][]
}

const elders: Elder[] = [
  {
    in: first,
    name: '沈玉兰',
    bornOn: '1938-03-12',
    stair: '26',
    room: '501',
    part: 'silent',
    contacts: [
      ['沈小兰', '女儿'],
      ['戚木窗', '老同事'],
    ],
  },
  {
    in: first,
    name: '顾香樟',
    bornOn: '1941-10-02',
    stair: '26',
    room: '302',
    contacts: [['顾小樟', '儿子']],
  },
  {
    in: first,
    name: '陆石榴',
    bornOn: '1944-05-20',
    stair: '23',
    room: '201',
    livesAlone: false,
    part: 'away',
    contacts: [['陆小榴', '儿子']],
  },
  { in: first, name: '周枇杷', bornOn: '1935-12-01', stair: '23', room: '602' },
  {
    in: first,
    name: '徐茉莉',
    bornOn: '1940-07-07',
    stair: '25',
    room: '101',
    contacts: [['徐小莉', '外甥女']],
  },
  { in: first, name: '朱蔷薇', bornOn: '1939-09-30', stair: '25', room: '402', plan: 'offered' },
  {
    in: first,
    name: '吴栀子',
    bornOn: '1936-06-18',
    stair: '24',
    room: '101',
    contacts: [['吴小栀', '女儿']],
  },
  { in: first, name: '钱银杏', bornOn: '1933-11-11', stair: '24', room: '202', hasPhone: false },
  { in: first, name: '孙水杉', bornOn: '1943-02-14', stair: '24', room: '302', livesAlone: false },
  {
    in: first,
    name: '李紫藤',
    bornOn: '1937-04-25',
    stair: '24',
    room: '401',
    contacts: [['李小藤', '孙女']],
  },
  { in: first, name: '郑芙蓉', bornOn: '1942-08-16', stair: '24', room: '502' },
  {
    in: first,
    name: '冯腊梅',
    bornOn: '1934-01-29',
    stair: '24',
    room: '601',
    contacts: [['冯小梅', '侄女']],
  },
  {
    in: first,
    name: '蒋海棠',
    bornOn: '1940-04-05',
    stair: '27',
    room: '402',
    plan: 'refused',
    hasSensors: false,
  },
  {
    in: second,
    name: '韩丁香',
    bornOn: '1938-05-09',
    stair: '1',
    room: '302',
    contacts: [['韩小丁', '儿子']],
  },
  { in: second, name: '杨木槿', bornOn: '1945-09-19', stair: '3', room: '501' },
  { in: third, name: '何秋葵', bornOn: '1936-10-23', stair: '2', room: '202' },
  { in: third, name: '施合欢', bornOn: '1946-06-01', stair: '2', room: '401', livesAlone: false },
]
