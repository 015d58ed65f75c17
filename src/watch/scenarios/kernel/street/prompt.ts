import type { Instant } from '../../../../kernel/clock.ts'
import {
  begin,
  dropSoonest,
  hear,
  hasBegun,
  header,
  look,
  lookAtDirty,
  markDirty,
  seeLife,
  soonest,
  type Run,
} from '../patterns/index.ts'
import { tellFacts } from './settling.ts'
import type { Bound, Heard, Street } from './state.ts'
import { turn } from './turning.ts'

/**
 * Emergencies do not wait for order: messages are judged as they arrived, each at its own time or,
 * where later things were judged already, at theirs. This is done at the next look, so that what
 * is saved in between knows nothing of what nobody was told yet.
 */
export function judgeArrived(street: Street): void {
  for (const heard of street.arrived.splice(0)) judgeAtOnce(street, heard)
  street.judgedFed = street.fed
}

function judgeAtOnce(street: Street, heard: Heard): void {
  const { id, to } = heard
  const { newest } = street.prompt
  const bounds = street.sensors.prompt[id]
  if (!bounds || bounds.length === 0) return
  // What this message covers is heard by every subject before it counts as the newest.
  for (const bound of bounds) judgeFor(street, bound, heard)
  if (!(to <= newest[id]!)) newest[id] = to
}

export function turnAtOnce(
  street: Street,
  sensor: string,
  condition: string,
  isSo: boolean,
  at: Instant,
): void {
  const now = Math.max(at, street.lookedAt)
  turn(street, 'prompt', sensor, condition, isSo, now)
  lookAtDirty(street.prompt, now)
}

/** Timers up to `now`. */
export function lookUntil(street: Street, now: Instant): void {
  const { timers } = street.prompt
  while (soonest(timers) <= now) {
    const due = timers.due[0]!
    const run = street.runs[timers.owner[0]!]
    const row = timers.row[0]!
    dropSoonest(timers)
    if (run && run.rows[row * run.program.rowSize + header.due] === due)
      lookNotBefore(run, row, due)
  }
  if (now > street.lookedAt) street.lookedAt = now
}

function judgeFor(street: Street, bound: Bound, { id, at, to, facts, isLife }: Heard): void {
  const { run, row, isHearing } = bound
  const from = row * run.program.rowSize
  const { rows } = run
  if (at < rows[from + header.heardFrom]!) return
  const isMeant = isHearing || (isLife && run.program.lifeLeaves.length > 0)
  const isTouched = facts.some(({ code }) => run.program.touches[code])
  const judgedAt = rows[from + header.judgedAt]!
  const now = Math.max(at, street.lookedAt, Number.isNaN(judgedAt) ? -Infinity : judgedAt)
  // Timers first: a heartbeat must not carry the judged time over what was due before it.
  while (rows[from + header.due]! < now) lookNotBefore(run, row, rows[from + header.due]!)
  if ((run.flags[row]! & hasBegun) !== 0 && !isMeant && !isTouched) {
    rows[from + header.judgedAt] = now
    return
  }
  begin(run, row, now)
  if (isHearing && !(to <= street.prompt.newest[id]!)) hear(run, row, id, now, Math.max(to, now))
  if (isLife) seeLife(run, row, now)
  tellFacts(bound, facts, now)
  // What falls due in this very moment is looked at with it, whether or not it changed anything.
  if (isTouched && rows[from + header.due]! <= now) markDirty(run, row)
  lookAtDirty(street.prompt, now)
  rows[from + header.judgedAt] = now
}

function lookNotBefore(run: Run, row: number, due: Instant): void {
  const judgedAt = run.rows[row * run.program.rowSize + header.judgedAt]!
  run.rows[row * run.program.rowSize + header.due] = Infinity
  look(run, row, Number.isNaN(judgedAt) ? due : Math.max(due, judgedAt))
}
