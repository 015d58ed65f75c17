import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { consentPurposes, endConsent } from '../consents/index.ts'
import { recordDeletion } from '../deletions/index.ts'
import { addErasures } from '../store.ts'
import { aboutOf, holdsOf } from './reading.ts'
import type { About, Keeper } from './types.ts'

type Keepers = { keepers: readonly Keeper[] }
const whatGoes = 'all that was kept of one person'

/**
 * All that no term holds: agreements end and take along what they fed, then each room forgets, the
 * upper ones first. That it was done stays on record, so that no restored backup brings it back.
 */
export async function forgetAll(given: Given, tx: Tx, about: About, keepers: Keepers) {
  const { person, street } = about
  await goneOf(given, tx, about, keepers)
  await addErasures(tx, [{ street, kind: 'person', id: person, at: given.clock.now() }])
  const deletion = { purpose: 'register', what: whatGoes, rows: 1 } as const
  await recordDeletion(given, tx, { ...deletion, because: 'own-request' })
  await given.tell(tx, { name: 'privacy.person-erased', street, person })
}

async function goneOf(given: Given, tx: Tx, about: About, { keepers }: Keepers): Promise<number> {
  let gone = 0
  for (const purpose of consentPurposes) {
    if (await endConsent(given, tx, about.person, purpose)) gone++
  }
  for (const { forget } of keepers.toReversed()) gone += (await forget?.(given, tx, about)) ?? 0
  return gone
}

/** Somebody whom a backup brought back. Answers whether anything of them had come. */
export async function forgetAgain(
  given: Given,
  tx: Tx,
  whom: { person: PersonId; street: StreetCode; at: Instant },
  keepers: Keepers,
): Promise<boolean> {
  const gone = await goneOf(given, tx, await aboutOf(tx, whom), keepers)
  if (gone === 0) return false
  const deletion = { purpose: 'register', what: whatGoes, rows: 1 } as const
  await recordDeletion(given, tx, { ...deletion, because: 'restore' })
  return true
}

/** Whoever left long ago and is held by nothing is forgotten without asking. Answers how many. */
export async function forgetWhoLeft(
  given: Given,
  left: readonly { person: PersonId; street: StreetCode }[],
  keepers: Keepers,
): Promise<number> {
  const now = given.clock.now()
  const one = async (tx: Tx, whom: (typeof left)[number]): Promise<number> => {
    const about = await aboutOf(tx, whom)
    if ((await holdsOf(tx, about, keepers, now)).length > 0) return 0
    await goneOf(given, tx, about, keepers)
    const { street, person } = whom
    await addErasures(tx, [{ street, kind: 'person', id: person, at: now }])
    await given.tell(tx, { name: 'privacy.person-erased', street, person })
    return 1
  }
  let gone = 0
  for (const whom of left) gone += await given.db.asOwner((tx) => one(tx, whom))
  return gone
}
