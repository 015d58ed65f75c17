import { hourMs, minuteMs } from '../../../../kernel/clock.ts'
import type { Instant } from '../../../../kernel/clock.ts'
import { createKernel } from '../index.ts'
import type { AgreedPlan, Kernel, KernelFinding, WatchedSensor } from '../index.ts'

export const start: Instant = Date.UTC(2025, 2, 3, 8)

/** `start` plus hours, minutes, seconds and milliseconds. */
export function at(hours: number, min = 0, seconds = 0, ms = 0): Instant {
  return start + hours * hourMs + min * minuteMs + seconds * 1_000 + ms
}

/** The only consent made by a test: elsewhere one comes from the person who gave it. */
export const consent = {
  consent: 'consent-1',
  person: 'person-1',
} as unknown as AgreedPlan['consent']

export function sensorOf(change: Partial<WatchedSensor> = {}): WatchedSensor {
  return {
    sensor: 'door',
    limitMs: 2 * hourMs,
    gateway: null,
    since: start,
    heardAt: start,
    ...change,
  }
}

export function planOf(change: Partial<AgreedPlan> = {}): AgreedPlan {
  return {
    plan: 'home',
    consent,
    silentMs: 48 * hourMs,
    since: start,
    awayUntil: null,
    sensors: ['door'],
    ...change,
  }
}

/** One home with one door sensor, seen alive at `start`. */
export function oneHome(plan: Partial<AgreedPlan> = {}, sensor: Partial<WatchedSensor> = {}) {
  const kernel = createKernel(start)
  kernel.watch(sensorOf(sensor))
  kernel.arm(planOf(plan))
  return kernel
}

/** A heartbeat of each sensor every half hour in [from, to]. */
export function beat(kernel: Kernel, from: Instant, to: Instant, sensors = ['door']): void {
  for (let now = from; now <= to; now += 30 * minuteMs) {
    for (const sensor of sensors) kernel.heard(sensor, now, now)
  }
}

/** A tick each minute in [from, to], and before it the heartbeats of every tenth minute. */
export function minutes(
  kernel: Kernel,
  from: Instant,
  to: Instant,
  sensors: readonly string[] = ['door'],
): KernelFinding[] {
  const found: KernelFinding[] = []
  for (let now = from; now <= to; now += minuteMs) {
    if ((now - from) % (10 * minuteMs) === 0) {
      for (const sensor of sensors) kernel.heard(sensor, now, now)
    }
    found.push(...kernel.tick(now))
  }
  return found
}
