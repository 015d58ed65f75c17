import type { Given } from '../../../platform/given.ts'
import type { SealedPart } from '../../../platform/seal/index.ts'
import { cellOf } from './decide.ts'
import * as store from './store.ts'

/**
 * Reporters, with the keys that are theirs alone. Sealed anew in memory, as the same bytes: nobody
 * is read, so nobody looks. A row whose key is gone stays shut, and keeps no rotation waiting.
 */
export function sealedParts(given: () => Given): SealedPart[] {
  return [
    {
      name: 'privacy.reporter',
      // Without these keys the program starts all the same: only what is sealed stays shut.
      keys: async () => [],
      reseal: (most) => resealReporters(given(), most),
    },
  ]
}

async function resealReporters(
  { db, seal: { report } }: Pick<Given, 'db' | 'seal'>,
  most: number,
): Promise<number> {
  const older = report.older()
  if (older.length === 0) return 0
  return db.asOwner(async (tx) => {
    const held = await store.reportersHeld(tx, older, most)
    for (const { street, kind, matter, row, sealed, key } of held) {
      const cell = cellOf({ street, kind, id: matter }, row)
      const plain = report.open(cell, sealed, key)
      if (plain !== undefined) await store.putSealed(tx, row, report.close(cell, plain))
    }
    return held.length
  })
}
