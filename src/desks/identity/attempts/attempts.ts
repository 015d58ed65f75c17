import { mustWait, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { countedMost, rememberedMs, waitOf, type Kind } from './decide.ts'
import * as store from './store.ts'

/** `before`: what the same was counted under, with a key that a rotation is about to drop. */
export type Tried = { kind: Kind; key: string; before?: readonly string[] }

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
    .map(({ kind, key, before = [] }) => {
      const all = (one: string) => given.seal.finds('attempt', `${kind} ${one}`)
      // While keys are rotated it was counted with older ones, too.
      const keys = [key, ...before].flatMap(all)
      return { kind, key: given.seal.find('attempt', `${kind} ${key}`), keys }
    })
    .toSorted((a, b) => Buffer.compare(a.key, b.key))
  let waitMs = 0
  for (const { kind, key, keys } of counted) {
    await store.lock(tx, key)
    const before = await store.triesOf(tx, { kind, keys }, now - rememberedMs, countedMost(kind))
    waitMs = Math.max(waitMs, waitOf(kind, before, now))
  }
  if (waitMs > 0) return mustWait(waitMs)
  await store.addTries(tx, counted, now)
  return undefined
}
