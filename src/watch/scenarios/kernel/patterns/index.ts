/**
 * patterns: rules as they are judged. What each leaf means in time stands with the leaf; all times
 * are whole milliseconds, and the truth of everything is a step function of event time that holds
 * from its instant on.
 *
 * `state`: some sensor has been in one of the states for so long; a moment is so for a minute.
 * `threshold`: the last value of some sensor has been beyond for so long. `count`: so many facts in
 * (t − w, t]. `sequence`: `first` waits (another one changes nothing) until `then`; without it, so
 * from the end of its time until `then`. `silence` with signs: the clock runs from the last sign,
 * only covered time counts, and it is so from the first message by which enough is covered until
 * the next sign. Silence of life: the same, asked of the core. `habit`: see habits.ts. `health`:
 * the condition is on; `silent` is a loss of its own, not that of its gateway.
 *
 * Messages of an instant are judged before its timers, and a subject is looked at once after both.
 */
export { createCodes, codeOf, type Codes } from './codes.ts'
export { begin, hear, noteHole, restartLife, seeLife, tell } from './hearing.ts'
export { dropSensor } from './leaving.ts'
export { look, lookAtDirty } from './judging.ts'
export type { DayKind } from './only.ts'
export { compile, header, type Program, type Touch } from './program.ts'
export { end } from './raising.ts'
export {
  addCell,
  addRow,
  awaitsLife,
  bytesPerSubject,
  createRun,
  dropRow,
  hasBegun,
  isChanged,
  isRaised,
  markDirty,
  none,
  wake,
  type Run,
  type Stream,
} from './run.ts'
export { compare } from './signals.ts'
export { createTimers, dropSoonest, setTimer, soonest, type Timers } from './timers.ts'
export { isMatter, readRow, rowState } from './saving.ts'
