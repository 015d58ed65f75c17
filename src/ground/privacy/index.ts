/**
 * privacy: purposes, consents, the book of who looked at whom, and the end of everything kept.
 * `Consented` is the gate: only this room makes one, from a live row. Ending a consent is an event
 * that every room living on it hears. Each room says what it keeps; this room runs the terms.
 * What was erased leaves an erasure: ids and a time, in a table and in a file beside the database,
 * so that a restored backup erases it again.
 * Who reported something is sealed (`reporters`), and goes with the matter.
 * Keeps: consents (life of the purpose + 3 y), refusals (12 months), looks (at least 3 y), erasures
 * and when backups were taken (3 y).
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import { endExpired } from './actions.ts'
import { deleteReporters } from './reporters/index.ts'
import { deleteRequestsBefore } from './requests/index.ts'
import {
  deleteBackupsTakenBefore,
  deleteConsentsBefore,
  deleteErasuresBefore,
  deleteLooksBefore,
  deleteRefusalsOver,
} from './store.ts'
import type { Keeps } from './types.ts'

export {
  backupTaken,
  bookOf,
  endConsent,
  eraseAgain,
  giveConsent,
  keepErasures,
  letGo,
  refuseConsent,
  writeLooks,
} from './actions.ts'
export { readErasures } from './erasures/index.ts'
export type { WhomItTells } from './authority/index.ts'
export { deleteReporters, sealedParts, sealReporter, type Reporter } from './reporters/index.ts'
export { committeesFor, matterFor, matterForHome, type WhoIs } from './requests/index.ts'
export { listens } from './listens.ts'
export { erasuresIn, findConsent, giverOf, liveConsents, notAsked, notAskedUntil } from './store.ts'
export { openRoutes } from './routes.ts'
export { textVersions } from './types.ts'
export type { Consented, ConsentPurpose, Erasure, Giver, JudgedPurpose, Keeps } from './types.ts'

const keptYears = 3

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'agreed-care',
      what: 'consents past their date',
      expire: () => endExpired(given),
    },
    {
      purpose: 'access-record',
      what: 'looks older than three years',
      expire: (now) =>
        given.db.asOwner((tx) => deleteLooksBefore(tx, now - keptYears * 366 * dayMs)),
    },
    {
      purpose: 'access-record',
      what: 'requests older than the looks that name them',
      expire: (now) =>
        given.db.asOwner((tx) => deleteRequestsBefore(tx, now - (keptYears + 1) * 366 * dayMs)),
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
      expire: (now) =>
        given.db.asOwner((tx) => deleteConsentsBefore(tx, now - keptYears * 366 * dayMs)),
    },
    {
      purpose: 'own-data',
      what: 'erasures older than three years',
      expire: (now) =>
        given.db.asOwner((tx) => deleteErasuresBefore(tx, now - keptYears * 366 * dayMs)),
    },
    {
      purpose: 'operation',
      what: 'records of backups older than three years',
      expire: (now) =>
        given.db.asOwner((tx) => deleteBackupsTakenBefore(tx, now - keptYears * 366 * dayMs)),
    },
  ]
}
