import type { Book, WrittenLook } from '../../kernel/book.ts'
import { type Instant } from '../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import * as store from './store.ts'
import { endConsentAgain } from './consents/index.ts'
import { recordDeletion, recordEnded } from './deletions/index.ts'
import { appendErasures, readErasures } from './erasures/index.ts'
import { closeAgain, forgetAgain, type Keeper } from './own-data/index.ts'
import { tellWhomItIsAbout } from './reading/index.ts'
import { together } from './writing/index.ts'
import type { Erasure, Keeps } from './types.ts'

/** Looks of calls that come at the same time go into the book by one commit. */
export function bookOf(given: Pick<Given, 'db' | 'newId'>): Book {
  return together((street, looks) =>
    given.db.inStreet({ street }, (tx) => writeLooks(given, tx, looks)),
  )
}

/** For a look that belongs into a transaction already open: a rule that judges, a push. */
export async function writeLooks(
  given: Pick<Given, 'newId'>,
  tx: Tx,
  looks: readonly WrittenLook[],
): Promise<void> {
  if (looks.length === 0) return
  tellWhomItIsAbout(tx, looks)
  await store.addLooks(
    tx,
    looks.map((look) => ({ ...look, id: given.newId() })),
  )
}

/**
 * Runs each room's term once; what went leaves a record without content. A room that fails does
 * not keep the others from letting go.
 */
export async function letGo(given: Given, keeps: readonly Keeps[]): Promise<number> {
  const now = given.clock.now()
  let gone = 0
  for (const { purpose, what, expire, ends } of keeps) {
    const rows = await expire(now).catch(() => -1)
    if (rows < 0) {
      given.log.say('privacy.expire-failed', { what })
      continue
    }
    gone += rows
    if (rows === 0 || ends) continue
    const deletion = { purpose, what, rows, because: 'term' } as const
    await given.db.asOwner((tx) => recordDeletion(given, tx, deletion))
  }
  return gone
}

/**
 * After a restore: what was erased since the backup is erased again. Each consent that came back
 * ends, at its own moment, and every room that fed on it hears so; each person is forgotten by
 * every room, each account closes again. Answers how many had come back.
 */
export async function eraseAgain(
  given: Given,
  erasures: readonly Erasure[],
  keepers: readonly Keeper[],
): Promise<number> {
  return given.db.asOwner(async (tx) => {
    let back = 0
    for (const erasure of erasures) {
      if (await endAgain(given, tx, erasure, keepers)) back++
    }
    await store.addErasures(tx, erasures)
    return back
  })
}

async function endAgain(
  given: Given,
  tx: Tx,
  erasure: Erasure,
  keepers: readonly Keeper[],
): Promise<boolean> {
  switch (erasure.kind) {
    case 'consent': {
      const ended = await endConsentAgain(tx, erasure)
      if (!ended) return false
      const { id: consent, street, person, home, purpose } = ended
      await recordEnded(given, tx, purpose, 'restore')
      const name = 'privacy.consent-ended'
      await given.tell(tx, { name, street, consent, purpose, person, home })
      return true
    }
    case 'person': {
      const { street, id, at } = erasure
      return forgetAgain(given, tx, { person: id as PersonId, street, at }, { keepers })
    }
    case 'account':
      return closeAgain(given, tx, erasure, { keepers })
    default:
      return erasure.kind satisfies never
  }
}

/** At each start: the file learns what the database knows and a crash kept from it. */
export async function keepErasures(given: Given, path: string): Promise<void> {
  const there = new Set((await readErasures(path)).map(({ id }) => id))
  const kept = await given.db.asOwner((tx) => store.erasuresKept(tx))
  await appendErasures(
    path,
    kept.filter(({ id }) => !there.has(id)),
  )
}

/** After each erasure: the line that outlives the database. */
export async function keepErasure(given: Given, path: string, id: string): Promise<void> {
  await appendErasures(path, await given.db.asOwner((tx) => store.erasuresKept(tx, id)))
}

/**
 * Writes that a backup took everybody's data: a line for each street, before the file has its
 * name. False where the database is older than this record.
 */
export async function backupTaken(
  given: Pick<Given, 'db' | 'newId'>,
  taken: { streets: readonly StreetCode[]; at: Instant; rows: number },
): Promise<boolean> {
  return given.db.asOwner((tx) => store.addBackupTaken(tx, { ...taken, newId: given.newId }))
}
