import type { StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import { isSwitchedOn } from '../../../ground/privacy/index.ts'
import type { Version } from './types.ts'

/**
 * Where people agree, each agreement is the gate of a rule; one about homes that nobody agrees to
 * stands on the street's switch of its purpose alone.
 */
export async function mayJudge(
  tx: Tx,
  street: StreetCode,
  { definition: { consent, purpose } }: Pick<Version, 'definition'>,
): Promise<boolean> {
  return consent !== null || (await isSwitchedOn(tx, street, purpose))
}

export async function thoseAllowed(
  tx: Tx,
  street: StreetCode,
  judged: readonly Version[],
): Promise<Version[]> {
  const found: Version[] = []
  for (const one of judged) if (await mayJudge(tx, street, one)) found.push(one)
  return found
}
