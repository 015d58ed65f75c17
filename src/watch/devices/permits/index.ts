/**
 * permits: what may stand somewhere only while the street has switched on the rule that needs it,
 * with a written note of its impact. Whoever keeps the rules answers; the registry only asks.
 */
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { DevicePurpose } from '../types.ts'

/** Whether a rule of this purpose is in force in the street now. */
export type MayAdd = (tx: Tx, street: StreetCode, purpose: DevicePurpose) => Promise<boolean>

/** Sums of homes help nobody by themselves: without the rule there is no purpose to count for. */
const byRuleAlone = new Set<DevicePurpose>(['crowding-check'])

/** The answer of whoever has no rules to ask. */
export const neverAdd: MayAdd = async () => false

export async function notPermitted(
  tx: Tx,
  mayAdd: MayAdd,
  street: StreetCode,
  purpose: DevicePurpose,
): Promise<Fault | undefined> {
  if (!byRuleAlone.has(purpose) || (await mayAdd(tx, street, purpose))) return undefined
  return fault('rule-off', 'purpose')
}
