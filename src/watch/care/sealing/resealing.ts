import type { Given } from '../../../platform/given.ts'
import type { SealedPart } from '../../../platform/seal/index.ts'
import { openContact, openContacts, sealContact, sealContacts } from './contacts.ts'
import * as store from './store.ts'

const batchSize = 500

/** Before the doors open: contacts' telephones that an older version kept in clear are sealed. */
export async function sealWhatIsClear(given: Given): Promise<number> {
  let done = 0
  for (;;) {
    const sealed = await seal(given, 'clear', batchSize)
    if (sealed === 0) break
    done += sealed
  }
  if (done > 0) await store.rewriteTables(given.db)
  return done
}

export function sealedParts(given: () => Given): SealedPart[] {
  return [
    {
      name: 'care.contact',
      keys: (tx) => store.keysIn(tx),
      reseal: (most) => seal(given(), given().seal.older(), most),
    },
  ]
}

async function seal(given: Given, which: store.Which, most: number): Promise<number> {
  return given.db.asOwner(async (tx) => {
    const rows = await store.rowsWith(tx, which, most)
    for (const row of rows) await store.putKept(tx, row, sealedAnew(given, row))
    return rows.length
  })
}

function sealedAnew(given: Given, { at, person, kept }: store.Kept): unknown {
  return at === 'plan'
    ? sealContacts(given, person, openContacts(given, person, kept))
    : sealContact(given, person, openContact(given, person, kept))
}
