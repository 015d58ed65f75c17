import type { Asker, SignedIn } from '../../kernel/asker.ts'
import { startOfDay } from '../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { CommitteeCode, PostId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import {
  gapsAhead,
  isOnDuty,
  keepsReporters,
  knownOf,
  ladderFor,
  shiftNotesOf,
  type HeldPost,
  type Known,
} from '../../ground/duties/index.ts'
import { divisionNamed, divisionsUnder } from '../../ground/places/index.ts'
import { dayKinds } from '../../ground/rules/index.ts'
import { notesAbout } from '../../desks/delivery/index.ts'
import {
  countClosedIn,
  figuresOf,
  firstOpened,
  historyOf,
  inHand,
  lastProof,
  mattersIn,
  openMatters,
  type OpenMatter,
  type Proof,
} from '../../desks/tasks/index.ts'
import { healthCounts, type Sensing } from '../../watch/sensing/index.ts'
import type * as api from './api.ts'
import { sumHealth, tileState, usualBand, usualCount } from './decide.ts'
import type { Pulse } from './pulse/index.ts'
import * as store from './store.ts'
import type { Minute, Named } from './types.ts'

/** What this room needs: the machine, how devices are, what was heard. */
export type OverviewGiven = { given: Given; sensing: Sensing; pulse: Pulse }

const gapDays = 7
const usualWeeks = 8
const usualDaysMin = 4
const notesMax = 5
const pulseMs = 3 * hourMs
const pulseWeeks = 5

export async function streetNow(
  { given, sensing }: OverviewGiven,
  asker: Asker,
): Promise<Output<typeof api.streetNow> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const known = await knownOf(tx, { from: now - dayMs, to: now + (gapDays + 1) * dayMs })
    const matters = await openMatters(tx)
    const names = await committeesOf(tx, street)
    const cells = await healthCounts(sensing, tx, street)
    const proof = await lastProof(tx)
    const days = await sameWeekdays(tx, now)
    const [closedToday = 0, ...before] = await countClosedIn(tx, [
      { from: startOfDay(now), to: now },
      ...days,
    ])
    const byCommittee = Map.groupBy(matters, ({ committee }) => committee)
    const healthOf = Map.groupBy(cells, ({ committee }) => committee)
    const gaps = gapsAhead(known, now, now + gapDays * dayMs, await dayKinds(tx))
    const unitOf = new Map(known.posts.map(({ body, unit }) => [body, unit]))
    return {
      name: (await divisionNamed(tx, street)) ?? street,
      onDuty: officersOnDuty(known, now),
      open: matters.length,
      emergencies: matters.filter(({ urgency }) => urgency === 'emergency').length,
      devicesUnknown: sumHealth(cells).unknown,
      closedToday,
      usualByNow: usualCount(before, usualDaysMin),
      proof: proof ? withoutOpen(proof) : null,
      matters: matters.map((one) => rowOf(known.posts, one)),
      committees: names.map(({ committee, name }) => {
        const open = byCommittee.get(committee) ?? []
        const health = sumHealth(healthOf.get(committee) ?? [])
        return { committee, name, tile: tileState(open, health, now), open: open.length, ...health }
      }),
      kinds: [...Map.groupBy(cells, ({ kind }) => kind)].map(([kind, all]) => ({
        kind,
        ...sumHealth(all),
      })),
      gaps: gaps.slice(0, 100).map(({ body, from, to, missing }) => ({
        ...{ unit: unitOf.get(body) ?? '', from, to, missing },
      })),
      notes: await notesLeft(tx, asker),
      now,
    }
  })
}

/** How many were open then is not how many are open now. */
function withoutOpen({ at, unowned, unescalated, lateMs }: Proof): Omit<Proof, 'open'> {
  return { at, unowned, unescalated, lateMs }
}

function officersOnDuty(known: Known, now: Instant) {
  return known.posts
    .filter((post) => post.bodyKind === 'street' && isOnDuty(known, post.id, now))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, 20)
    .map(({ id, title }) => {
      const shift = known.shifts.find(
        ({ post, from, to }) => post === id && from <= now && now < to,
      )
      return { title, until: shift?.to ?? null }
    })
}

async function notesLeft(tx: Tx, asker: SignedIn) {
  const notes = await shiftNotesOf(tx, asker.post?.id ?? null, notesMax)
  return notes.map(({ id: note, at, title, words, readAt }) => ({ note, at, title, words, readAt }))
}

/** Until this time of day on the same weekday of the last weeks, as far as there is a past. */
async function sameWeekdays(tx: Tx, now: Instant): Promise<{ from: Instant; to: Instant }[]> {
  const first = await firstOpened(tx)
  if (first === undefined) return []
  return Array.from({ length: usualWeeks }, (_, week) => (week + 1) * 7 * dayMs)
    .map((back) => ({ from: startOfDay(now - back), to: now - back }))
    .filter(({ from }) => from >= first)
}

async function committeesOf(tx: Tx, street: StreetCode): Promise<Named[]> {
  const all = await divisionsUnder(tx, street)
  return all.map(({ code, name }) => ({ committee: code as CommitteeCode, name }))
}

function rowOf(posts: readonly HeldPost[], matter: OpenMatter) {
  return { ...matter, post: titleOf(posts, matter.post) }
}

/** A post that is not held any more still has a row; its title is not known here. */
function titleOf(posts: readonly HeldPost[], post: PostId) {
  const held = posts.find(({ id }) => id === post)
  return { title: held?.title ?? '', unit: held?.unit ?? '' }
}

export async function pulse(
  { given, pulse: running }: OverviewGiven,
  asker: Asker,
): Promise<Output<typeof api.pulse> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const to = now - (now % minuteMs)
  const from = to - pulseMs
  return given.db.inStreet(asker, async (tx) => {
    const minutes = withWaiting(from, to, await store.minutesIn(tx, from, to), [
      ...running.waiting(asker.street),
    ])
    const weeks: Minute[][] = []
    for (let week = 1; week <= pulseWeeks; week++) {
      const back = week * 7 * dayMs
      weeks.push(await store.minutesIn(tx, from - back, to - back))
    }
    const at = minutes.map((minute) => minute.at)
    return { minutes, usual: usualBand(at, weeks) ?? null, now }
  })
}

function withWaiting(
  from: Instant,
  to: Instant,
  saved: readonly Minute[],
  waiting: readonly Minute[],
): Minute[] {
  const heard = new Map<Instant, number>()
  for (const one of [...saved, ...waiting]) heard.set(one.at, (heard.get(one.at) ?? 0) + one.heard)
  return Array.from({ length: (to - from) / minuteMs }, (_, index) => {
    const at = from + index * minuteMs
    return { at, heard: heard.get(at) ?? 0 }
  })
}

export async function listMatters(
  { given }: OverviewGiven,
  asker: Asker,
  input: Input<typeof api.listMatters>,
): Promise<Output<typeof api.listMatters> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const { closedIn, openedIn, ...within } = input
  return given.db.inStreet(asker, async (tx) => {
    const { posts } = await knownOf(tx, { from: now, to: now + 1 })
    const named = closedIn ?? openedIn
    if (named === undefined) {
      const open = await openMatters(tx, within)
      const matters = open.map((one) => ({ ...rowOf(posts, one), closedAt: null, outcome: null }))
      return { matters, now }
    }
    const event = closedIn === undefined ? 'opened' : 'closed'
    const past = await mattersIn(tx, event, spanOf(named), within)
    return { matters: past.map((one) => ({ ...one, post: titleOf(posts, one.post) })), now }
  })
}

export async function oneMatter(
  { given }: OverviewGiven,
  asker: Asker,
  input: Input<typeof api.oneMatter>,
): Promise<Output<typeof api.oneMatter> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const found = await historyOf(tx, input.task, asker.person)
    if (!found) return fault('not-found', 'task')
    const { matter, place, ruleVersion, log, isConcerned } = found
    const known = await knownOf(tx, { from: now, to: now + 1 })
    const couldGo = await whoCouldGo(given, tx, known, matter, place)
    const notes = await notesAbout(tx, input.task)
    return {
      ...rowOf(known.posts, matter),
      committeeName: (await divisionNamed(tx, matter.committee)) ?? matter.committee,
      ...{ ruleVersion, isConcerned, log, couldGo },
      mayOpenReporters: matter.rule.startsWith('reported-') && (await keepsReporters(tx, asker)),
      told: notes.slice(0, 40).map(({ person, ...times }) => {
        const held = known.posts.find((post) => post.person === person)
        return { title: held?.title ?? '', unit: held?.unit ?? '', ...times }
      }),
      now,
    }
  })
}

/** Those who would be asked in turn, workers first, then the property's people: each once. */
async function whoCouldGo(
  given: Given,
  tx: Tx,
  known: Known,
  { kind, post: holding }: OpenMatter,
  place: Parameters<typeof ladderFor>[2]['place'],
) {
  const now = given.clock.now()
  const hands = await inHand(tx)
  const posts = new Map<PostId, { title: string; unit: string }>()
  for (const as of ['worker', 'property'] as const) {
    for (const { post, title, unit } of await ladderFor(given, tx, { matter: kind, place, as })) {
      posts.set(post, { title, unit })
    }
  }
  return [...posts].slice(0, 20).map(([post, named]) => {
    return {
      post,
      ...named,
      isOnDuty: isOnDuty(known, post, now),
      inHand: hands.get(post) ?? 0,
      hasIt: post === holding,
    }
  })
}

export async function monthInNumbers(
  { given }: OverviewGiven,
  asker: Asker,
  input: Input<typeof api.monthInNumbers>,
): Promise<Output<typeof api.monthInNumbers> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const { from, to } = spanOf(input.month)
  const within = input.committee === undefined ? {} : { committee: input.committee }
  return given.db.inStreet(asker, async (tx) => {
    const rows = (await figuresOf(tx, from, to, now, within)).toSorted(worstFirst)
    const committees = []
    for (const { committee, name } of await committeesOf(tx, asker.street)) {
      const own = await figuresOf(tx, from, to, now, { committee })
      const sum = (count: (row: (typeof own)[number]) => number) =>
        own.reduce((total, row) => total + count(row), 0)
      const figures = { matters: sum((row) => row.matters), late: sum((row) => row.late) }
      committees.push({ committee, name, ...figures })
    }
    return { from, to, isOver: to <= now, rows, committees, now }
  })
}

/** By the share that was late, without a division; then by how slowly it was answered. */
function worstFirst(
  a: { late: number; matters: number; answered: { nineOfTen: number | null } },
  b: typeof a,
): number {
  return (
    b.late * a.matters - a.late * b.matters ||
    (b.answered.nineOfTen ?? 0) - (a.answered.nineOfTen ?? 0)
  )
}

/** A day or a month in the town's time. */
function spanOf(named: string): { from: Instant; to: Instant } {
  const begins = (day: string) => Date.parse(`${day}T00:00:00+08:00`)
  if (named.length === 10) return { from: begins(named), to: begins(named) + dayMs }
  const [year = 0, month = 0] = named.split('-').map(Number)
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
  return { from: begins(`${named}-01`), to: begins(`${next}-01`) }
}
