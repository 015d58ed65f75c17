import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PostId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { divisionNamed } from '../../places/index.ts'
import { countAsked } from '../asking/index.ts'
import { lastCheck } from '../chain/index.ts'
import type * as api from './api.ts'
import { monthBefore, monthNumbers, shownOf, startOfMonth } from './decide.ts'
import * as store from './store.ts'
import { countedPurposes, lookers, type LookerKind, type MonthNumber } from './types.ts'

/** What higher rooms count of a street, and which bodies review. */
export type Counted = {
  streetsOpen(tx: Tx): Promise<readonly StreetCode[]>
  /** Who is in the register, and who holds a post. */
  peopleIn(tx: Tx): Promise<{ register: number; duty: number }>
  /** In which kind of body each post stands, held now or once. */
  rolesOf(tx: Tx): Promise<readonly { post: PostId; role: string }[]>
  /** The bodies in which somebody reviews looks. */
  reviewerBodies(tx: Tx): Promise<ReadonlySet<string>>
  bodiesOf(tx: Tx, posts: readonly PostId[]): Promise<ReadonlyMap<PostId, string>>
}

type Answer = Output<typeof api.numbers>
type Chosen = NonNullable<Answer['chosen']>

const sinceMs = 365 * dayMs

export async function numbers(
  given: Given,
  { street: wanted }: Input<typeof api.numbers>,
  counted: Counted,
): Promise<Answer | Fault> {
  const now = given.clock.now()
  const streets = await given.db.asOwner(async (tx) => {
    const open = await counted.streetsOpen(tx)
    return Promise.all(
      open.map(async (street) => ({ street, name: (await divisionNamed(tx, street)) ?? street })),
    )
  })
  const chosen =
    wanted === undefined && streets.length === 1
      ? streets[0]
      : streets.find(({ street }) => street === wanted)
  if (wanted !== undefined && !chosen) return fault('not-found', 'street')
  if (!chosen) return { streets, chosen: null, now }
  const { street } = chosen
  const month = dayOf(now).slice(0, 7)
  const made = await monthOf(given, street, month, counted)
  const of = await ofOffices(given, street, now, counted)
  return { streets, chosen: { ...chosen, ...figuresIn(made, month), ...of }, now }
}

function figuresIn(made: readonly MonthNumber[], month: string) {
  const shown = new Map(made.map((one) => [one.what, one.shown]))
  return {
    ...{ month, ofMonth: monthBefore(month) },
    people: countedPurposes.map((purpose) => ({
      purpose,
      shown: shownOf(shown.get(`people ${purpose}`)),
    })),
    looks: made.flatMap(lookIn).toSorted((a, b) => b.shown - a.shown),
    deleted: made.flatMap(({ what, shown: rows }) =>
      what.startsWith('deleted ') && rows > 0 ? [{ purpose: what.slice(8), shown: rows }] : [],
    ),
  }
}

function lookIn({ what, shown }: MonthNumber): Chosen['looks'] {
  const [kind, by = '', how = '', why = ''] = what.split(' ')
  const isListed = (lookers as readonly string[]).includes(by)
  if (kind !== 'looks' || shown === 0 || !isListed) return []
  return [{ by: by as LookerKind, how: how as Chosen['looks'][number]['how'], why, shown }]
}

/** Made by whoever asks first in the month, and read by everybody after. */
async function monthOf(
  given: Given,
  street: StreetCode,
  month: string,
  counted: Counted,
): Promise<readonly MonthNumber[]> {
  const scope = { street, committees: '*' } as const
  const seen = await given.db.inStreet(scope, async (tx) => {
    const there = ofThis(await store.numbersMade(tx, street, month), month)
    return { there, roles: there.length > 0 ? [] : await counted.rolesOf(tx) }
  })
  if (seen.there.length > 0) return seen.there
  const span = { from: startOfMonth(monthBefore(month)), to: startOfMonth(month) }
  const happened = await given.db.asOwner(async (tx) => [
    ...(await store.looksBy(tx, street, span, seen.roles)),
    ...(await store.deletedBy(tx, span)),
  ])
  return given.db.inStreet(scope, async (tx) => {
    await store.holdMonth(tx, street)
    const before = await store.numbersMade(tx, street, month)
    const meanwhile = ofThis(before, month)
    if (meanwhile.length > 0) return meanwhile
    const people = await peopleIn(tx, street, given.clock.now(), counted)
    const made = monthNumbers(people, happened, before)
    await store.addNumbers(tx, street, month, made)
    return made
  })
}

function ofThis<Made extends { month: string }>(made: readonly Made[], month: string): Made[] {
  return made.filter((one) => one.month === month)
}

async function peopleIn(tx: Tx, street: StreetCode, now: Instant, counted: Counted) {
  const { register, duty } = await counted.peopleIn(tx)
  const agreeing = new Map(
    (await store.agreeing(tx, street, now)).map(({ purpose, people }) => [purpose, people]),
  )
  return countedPurposes.map((purpose) => ({
    what: `people ${purpose}`,
    counted:
      purpose === 'register' ? register : purpose === 'duty' ? duty : (agreeing.get(purpose) ?? 0),
  }))
}

/** What offices did is said exactly: there is nobody behind it whom a number could tell of. */
async function ofOffices(given: Given, street: StreetCode, now: Instant, counted: Counted) {
  const since = now - sinceMs
  const found = await given.db.asOwner(async (tx) => ({
    done: await store.doneByOffices(tx, street, since, now),
    reviewed: await store.reviewed(tx, street, since, now),
    check: await lastCheck(tx),
    questions: await countAsked(tx, now, street),
  }))
  const { exports, taken, lastAt, ...authority } = found.done
  const { posts, ...reviews } = found.reviewed
  const { check, questions } = found
  return {
    ...{ since, exports, backups: { taken, lastAt }, authority, questions },
    reviews: { ...reviews, ...(await waitingIn(given, street, posts, counted)) },
    check: check ? { at: check.at, links: check.links, findings: check.findings } : null,
  }
}

/** Reviews that nobody there may answer: of the only reviewing body itself, or there is none. */
async function waitingIn(
  given: Given,
  street: StreetCode,
  posts: readonly (PostId | null)[],
  counted: Counted,
): Promise<{ reviewers: number; waiting: number }> {
  return given.db.inStreet({ street }, async (tx) => {
    const bodies = await counted.reviewerBodies(tx)
    const bodyOf = await counted.bodiesOf(tx, [...new Set(posts.flatMap((post) => post ?? []))])
    const waiting = posts.filter((post) => {
      const own = post === null ? undefined : bodyOf.get(post)
      return ![...bodies].some((body) => body !== own)
    })
    return { reviewers: bodies.size, waiting: waiting.length }
  })
}
