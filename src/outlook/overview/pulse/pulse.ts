import { minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Sensing } from '../../../watch/sensing/index.ts'
import { addMinutes, deleteMinutes, type Heard } from '../store.ts'

/** The running counter: what was heard is counted as it is committed, and saved now and then. */
export type Pulse = {
  /** What is counted and not saved yet, so that the newest minute is on the page. */
  waiting(street: StreetCode): { at: Instant; heard: number }[]
  save(): Promise<void>
  /** Minute by minute from `from` on, in place of what was counted there. */
  replace(street: StreetCode, from: Instant, heard: readonly number[]): Promise<void>
}

const minutesMax = 10_000

/** Counts readings, not heartbeats: a street where nothing happens has a quiet pulse. */
export function openPulse(given: Given, sensing: Sensing): Pulse {
  let counted = new Map<string, Heard>()
  sensing.afterCommit((taken) => {
    for (const { street, facts, arrivedAt } of taken) {
      if (facts.length === 0) continue
      const at = arrivedAt - (arrivedAt % minuteMs)
      const key = `${street} ${at}`
      const heard = counted.get(key)
      if (heard) heard.heard++
      else if (counted.size < minutesMax) {
        counted.set(key, { street: street as StreetCode, at, heard: 1 })
      }
    }
  })
  const save = async () => {
    const leaving = counted
    counted = new Map()
    try {
      await given.db.asOwner((tx) => addMinutes(tx, [...leaving.values()]))
    } catch (error) {
      for (const [key, one] of leaving) {
        const since = counted.get(key)
        counted.set(key, since ? { ...one, heard: one.heard + since.heard } : one)
      }
      throw error
    }
  }
  return {
    save,
    waiting: (street) =>
      [...counted.values()]
        .filter((one) => one.street === street)
        .map(({ at, heard }) => ({ at, heard })),
    async replace(street, from, heard) {
      await save()
      await given.db.asOwner(async (tx) => {
        await deleteMinutes(tx, street, from, from + heard.length * minuteMs)
        const minutes = heard.map((count, nth) => ({
          ...{ street, at: from + nth * minuteMs, heard: count },
        }))
        await addMinutes(tx, minutes)
      })
    },
  }
}
