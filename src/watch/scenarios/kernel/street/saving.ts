import { isChanged, isMatter, readRow, rowState } from '../patterns/index.ts'
import type { Progress, SavedSensor, SubjectState } from '../street-types.ts'
import type { Gap } from '../types.ts'
import { planOf, subjectLeft } from './binding.ts'
import { coreOf, readPlans } from './core.ts'
import { waiting } from './queue.ts'
import type { Street } from './state.ts'

/** A subject: its rows, and of silence of life what the core keeps. */
type State = { row: unknown; life?: { since: number; gaps: Gap[]; raised: boolean } }

export function changed(street: Street): { subjects: SubjectState[]; sensors: SavedSensor[] } {
  const core = coreOf(street)
  readPlans(street)
  const subjects: SubjectState[] = []
  for (const { run } of street.rules.values()) {
    for (const [subject, row] of run.subjects.idOf) {
      const flags = run.flags[row]!
      if ((flags & isChanged) === 0) continue
      run.flags[row] = flags & ~isChanged
      const state: State = { row: rowState(run, row) }
      const plan = run.program.life && street.planStates.get(planOf(run, subject))
      if (plan) state.life = { since: plan.since, gaps: plan.gaps, raised: plan.raised }
      subjects.push({ rule: run.key, subject, state })
    }
  }
  // What was saved of a subject that went must not come back with a restart.
  for (const one of street.gone.values()) subjects.push({ ...one, state: null })
  street.gone.clear()
  return { subjects, sensors: core.changedSensors() }
}

/** `fed`: of what was taken after the last look nothing is known yet; it is fed again. */
export function progressOf({ judgedFed: fed, settledAt, queue }: Street): Progress {
  let from = fed + 1
  for (const row of waiting(queue)) {
    if (queue.sensor[row]! >= 0) from = Math.min(from, queue.order[row]!)
  }
  return { fed, settledAt, from }
}

/** After sensors, rules and agreements were given, before anything else. */
export function restore(
  street: Street,
  subjects: readonly SubjectState[],
  { fed, settledAt }: Progress,
): void {
  street.settledAt = settledAt
  street.lookedAt = settledAt + street.settleMs
  street.fed = fed
  street.fedBefore = fed
  street.judgedFed = fed
  for (const { rule, subject, state } of subjects) {
    const run = street.rules.get(rule)?.run
    if (!run) continue
    const { row: saved, life } = state as State
    const known = run.subjects.idOf.get(subject)
    const row = known ?? subjectLeft(street, run, subject, isMatter(saved))
    if (row === undefined) continue
    if (saved !== null) readRow(run, row, saved, settledAt)
    if (life) street.planStates.set(planOf(run, subject), { plan: planOf(run, subject), ...life })
  }
}
