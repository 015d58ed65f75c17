/**
 * trial: before a rule is trusted, it judges days that have been: kept ones for as long as they may
 * be kept, simulated days of this street, or a log of one's own. The kernel that judges live judges
 * here. What is simulated says so; nothing is kept.
 */
export { canBeTried } from './matters.ts'
export type { DayOfMessages } from './day-buffer.ts'
export { openFeed, type Feed } from './feed.ts'
export { replay, type OwnFinding, type ReplayReport, type ReplayWish } from './replay.ts'
export { lineLengthMax as replayLineLengthMax } from './replay-lines.ts'
export { mappingByName, readMapping } from './replay-mapping.ts'
export { openSimulation, type Rates, type Simulation } from './simulated.ts'
export { inventStreet, type InventedStreet } from './streets.ts'
export { Trials, type Tried } from './trials.ts'
export type {
  CommitteeLoad,
  Cover,
  DayKind,
  Matter,
  Side,
  Stored,
  Tally,
  TrialDay,
  TrialExample,
  TrialInput,
  TrialResult,
} from './types.ts'
