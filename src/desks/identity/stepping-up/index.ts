/**
 * stepping-up: whoever is about to see something sensitive shows once more that they are who signed
 * in: by a passkey of their own, by their organisation, or, where they have neither, by a code to
 * their own telephone. It counts for ten minutes, in this one session.
 */
export {
  accountAsking,
  isSteppedUp,
  mayAddKey,
  showAnew,
  waysIn,
  type AccountAsking,
} from './showing.ts'
export { openStepUpRoutes } from './routes.ts'
export { isLastWay, type WaysIn } from './decide.ts'
