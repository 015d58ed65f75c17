import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { dayKinds } from '../../rules/index.ts'
import { mayArrange, onDutyAmong } from '../decide.ts'
import { bodies, bodyOf, heldPosts, knownOf, streetsOpen } from '../store.ts'
import { shiftMsMax, type Gap, type Span } from '../types.ts'
import type * as api from './api.ts'
import {
  gapAheadMs,
  gapsAhead,
  unjudgedYear,
  untoldGaps,
  weekOf,
  withBeginnings,
} from './decide.ts'
import { holdersOf, looksAt } from './names.ts'
import { shown, shownLeave } from './shift.ts'
import * as store from './store.ts'

type Roster = Output<typeof api.roster>

/** On the page and on paper alike. */
export async function roster(
  given: Given,
  asker: Asker,
  input: Input<typeof api.roster>,
): Promise<Seen<Roster> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, post } = asker
  const now = given.clock.now()
  const at = input.day === undefined ? now : Date.parse(`${input.day}T00:00:00+08:00`)
  if (Number.isNaN(at)) return fault('bad-input', 'day')
  return given.db.inStreet(asker, async (tx) => {
    const [own] = await heldPosts(tx, { post: post.id })
    const body = await bodyOf(tx, input.body ?? own?.body ?? '')
    if (!own || !body) return fault('not-found', 'body')
    if (own.role !== 'street' && own.body !== body.id) return fault('not-found', 'body')
    const week = weekOf(at)
    const wide = { from: week.from - shiftMsMax, to: week.to + shiftMsMax }
    const known = await knownOf(tx, wide, { body: body.id })
    const kindOf = await dayKinds(tx)
    const from = Math.max(week.from, now)
    const found = gapsAhead(known, from, week.to, kindOf)
    const holderAt = await holdersOf(tx, known.posts)
    const lived = await store.shiftsOf(tx, body.id, week)
    const answer: Roster = {
      ...{ body: body.id, name: body.name, mayArrange: mayArrange(own, body.id), now },
      days: daysOf(week).map((day) => ({ day, kind: kindOf(day) ?? null })),
      covers: known.covers.map(({ days, from, to, people }) => ({ days, from, to, people })),
      posts: known.posts.map(({ id, rank }) => ({ ...holderAt(id), rank })),
      shifts: lived.map((one) => shown(one, holderAt)),
      leaves: known.leaves
        .filter(({ from, to }) => from < week.to && to > week.from)
        .map((leave) => shownLeave(leave, holderAt)),
      gaps: found.map(({ from, to, missing }) => ({ from, to, missing })),
      unknownYear: unjudgedYear(known.covers, from, week.to, kindOf),
    }
    return { answer, looks: looksAt(street, known.posts) }
  })
}

function daysOf({ from }: Span): string[] {
  return Array.from({ length: 7 }, (_, day) => dayOf(from + day * dayMs))
}

export async function gaps(given: Given, asker: Asker): Promise<Output<typeof api.gaps> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id: post } = asker.post
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const [own] = await heldPosts(tx, { post })
    if (!own) return fault('not-allowed')
    const which = own.role === 'street' ? 'all' : { body: own.body }
    const { gaps: found, unknownYear } = await lookAhead(tx, now, which)
    const byId = new Map((await bodies(tx)).map((body) => [body.id, body]))
    return {
      gaps: found.map((gap) => ({
        ...gap,
        name: byId.get(gap.body)?.name ?? '',
        committee: byId.get(gap.body)?.committee ?? null,
      })),
      ...{ unknownYear, now },
    }
  })
}

async function lookAhead(tx: Tx, now: Instant, which: { body: string } | 'all') {
  const to = now + gapAheadMs
  const known = await knownOf(tx, { from: now - shiftMsMax, to: to + shiftMsMax }, which)
  const kindOf = await dayKinds(tx)
  return {
    gaps: gapsAhead(known, now, to, kindOf),
    unknownYear: unjudgedYear(known.covers, now, to, kindOf),
  }
}

/** Tells each street of gaps of the next seven days, once each. Answers how many were told. */
export async function findGaps(given: Given): Promise<number> {
  let told = 0
  for (const street of await given.db.asOwner((tx) => streetsOpen(tx))) {
    told += await given.db.inStreet({ street }, (tx) => tellGaps(given, tx, street))
  }
  return told
}

async function tellGaps(given: Given, tx: Tx, street: StreetCode): Promise<number> {
  const now = given.clock.now()
  const before = await store.toldGaps(tx)
  const found = withBeginnings((await lookAhead(tx, now, 'all')).gaps, before, now)
  if (found.length === 0 && before.length === 0) return 0
  const fresh = untoldGaps(found, before)
  const all = await bodies(tx)
  const placeOf = ({ body }: Gap) => all.find(({ id }) => id === body)?.committee ?? street
  for (const gap of fresh) {
    const { body, from, to, missing } = gap
    const place = placeOf(gap)
    await given.tell(tx, { name: 'duties.gap-found', street, body, place, from, to, missing })
  }
  await store.saveToldGaps(tx, street, found, now)
  return fresh.length
}

/** What was left for the post's body, newest first. */
export async function shiftNotesOf(tx: Tx, post: PostId | null, rows: number) {
  const [own] = post === null ? [] : await heldPosts(tx, { post })
  if (!own) return []
  const notes = await store.notesOf(tx, own.body, { from: 0, unreadFrom: 0 })
  const titles = new Map((await heldPosts(tx, 'all')).map(({ id, title }) => [id, title]))
  return notes.slice(0, rows).map(({ note: id, at, post: by, words, readAt }) => ({
    ...{ id, at, title: titles.get(by) ?? '', words, readAt },
  }))
}

/** Everybody in a shift of now, their own or a colleague's on leave; not those without a roster. */
export async function peopleOnShift(tx: Tx, now: Instant): Promise<ReadonlySet<PersonId>> {
  const known = await knownOf(tx, { from: now, to: now + 1 })
  const withRoster = new Set(known.covers.map(({ body }) => body))
  const onShift = onDutyAmong(known, now).filter(({ body }) => withRoster.has(body))
  return new Set(onShift.map(({ person }) => person))
}
