import { fault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode, PersonId, PlanId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { tellPages } from '../../../desks/delivery/index.ts'
import {
  giveConsent,
  isSwitchedOn,
  textVersions,
  type ConsentPurpose,
} from '../../../ground/privacy/index.ts'
import { watchPlan, type Scenarios } from '../../scenarios/index.ts'
import { sensorsAt, type Sensing } from '../../sensing/index.ts'
import * as store from '../store.ts'
import type { Contact, Paper, Plan, Way } from '../types.ts'

type Rooms = { given: Given; sensing: Sensing; scenarios: Scenarios }

/** `textVersion`: the text that was read, on a page or on paper. */
export type Wish = {
  way: Way
  textVersion: number
  contacts: readonly Contact[]
  paper: Paper | null
}

type Who = { street: StreetCode; person: PersonId; home: HomeCode }

/** What the person agrees to. Whoever agreed to calls cannot be given to the judge. */
export function purposeOf(way: Way): Exclude<ConsentPurpose, 'wandering-guard'> {
  return way === 'call' ? 'agreed-calls' : 'agreed-care'
}

/** The consent, the plan and the watch, in the caller's transaction. */
export async function beginPlan(
  rooms: Rooms,
  tx: Tx,
  who: Who,
  { way, textVersion, contacts, paper }: Wish,
): Promise<PlanId | Fault> {
  const { given } = rooms
  const { street, person, home } = who
  if (textVersion !== textVersions[purposeOf(way)]) return fault('moved-on', 'textVersion')
  if (way === 'key-holder' && !contacts.some(({ hasKey }) => hasKey)) {
    return fault('bad-input', 'contacts')
  }
  const isWatched = way !== 'call'
  if (!(await isSwitchedOn(tx, street, purposeOf(way)))) return fault('purpose-off')
  if (isWatched && (await sensorsAt(rooms.sensing, tx, home)).length === 0) {
    return fault('no-sensor')
  }
  if (await store.planOf(given, tx, { person })) return fault('already-so')
  if (isWatched && (await store.isHomeTaken(tx, home))) return fault('home-agreed')
  const asked = { street, person, home, isOnPaper: paper !== null }
  const care = isWatched && (await giveConsent(given, tx, { ...asked, purpose: 'agreed-care' }))
  const consent = isWatched
    ? care
    : await giveConsent(given, tx, { ...asked, purpose: 'agreed-calls' })
  if (!consent) return fault('already-so')
  const plan = given.newId<PlanId>()
  const row: Plan = {
    ...{ plan, street, person, home, consent: consent.consent, way, paper },
    contacts: [...contacts],
  }
  await store.addPlan(given, tx, row, consent.givenAt)
  if (care) await watchPlan(rooms.scenarios, tx, plan, care)
  await tellPages(tx, person, 'care')
  return plan
}
