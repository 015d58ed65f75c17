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

/**
 * `seen`: `silentMs` may have passed the plan's limit; it is silence only when every sensor has
 * spoken at or after the due moment.
 */
export type Judgement =
  | { kind: 'seen'; at: Instant; silentMs: number }
  | { kind: 'silent'; since: Instant; silentMs: number; gapMs: number; gaps: Gap[] }
  | { kind: 'away'; until: Instant }
  /** `since` is the earliest start of the open gaps; null where some sensor never reported. */
  | { kind: 'unknown'; since: Instant | null; lost: string[] }

/**
 * `at`: when it became so, by the times of the messages and not of the tick that found it. Of
 * `silent` the due moment, at which covered silence reached the plan's limit, so `silentMs` is that
 * limit; of a loss the end of the limit; of a return the first message that shows it.
 */
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

/** A sensor and a plan without names: findings call them by their ids, `#12`. */
export type NamelessSensor = Omit<WatchedSensor, 'sensor'>
export type NamelessPlan = Pick<AgreedPlan, 'consent' | 'silentMs' | 'since'> & {
  sensors: readonly number[]
}

/**
 * Messages column by column; of the columns, the first `count` rows. `sensor`: dense ids. Of an
 * `isSignOfLife` of 1, `signOfLife`; else `heard`.
 */
export type Batch = {
  sensor: Int32Array
  at: Float64Array
  arrivedAt: Float64Array
  isSignOfLife: Uint8Array
  count: number
}

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
   * @throws RangeError where limitMs is not a positive number, or more than 65,536 different
   * limits are in use
   */
  watch(sensor: WatchedSensor): void
  /** A plan that names the sensor is unknown until it is watched again or the plan armed anew. */
  unwatch(sensor: string): boolean
  /**
   * Judge a plan from now on. Arming an armed plan replaces it, but its clock does not go back: a
   * later last sign of life stays, and what was not covered stays uncovered (known gaps, and those
   * of lost sensors that leave, up to the last tick). A sensor may serve several plans.
   * A plan without sensors is never silent: unknown.
   * @throws RangeError where silentMs is not a positive number, or more than 65,536 different
   * limits are in use
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
  /** `heard`, and the person of each plan that this sensor serves was alive at `at`. */
  signOfLife(sensor: string, at: Instant, arrivedAt: Instant): boolean
  /**
   * The dense id of a sensor, for the doors below; -1: no such sensor. It is that sensor's until it
   * is unwatched and no plan names it.
   */
  sensorId(sensor: string): number
  /** `heard` and `signOfLife` without looking up a name. */
  heardId(id: number, at: Instant, arrivedAt: Instant): boolean
  signOfLifeId(id: number, at: Instant, arrivedAt: Instant): boolean
  /**
   * As if it spoke often enough from `from` to `to`: heartbeats that were folded into one stretch.
   * A gap before `from` stays one.
   */
  coveredId(id: number, from: Instant, to: Instant): boolean
  /**
   * The same for many messages, one after the other: three times as fast where sensors are too many
   * for the processor's own memory. Answers how many were of no watched sensor.
   */
  hearAll(batch: Batch): number
  /** `watch` and `arm` without a name, for more than a Map of names can hold; answers the id. */
  addSensor(sensor: NamelessSensor): number
  addPlan(plan: NamelessPlan): number
  /** null, or a time not after `now`, ends it: the clock starts anew at its end. */
  setAway(plan: string, until: Instant | null, now: Instant): boolean
  /**
   * Nobody listened in this time, so nothing covered the plan, however its sensors spoke before
   * and after. What is already told stays told.
   */
  uncovered(plan: string, gap: Gap): boolean
  /** A human looked: the clock starts anew at `at`, and silence may be raised again. */
  restart(plan: string, at: Instant): boolean
  /** undefined: no such plan. */
  judge(plan: string, now: Instant): Judgement | undefined
  /**
   * All that is so by `now` and was not told; in order of `at`, then id. Silence is told when it
   * is confirmed: every sensor of the plan has spoken at or after the due moment, so a sensor that
   * died just before it makes the plan unknown instead. How often it is called changes nothing in
   * a finding; what began and ended again between two calls is not found. Costs little where
   * nothing is due. A `now` before the last tick finds nothing.
   */
  tick(now: Instant): KernelFinding[]
  /** Plans whose since, gaps or raised changed since the last call. */
  changedSince(): PlanState[]
  /** Sensors whose heardAt or told loss changed since the last call. */
  changedSensors(): SensorState[]
  /**
   * Bytes of typed arrays for one row of plans, its timer too. Not in it: the wheel's own 64 KB,
   * names, rows of sensors and links, and rows kept free for growth.
   */
  bytesPerPlan(): number
  /** Bytes of all typed arrays by kind of row, unused rows too. */
  bytes(): { plans: number; links: number; sensors: number }
}
