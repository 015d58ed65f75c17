import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { notAskedUntil } from '../refusals/index.ts'
import { textVersions } from '../types.ts'
import type { ConsentPurpose } from '../types.ts'
import type * as api from './api.ts'
import { mayEnd, standingOf, type Standing } from './decide.ts'
import * as store from './store.ts'
import { consentPurposes } from './types.ts'

/**
 * Ends an agreement with all that stands on it, in the caller's transaction: open visits, what is
 * asked, what is queued. Whoever looks after people knows what that is. False: there is none.
 */
export type EndsAgreement = (
  tx: Tx,
  who: { street: StreetCode; person: PersonId },
  purpose: ConsentPurpose,
) => Promise<boolean>

const rowsMax = 60

export async function standings(
  given: Given,
  tx: Tx,
  { street, person }: { street: StreetCode; person: PersonId },
): Promise<Standing[]> {
  const now = given.clock.now()
  const all = await store.consentsOf(tx, person, rowsMax, now)
  const shown: Standing[] = []
  for (const purpose of consentPurposes) {
    const consents = all.filter((one) => one.purpose === purpose)
    const version = consents.find((one) => one.endedAt === null)?.textVersion
    shown.push(
      standingOf(purpose, {
        ...{ consents, now, presentVersion: textVersions[purpose] },
        isOn: await store.isSwitchedOn(tx, street, purpose),
        newerSince:
          version === undefined ? undefined : await store.newerWordsSince(tx, purpose, version),
        notAskedUntil: await notAskedUntil(tx, person, purpose),
      }),
    )
  }
  return shown
}

export async function myConsents(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.myConsents>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { hand } = asker.signIn
  return given.db.inStreet(asker, async (tx) => {
    const consents = await standings(given, tx, asker)
    const may = { mayEnd: mayEnd(hand?.relation ?? null), mayGive: hand === null }
    return { answer: { consents, ...may, now: given.clock.now() }, looks: [] }
  })
}

export async function endOwn(
  given: Given,
  asker: Asker,
  { purpose }: Input<typeof api.endConsent>,
  ends: EndsAgreement,
): Promise<Output<typeof api.endConsent> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  if (!mayEnd(asker.signIn.hand?.relation ?? null)) return fault('in-person-only')
  return given.db.inStreet(asker, async (tx) => {
    if (!(await ends(tx, asker, purpose))) return fault('no-consent')
    return { endedAt: given.clock.now() }
  })
}

export async function renewOwn(
  given: Given,
  asker: Asker,
  { purpose, textVersion }: Input<typeof api.renewConsent>,
): Promise<Output<typeof api.renewConsent> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const version = textVersions[purpose]
  if (textVersion !== version) return fault('moved-on', 'textVersion')
  const { person } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const consent = await store.findConsent(tx, purpose, { person }, now)
    if (!consent) return fault('no-consent')
    if (!(await store.renew(tx, consent, version, now))) return fault('already-so')
    return { textVersion: version }
  })
}
