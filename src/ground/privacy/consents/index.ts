/**
 * Consents: what people agreed to, refused and ended. The gate's proof is made in this folder's
 * store alone, by statements that ask in themselves whether the street has the purpose switched on
 * and the words still hold. The person sees all of it and ends each with one tap.
 */
export {
  endAllConsents,
  endConsent,
  endExpired,
  giveConsent,
  noteWords,
  refuseConsent,
} from './consents.ts'
export type { EndsAgreement } from './own.ts'
export { openConsentRoutes } from './routes.ts'
export {
  countLive,
  deleteConsentsBefore,
  endAgain as endConsentAgain,
  findConsent,
  giverOf,
  holdPurpose,
  isAgreed,
  isSwitchedOn,
  liveConsents,
} from './store.ts'
export { consentPurposes } from './types.ts'
