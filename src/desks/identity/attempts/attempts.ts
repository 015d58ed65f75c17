import { isIPv6 } from 'node:net'
import { mustWait, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { countedMost, rememberedMs, waitOf, type Kind } from './decide.ts'
import * as store from './store.ts'

export type Tried = { kind: Kind; key: string }

/**
 * Counts one try under each of these, or none where one is over its limit: then the answer says how
 * long to wait. What was refused is not counted. Two at the same moment are counted one after the
 * other.
 */
export async function mayTry(
  given: Pick<Given, 'db' | 'clock' | 'seal'>,
  tried: readonly Tried[],
): Promise<Fault | undefined> {
  return given.db.inStreet({ street: '' }, (tx) => mayTryIn(given, tx, tried))
}

/** The same within a transaction, which must not fail after it: a refusal is a value. */
export async function mayTryIn(
  given: Pick<Given, 'clock' | 'seal'>,
  tx: Tx,
  tried: readonly Tried[],
): Promise<Fault | undefined> {
  const now = given.clock.now()
  const counted = tried
    .map(({ kind, key }) => ({ kind, key: given.seal.find('attempt', `${kind} ${key}`) }))
    .toSorted((a, b) => Buffer.compare(a.key, b.key))
  let waitMs = 0
  for (const { kind, key } of counted) {
    await store.lock(tx, key)
    const before = await store.triesOf(tx, { kind, key }, now - rememberedMs, countedMost(kind))
    waitMs = Math.max(waitMs, waitOf(kind, before, now))
  }
  if (waitMs > 0) return mustWait(waitMs)
  await store.addTries(tx, counted, now)
  return undefined
}

/** Whoever has one address of IPv6 has 2^64 of them: they count as one. */
export function networkOf(address: string): string {
  const inside = address.replace(/^::ffff:(?=[0-9.]+$)/i, '')
  if (!isIPv6(inside)) return inside
  const [left = '', right] = inside.toLowerCase().split('%')[0]?.split('::') ?? []
  const head = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const zeros =
    right === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...zeros, ...tail].slice(0, 4).join(':')
}
