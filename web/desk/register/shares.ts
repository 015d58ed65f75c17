/** Shares of a home as people write them, added exactly: fractions of whole numbers. */

export type Fraction = { part: number; whole: number }

const partsMax = 10_000

/** `1` to `10000`; undefined: no such number. */
export function partIn(written: string): number | undefined {
  const plain = written.normalize('NFKC').trim()
  const number = /^[0-9]{1,5}$/.test(plain) ? Number(plain) : 0
  return number >= 1 && number <= partsMax ? number : undefined
}

/** What is missing to the whole, in lowest terms; with `isMore` what is too much. */
export function leftOf(shares: readonly Fraction[]): { isMore: boolean; left: string } | 'whole' {
  let [part, whole] = [0n, 1n]
  for (const one of shares) {
    part = part * BigInt(one.whole) + BigInt(one.part) * whole
    whole *= BigInt(one.whole)
  }
  if (part === whole) return 'whole'
  const left = part > whole ? part - whole : whole - part
  const by = common(left, whole)
  return { isMore: part > whole, left: `${left / by}/${whole / by}` }
}

function common(a: bigint, b: bigint): bigint {
  return b === 0n ? a : common(b, a % b)
}
