import type { Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import * as store from '../store.ts'

/** A gap may be so much longer than it was: the clock is then later, never earlier. */
const saveEveryMs = 5_000

/** Time in which nobody listened: it covers nothing, however short. */
export type Downtime = {
  /** Since when nobody listened before this start; null at the very first. */
  since: Instant | null
  until: Instant
  alive(now: Instant): Promise<void>
}

/**
 * A device that spoke while the program was down may have been heard by nobody, so that time is a
 * gap for every home: the silence clock stands still in it.
 */
export async function beginDowntime(given: Given): Promise<Downtime> {
  const until = given.clock.now()
  const since = await given.db.asOwner((tx) => store.listenedUntil(tx))
  let savedAt = -Infinity
  return {
    since: since === null ? null : Math.min(since, until),
    until,
    async alive(now) {
      if (Math.abs(now - savedAt) < saveEveryMs) return
      savedAt = now
      await given.db.asOwner((tx) => store.saveListened(tx, now))
    },
  }
}
