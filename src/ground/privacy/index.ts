/**
 * privacy: purposes, consents, the book of who looked at whom, and the end of everything kept.
 * `Consented` is the gate: only this room makes one, from a live row. Ending a consent is an event
 * that every room living on it hears. Each room says what it keeps; this room runs the terms.
 * What was erased leaves an erasure: ids and a time, in a table and in a file beside the database,
 * so that a restored backup erases it again.
 * Who reported something is sealed (`reporters`), and goes with the matter.
 * Each deletion leaves a record: what, how much, why, and nothing of whom.
 * Keeps: consents (life of the purpose + 3 y), refusals (12 months), looks (at least 3 y),
 * erasures, records of deletions and when backups were taken (3 y).
 */
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { deleteConsentsBefore, endExpired } from './consents/index.ts'
import { deleteAuthorityBefore } from './authority/index.ts'
import { strikeLooks } from './chain/index.ts'
import { deleteDeletionsBefore } from './deletions/index.ts'
import { deleteOwnRequestsBefore } from './own-data/index.ts'
import { deleteRefusalsOver } from './refusals/index.ts'
import { deleteReporters } from './reporters/index.ts'
import { deleteRequestsBefore } from './requests/index.ts'
import { deleteReviewsBefore } from './reviewing/index.ts'
import { deleteBackupsTakenBefore, deleteErasuresBefore } from './store.ts'
import type { Keeps } from './types.ts'

export { backupTaken, bookOf, eraseAgain, keepErasures, letGo, writeLooks } from './actions.ts'
export {
  checkBook,
  checkDaily,
  findingKinds,
  installationOf,
  isLineTrue,
  lastCheck,
  lineFrom,
  lineOfLastWeek,
  lineText,
  markEmptied,
  markRestored,
  openLinker,
  openWitnessing,
  type Checked,
  type FindingKind,
  type WitnessWish,
} from './chain/index.ts'
export { readErasures } from './erasures/index.ts'
export type { WhomItTells } from './authority/index.ts'
export { deleteReporters, sealedParts, sealReporter, type Reporter } from './reporters/index.ts'
export { atStation, committeesFor, matterFor, matterForHome, type WhoIs } from './requests/index.ts'
export { listens } from './listens.ts'
export {
  forgetWhoLeft,
  fieldKeys,
  fields,
  ownKeeper,
  partKeys,
  partOf,
  parts,
  type About,
  type Fact,
  type FieldKey,
  type Hold,
  type Keeper,
  type PagesOf,
  type Part,
  type PartKey,
  type Taken,
} from './own-data/index.ts'
export type { Counted } from './numbers/index.ts'
export { judgeLooks, type Around, type ReviewDuties } from './reviewing/index.ts'
export {
  endConsent,
  findConsent,
  giveConsent,
  giverOf,
  isAgreed,
  isSwitchedOn,
  liveConsents,
  noteWords,
  refuseConsent,
} from './consents/index.ts'
export type { EndsAgreement } from './consents/index.ts'
export type { SeenBy, StopsPurpose } from './purposes/index.ts'
export { notAsked, notAskedUntil } from './refusals/index.ts'
export { erasuresIn } from './store.ts'
export { openRoutes } from './routes.ts'
export { purposes, textVersions } from './types.ts'
export type {
  Consented,
  ConsentPurpose,
  Erasure,
  Giver,
  JudgedPurpose,
  Keeps,
  SensitivePurpose,
} from './types.ts'

const keptYears = 3

export function keeps(given: Given): Keeps[] {
  const after =
    (years: number, remove: (tx: Tx, day: Instant) => Promise<number>) => (now: Instant) =>
      given.db.asOwner((tx) => remove(tx, now - years * 366 * dayMs))
  return [
    {
      purpose: 'agreed-care',
      what: 'consents past their date',
      ends: true,
      expire: () => endExpired(given),
    },
    {
      purpose: 'access-record',
      what: 'looks older than three years',
      expire: (now) => strikeLooks(given, now),
    },
    {
      purpose: 'access-record',
      what: 'reviews of looks older than three years',
      expire: after(keptYears, deleteReviewsBefore),
    },
    {
      purpose: 'access-record',
      what: 'requests older than the looks that name them',
      expire: after(keptYears + 1, deleteRequestsBefore),
    },
    {
      purpose: 'access-record',
      what: 'requests of authorities older than the looks that name them',
      expire: after(keptYears + 1, deleteAuthorityBefore),
    },
    {
      purpose: 'task',
      what: 'sealed reporters past their last day, whatever became of the matter',
      expire: (now) => given.db.asOwner((tx) => deleteReporters(tx, { until: now })),
    },
    {
      purpose: 'own-data',
      what: 'refusals past their 12 months',
      expire: (now) => given.db.asOwner((tx) => deleteRefusalsOver(tx, now)),
    },
    {
      purpose: 'own-data',
      what: 'consents ended three years ago',
      expire: after(keptYears, deleteConsentsBefore),
    },
    {
      purpose: 'own-data',
      what: 'what people asked about their own data, three years after it was answered',
      expire: after(keptYears, deleteOwnRequestsBefore),
    },
    {
      purpose: 'own-data',
      what: 'erasures older than three years',
      expire: after(keptYears, deleteErasuresBefore),
    },
    {
      purpose: 'own-data',
      what: 'records of deletions older than three years',
      expire: after(keptYears, deleteDeletionsBefore),
    },
    {
      purpose: 'operation',
      what: 'records of backups older than three years',
      expire: after(keptYears, deleteBackupsTakenBefore),
    },
  ]
}
