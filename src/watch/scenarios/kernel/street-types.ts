import type { Consented, JudgedPurpose } from '../../../ground/privacy/index.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId, PlaceCode } from '../../../kernel/ids.ts'
import type { DeviceKind, DevicePurpose } from '../../devices/index.ts'
import type { Definition } from '../definition/index.ts'
import type { Gap, Judgement, Loss } from './types.ts'

/** A rule's version in a street: `310104011 care-silence 3`. One string, so that it sorts. */
export type RuleKey = string

export type RuleInUse = {
  key: RuleKey
  /** Only devices of this street are heard for it. */
  street: string
  definition: Definition
  /** Judged beside the version in force; what it finds is counted and tells nobody. */
  isShadow: boolean
}

/**
 * `since`: registration, or the repair after which it has its time to speak; `thereFrom`: then its
 * registration. `heardAt`, `lost`: as saved before a restart.
 */
export type StreetSensor = {
  sensor: string
  street: string
  kind: DeviceKind
  place: PlaceCode
  purpose: DevicePurpose
  limitMs: number
  gateway: string | null
  since: Instant
  thereFrom?: Instant
  heardAt: Instant | null
  lost?: Loss | null
}

/**
 * That somebody in a home agreed. Without such a value no rule over personal readings has a
 * subject: the type is the gate. The kernel keeps the consent's id and not the proof.
 */
export type Agreement = {
  home: PlaceCode
  street: string
  consent: Consented<JudgedPurpose>
  since: Instant
  awayUntil: Instant | null
}

/** One message of one sensor. No facts is a heartbeat. */
export type Message = {
  sensor: string
  at: Instant
  arrivedAt: Instant
  /** Position in the whole stream; later is larger. */
  order: number
  isSignOfLife: boolean
  facts: readonly { kind: DeviceKind; state: string; value: number | null }[]
}

/** What a finding was made of: at most the 20 newest. Never who. */
export type Signalled = {
  sensor: string
  kind: DeviceKind
  state: string
  value: number | null
  at: Instant
}

/** How a silence came to be, for the task that it opens. */
export type Silence = { since: Instant; silentMs: number; gapMs: number; gaps: Gap[] }

/**
 * `at`: when it became so, by the times of the events and not of the look that found it; so live
 * and in replay the same bytes come out. `subject` is a device's id or a place's code (`per`).
 */
export type StreetFinding =
  | {
      is: 'raised'
      rule: RuleKey
      subject: string
      at: Instant
      signals: Signalled[]
      silence: Silence | null
    }
  /** Another sensor of the same subject, or another signal, while it is raised. */
  | { is: 'joined'; rule: RuleKey; subject: string; at: Instant; signals: Signalled[] }
  | { is: 'cleared'; rule: RuleKey; subject: string; at: Instant }
  | { is: 'device-lost'; sensor: string; heardAt: Instant | null; at: Instant }
  | { is: 'gateway-lost'; gateway: string; sensors: string[]; heardAt: Instant; at: Instant }
  | { is: 'device-back'; sensor: string; at: Instant }
  | { is: 'gateway-back'; gateway: string; at: Instant }

/**
 * What to save of a (rule, subject), and to give back. `state` is JSON, at most some hundred bytes;
 * null: nothing is left of it.
 */
export type SubjectState = { rule: RuleKey; subject: string; state: unknown }
export type SavedSensor = { sensor: string; heardAt: Instant | null; lost: Loss | null }

/**
 * How far the stream is judged. Messages up to `fed` were taken; of those, what happened after
 * `settledAt` waits and must be fed again after a restart, from `from` on (the first that waits).
 */
export type Progress = { fed: number; settledAt: Instant; from: number }

/**
 * The rules of any set of streets, over one stream of messages. Pure: times, ids and order are
 * given. The same calls give the same findings, live and in replay.
 *
 * Most rules judge in the order of the events' own times, `settleMs` behind the newest (stated
 * lateness: what comes later than that is counted and not judged). Emergencies do not wait: they
 * are judged as they arrive.
 */
export type StreetKernel = {
  addSensor(sensor: StreetSensor): void
  removeSensor(sensor: string): void
  /** Replaces a version of the same key; its subjects start anew unless given back by `restore`. */
  addRule(rule: RuleInUse): void
  removeRule(key: RuleKey): void
  agree(agreement: Agreement): void
  /** Nothing of that agreement stays in memory, and nothing is ever found for it. */
  endAgreement(consent: ConsentId): void
  setAway(home: PlaceCode, until: Instant | null, now: Instant): void
  take(message: Message): void
  /** A device's condition began or ended, as sensing found it. */
  setCondition(sensor: string, condition: string, isSo: boolean, at: Instant): void
  /** What arrived is judged where it does not wait: whether there is something to tell by now. */
  isAlarmed(): boolean
  /** Everything up to `now`. In order of `at`, then rule, then subject. */
  advance(now: Instant): StreetFinding[]
  /** A person ended the matter: the clock starts anew; the cooldown runs from here. */
  close(key: RuleKey, subject: string, at: Instant): void
  /** Of a home with an agreement, by a rule whose `when` is silence of life. */
  judge(key: RuleKey, home: PlaceCode, now: Instant): Judgement | undefined
  /** What changed since the last call. */
  changed(): { subjects: SubjectState[]; sensors: SavedSensor[] }
  /** Before anything is taken: what `changed` said last of each subject, and `progress`. */
  restore(subjects: readonly SubjectState[], progress: Progress): void
  progress(): Progress
  /**
   * Nobody listened from `from` to `to`: nothing was covered then, however short it was. Told after
   * `restore` and `agree`, before anything is taken.
   */
  uncovered(from: Instant, to: Instant): void
  /** Messages that were too late to be judged in order. */
  tooLate(): number
  /** Bytes of typed arrays per (rule, subject), by rule. */
  bytesPerSubject(key: RuleKey): number
}
