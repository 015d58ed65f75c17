import type { Clock, Instant } from '../kernel/clock.ts'

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that can be moved forward and can run faster, for the demo town and for tests. */
export type MovableClock = Clock & {
  readonly speed: number
  /** Jumps to a later moment, or changes speed; never goes back. */
  set(to: { at?: Instant | undefined; speed?: number | undefined }): void
}

/** Starts `aheadMs` ahead of `real` (0 or more) and runs at its speed. */
export function movableClock(real: Clock, aheadMs: number, firstSpeed = 1): MovableClock {
  let anchor = real.now()
  let base = anchor + aheadMs
  let speed = firstSpeed
  const now = () => Math.round(base + (real.now() - anchor) * speed)
  return {
    now,
    get speed() {
      return speed
    },
    set(to) {
      base = Math.max(now(), to.at ?? 0)
      anchor = real.now()
      speed = to.speed ?? speed
    },
  }
}
