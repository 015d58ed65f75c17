import { begin, type Source } from '../intake/index.ts'
import * as store from '../store.ts'
import type { Sensing } from './open.ts'

/** Remembers that a credential was seen in two places, until it is renewed. */
export async function copied(sensing: Sensing, source: Source): Promise<void> {
  const { given } = sensing
  const now = given.clock.now()
  if (source.kind === 'device') {
    begin(source.known, 'copied', now)
    const { street, device } = source.known.device
    return given.db.asOwner((tx) => store.saveCondition(tx, street, device, 'copied', now))
  }
  const { gateway } = source
  if (gateway.copiedAt !== null) return
  gateway.copiedAt = now
  const { street, gateway: id } = gateway.gateway
  await given.db.asOwner((tx) => store.saveCondition(tx, street, id, 'copied', now))
}
