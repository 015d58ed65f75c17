import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import { isSensitive, type SensitivePurpose } from '../types.ts'
import { leastCounted, type Impact, type Turn } from './types.ts'

type Asked = { purpose: Purpose; isOn: boolean; impact: string | null }

/**
 * Whether a switch may be turned. On: only with the newest assessment on file, named by whoever
 * switches, and not with one that an upgrade carried over. Off: always.
 */
export function decideSwitch(
  { purpose, isOn, impact }: Asked,
  known: { newest: Impact | undefined; last: Turn | undefined },
): { purpose: SensitivePurpose; turn: number; impact: string | null } | Fault {
  if (!isSensitive(purpose)) return fault('bad-input', 'purpose')
  if ((known.last?.isOn ?? false) === isOn) return fault('already-so', 'isOn')
  const turn = (known.last?.turn ?? 0) + 1
  if (!isOn) return { purpose, turn, impact: null }
  if (!known.newest || known.newest.isCarriedOver) return fault('impact-missing', 'impact')
  if (impact !== known.newest.impact) return fault('moved-on', 'impact')
  return { purpose, turn, impact }
}

/** Null: fewer than `leastCounted`, and none. */
export function countTold(count: number): number | null {
  return count < leastCounted ? null : count
}
