import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from '../kernel/clock.ts'

/**
 * Version 7 UUIDs (RFC 9562 §5.7) by the injected clock: rows of one hour lie beside each other.
 */
export function idsBy(clock: Clock): <Kind extends string>() => Kind {
  return <Kind extends string>() => v7({ msecs: clock.now(), random: randomBytes(16) }) as Kind
}

/** A secret of 256 bits, as 43 characters that are safe in a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
