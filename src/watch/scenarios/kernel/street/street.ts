import { minuteMs, type Instant } from '../../../../kernel/clock.ts'
import type { DeviceKind } from '../../../devices/index.ts'
import { bytesPerSubject, codeOf, compare, type DayKind } from '../patterns/index.ts'
import type { Agreement, StreetFinding, StreetKernel } from '../street-types.ts'
import { addAgreement, addRule, removeRule } from './binding.ts'
import { close, endAgreement, setAway, uncovered } from './changing.ts'
import { armAll, judgeNow } from './core.ts'
import { judgeArrived, lookUntil, turnAtOnce } from './prompt.ts'
import { changed, progressOf, restore } from './saving.ts'
import { addSensor, removeSensor } from './sensors.ts'
import { settleUntil } from './settling.ts'
import { createStreet, type Street, type Turn } from './state.ts'
import { cover, take, takeCoded } from './taking.ts'

/**
 * `start`: nothing before it is judged, except what the stated lateness reaches back to.
 * `settleMs`: that lateness. `dayKind`: the published calendar; a year that it does not know is not
 * guessed.
 */
export type StreetOptions = { start: Instant; settleMs?: number; dayKind?: DayKind }

/**
 * The same kernel by numbers, for millions of messages: a sensor and a code are looked up once.
 * `value` is NaN where there is none, `code` -1 a heartbeat.
 */
export type ReplayKernel = StreetKernel & {
  sensorId(sensor: string): number
  codeOf(kind: DeviceKind, state: string): number
  takeCoded(
    sensorId: number,
    code: number,
    value: number,
    at: Instant,
    arrivedAt: Instant,
    order: number,
    isSignOfLife: boolean,
  ): void
  /** A folded run of heartbeats: as if it spoke often enough all the time from `from` to `to`. */
  cover(sensorId: number, from: Instant, to: Instant): void
}

const settleMsUsual = 2 * minuteMs

export function createStreetKernel({
  start,
  settleMs = settleMsUsual,
  dayKind = () => undefined,
}: StreetOptions): ReplayKernel {
  const street = createStreet(start, settleMs, dayKind)
  // What people change counts from then on: what arrived before is judged before.
  const changing =
    <Given extends unknown[]>(change: (street: Street, ...given: Given) => void) =>
    (...given: Given) => {
      judgeArrived(street)
      change(street, ...given)
    }
  return {
    addSensor: changing(addSensor),
    removeSensor: changing(removeSensor),
    addRule: changing(addRule),
    removeRule: changing(dropRule),
    agree: changing(agree),
    endAgreement: changing(endAgreement),
    setAway: changing(setAway),
    take: (message) => take(street, message),
    setCondition: changing(setCondition),
    isAlarmed: () => isAlarmed(street),
    advance: (now) => advance(street, now),
    close: changing(close),
    judge: (key, home, now) => judgeNow(street, key, home, now),
    changed: () => changed(street),
    restore: (subjects, progress) => restore(street, subjects, progress),
    progress: () => progressOf(street),
    uncovered: changing(uncovered),
    tooLate: () => street.tooLate,
    bytesPerSubject: (key) => bytesOf(street, key),
    sensorId: (sensor) => street.sensors.slots.idOf.get(sensor) ?? -1,
    codeOf: (kind, state) => codeOf(street.settled.codes, kind, state),
    takeCoded: (sensorId, code, value, at, arrivedAt, order, isSignOfLife) =>
      takeCoded(street, sensorId, code, value, at, arrivedAt, order, isSignOfLife),
    cover: (sensorId, from, to) => cover(street, sensorId, from, to),
  }
}

/** What it finds is told by the next look, which saves what is remembered with it. */
function isAlarmed(street: Street): boolean {
  judgeArrived(street)
  return street.found.length > 0
}

function advance(street: Street, now: Instant): StreetFinding[] {
  judgeArrived(street)
  lookUntil(street, now)
  settleUntil(street, now - street.settleMs)
  return street.found.splice(0).toSorted(inOrder)
}

function agree(street: Street, agreement: Agreement): void {
  const { home, street: code, consent: proof, since, awayUntil } = agreement
  const { consent, purpose } = proof
  addAgreement(street, { proof, consent, purpose, home, street: code, since, awayUntil })
}

/** A version that came beside it goes on with its clock. */
function dropRule(street: Street, key: string): void {
  armAll(street)
  removeRule(street, key)
}

/** What does not wait hears at once; what waits, in the order of events. */
function setCondition(
  street: Street,
  sensor: string,
  condition: string,
  isSo: boolean,
  at: Instant,
): void {
  const turn: Turn = { sensor, condition, isSo, at }
  turnAtOnce(street, sensor, condition, isSo, at)
  const later = street.turns.findIndex((one) => one.at > at)
  street.turns.splice(later < 0 ? street.turns.length : later, 0, turn)
}

function inOrder(a: StreetFinding, b: StreetFinding): number {
  return (
    a.at - b.at ||
    compare('rule' in a ? a.rule : '', 'rule' in b ? b.rule : '') ||
    compare(subjectOf(a), subjectOf(b)) ||
    compare(a.is, b.is)
  )
}

function subjectOf(finding: StreetFinding): string {
  if ('subject' in finding) return finding.subject
  return 'sensor' in finding ? finding.sensor : finding.gateway
}

function bytesOf(street: Street, key: string): number {
  const run = street.rules.get(key)?.run
  if (!run) return 0
  const ofCore = run.program.life ? (street.core?.bytesPerPlan() ?? 0) : 0
  return bytesPerSubject(run) + ofCore
}
