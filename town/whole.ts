/**
 * The whole example street: some 4,000 homes with 9,000 people, around the lanes and the elders
 * that the small one has too. Everybody and everything here is invented.
 */
import type { Instant } from '../src/kernel/clock.ts'
import type { HomeCode } from '../src/kernel/ids.ts'
import { seeded, type Seeded } from '../simulator/seeded.ts'
import type { PlanStanding } from './map.ts'
import { openNamer, surnameOf, type Namer } from './names.ts'
import { planStaff, type PlannedBody } from './staff.ts'
import {
  committeesMax,
  namesOf,
  planStreet,
  type PlannedBuilding,
  type PlannedCommittee,
  type PlannedCompound,
  type PlannedElder,
  type Stair,
} from './street.ts'

export type PlannedResident = {
  name: string
  bornOn: string
  home: HomeCode
  livesAlone: boolean
}

export type WholeCommittee = PlannedCommittee & { residents: PlannedResident[] }
export type WholeStreet = { committees: WholeCommittee[]; bodies: PlannedBody[] }

/** All neighbourhoods, each with everybody who lives there beside its elders, and who works. */
export function planWhole(seed: number, opensAt: Instant): WholeStreet {
  const small = planStreet(seed, committeesMax)
  const name = openNamer(seeded(seed, 'names'), namesOf(small))
  const committees = small.map((one) => {
    const chance = seeded(seed, one.code, 'whole')
    const built = { ...one, compounds: builtUp(one, chance) }
    const elders = [...one.elders, ...moreElders(built, chance, name)]
    const settled = { ...built, elders }
    return { ...settled, residents: residentsOf(settled, chance, name) }
  })
  return { committees, bodies: planStaff(committees, name, opensAt) }
}

const homesLeast = 325
const homesMost = 365

type Style = { floors: [number, number]; perFloor: [number, number]; stairs: [number, number] }
/** By the last character of a compound's name: old villages, low lane houses, towers with lifts. */
const styles: Record<string, Style> = {
  苑: { floors: [11, 16], perFloor: [3, 4], stairs: [1, 2] },
  坊: { floors: [4, 5], perFloor: [2, 3], stairs: [3, 5] },
  里: { floors: [5, 6], perFloor: [2, 3], stairs: [3, 5] },
  村: { floors: [6, 6], perFloor: [2, 2], stairs: [5, 5] },
}

function builtUp(committee: PlannedCommittee, chance: Seeded): PlannedCompound[] {
  const target = chance.between(homesLeast, homesMost)
  const compounds = committee.compounds.map((one) => ({ ...one, buildings: [...one.buildings] }))
  const free = freeNumbers(committee)
  let homes = compounds.flatMap(stairsOf).reduce((sum, stair) => sum + homesIn(stair), 0)
  for (let nth = 0; homes < target; nth++) {
    const compound = compounds[nth % compounds.length]
    if (!compound) break
    const building = newBuilding(styleOf(compound), free, chance)
    compound.buildings.push(building)
    homes += building.stairs.reduce((sum, stair) => sum + homesIn(stair), 0)
  }
  return compounds
}

function stairsOf({ buildings }: PlannedCompound): Stair[] {
  return buildings.flatMap(({ stairs }) => stairs)
}

function homesIn({ floors, homesPerFloor }: Stair): number {
  return floors * homesPerFloor
}

function styleOf({ name }: PlannedCompound): Style {
  const style = styles[name.replace('（示例）', '').at(-1) ?? ''] ?? styles['里']
  if (!style) throw new Error(`nobody knows how ${name} is built`)
  return style
}

/** House numbers that no stair of the neighbourhood has. */
function* freeNumbers({ compounds }: PlannedCommittee): Generator<string> {
  const taken = new Set(compounds.flatMap(stairsOf).map(({ number }) => number))
  for (let next = 1; ; next++) if (!taken.has(String(next))) yield String(next)
}

function newBuilding(style: Style, free: Generator<string>, chance: Seeded): PlannedBuilding {
  const floors = chance.between(...style.floors)
  const homesPerFloor = chance.between(...style.perFloor)
  const stairs = Array.from({ length: chance.between(...style.stairs) }, (): Stair => {
    return { number: free.next().value as string, floors, homesPerFloor }
  })
  const [from, to] = [stairs[0]?.number, stairs.at(-1)?.number]
  return { name: from === to ? `${from}号` : `${from}–${to}号`, stairs }
}

const plans: readonly PlanStanding[] = [
  ...(['agreed', 'agreed', 'agreed', 'agreed', 'offered', 'agreed', 'agreed'] as const),
  ...(['agreed', 'refused', 'agreed', 'agreed', 'agreed', 'agreed', 'offered'] as const),
]
/** Some neighbours on the same stair, so that one gateway speaks for all of them. */
const eldersAStair = 3
const firstFree = 100
const heartbeatSeconds = 1_800

/** In the first compound, as all elders who are looked after. */
function moreElders(committee: PlannedCommittee, chance: Seeded, name: Namer): PlannedElder[] {
  const [compound] = committee.compounds
  const stairs = compound ? stairsOf(compound).slice(-8) : []
  const taken = takenRooms(committee)
  return plans.flatMap((plan, nth): PlannedElder[] => {
    const stair = stairs[Math.floor(nth / eldersAStair) % stairs.length]
    const free = stair && roomsOf(stair).filter((room) => !taken.has(`${stair.number}-${room}`))
    const room = free?.[chance.between(0, free.length - 1)]
    if (!stair || !room) return []
    taken.add(`${stair.number}-${room}`)
    const elder = name('elder')
    const digits = `${committee.code.slice(-2)}${firstFree + nth}`.slice(-4)
    return [
      {
        ...{ name: elder, bornOn: birthday(chance, 1931, 1946), phone: `021-5551-${digits}` },
        ...{ stair: stair.number, room, livesAlone: nth % 4 !== 3 },
        ...{ plan, hasSensors: plan === 'agreed', heartbeatSeconds },
        contacts: contactsOf(elder, nth, digits, name),
      },
    ]
  })
}

/** Of the first compound. */
function takenRooms({ elders, neighbours }: PlannedCommittee): Set<string> {
  return new Set([...elders, ...neighbours].map(({ stair, room }) => `${stair}-${room}`))
}

const relations = ['女儿', '儿子', '侄女', '外甥'] as const

function contactsOf(elder: string, nth: number, digits: string, name: Namer) {
  if (nth % 5 === 4) return []
  const relation = relations[nth % relations.length] ?? '女儿'
  return [{ name: name('adult', surnameOf(elder)), relation, phone: `021-5552-${digits}` }]
}

/** One kind of home: who lives there, as themes of names with the years in which they were born. */
type Member = { theme: 'elder' | 'adult' | 'young' | 'child'; from: number; to: number }
type Household = { share: number; members: Member[] }

const elder: Member = { theme: 'elder', from: 1932, to: 1961 }
const grown: Member = { theme: 'adult', from: 1968, to: 1994 }
const starting: Member = { theme: 'adult', from: 1990, to: 2004 }
const student: Member = { theme: 'young', from: 2004, to: 2009 }
const child: Member = { theme: 'child', from: 2010, to: 2024 }

const households: readonly Household[] = [
  { share: 4, members: [] },
  { share: 13, members: [elder] },
  { share: 22, members: [elder, elder] },
  { share: 12, members: [starting] },
  { share: 11, members: [grown, grown] },
  { share: 15, members: [grown, grown, child] },
  { share: 6, members: [grown, grown, student] },
  { share: 4, members: [grown, grown, child, child] },
  { share: 8, members: [elder, elder, grown, grown, child] },
  { share: 5, members: [starting, starting, starting] },
]
const shares = households.reduce((sum, { share }) => sum + share, 0)

function residentsOf(committee: PlannedCommittee, chance: Seeded, name: Namer): PlannedResident[] {
  const taken = takenRooms(committee)
  return committee.compounds.flatMap((compound, nth) =>
    stairsOf(compound).flatMap((stair) =>
      roomsOf(stair).flatMap((room) => {
        const isTaken = nth === 0 && taken.has(`${stair.number}-${room}`)
        const code = `${committee.code}-${String(nth + 1).padStart(2, '0')}-${stair.number}-${room}`
        return isTaken ? [] : householdAt(code as HomeCode, chance, name)
      }),
    ),
  )
}

function roomsOf({ floors, homesPerFloor }: Stair): string[] {
  return Array.from({ length: floors * homesPerFloor }, (_, at) =>
    String((1 + Math.floor(at / homesPerFloor)) * 100 + 1 + (at % homesPerFloor)),
  )
}

/** The first of each family lends the name to the children. */
function householdAt(home: HomeCode, chance: Seeded, name: Namer): PlannedResident[] {
  let drawn = chance.between(1, shares)
  const { members } = households.find(({ share }) => (drawn -= share) <= 0) ?? { members: [] }
  let family: string | undefined
  return members.map(({ theme, from, to }) => {
    const isChild = theme === 'child' || theme === 'young'
    const given = name(theme, isChild ? family : undefined)
    family ??= surnameOf(given)
    const livesAlone = members.length === 1
    return { name: given, bornOn: birthday(chance, from, to), home, livesAlone }
  })
}

function birthday(chance: Seeded, from: number, to: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${chance.between(from, to)}-${two(chance.between(1, 12))}-${two(chance.between(1, 28))}`
}
