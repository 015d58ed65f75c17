/**
 * accounts: who signs in, across streets, and which person of a street an account is. A person has
 * one account; nobody is merged in silence: whatever is taken already goes to a claim.
 */
export {
  accountOf,
  accountOfPerson,
  accountByPhone,
  addAccount,
  phoneOf,
  proveStanding,
  resealAccounts,
  type Proof,
  type Standing,
} from './accounts.ts'
export {
  deleteUnused,
  hasKey,
  keysOfAccounts,
  partWithPhone,
  endStandingOf,
  standingsOf,
  touchAccount,
} from './store.ts'
