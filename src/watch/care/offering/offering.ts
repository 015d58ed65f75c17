import type { Instant } from '../../../kernel/clock.ts'
import type { EventOf } from '../../../kernel/event.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PersonId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { tellPages } from '../../../desks/delivery/index.ts'
import { openTask, withdraw, type Asked } from '../../../desks/tasks/index.ts'
import { streetsOpen } from '../../../ground/duties/index.ts'
import { residentsBornBy } from '../../../ground/people/index.ts'
import { committeeOf } from '../../../ground/places/index.ts'
import { isSwitchedOn, notAsked, refuseConsent, writeLooks } from '../../../ground/privacy/index.ts'
import { peopleWithPlans, planOf } from '../store.ts'
import {
  againAfter,
  againAfterEnd,
  bornByFor,
  isOfferTime,
  whomToOffer,
  type Old,
} from './decide.ts'
import * as store from './store.ts'

type Rooms = { given: Given }

/** The tasks' own name; no street can write a rule of it. */
const rule = 'care-offer'
const workingDays = 10

/**
 * Asked now and then, it opens no more than so many visits a day for each committee, however often
 * it is called. Answers how many.
 */
export async function offerVisits({ given }: Rooms): Promise<number> {
  const now = given.clock.now()
  if (!isOfferTime(now)) return 0
  let opened = 0
  for (const street of await given.db.asOwner((tx) => streetsOpen(tx))) {
    opened += await given.db.inStreet({ street }, (tx) => offerIn(given, tx, street, now))
  }
  return opened
}

async function offerIn(given: Given, tx: Tx, street: StreetCode, now: Instant): Promise<number> {
  // Nobody is sent to ask for what the street does not offer.
  if (!(await isSwitchedOn(tx, street, 'agreed-care'))) return 0
  const old = await residentsBornBy(tx, bornByFor(now))
  const known = {
    offers: await store.offersOf(tx),
    agreed: await peopleWithPlans(tx),
    refused: await notAsked(tx, 'agreed-care', now),
  }
  let opened = 0
  for (const one of whomToOffer(old, known, now)) {
    if (await offerOne(given, tx, street, one, now)) opened++
  }
  return opened
}

async function offerOne(given: Given, tx: Tx, street: StreetCode, one: Old, now: Instant) {
  const { person, home } = one
  const asked: Asked = {
    ...{ kind: 'care-offer', rule, ruleVersion: 1, subject: person, place: home, person },
    facts: noFacts,
  }
  const opened = await openTask(given, tx, street, asked, {
    ...{ count: workingDays, kind: 'working_day' },
  })
  // Nobody is responsible there: it is tried again.
  if (isFault(opened)) return false
  const { task } = opened
  await store.openOffer(tx, street, { person, committee: committeeOf(home), task, offeredAt: now })
  await writeLooks(given, tx, [ageLook(street, person, task, now)])
  return true
}

const noFacts: Asked['facts'] = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
}

/** That somebody's age sent a worker to them is in their book. */
function ageLook(street: StreetCode, person: PersonId, task: TaskId, at: Instant) {
  return {
    ...({ street, person, at, fields: ['age'] as const, how: 'rule', why: 'register' } as const),
    matter: { kind: 'task', id: task, label: rule } as const,
    by: { kind: 'rule', rule, version: 1 } as const,
  }
}

export function isOffer(closed: EventOf<'tasks.closed'>): boolean {
  return closed.rule === rule
}

/** A worker asked. A no is respected for twelve months; whoever was away is asked once more. */
export async function offerClosed(
  { given }: Rooms,
  closed: EventOf<'tasks.closed'>,
): Promise<void> {
  const { street, task, outcome, at } = closed
  const person = closed.subject as PersonId
  await given.db.inStreet({ street }, async (tx) => {
    const hasAgreed = (await planOf(given, tx, { person })) !== undefined
    const isFirst = await store.endOffer(tx, { task }, at, againAfter(outcome, hasAgreed, at))
    if (!isFirst || outcome !== 'refused' || hasAgreed) return
    await refuseConsent(given, tx, person, street, 'agreed-care')
    await tellPages(tx, person, 'care')
  })
}

/** They answered in their own words: nobody need come to ask, nor soon again. */
export async function offerAnswered({ given }: Rooms, tx: Tx, person: PersonId): Promise<void> {
  const now = given.clock.now()
  if (await store.endOffer(tx, { person }, now, againAfterEnd(now))) {
    await withdraw(given, tx, rule, person)
  } else {
    await store.notBefore(tx, person, againAfterEnd(now))
  }
}
