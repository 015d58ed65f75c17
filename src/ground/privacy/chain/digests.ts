import { createHash } from 'node:crypto'

/** A link as it lies in the chain. `at` as the database says it, to the microsecond. */
export type Link = {
  number: number
  kind: 'look' | 'erasure'
  look: string | null
  at: string
  digest: Buffer
  head: Buffer
}

/** Every column of a look but its salt, as text, in the order of `contentOf` in the store. */
export type Content = readonly (string | null)[]

/** Before the first link. */
export const headZero = Buffer.alloc(32)

/**
 * SHA-256 of the salt and all of the look. Each value has its length before it and nothing is told
 * apart from an empty text, so that no two looks have one text.
 */
export function digestOfLook(salt: string, content: Content): Buffer {
  const text = content.map((value) =>
    value === null ? '-;' : `${Buffer.byteLength(value)}:${value};`,
  )
  return createHash('sha256')
    .update(Buffer.from(salt.replaceAll('-', ''), 'hex'))
    .update(text.join(''))
    .digest()
}

/** Which links an erasure struck: their numbers, sorted. */
export function digestOfStruck(numbers: readonly number[]): Buffer {
  return createHash('sha256')
    .update(`struck:${numbers.join(',')}`)
    .digest()
}

/** A head stands for its link and for every link before it. */
export function headAfter(previous: Buffer, link: Omit<Link, 'head'>): Buffer {
  const { number, kind, look, at, digest } = link
  return createHash('sha256')
    .update(previous)
    .update(`${number};${kind};${look ?? '-'};${at};`)
    .update(digest)
    .digest()
}
