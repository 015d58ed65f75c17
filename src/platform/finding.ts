/**
 * How often one post finds people of the register. A request on record says why, and the book who
 * was seen; neither stops a hand, or a program in its name, that goes through all names in a night.
 */
import type { Asker } from '../kernel/asker.ts'
import { dayMs, minuteMs, type Clock, type Instant } from '../kernel/clock.ts'
import { mustWait, type Fault } from '../kernel/fault.ts'

export type FindsMax = { minute: number; day: number }

/**
 * One a second is more than anybody types and reads; a full day at a busy window, with somebody new
 * each minute, is 480.
 */
export const findsMaxUsual: FindsMax = { minute: 60, day: 500 }

export type Finding = (asker: Asker) => Fault | undefined

/** Counted a post, in this program: a start forgets it. */
export function openFinding(clock: Clock, most: FindsMax): Finding {
  const counted = new Map<string, Instant[]>()
  return (asker) => {
    if (asker.kind !== 'person' || !asker.post) return undefined
    const now = clock.now()
    const { id } = asker.post
    const found = (counted.get(id) ?? []).filter((at) => now - at < dayMs).slice(-most.day)
    const waitMs = Math.max(
      waitOf(found, most.minute, minuteMs, now),
      waitOf(found, most.day, dayMs, now),
    )
    if (waitMs === 0) found.push(now)
    counted.set(id, found)
    return waitMs === 0 ? undefined : { ...mustWait(waitMs), fault: 'too-many-found' }
  }
}

function waitOf(found: readonly Instant[], most: number, inMs: number, now: Instant): number {
  const first = found.at(-most)
  return first === undefined || found.length < most ? 0 : Math.max(0, first + inMs - now)
}
