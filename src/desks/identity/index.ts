/**
 * identity: who asks. One-time links and opaque sessions, kept as hashes only; no password exists.
 * Roles come from where the person lives and which post they hold, never from the request.
 * Keeps: links 24 hours, sessions 30 days (staff 12 hours), codes 24 hours, letters, questions and
 * claims until a month or a year after their end, accounts a year after their last use.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { SealedPart } from '../../platform/seal/index.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { deleteUnused, keysOfAccounts, resealAccounts } from './accounts/index.ts'
import { deleteAttempts, knownMs } from './attempts/index.ts'
import { deleteCodes } from './codes/index.ts'
import { deleteCodesBut, deleteGrantsBefore, grantKeptMs } from './grants/index.ts'
import { deletePassesOver, passKeptMs } from './passes/index.ts'
import { dropEnded } from './ceremonies/index.ts'
import { deleteOpenings } from './first-run/index.ts'
import { deleteProofsOver, endLettersBut } from './proving/index.ts'
import { deleteExpired } from './sessions/index.ts'
import { deleteLinks } from './store.ts'

export { enter, isOpenLink, leave } from './actions.ts'
export { addAccount, phoneOf } from './accounts/index.ts'
export { mayTry } from './attempts/index.ts'
export { lookOn, openSession, whoAsks } from './sessions/index.ts'
export { grantedWith } from './grants/index.ts'
export { openProvider, type Organisation, type Provider } from './oidc/index.ts'
export { keeper, personOf } from './own/index.ts'
export { openRoutes, type Out } from './routes.ts'

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'sign-in',
      what: 'used and expired links',
      expire: (now) => given.db.asOwner((tx) => deleteLinks(tx, now)),
    },
    {
      purpose: 'door-security',
      what: 'visitors’ passes, 24 hours after their end',
      expire: (now) => given.db.asOwner((tx) => deletePassesOver(tx, now - passKeptMs)),
    },
    {
      purpose: 'own-data',
      what: 'grants to act for another, a year after their end, and their codes',
      expire: (now) => given.db.asOwner((tx) => deleteGrantsBefore(tx, now - grantKeptMs, now)),
    },
    {
      purpose: 'sign-in',
      what: 'owners’ links and invitations, 24 hours after they were made',
      expire: (now) => given.db.asOwner((tx) => deleteOpenings(tx, now)),
    },
    {
      purpose: 'sign-in',
      what: 'challenges of passkeys and of the organisation’s sign-in, after 5 minutes',
      expire: (now) => given.db.asOwner((tx) => dropEnded(tx, now)),
    },
    {
      purpose: 'sign-in',
      what: 'sessions that are over',
      expire: (now) => given.db.asOwner((tx) => deleteExpired(tx, now)),
    },
    {
      purpose: 'sign-in',
      what: 'codes sent, and what was counted against guessing, after 24 hours; a hash of which browser signed in with which telephone, after 90 days',
      expire: (now) =>
        given.db.asOwner(
          async (tx) =>
            (await deleteCodes(tx, now - dayMs)) +
            (await deleteAttempts(tx, now - dayMs, now - knownMs)),
        ),
    },
    {
      purpose: 'sign-in',
      what: 'letters and questions to a household 30 days after their end, claims a year after, or after they were made',
      expire: (now) =>
        given.db.asOwner((tx) =>
          deleteProofsOver(tx, { now, month: now - 30 * dayMs, year: now - 365 * dayMs }),
        ),
    },
    {
      purpose: 'sign-in',
      what: 'who an account was, a year after its end; accounts that nobody used for a year',
      expire: (now) => given.db.asOwner((tx) => deleteUnused(tx, now - 365 * dayMs)),
    },
  ]
}

/**
 * Telephones of accounts. Letters that are out, and codes to act for another, end with the key that
 * they are found by: the station is told which homes need another letter.
 */
export function sealedParts(given: () => Given): SealedPart[] {
  return [
    {
      name: 'identity.account',
      keys: keysOfAccounts,
      reseal: (most) => resealAccounts(given(), most),
      beforeDrop: async () => {
        const { db, seal, clock } = given()
        await db.asOwner(async (tx) => {
          await endLettersBut(tx, seal.foundBy(), clock.now())
          await deleteCodesBut(tx, seal.foundBy())
        })
      },
    },
  ]
}
