import type { Instant } from '../../../../kernel/clock.ts'
import { whenSilent } from '../gaps.ts'
import { aliveUntil, dueAt, knownUntil } from './covering.ts'
import { lookHabit } from './habits.ts'
import { isTime, nextBoundary } from './only.ts'
import {
  header,
  holds,
  type CountLeaf,
  type HealthLeaf,
  type LifeLeaf,
  type PatternLeaf,
  type SequenceLeaf,
  type SilenceLeaf,
  type StateLeaf,
  type ThresholdLeaf,
} from './program.ts'
import { settle } from './raising.ts'
import {
  awaitsCover,
  awaitsLife,
  hasBegun,
  isChanged,
  isDirty,
  none,
  wake,
  type Run,
  type Stream,
} from './run.ts'

/** Cells that came to be so by themselves in this look. */
const newlySo: number[] = []

/**
 * Everything about a subject at one instant, after all messages of that instant: the truth of each
 * leaf, of the rule, what is told of it, and when time alone may change it.
 */
export function look(run: Run, row: number, at: Instant): void {
  const { program, rows, stream } = run
  const from = row * program.rowSize
  run.flags[row]! &= ~(isDirty | awaitsCover)
  if (rows[from + header.due]! <= at) rows[from + header.due] = Infinity
  if ((run.flags[row]! & hasBegun) === 0) return
  rows[from + header.judgedAt] = at
  newlySo.length = 0
  let next = Infinity
  for (const leaf of program.leaves) next = Math.min(next, lookAt(run, row, leaf, at))
  // Where nothing stands, nothing is so, whatever is not so there either.
  const isThere = run.first[row] !== none
  let isSo = isThere && holds(program.expression, run.truth, row * program.leaves.length)
  if (isSo && program.only) {
    isSo = isTime(program.only, at, stream.dayKind)
    next = Math.min(next, nextBoundary(program.only, at))
  }
  if (isSo && program.isCovered) {
    const until = aliveUntil(run, row, at)
    isSo = until >= at
    if (isSo) next = Math.min(next, until + 1)
    else run.flags[row]! |= awaitsCover
  }
  wake(run, row, Math.min(next, settle(run, row, at, isSo, newlySo)))
}

/** Each subject that something touched, once; never before what it was looked at for last. */
export function lookAtDirty({ dirtyRuns, dirtyRows }: Stream, at: Instant): void {
  for (let one = 0; one < dirtyRuns.length; one++) {
    const run = dirtyRuns[one]!
    const row = dirtyRows[one]!
    if (run.subjects.nameOf[row] === undefined) continue
    const judgedAt = run.rows[row * run.program.rowSize + header.judgedAt]!
    look(run, row, judgedAt > at ? judgedAt : at)
  }
  dirtyRuns.length = 0
  dirtyRows.length = 0
}

function lookAt(run: Run, row: number, leaf: PatternLeaf, at: Instant): Instant {
  switch (leaf.is) {
    case 'state':
    case 'threshold':
    case 'health':
      return lookOwn(run, row, leaf, at)
    case 'count':
      return lookCount(run, row, leaf, at)
    case 'sequence':
      return lookSequence(run, row, leaf, at)
    case 'silence':
      return lookSilence(run, row, leaf, at)
    case 'life':
      return lookLife(run, row, leaf, at)
    case 'habit':
      return lookHabit(run, row, leaf, at)
    default:
      return leaf satisfies never
  }
}

/** So for one of the sensors since long enough. */
function lookOwn(
  run: Run,
  row: number,
  leaf: StateLeaf | ThresholdLeaf | HealthLeaf,
  at: Instant,
): Instant {
  const { cells, program } = run
  let isSo = 0
  let next = Infinity
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const from = cell * program.cellSize + leaf.cell
    const so = ownAt(cells.numbers, from, leaf, at)
    if (so.next < next) next = so.next
    const own = cell * program.ownSize + leaf.own
    if (so.is === 1) {
      isSo = 1
      if (cells.own[own] === 0 && leaf.isPositive) newlySo.push(cell)
    }
    cells.own[own] = so.is
  }
  setTruth(run, row, leaf, isSo)
  return next
}

const answer = { is: 0, next: Infinity }

/** `since` comes first in every such leaf; a state may also be a moment, [at, at + 60 s). */
function ownAt(
  numbers: Float64Array,
  from: number,
  leaf: StateLeaf | ThresholdLeaf | HealthLeaf,
  at: Instant,
): { is: number; next: Instant } {
  answer.is = 0
  answer.next = Infinity
  const since = numbers[from]!
  if (!Number.isNaN(since)) {
    if (since + leaf.ms <= at) answer.is = 1
    else answer.next = since + leaf.ms
  }
  if (leaf.is !== 'state') return answer
  const until = numbers[from + 2]!
  if (until > at) {
    answer.is = 1
    if (until < answer.next) answer.next = until
  }
  return answer
}

/** The oldest of the newest `atLeast` facts lies within the window. */
function lookCount(run: Run, row: number, leaf: CountLeaf, at: Instant): Instant {
  const from = row * run.program.rowSize + leaf.row
  const count = run.rows[from]!
  const oldest = run.rows[from + 1 + 2 * (count % leaf.atLeast)]!
  const isSo = count >= leaf.atLeast && oldest > at - leaf.ms
  setTruth(run, row, leaf, isSo ? 1 : 0)
  return isSo ? oldest + leaf.ms : Infinity
}

function lookSequence(run: Run, row: number, leaf: SequenceLeaf, at: Instant): Instant {
  const since = run.rows[row * run.program.rowSize + leaf.row]!
  const due = since + leaf.ms
  setTruth(run, row, leaf, due <= at ? 1 : 0)
  return due > at ? due : Infinity
}

/** Once so, it is so until the next sign. */
function lookSilence(run: Run, row: number, leaf: SilenceLeaf, at: Instant): Instant {
  if (run.truth[row * run.program.leaves.length + leaf.at] === 1) return Infinity
  const from = row * run.program.rowSize + leaf.row
  const due = dueAt(run, row, leaf, run.rows[from]!, leaf.ms)
  const until = knownUntil(run, row, leaf)
  if (due <= at && until >= due) {
    setTruth(run, row, leaf, 1)
    run.rows[from + 1] = Infinity
    return Infinity
  }
  run.rows[from + 1] = due
  return until >= due ? due : Infinity
}

/**
 * The judge of silence is asked at each instant at which it may be confirmed: when it may be due,
 * and from then on at each message of one of its sensors.
 */
function lookLife(run: Run, row: number, leaf: LifeLeaf, at: Instant): Instant {
  if (run.truth[row * run.program.leaves.length + leaf.at] === 1) return Infinity
  run.flags[row]! &= ~awaitsLife
  const earliest = run.rows[row * run.program.rowSize + leaf.row]! + leaf.ms
  if (at < earliest) return earliest
  const judged = run.stream.judgeLife(run, row, at)
  switch (judged?.kind) {
    case undefined:
      return Infinity
    case 'silent': {
      const due = whenSilent(judged.gaps, judged.since, leaf.ms)
      if (due > at) return due
      if (!isConfirmed(run, row, due)) break
      setTruth(run, row, leaf, 1)
      return Infinity
    }
    case 'away':
      return judged.until + leaf.ms
    case 'seen':
      if (judged.silentMs < leaf.ms) return at + leaf.ms - judged.silentMs
      break
    case 'unknown':
      break
    default:
      return judged satisfies never
  }
  run.flags[row]! |= awaitsLife
  return Infinity
}

/** The core confirms the shortest silence of a rule; of a longer one its sensors show it here. */
function isConfirmed(run: Run, row: number, due: Instant): boolean {
  const { cells, stream } = run
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    if (!(stream.heardAt[cells.sensor[cell]!]! >= due)) return false
  }
  return true
}

function setTruth(run: Run, row: number, leaf: PatternLeaf, isSo: number): void {
  const at = row * run.program.leaves.length + leaf.at
  if (run.truth[at] === isSo) return
  run.truth[at] = isSo
  run.flags[row]! |= isChanged
}
