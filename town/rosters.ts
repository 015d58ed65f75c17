/** Rosters of the whole street for the weeks ahead, and who answers for what in it. */
import { dayOf } from '../src/kernel/calendar.ts'
import { dayMs, type Instant } from '../src/kernel/clock.ts'
import type { Output } from '../src/kernel/endpoint.ts'
import type { CommitteeCode, PostId } from '../src/kernel/ids.ts'
import type * as roster from '../src/ground/duties/roster/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { caller, tokenOf, type Call } from './calling.ts'
import type { Founded, FoundedPost, StreetPlan } from './ground.ts'
import type { TownRoster, TownStaff } from './map.ts'
import type { PlannedBody, PlannedPost } from './staff.ts'
import { officer } from './street.ts'
import type { Answerers } from './year.ts'

const weeks = 8
/** Of the officers: a shift so far ahead that it is found a few days before it comes. */
const gapDaysAhead = 5

/** Plans every body that has a roster, but one shift of the officers. */
export async function planRosters(
  api: TownApi,
  { bodies }: StreetPlan,
  { posts }: Founded,
  opensAt: Instant,
): Promise<TownRoster[]> {
  const token = await tokenOf(api, officer.name)
  const call = caller(api, token)
  const held = new Map(posts.map((one) => [one.name, one]))
  const rosters: TownRoster[] = []
  for (const planned of bodies.filter(({ covers }) => covers.length > 0)) {
    rosters.push(await planRoster(call, planned, held, opensAt))
  }
  const [first] = posts
  if (first) await leaveGap(api, token, first.body, opensAt)
  return rosters
}

async function planRoster(
  call: Call,
  { covers, posts }: PlannedBody,
  held: ReadonlyMap<string, FoundedPost>,
  opensAt: Instant,
): Promise<TownRoster> {
  const body = held.get(posts[0]?.name ?? '')?.body ?? ''
  await call<typeof roster.setCovers>('/duties/covers', { body, covers })
  const pattern = posts.flatMap(({ name, hours }) => {
    const post = held.get(name)?.post
    return post ? hours.map((one) => ({ post, ...one })) : []
  })
  // From the day before: a night that runs when the town opens began then.
  const from = dayOf(opensAt - dayMs)
  await call<typeof roster.planWeeks>('/duties/shifts/weeks', { body, from, weeks, pattern })
  const plannedTo = dayOf(opensAt - dayMs + weeks * 7 * dayMs)
  return { body, pattern, plannedTo }
}

/** Somebody is away and nobody took their shift yet: found a week ahead. */
async function leaveGap(api: TownApi, token: string, body: string, opensAt: Instant) {
  const call = caller(api, token)
  const day = dayOf(opensAt + gapDaysAhead * dayMs)
  const asked = { body, day }
  const week = (await api.call(token, 'GET', '/api/duties/roster', asked)) as Output<
    typeof roster.roster
  >
  const shift = week.shifts.find(({ from, name }) => dayOf(from) === day && name !== officer.name)
  if (shift) await call<typeof roster.cancelShift>('/duties/shifts/cancel', { shift: shift.shift })
}

/** Whoever holds a post that is asked for the matters of a neighbourhood. */
export function answerersOf({ bodies }: StreetPlan, { posts }: Founded): Answerers {
  const held = new Map(posts.map((one) => [one.name, one]))
  const idsOf = (ours: readonly PlannedPost[]) =>
    ours.flatMap(({ name }): PostId[] => {
      const post = held.get(name)?.post
      return post ? [post] : []
    })
  const workers = new Map<CommitteeCode, PostId[]>()
  const property = new Map<CommitteeCode, PostId[]>()
  for (const { kind, committee, posts: ours } of bodies) {
    if (committee) workers.set(committee, idsOf(ours))
    if (kind !== 'property') continue
    for (const beat of ours[0]?.beats ?? []) property.set(beat as CommitteeCode, idsOf(ours))
  }
  const officers = bodies.filter(({ kind }) => kind === 'street').flatMap((one) => one.posts)
  return { workers, property, officers: idsOf(officers) }
}

/** Everybody in a post, for whoever lives the town's days. */
export function staffOf({ committees, bodies }: StreetPlan, { posts }: Founded): TownStaff[] {
  const planned = new Map(
    bodies.flatMap(({ kind, committee, posts: ours }) =>
      ours.map(({ name }) => [name, { kind, committee }] as const),
    ),
  )
  const small = new Map(
    committees.flatMap(({ code, workers }) =>
      workers.map(({ name }) => [name, { kind: 'committee', committee: code } as const] as const),
    ),
  )
  return posts.map(({ name, post, body }) => {
    const of =
      planned.get(name) ?? small.get(name) ?? ({ kind: 'street', committee: null } as const)
    return { name, post, body, ...of }
  })
}
