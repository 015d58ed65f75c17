/** The ground of the example street: bodies and posts, compounds with homes, who lives there. */
import type { HomeCode, PersonId, PostId } from '../src/kernel/ids.ts'
import type * as duties from '../src/ground/duties/api.ts'
import type * as people from '../src/ground/people/api.ts'
import type * as places from '../src/ground/places/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { caller, callerOf, inLots, inParallel, type Call } from './calling.ts'
import { homeIn } from './homes.ts'
import { giveHomes } from './owning.ts'
import type { PlannedBody, PlannedPost } from './staff.ts'
import {
  officer,
  openingHours,
  secondOfficer,
  street,
  type PlannedCommittee,
  type PlannedElder,
} from './street.ts'
import type { PlannedResident } from './whole.ts'

export type StreetPlan = {
  committees: (PlannedCommittee & { residents: PlannedResident[] })[]
  /** Everybody who works in the whole street; in a small one the committees' workers are all. */
  bodies: PlannedBody[]
}

export type FoundedPost = { post: PostId; body: string; name: string }
export type Founded = { homes: HomeCode[]; posts: FoundedPost[] }

type NewPerson = { name: string; home: HomeCode | null } & Partial<
  Pick<PlannedElder, 'bornOn' | 'phone' | 'livesAlone'> & { tenure: 'owner' }
>

/** Ends with the people: whoever is named in a post or looked after comes before all others. */
export async function foundStreet(api: TownApi, plan: StreetPlan): Promise<Founded> {
  const asOperator = caller(api, api.operatorKey)
  const { post, body } = await asOperator<typeof duties.foundStreet>('/duties/streets', {
    ...{ street, officer: officer.name, phone: officer.phone },
  })
  const call = await callerOf(api, officer.name)
  const homes = await inParallel(plan.committees, (committee) => openCompounds(call, committee))
  const bodies = plan.bodies.length > 0 ? plan.bodies : plan.committees.map(bodyOf)
  const known = await registerAll(call, plan, bodies)
  await giveHomes(call, plan.committees, known)
  const second = { title: '副值班长', name: secondOfficer, rank: 2, beats: [], hours: [] }
  const filled = await fillPosts(call, body, [second], known)
  const others = await inParallel(bodies, (one) => openBody(call, one, body, known))
  const first = { post, body, name: officer.name }
  return { homes: homes.flat(), posts: [first, ...filled, ...others.flat()] }
}

/** A neighbourhood's committee with its workers alone. */
function bodyOf({ code, phone, workers }: PlannedCommittee): PlannedBody {
  return {
    ...{ kind: 'committee', committee: code, name: null, phone, ...openingHours, covers: [] },
    posts: workers.map((one) => ({ title: '居委社工', ...one, beats: [], hours: [] })),
  }
}

async function openBody(
  call: Call,
  planned: PlannedBody,
  streetBody: string,
  known: ReadonlyMap<string, PersonId>,
): Promise<FoundedPost[]> {
  const { kind, committee, name, phone, opensAt, closesAt } = planned
  const there = [officer.name, secondOfficer]
  if (kind === 'street') {
    const further = planned.posts.filter((one) => !there.includes(one.name))
    return fillPosts(call, streetBody, further, known)
  }
  const { body } = await call<typeof duties.addBody>('/duties/bodies', {
    ...{ kind, phone, opensAt, closesAt },
    ...(committee ? { committee } : {}),
    ...(name ? { name } : {}),
  })
  return fillPosts(call, body, planned.posts, known)
}

async function fillPosts(
  call: Call,
  body: string,
  posts: readonly PlannedPost[],
  known: ReadonlyMap<string, PersonId>,
): Promise<FoundedPost[]> {
  const filled: FoundedPost[] = []
  for (const { title, name, rank, beats } of posts) {
    const person = known.get(name)
    if (!person) throw new Error(`nobody is registered as ${name}`)
    const { post } = await call<typeof duties.fillPost>('/duties/posts', {
      ...{ body, title, person, rank },
    })
    filled.push({ post, body, name })
    if (beats.length === 0) continue
    const asked = beats.map((place) => ({ place, matters: null }))
    await call<typeof duties.setBeats>('/duties/beats', { post, beats: asked })
  }
  return filled
}

/** One after the other: compounds are numbered in the order in which they come. */
async function openCompounds(call: Call, committee: PlannedCommittee): Promise<HomeCode[]> {
  const homes: HomeCode[] = []
  for (const { name, buildings } of committee.compounds) {
    const { compound } = await call<typeof places.addCompound>('/places/compounds', {
      ...{ committee: committee.code, name },
    })
    for (const building of buildings) {
      const added = await call<typeof places.addBuilding>('/places/buildings', {
        ...{ compound, ...building },
      })
      homes.push(...added.homes)
    }
  }
  return homes
}

/** Elders and neighbours live in the first compound of their neighbourhood. */
async function registerAll(
  call: Call,
  { committees }: StreetPlan,
  bodies: readonly PlannedBody[],
): Promise<Map<string, PersonId>> {
  const inPosts = bodies.flatMap(({ posts }) => posts.map(({ name }) => name))
  const staff = [...new Set([secondOfficer, ...inPosts])].filter((name) => name !== officer.name)
  const wanted: NewPerson[] = [
    // Numbers that nobody has: what would be sent to them is seen in the outbox.
    ...staff.map((name, nth) => ({ name, home: null, phone: `021-5553-${1_000 + nth}` })),
    ...committees.flatMap(({ code, elders, neighbours }) =>
      [...elders.map(asOwner), ...neighbours].map((one) => ({ ...one, home: homeIn(code, one) })),
    ),
    ...committees.flatMap(({ residents }) => residents),
  ]
  const known = new Map<string, PersonId>()
  for (const lot of inLots(wanted)) {
    const rows = lot.map(({ name, home, ...more }) => {
      const { bornOn = null, phone = null, livesAlone = false, tenure = null } = more
      const relation = tenure === 'owner' ? ('head' as const) : null
      return { name, home, bornOn, phone, livesAlone, tenure, relation }
    })
    const added = await call<typeof people.addPeople>('/people/many', { people: rows })
    for (const [at, { name }] of rows.entries()) {
      const person = added.people[at]
      if (person) known.set(name, person)
    }
  }
  return known
}

function asOwner<T extends PlannedElder>(elder: T) {
  return { ...elder, tenure: 'owner' as const }
}
