import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Agreement } from '../kernel/street-types.ts'

type Proof = Agreement['consent']

/**
 * An agreement that no row proves, and so never leaves this folder except for homes that do not
 * exist (`inventStreet`) and for a file whose owner says that those in it agreed (`replay`). Such
 * a kernel is fed a file or invented days, never a street's readings.
 */
export function onOwnWord(
  home: HomeCode,
  purpose: Proof['purpose'],
  street: StreetCode,
  since: Instant,
): Agreement {
  const proof = {
    purpose,
    consent: `own-word ${purpose} ${home}` as ConsentId,
    person: 'nobody' as PersonId,
    home,
    street,
    givenAt: since,
    until: Number.MAX_SAFE_INTEGER,
  }
  return { home, street, consent: proof as unknown as Proof, since, awayUntil: null }
}
