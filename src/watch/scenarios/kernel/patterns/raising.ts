import { minuteMs, type Instant } from '../../../../kernel/clock.ts'
import type { Silence } from '../street-types.ts'
import { cellHeader, header } from './program.ts'
import { isChanged, isRaised, isTrue, type Run } from './run.ts'
import { signalsOf, signalsOfCells } from './signals.ts'

/** A sensor is named by no more than one joined finding a minute. */
const joinedMsMin = minuteMs

/**
 * From the truth of a rule to what is told. Each rising edge counts; the `times`-th within the
 * window raises. While raised, a further edge or another sensor joins. False for long enough, it is
 * cleared. After its end, edges are swallowed for the cooldown. Answers when it is to be looked at
 * again.
 */
export function settle(
  run: Run,
  row: number,
  at: Instant,
  isSo: boolean,
  newlySo: readonly number[],
): Instant {
  const { program, rows } = run
  const from = row * program.rowSize
  const flags = run.flags[row]!
  const wasSo = (flags & isTrue) !== 0
  if (isSo !== wasSo) {
    run.flags[row] = (flags ^ isTrue) | isChanged
    rows[from + header.falseSince] = isSo ? Number.NaN : at
  }
  const wasRaised = (flags & isRaised) !== 0
  if (isSo) {
    if (wasRaised) join(run, row, at, !wasSo, newlySo)
    else if (!wasSo) count(run, row, at)
    return Infinity
  }
  const { clearsMs } = program
  if (!wasRaised || clearsMs === null) return Infinity
  const clearsAt = rows[from + header.falseSince]! + clearsMs
  if (clearsAt > at) return clearsAt
  end(run, row, at)
  run.stream.found.push({ is: 'cleared', rule: run.key, subject: subjectOf(run, row), at })
  return Infinity
}

/** The matter is over: by itself, or because a person said so. */
export function end(run: Run, row: number, at: Instant): void {
  const { program, rows } = run
  const from = row * program.rowSize
  run.flags[row] = (run.flags[row]! & ~isRaised) | isChanged
  rows[from + header.endedAt] = at
  rows.fill(Number.NaN, from + header.edges, from + header.edges + edgesOf(program.times))
}

function count(run: Run, row: number, at: Instant): void {
  const { program, rows } = run
  const from = row * program.rowSize
  if (at < rows[from + header.endedAt]! + program.cooldownMs) return
  if (program.times > 1 && !isEnough(run, from + header.edges, at)) return
  rows.fill(Number.NaN, from + header.edges, from + header.edges + edgesOf(program.times))
  run.flags[row]! |= isRaised
  rows[from + header.joinedAt] = Number.NaN
  const { signals, cells } = signalsOf(run, row, at)
  for (const cell of cells) name(run, cell, at)
  const subject = subjectOf(run, row)
  const silence = silenceOf(run, row, at)
  run.stream.found.push({ is: 'raised', rule: run.key, subject, at, signals, silence })
}

/** The newest edges stand in place of those that are too old; enough when none is left over. */
function isEnough({ rows, program }: Run, from: number, at: Instant): boolean {
  let oldest = from
  let oldestAt = Infinity
  let inWindow = 1
  for (let slot = from; slot < from + program.times; slot++) {
    const edge = Number.isNaN(rows[slot]!) ? -Infinity : rows[slot]!
    if (edge > at - program.withinMs) inWindow++
    if (edge >= oldestAt) continue
    oldest = slot
    oldestAt = edge
  }
  rows[oldest] = at
  return inWindow >= program.times
}

function join(
  run: Run,
  row: number,
  at: Instant,
  isEdge: boolean,
  newlySo: readonly number[],
): void {
  if (newlySo.length === 0 && !isEdge) return
  const joinedAt = row * run.program.rowSize + header.joinedAt
  const subject = subjectOf(run, row)
  if (newlySo.length === 0) {
    if (at < run.rows[joinedAt]! + joinedMsMin) return
    const { signals } = signalsOf(run, row, at)
    // That it is so again, with nothing that made it so, is no news.
    if (signals.length === 0) return
    run.rows[joinedAt] = at
    run.flags[row]! |= isChanged
    run.stream.found.push({ is: 'joined', rule: run.key, subject, at, signals })
    return
  }
  const fresh = [...new Set(newlySo)].filter((cell) => !(at < namedAt(run, cell) + joinedMsMin))
  if (fresh.length === 0) return
  for (const cell of fresh) name(run, cell, at)
  run.flags[row]! |= isChanged
  const signals = signalsOfCells(run, row, fresh, at)
  run.stream.found.push({ is: 'joined', rule: run.key, subject, at, signals })
}

function silenceOf(run: Run, row: number, at: Instant): Silence | null {
  const from = row * run.program.leaves.length
  if (!run.program.lives.some((leaf) => run.truth[from + leaf.at] === 1)) return null
  return run.stream.silenceOf(run, row, at)
}

function name(run: Run, cell: number, at: Instant): void {
  run.cells.numbers[cell * run.program.cellSize + cellHeader.namedAt] = at
}

function namedAt(run: Run, cell: number): Instant {
  return run.cells.numbers[cell * run.program.cellSize + cellHeader.namedAt]!
}

function subjectOf({ subjects }: Run, row: number): string {
  return subjects.nameOf[row]!
}

function edgesOf(times: number): number {
  return times > 1 ? times : 0
}
