/**
 * found: what rules found, how far each was asked about, its task, and what came of it. The door of
 * this folder.
 */
export {
  addEnded,
  addFinding,
  addOutcome,
  askedAtOnce,
  conditionsFound,
  deleteFindingsBefore,
  dropAllFound,
  dropFindings,
  endFindings,
  findingsWithoutTask,
  giveTask,
  openFinding,
  takeStep,
  waitingAbout,
  type Found,
} from './store.ts'
