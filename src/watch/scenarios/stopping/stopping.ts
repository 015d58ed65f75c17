import type { StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { SensitivePurpose } from '../../../ground/privacy/index.ts'
import { withdraw } from '../../../desks/tasks/index.ts'
import { dropAllFound } from '../found/index.ts'
import { versions } from '../workshop/index.ts'

/**
 * The street has switched a purpose off: whatever was found under it is gone, and nobody goes any
 * more. In the caller's transaction; the kernel hears of it after.
 */
export async function stopPurpose(
  { given }: { given: Given },
  tx: Tx,
  street: StreetCode,
  purpose: SensitivePurpose,
): Promise<void> {
  const ours = (await versions(tx, street)).filter(
    ({ definition }) => definition.consent === purpose || definition.purpose === purpose,
  )
  for (const rule of new Set(ours.map((one) => one.rule))) {
    for (const subject of await dropAllFound(tx, rule)) await withdraw(given, tx, rule, subject)
  }
}
