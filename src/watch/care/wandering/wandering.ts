import type { Asker } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import {
  endConsent,
  findConsent,
  giveConsent,
  giverOf,
  isSwitchedOn,
  textVersions,
  type Consented,
} from '../../../ground/privacy/index.ts'
import { tellPages } from '../../../desks/delivery/index.ts'
import { letGo, watchPlan, type Scenarios } from '../../scenarios/index.ts'
import type * as api from '../api.ts'
import { dropQuestions } from '../asking/index.ts'
import { residentAsking } from '../decide.ts'
import { planOf } from '../store.ts'

const purpose = 'wandering-guard'
type Shown = NonNullable<Output<typeof api.setWandering>['wandering']>

/** Given separately, beside live agreed care only; or ended, at once. */
export async function setWandering(
  { given, scenarios }: { given: Given; scenarios: Scenarios },
  asker: Asker,
  { agrees }: Input<typeof api.setWandering>,
): Promise<Output<typeof api.setWandering> | Fault> {
  const resident = residentAsking(asker)
  if (isFault(resident)) return resident
  if (agrees && agrees.textVersion !== textVersions[purpose]) {
    return fault('moved-on', 'textVersion')
  }
  const { street, person, home } = resident
  return given.db.inStreet(resident, async (tx) => {
    if (!agrees) {
      if (!(await endGuard(given, tx, person))) return fault('no-consent')
      return { wandering: null }
    }
    if (!(await isSwitchedOn(tx, street, purpose))) return fault('purpose-off')
    const care = await findConsent(tx, 'agreed-care', { person }, given.clock.now())
    const plan = await planOf(given, tx, { person })
    if (!care || !plan) return fault('no-consent')
    const wish = { street, person, home, purpose, givenBy: agrees.by } as const
    const consent = await giveConsent(given, tx, wish)
    if (!consent) return fault('already-so')
    await watchPlan(scenarios, tx, plan.plan, consent)
    await tellPages(tx, person, 'care')
    return { wandering: shown(consent, agrees.by) }
  })
}

/** Undefined where nobody agreed to it, or where agreed care has ended meanwhile. */
export async function guardOf(tx: Tx, person: PersonId, now: Instant): Promise<Shown | undefined> {
  const consent = await findConsent(tx, purpose, { person }, now)
  return consent && shown(consent, await giverOf(tx, consent))
}

/** Ends here whatever the reason; whoever lives on it hears of it. False: there was none. */
export async function endGuard(given: Given, tx: Tx, person: PersonId): Promise<boolean> {
  await dropQuestions(given, tx, person, purpose)
  const held = await findConsent(tx, purpose, { person }, given.clock.now())
  if (!(await endConsent(given, tx, person, purpose))) return false
  // What was found under it, and whoever was asked to go: in this transaction.
  if (held) await letGo({ given }, tx, held.street, held.consent)
  await tellPages(tx, person, 'care')
  return true
}

function shown({ givenAt, until }: Consented<typeof purpose>, by: Shown['by']): Shown {
  return { since: givenAt, agreedUntil: until, by }
}
