import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { recordDeletion } from '../deletions/index.ts'
import { addErasures } from '../store.ts'
import type { Erasure } from '../types.ts'
import { aboutOf } from './reading.ts'
import { parts, type About, type Keeper, type PartKey } from './types.ts'

type Keepers = { keepers: readonly Keeper[] }
type Because = 'own-request' | 'restore'

/** A part that ends by a word of the person alone, in every room that has something of it. */
export async function endPart(
  given: Given,
  tx: Tx,
  { about, part, because = 'own-request' }: { about: About; part: PartKey; because?: Because },
  { keepers }: Keepers,
): Promise<void> {
  const { purpose } = parts[part]
  for (const { ends } of keepers) {
    const rows = (await ends?.[part]?.(given, tx, about)) ?? 0
    await recordDeletion(given, tx, { purpose, what: part, because, rows })
  }
}

/**
 * Nobody signs in as them any more; they stay in the register. That it was done stays on record, so
 * that no restored backup opens it again.
 */
export async function closeAccount(given: Given, tx: Tx, about: About, known: Keepers) {
  const { person, street } = about
  const ids: string[] = []
  for (const { account } of known.keepers) ids.push(...((await account?.ids(tx, about)) ?? []))
  await endPart(given, tx, { about, part: 'account' }, known)
  if (ids.length === 0) return
  const at = given.clock.now()
  await addErasures(
    tx,
    ids.map((id) => ({ street, kind: 'account' as const, id, at })),
  )
  await given.tell(tx, { name: 'privacy.account-closed', street, person, ids })
}

/** An account that a backup brought back. Answers whether anything of it had come. */
export async function closeAgain(
  given: Given,
  tx: Tx,
  { id, at }: Pick<Erasure, 'id' | 'at'>,
  known: Keepers,
): Promise<boolean> {
  let gone = 0
  for (const { account } of known.keepers) {
    const closed = await account?.closeAgain(tx, id, at)
    if (!closed) continue
    gone += closed.rows
    for (const whom of closed.people) {
      const about = await aboutOf(tx, whom)
      await endPart(given, tx, { about, part: 'account', because: 'restore' }, known)
    }
  }
  const { purpose } = parts.account
  await recordDeletion(given, tx, { purpose, what: 'account', because: 'restore', rows: gone })
  return gone > 0
}
