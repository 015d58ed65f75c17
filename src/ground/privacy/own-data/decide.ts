import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { answeredDays, parts, type Askable, type Hold } from './types.ts'

/** What becomes of a wish to be erased, before anybody has to be asked. */
export type Verdict =
  /** An agreement ends, and all that it fed goes with it. */
  | { is: 'agreements-end' }
  /** What the person can end by a word. */
  | { is: 'ends' }
  /** Nothing holds it: all of it goes now. */
  | { is: 'all-goes' }
  /** Not yet: what still goes on or a term keeps it; no holds: its own term alone. */
  | { is: 'kept'; holds: readonly Hold[] }
  /** Nothing still goes on; somebody looks whether it may go by itself. */
  | { is: 'judged' }

export function judgeErasure(part: Askable, holds: readonly Hold[]): Verdict {
  if (part === 'everything') return holds.length > 0 ? { is: 'kept', holds } : { is: 'all-goes' }
  const { ends } = parts[part]
  switch (ends) {
    case 'consent':
      return { is: 'agreements-end' }
    case 'own-act': {
      const held = part === 'account' ? holds.filter(isInOffice) : []
      return held.length > 0 ? { is: 'kept', holds: held } : { is: 'ends' }
    }
    case 'at-term':
      return { is: 'kept', holds: [] }
    case 'with-all':
      return holds.length > 0 ? { is: 'kept', holds } : { is: 'judged' }
    default:
      return ends satisfies never
  }
}

/** Nobody closes the account that they work with; a post that has ended holds it no more. */
function isInOffice({ why, until }: Hold): boolean {
  return why === 'post' && until === null
}

/** A request is to be answered by then. */
export function dueAt(at: Instant): Instant {
  return at + answeredDays * dayMs
}

/** Late from the first moment after its last. */
export function isLate(due: Instant, now: Instant): boolean {
  return now > due
}
