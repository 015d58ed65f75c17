import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * SHA-256 of a random 256-bit secret. Enough for such secrets; passwords people choose do not exist
 * here.
 */
export function digest(secret: string | Buffer): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}
