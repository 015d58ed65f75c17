/**
 * What leaves an installation about its book: how long the chain is and what its newest link
 * stands for. Nothing in it leads to anybody. The texts that are signed stand here, word for word,
 * because two programs have to write the same ones.
 */

/** `head` and `installation` in hexadecimal letters, `at` as ISO 8601 in UTC. */
export type Head = { number: number; head: string; at: string }

/**
 * `restored`: the chain was set back to this number, because a backup was brought back; what was
 * said of later numbers before is void.
 */
export type ToldHead = Head & { restored: boolean }

/** What an installation sends to its witness. Keys and signatures are base64url. */
export type HeadNotice = ToldHead & { key: string; signature: string }

/** What the witness answers and keeps. `restoredAt`: the newest restore that it knows of. */
export type Receipt = ToldHead & {
  installation: string
  seenAt: string
  restoredAt: string | null
  witness: string
  signature: string
}

export const beginning = '0'.repeat(64)

/** What an installation signs. */
export function noticeText(installation: string, told: ToldHead): string {
  return ['lilong-head-1', installation, ...wordsOf(told)].join('\n')
}

/** What a witness signs. */
export function receiptText(receipt: Omit<Receipt, 'signature' | 'restoredAt'>): string {
  const { installation, seenAt, witness } = receipt
  return ['lilong-receipt-1', witness, installation, ...wordsOf(receipt), seenAt].join('\n')
}

function wordsOf({ number, head, at, restored }: ToldHead): string[] {
  return [String(number), head, at, restored ? 'restored' : 'linked']
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** What somebody sent or a file holds, if it is one. */
export function toldHeadFrom(value: unknown): ToldHead | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { number, head, at, restored } = value as Record<string, unknown>
  const isSound =
    isCount(number) &&
    typeof head === 'string' &&
    /^[0-9a-f]{64}$/.test(head) &&
    typeof at === 'string' &&
    moment.test(at) &&
    !Number.isNaN(Date.parse(at)) &&
    typeof restored === 'boolean'
  return isSound ? { number, head, at, restored } : undefined
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/**
 * Those that still hold: what stands before a restore and is beyond it was set aside by it. Of
 * a restore itself its number holds.
 */
export function stillHolding<T extends ToldHead>(lines: readonly T[]): T[] {
  const holding: T[] = []
  let max = Infinity
  for (const line of lines.toReversed()) {
    if (line.number <= max) holding.push(line)
    if (line.restored) max = Math.min(max, line.number)
  }
  return holding.reverse()
}
