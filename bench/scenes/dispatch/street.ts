/** A street drawn by chance: bodies, posts, beats, rosters with gaps, leave, posts that end. */
import type { Beat, BodyKind, Cover, HeldPost, Known } from '../../../src/ground/duties/index.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import type { CommitteeCode, PersonId, PlaceCode, PostId } from '../../../src/kernel/ids.ts'
import type { Draw } from '../chance.ts'

type Leave = Known['leaves'][number]
type Shift = Known['shifts'][number]

/** A post for as long as somebody holds it; `until` is Infinity where nobody leaves. */
export type Seat = HeldPost & { since: Instant; until: Instant }

export type Street = {
  code: string
  committees: CommitteeCode[]
  /** A committee's homes, stairs and compounds: where something can be the matter. */
  places: Map<CommitteeCode, PlaceCode[]>
  seats: Seat[]
  leaves: Leave[]
  /** What is known at a moment, of a committee and of all bodies that are no committee. */
  knownAt(committee: CommitteeCode, now: Instant): Known
  /** Moments at which a roster changes: who looks before them sees something else. */
  changes: Instant[]
}

const roles: Record<BodyKind, HeldPost['role']> = {
  ...({ street: 'street', committee: 'committee', 'village-committee': 'committee' } as const),
  ...({ property: 'property', police: 'police', clinic: 'clinic' } as const),
  volunteers: 'volunteer',
}

export function drawStreet(draw: Draw, start: Instant, days: number): Street {
  const code = '310104011'
  const made: Made = { names: 0, seats: [], beats: [], covers: [], shifts: [], leaves: [] }
  const end = start + days * dayMs
  const committees = Array.from(
    { length: draw.between(2, 6) },
    (_, i) => `${code}${String(i + 1).padStart(3, '0')}` as CommitteeCode,
  )
  const places = new Map(committees.map((one) => [one, placesOf(one)]))
  addBody(draw, made, { kind: 'street', committee: null, people: draw.between(2, 4) }, start, end)
  for (const committee of committees) {
    const people = draw.between(1, 6)
    addBody(draw, made, { kind: 'committee', committee, people }, start, end)
  }
  for (const kind of ['volunteers', 'property', 'police', 'clinic'] as const) {
    for (const committee of committees.filter(() => draw.isLucky(0.6))) {
      const before = made.seats.length
      addBody(draw, made, { kind, committee: null, people: draw.between(1, 3) }, start, end)
      for (const { id } of made.seats.slice(before)) {
        made.beats.push({ post: id, place: committee, matters: null })
      }
    }
  }
  const { seats, leaves } = made
  return { code, committees, places, seats, leaves, ...knowing(made, end) }
}

function placesOf(committee: CommitteeCode): PlaceCode[] {
  const stairs = ['1', '2', '3'].map((stair) => `${committee}-01-${stair}`)
  const homes = stairs.flatMap((stair) => ['101', '201', '301'].map((room) => `${stair}-${room}`))
  return [committee, ...stairs, ...homes] as PlaceCode[]
}

type Made = {
  names: number
  seats: Seat[]
  beats: Beat[]
  covers: Cover[]
  shifts: Shift[]
  leaves: Leave[]
}
type Body = { kind: BodyKind; committee: CommitteeCode | null; people: number }

function named(made: Made, what: string): string {
  made.names += 1
  return `${what}-${made.names}`
}

function addBody(draw: Draw, made: Made, body: Body, start: Instant, end: Instant): void {
  const id = named(made, 'body')
  const unit = id
  const seats = Array.from({ length: body.people }, (_, i): Seat => {
    const person = named(made, body.kind) as PersonId
    const { kind: bodyKind, committee } = body
    return {
      ...{ id: person as string as PostId, person, body: id, bodyKind, committee, unit },
      ...{ role: roles[bodyKind], title: 'post', rank: i + 1 },
      ...{ since: start, until: Number.POSITIVE_INFINITY },
    }
  })
  made.seats.push(...seats)
  addBeats(draw, made, body, seats)
  if (draw.isLucky(0.6)) addRoster(draw, made, id, seats, start, end)
  addLeaves(draw, made, seats, start, end)
  replaceSome(draw, made, body, seats, start, end)
}

/** Some posts of a committee look after a part of it, some of them for some matters alone. */
function addBeats(draw: Draw, made: Made, { committee }: Body, seats: readonly Seat[]): void {
  if (!committee) return
  for (const { id } of seats.filter(() => draw.isLucky(0.5))) {
    const place = `${committee}-01-${draw.between(1, 3)}` as PlaceCode
    const matters = draw.isLucky(0.3) ? (['device-repair', 'hazard'] as const) : null
    made.beats.push({ post: id, place, matters })
  }
}

/** Day and night for all of the street's officers, the day for others; holes are left in it. */
function addRoster(
  draw: Draw,
  made: Made,
  body: string,
  seats: readonly Seat[],
  start: Instant,
  end: Instant,
): void {
  made.covers.push({
    ...{ id: named(made, 'cover'), body, days: 'every-day', from: '08:00', to: '20:00', people: 1 },
  })
  const shiftMs = 12 * hourMs
  for (let from = start; from < end; from += shiftMs) {
    if (draw.isLucky(0.15)) continue
    for (const seat of draw.some(seats, 2)) {
      const [early, late] = [draw.between(0, 30), draw.between(0, 30)]
      const to = from + shiftMs - early * minuteMs
      made.shifts.push({
        ...{ id: named(made, 'shift'), body, post: seat.id, from: from + late * minuteMs, to },
      })
    }
  }
}

/** Announced or from one moment to the next; with a deputy or without. */
function addLeaves(
  draw: Draw,
  made: Made,
  seats: readonly Seat[],
  start: Instant,
  end: Instant,
): void {
  for (const seat of seats) {
    while (draw.isLucky(0.4)) {
      const from = draw.between(start, end)
      const to = from + draw.between(1, 72) * hourMs
      const deputy = draw.isLucky(0.4)
        ? (seats[draw.between(0, seats.length - 1)]?.id ?? null)
        : null
      made.leaves.push({ id: named(made, 'leave'), post: seat.id, from, to, deputy })
    }
  }
}

/** A post ends in the middle of things; most are filled by somebody else a little later. */
function replaceSome(
  draw: Draw,
  made: Made,
  { kind, committee }: Body,
  seats: readonly Seat[],
  start: Instant,
  end: Instant,
): void {
  // The last officer of a street stays: duties keeps that.
  for (const seat of kind === 'street' ? seats.slice(1) : seats) {
    if (!draw.isLucky(0.25)) continue
    seat.until = draw.between(start, end)
    if (draw.isLucky(0.3)) continue
    const person = named(made, kind) as PersonId
    const since = seat.until + draw.between(0, 48) * hourMs
    const until = Number.POSITIVE_INFINITY
    const next = { ...seat, id: person as string as PostId, person, committee, since, until }
    made.seats.push(next)
  }
}

const spanMs = hourMs

/** Answers are kept for an hour of a committee, or until somebody comes into a post or goes. */
function knowing(made: Made, end: Instant): Pick<Street, 'knownAt' | 'changes'> {
  const held = new Map<string, Known>()
  const turns = made.seats.flatMap(({ since, until }) => [since, until]).toSorted((a, b) => a - b)
  const touches = ({ from, to }: { from: Instant; to: Instant }, at: Instant) =>
    from < at + spanMs && to > at - (at % spanMs)
  return {
    changes: changesOf(made).filter((at) => at < end),
    knownAt(committee, now) {
      const turn = turns.findLastIndex((at) => at <= now)
      const key = `${committee} ${now - (now % spanMs)} ${turn}`
      const before = held.get(key)
      if (before) return before
      const posts = made.seats.filter(
        (seat) =>
          seat.since <= now &&
          now < seat.until &&
          (seat.committee === null || seat.committee === committee),
      )
      const ids = new Set(posts.map(({ id }) => id))
      const bodies = new Set(posts.map(({ body }) => body))
      const known: Known = {
        posts,
        beats: made.beats.filter(({ post }) => ids.has(post)),
        shifts: made.shifts.filter((one) => ids.has(one.post) && touches(one, now)),
        leaves: made.leaves.filter((one) => ids.has(one.post) && touches(one, now)),
        covers: made.covers.filter(({ body }) => bodies.has(body)),
      }
      if (held.size > 2_000) held.clear()
      held.set(key, known)
      return known
    },
  }
}

function changesOf({ seats, shifts, leaves }: Made): Instant[] {
  const moments = new Set([
    ...seats.flatMap(({ since, until }) => [since, until]),
    ...[...shifts, ...leaves].flatMap(({ from, to }) => [from, to]),
  ])
  return [...moments].toSorted((a, b) => a - b)
}
