import type { Consented } from '../../../ground/privacy/index.ts'
import type { Instant } from '../../../kernel/clock.ts'

/** A stretch of time that no working sensor covered, [from, to]. */
export type Gap = { from: Instant; to: Instant }

/**
 * A plan that may be judged. Without a consent for agreed care there is no such value, so a person
 * who has not agreed cannot be judged: the type is the gate. The kernel does not keep the proof.
 *
 * `silentMs`: covered silence from which the plan is silent. `since`: last sign of life, or the
 * time of arming. `gaps` and `raised`: as saved before a restart.
 */
export type AgreedPlan = {
  plan: string
  consent: Consented<'agreed-care'>
  silentMs: number
  since: Instant
  awayUntil: Instant | null
  sensors: readonly string[]
  gaps?: readonly Gap[]
  raised?: boolean
}

/** Which loss was told of a sensor and not yet taken back: its own, or that of its gateway. */
export type Loss = 'device' | 'gateway'

/**
 * `limitMs`: without any message for longer, the sensor is lost. `since`: registration.
 * `lost`: as saved before a restart.
 */
export type WatchedSensor = {
  sensor: string
  limitMs: number
  gateway: string | null
  since: Instant
  heardAt: Instant | null
  lost?: Loss | null
}

export type Judgement =
  | { kind: 'seen'; at: Instant; silentMs: number }
  | { kind: 'silent'; since: Instant; silentMs: number; gapMs: number; gaps: Gap[] }
  | { kind: 'away'; until: Instant }
  /** `since` is the earliest start of the open gaps; null where some sensor never reported. */
  | { kind: 'unknown'; since: Instant | null; lost: string[] }

/** `at` is the instant of the tick that found it. */
export type KernelFinding =
  | {
      kind: 'silent'
      plan: string
      since: Instant
      silentMs: number
      gapMs: number
      gaps: Gap[]
      at: Instant
    }
  | { kind: 'device-lost'; sensor: string; heardAt: Instant | null; at: Instant }
  /** `heardAt`: the newest message of any of its sensors, or the newest registration. */
  | { kind: 'gateway-lost'; gateway: string; sensors: string[]; heardAt: Instant; at: Instant }
  | { kind: 'device-back'; sensor: string; at: Instant }
  | { kind: 'gateway-back'; gateway: string; at: Instant }

/** What to save of a plan, and to give back to `arm` after a restart. */
export type PlanState = { plan: string; since: Instant; gaps: Gap[]; raised: boolean }

/** What to save of a sensor, and to give back to `watch` after a restart. */
export type SensorState = { sensor: string; heardAt: Instant | null; lost: Loss | null }

/** The only judge of silence. All instants are given; it reads no clock and keeps no history. */
export type Kernel = {
  /**
   * Register a sensor. One already watched gets the new limit and gateway and keeps its times.
   * After a restart, watch first and arm later: what a plan's sensor did before it was watched
   * counts as uncovered.
   * @throws RangeError where limitMs is not a positive number
   */
  watch(sensor: WatchedSensor): void
  /** A plan that names the sensor is unknown until it is watched again or the plan armed anew. */
  unwatch(sensor: string): boolean
  /**
   * Judge a plan from now on. Arming an armed plan replaces it, but its clock does not go back: a
   * later last sign of life stays, and what was not covered stays uncovered (known gaps, and those
   * of lost sensors that leave, up to the last tick).
   * A plan without sensors is never silent: unknown.
   * @throws RangeError where silentMs is not a positive number, a sensor serves another plan, or
   * more than 65,536 different limits are in use
   */
  arm(plan: AgreedPlan): void
  /** Forget the plan. Nothing of it stays in memory and nothing is ever found for it. */
  disarm(plan: string): boolean
  /**
   * Any message of a sensor, a heartbeat too. False: no such sensor. An `at` later than
   * `arrivedAt` becomes `arrivedAt`; one that is not newer than the last changes nothing.
   * A late message inside a gap that a newer one has closed leaves the gap as it is: this only
   * makes the clock later, never earlier.
   */
  heard(sensor: string, at: Instant, arrivedAt: Instant): boolean
  /** `heard`, and the plan that this sensor serves was alive at `at`. */
  signOfLife(sensor: string, at: Instant, arrivedAt: Instant): boolean
  /** null, or a time not after `now`, ends it: the clock starts anew at its end. */
  setAway(plan: string, until: Instant | null, now: Instant): boolean
  /** A human looked: the clock starts anew at `at`, and silence may be raised again. */
  restart(plan: string, at: Instant): boolean
  /** undefined: no such plan. */
  judge(plan: string, now: Instant): Judgement | undefined
  /**
   * All that fell due up to `now`, judged by what is so at `now`; in order of due time, then id.
   * A jump finds what minute ticks would have found, as long as the sensors are alive at its end:
   * those that are not make their plan unknown. A `now` before the last tick finds nothing.
   */
  tick(now: Instant): KernelFinding[]
  /** Plans whose since, gaps or raised changed since the last call. */
  changedSince(): PlanState[]
  /** Sensors whose heardAt or told loss changed since the last call. */
  changedSensors(): SensorState[]
  /** Bytes of typed arrays for one plan slot; the wheel's own 16 KB and the names are not in it. */
  bytesPerPlan(): number
}
