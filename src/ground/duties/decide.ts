import type { Instant } from '../../kernel/clock.ts'
import type { CommitteeCode, PlaceCode, PostId, StreetCode } from '../../kernel/ids.ts'
import type { Capacity } from '../../kernel/matter.ts'
import type { Beat, BodyKind, HeldPost, Known, Rung, Wanted } from './types.ts'

/**
 * Who is asked for a matter at a place now, one after the other, each once. A worker: those on duty
 * of the place's committee, first whose beat it is, then the rest; then the street's officers on
 * duty, those not on leave, and at last all of them. Never empty while the street has an officer,
 * save for property, volunteer, police and doctor: there only whose beat it is.
 */
export function ladderAmong(known: Known, wanted: Wanted, now: Instant): HeldPost[] {
  return rungsAmong(known, wanted, now).map(({ post }) => post)
}

/** The ladder with the word why each stands in it. */
export function rungsAmong(known: Known, wanted: Wanted, now: Instant): Rung[] {
  const kind = kindOf[wanted.as]
  const found = kind === null ? [] : rungsOf(known, wanted, now, kind)
  const officers = kind === null || kind === 'committee' ? officersOf(known, now) : []
  const seen = new Set<PostId>()
  return [...found, ...officers].filter(({ post }) => {
    const isNew = !seen.has(post.id)
    seen.add(post.id)
    return isNew
  })
}

/** The bodies that a ladder can lead to. */
export function bodiesAsked({ as, place }: Wanted): {
  committee?: CommitteeCode
  kinds: readonly BodyKind[]
} {
  const kind = kindOf[as]
  if (kind === null) return { kinds: ['street'] }
  if (kind !== 'committee') return { kinds: [kind] }
  return { committee: place.slice(0, 12) as CommitteeCode, kinds: ['street'] }
}

/** Null: the street's officers, who close the ladder of a worker too. */
const kindOf: Record<Capacity, BodyKind | null> = {
  worker: 'committee',
  'duty-officer': null,
  property: 'property',
  volunteer: 'volunteers',
  police: 'police',
  doctor: 'clinic',
}

/** Those on duty of the bodies of one kind, in the order in which they are asked. */
function rungsOf(known: Known, wanted: Wanted, now: Instant, kind: BodyKind): Rung[] {
  const isAsked = (post: HeldPost) =>
    kind === 'committee'
      ? post.role === 'committee' && post.committee === wanted.place.slice(0, 12)
      : post.bodyKind === kind
  const seats = seatsOf(known, now)
    .filter(({ seat }) => isAsked(seat))
    .map((each) => ({ ...each, ...closenessOf(known.beats, each.seat, wanted) }))
    .filter(({ close }) => kind === 'committee' || close > 0)
  return seats
    .toSorted((a, b) => b.close - a.close || a.seat.rank - b.seat.rank)
    .map(({ seat, holder, close }) => ({
      post: holder,
      step: holder.id === seat.id ? (close > 0 ? 'beat' : 'rank') : 'deputy',
    }))
}

/**
 * How close a post's beat comes to the place: the longer the beat's code the closer; 0 without any
 * beat, -1 where all its beats are elsewhere or take other matters.
 */
function closenessOf(beats: readonly Beat[], { id }: HeldPost, wanted: Wanted): { close: number } {
  const own = beats.filter((beat) => beat.post === id)
  const here = own.filter(
    ({ place, matters }) =>
      holds(place, wanted.place) && (matters === null || matters.includes(wanted.matter)),
  )
  const longest = Math.max(0, ...here.map(({ place }) => place.length))
  return { close: longest > 0 || own.length === 0 ? longest : -1 }
}

function holds(outer: PlaceCode, inner: PlaceCode): boolean {
  return inner === outer || inner.startsWith(`${outer}-`)
}

function officersOf(known: Known, now: Instant): Rung[] {
  const officers = known.posts.filter((post) => post.role === 'street').toSorted(byRank)
  const onDuty = seatsOf(known, now)
    .filter(({ seat }) => seat.role === 'street')
    .toSorted((a, b) => byRank(a.seat, b.seat))
    .map(({ holder }) => holder)
  const present = officers.filter((post) => !isOnLeave(known, post.id, now))
  return [...onDuty, ...present, ...officers].map((post) => ({ post, step: 'officer' }))
}

function byRank(a: HeldPost, b: HeldPost): number {
  return a.rank - b.rank
}

/** Everybody on duty, each once: the bodies together, and in a body by rank of the seat. */
export function onDutyAmong(known: Known, now: Instant): HeldPost[] {
  return [...new Set(seatsOf(known, now).map(({ holder }) => holder))]
}

/** Whether a post is on duty: by its own seat, or in that of somebody on leave. */
export function isOnDuty(known: Known, post: PostId, now: Instant): boolean {
  return seatsOf(known, now).some(({ holder }) => holder.id === post)
}

/**
 * The seats that are filled now, and by whom. A body with a cover has a roster: its seats are the
 * shifts of now. In a body without one everybody has a seat. Who is on leave is stood in for by the
 * deputy, or by the deputy's, of the same body.
 */
export function seatsOf(known: Known, now: Instant): { seat: HeldPost; holder: HeldPost }[] {
  const withRoster = new Set(known.covers.map(({ body }) => body))
  const onShift = new Set(known.shifts.filter((one) => runs(one, now)).map(({ post }) => post))
  return known.posts
    .filter((post) => !withRoster.has(post.body) || onShift.has(post.id))
    .flatMap((seat) => {
      const holder = holderOf(known, seat, now)
      return holder ? [{ seat, holder }] : []
    })
}

/** Whoever sits in a post's seat: the post itself, or the first along its deputies who is there. */
export function holderOf(known: Known, seat: HeldPost, now: Instant): HeldPost | undefined {
  const asked = new Set<PostId>()
  for (let post: HeldPost | undefined = seat; post && !asked.has(post.id);) {
    if (!isOnLeave(known, post.id, now)) return post
    asked.add(post.id)
    post = deputyOf(known, post, now)
  }
  return undefined
}

function deputyOf({ posts, leaves }: Known, { id, body }: HeldPost, now: Instant) {
  const named = leaves.find((leave) => leave.post === id && leave.deputy && runs(leave, now))
  return posts.find((other) => other.id === named?.deputy && other.body === body)
}

export function isOnLeave({ leaves }: Known, post: PostId, now: Instant): boolean {
  return leaves.some((leave) => leave.post === post && runs(leave, now))
}

/** From its first moment; not at its last. */
function runs({ from, to }: { from: Instant; to: Instant }, now: Instant): boolean {
  return from <= now && now < to
}

/** Until when somebody on duty is so; null in a body without a roster. */
export function endOfDuty(known: Known, post: HeldPost, now: Instant): Instant | null {
  const seats = seatsOf(known, now).filter(({ holder }) => holder.id === post.id)
  const ends = known.shifts
    .filter((shift) => runs(shift, now) && seats.some(({ seat }) => seat.id === shift.post))
    .map(({ to }) => to)
  const hasRoster = known.covers.some(({ body }) => body === post.body)
  return hasRoster && ends.length > 0 ? Math.max(...ends) : null
}

/**
 * The field of a new body that is wrong: a committee has its code and is named by the register, any
 * other body has a name and no code. The street's own comes with the street.
 */
export function wrongOfBody(
  kind: BodyKind,
  { committee, name }: { committee?: CommitteeCode; name?: string },
): string | undefined {
  if (kind === 'street') return 'kind'
  const isCommittee = kind === 'committee' || kind === 'village-committee'
  if (isCommittee !== (committee !== undefined)) return 'committee'
  return isCommittee === (name !== undefined) ? 'name' : undefined
}

/** A committee's post has its beat in its own neighbourhood, any other anywhere in the street. */
export function isOfBody(post: HeldPost, street: StreetCode, place: PlaceCode): boolean {
  return place.startsWith(post.committee ?? street)
}

/** Street officers arrange the rosters of all; whoever is first in a body arranges its own. */
export function mayArrange(own: HeldPost, body: string): boolean {
  return own.role === 'street' || (own.rank === 1 && own.body === body)
}

/** Whether a phone with these hours ('HH:MM', the same day) answers at a time of day. */
export function answersAt(opensAt: string | null, closesAt: string | null, time: string): boolean {
  return opensAt !== null && closesAt !== null && opensAt <= time && time < closesAt
}
