import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode, HomeCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { recordEnded } from '../deletions/index.ts'
import { dropRefusal, saveRefusal } from '../refusals/index.ts'
import { addErasures } from '../store.ts'
import { consentDays, notAskedMonths, textVersions } from '../types.ts'
import type { Consented, ConsentPurpose, Giver } from '../types.ts'
import * as store from './store.ts'
import { consentPurposes } from './types.ts'

/**
 * Writes a consent and tells it. Undefined: there is a live one already, or the street has not
 * switched the purpose on.
 */
export async function giveConsent<P extends ConsentPurpose>(
  given: Given,
  tx: Tx,
  consent: {
    street: StreetCode
    person: PersonId
    home: HomeCode
    purpose: P
    givenBy?: Giver
    /** Signed on paper, which is worth the same. */
    isOnPaper?: boolean
  },
): Promise<Consented<P> | undefined> {
  const givenAt = given.clock.now()
  const until = givenAt + consentDays * dayMs
  const textVersion = textVersions[consent.purpose]
  const id = given.newId<Consented<P>['consent']>()
  const { givenBy = 'person', isOnPaper = false } = consent
  const row = { ...consent, id, textVersion, givenBy, isOnPaper, givenAt, until }
  const proof = await store.addConsent(tx, row)
  if (!proof) return undefined
  await dropRefusal(tx, consent.person, consent.purpose)
  const { street, person, home, purpose } = consent
  await given.tell(tx, {
    name: 'privacy.consent-given',
    street,
    consent: id,
    purpose,
    person,
    home,
  })
  return proof
}

/**
 * Ends a consent. Whoever lives on it hears of it through the outbox and lets go; that it was
 * erased stays on record, so that a restored backup erases it again.
 */
export async function endConsent(
  given: Given,
  tx: Tx,
  person: PersonId,
  purpose: ConsentPurpose,
): Promise<boolean> {
  const ended = await store.endConsent(tx, person, purpose, given.clock.now())
  if (!ended) return false
  await tellEnded(given, tx, [ended])
  return true
}

/** A no is kept and respected: nobody asks for twelve months. It costs no service. */
export async function refuseConsent(
  given: Given,
  tx: Tx,
  person: PersonId,
  street: StreetCode,
  purpose: ConsentPurpose,
): Promise<Instant> {
  const at = given.clock.now()
  const until = new Date(at)
  until.setUTCMonth(until.getUTCMonth() + notAskedMonths)
  await saveRefusal(tx, { street, person, purpose, at, until: until.getTime() })
  return until.getTime()
}

/** A consent past its date is an ended one: same event, same effect. */
export async function endExpired(given: Given): Promise<number> {
  const expired = await given.db.asOwner((tx) => store.expiredConsents(tx, given.clock.now()))
  for (const { person, purpose } of expired) {
    await given.db.asOwner((tx) => endConsent(given, tx, person, purpose))
  }
  return expired.length
}

/** Every agreement to a purpose in a street. Answers how many there were. */
export async function endAllConsents(
  given: Given,
  tx: Tx,
  street: StreetCode,
  purpose: ConsentPurpose,
): Promise<number> {
  const ended = await store.endAllIn(tx, street, purpose, given.clock.now())
  await tellEnded(given, tx, ended)
  return ended.length
}

async function tellEnded(given: Given, tx: Tx, ended: readonly store.Ended[]): Promise<void> {
  const at = given.clock.now()
  const erasures = ended.map(({ id, street }) => ({ street, kind: 'consent' as const, id, at }))
  await addErasures(tx, erasures)
  for (const { id: consent, street, person, home, purpose } of ended) {
    await recordEnded(given, tx, purpose, 'withdrawal')
    await given.tell(tx, { name: 'privacy.consent-ended', street, consent, purpose, person, home })
  }
}

/** At each start: words that this program asks with for the first time count from now. */
export async function noteWords(given: Given): Promise<void> {
  const words = consentPurposes.map((purpose) => ({ purpose, version: textVersions[purpose] }))
  await given.db.asOwner((tx) => store.noteWords(tx, words, given.clock.now()))
}
