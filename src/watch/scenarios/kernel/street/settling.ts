import type { Instant } from '../../../../kernel/clock.ts'
import {
  begin,
  dropSoonest,
  hasBegun,
  hear,
  header,
  lookAtDirty,
  markDirty,
  seeLife,
  soonest,
  tell,
} from '../patterns/index.ts'
import { armAll, coreOf, lookForLoss, tickCore } from './core.ts'
import { expectNext, ofSensor } from './losing.ts'
import { coverRun, dequeue, factsOf, nextAt, severalFacts, signOfLife, type Fact } from './queue.ts'
import { haveBegun, type Bound, type Street } from './state.ts'
import { turn } from './turning.ts'

/**
 * Judges everything up to `until` in the order of events. First, what people changed and what came
 * too late since the last look: with what is found of it, it is saved, and not taken again.
 */
export function settleUntil(street: Street, until: Instant): void {
  const isOn = until > street.settledAt
  if (!isOn && !street.core) return
  coreOf(street)
  armAll(street)
  judgeAt(street, street.settledAt)
  if (!isOn) return
  const { queue, settled } = street
  for (;;) {
    const next = Math.min(nextAt(queue), soonest(settled.timers), nextTurn(street))
    if (!(next <= until)) break
    const at = Math.max(next, street.settledAt)
    judgeAt(street, at)
    street.settledAt = at
  }
  street.settledAt = until
}

/**
 * At each instant its messages, then what was said of devices, then its timers, then one look at
 * each subject that any of these touched.
 */
function judgeAt(street: Street, at: Instant): void {
  const { queue, settled } = street
  while (nextAt(queue) <= at) judgeMessage(street, dequeue(queue))
  while (nextTurn(street) <= at) {
    const one = street.turns.shift()
    if (one) turn(street, 'settled', one.sensor, one.condition, one.isSo, at)
  }
  takeTimers(street, at)
  if (street.isTickWanted) tickCore(street, at)
  lookAtDirty(settled, at)
}

/** `first` of a message is told before its `then`; all else as it stands. */
export function tellFacts(bound: Bound, facts: readonly Fact[], at: Instant): void {
  const { run, cell } = bound
  const { touches } = run.program
  for (const isLast of [false, true]) {
    for (const fact of facts) {
      for (const touch of touches[fact.code] ?? []) {
        if ((touch.role === 'then') === isLast) tell(run, cell, touch, fact, at)
      }
    }
  }
}

const single: Fact[] = [{ code: 0, value: 0 }]

function judgeMessage(street: Street, waiting: number): void {
  const { queue, settled, sensors } = street
  const id = queue.sensor[waiting]!
  const at = queue.at[waiting]!
  const code = queue.code[waiting]!
  const isLife = (queue.flags[waiting]! & signOfLife) !== 0
  const several = code === severalFacts ? factsOf(queue, waiting) : undefined
  if (id < 0) return
  const to = code === coverRun ? queue.value[waiting]! : at
  const bounds = sensors.settled[id]
  const isNews = !(to <= settled.newest[id]!)
  if (bounds && (isNews || (sensors.flags[id]! & haveBegun) === 0)) {
    hearAll(street, bounds, id, at, to, isNews)
  }
  hearInCore(street, id, at, to, isLife)
  if (!(to <= settled.newest[id]!)) settled.newest[id] = to
  if (!bounds || (code < 0 && !several && !isLife)) return
  for (const bound of bounds) {
    const { run, row } = bound
    const touches = several ?? run.program.touches[code]
    const isLifeHeard = isLife && run.program.lifeLeaves.length > 0
    if (!touches && !isLifeHeard) continue
    if (at < run.rows[row * run.program.rowSize + header.heardFrom]!) continue
    if (isLifeHeard) seeLife(run, row, at)
    if (several) tellFacts(bound, several, at)
    else if (code >= 0) tellOne(bound, code, queue.value[waiting]!, at)
  }
}

function tellOne(bound: Bound, code: number, value: number, at: Instant): void {
  const { run, cell } = bound
  const touches = run.program.touches[code]
  if (!touches) return
  const [fact] = single
  if (!fact) return
  fact.code = code
  fact.value = value
  // Of one fact, `first` stands before `then` in its touches already.
  for (const touch of touches) tell(run, cell, touch, fact, at)
}

function hearAll(
  { sensors }: Street,
  bounds: readonly Bound[],
  id: number,
  at: Instant,
  to: Instant,
  isNews: boolean,
): void {
  let areBegun = true
  for (const { run, row, isHearing } of bounds) {
    if (!isHearing && (run.flags[row]! & hasBegun) !== 0) continue
    if (at < run.rows[row * run.program.rowSize + header.heardFrom]!) {
      areBegun = false
      continue
    }
    begin(run, row, at)
    if (isHearing && isNews) hear(run, row, id, at, to)
  }
  if (areBegun) sensors.flags[id]! |= haveBegun
}

function hearInCore(street: Street, id: number, at: Instant, to: Instant, isLife: boolean): void {
  const core = coreOf(street)
  const { heardAt } = street.settled
  const coreId = street.sensors.coreId[id]!
  const isNews = !(to <= heardAt[id]!)
  // Judged at its own instant, it is fresh: how long it took to arrive does not matter any more.
  if (isLife) core.signOfLifeId(coreId, at, at)
  else if (isNews) core.heardId(coreId, at, at)
  if (!isNews) return
  if (to > at) core.coveredId(coreId, at, to)
  expectNext(street, id, to)
  heardAt[id] = to
}

function takeTimers(street: Street, at: Instant): void {
  const { timers } = street.settled
  while (soonest(timers) <= at) {
    const due = timers.due[0]!
    const owner = timers.owner[0]!
    const row = timers.row[0]!
    dropSoonest(timers)
    if (owner === ofSensor) {
      lookForLoss(street, row, due, at)
      continue
    }
    const run = street.runs[owner]
    if (!run || run.rows[row * run.program.rowSize + header.due] !== due) continue
    run.rows[row * run.program.rowSize + header.due] = Infinity
    markDirty(run, row)
  }
}

function nextTurn({ turns }: Street): Instant {
  return turns[0]?.at ?? Infinity
}
