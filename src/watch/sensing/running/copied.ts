import { begin, type Source } from '../intake/index.ts'
import * as store from '../store.ts'
import type { Sensing } from './open.ts'

/**
 * Remembers that a credential was seen in two places, until it is renewed. A device's is saved with
 * the message that it came with.
 */
export async function copied({ given }: Sensing, source: Source): Promise<void> {
  const now = given.clock.now()
  if (source.kind === 'device') return begin(source.known, 'copied', now)
  const { gateway } = source
  if (gateway.copiedAt !== null) return
  gateway.copiedAt = now
  const { street, gateway: id } = gateway.gateway
  await given.db.asOwner((tx) => store.saveCondition(tx, street, id, 'copied', now))
}
