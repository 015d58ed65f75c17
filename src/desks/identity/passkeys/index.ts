/**
 * passkeys: keys that a browser makes and keeps; of each only the public half is here. Signing in
 * asks for no name, so that nobody learns who has an account. A passkey whose counter goes back is
 * refused and blocked. Keeps: public keys, while their owner wants them.
 */
export { openPasskeyRoutes } from './routes.ts'
export { passkeysHere } from './passkeys.ts'
