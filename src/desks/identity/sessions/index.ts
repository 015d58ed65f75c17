/**
 * sessions: opaque, of one browser, short, ended by one tap. Only hashes are kept. A page's session
 * answers only together with the secret of the browser that it was opened in; what its holder is
 * and holds is looked up anew at every call.
 */
export { steppedUpMs } from './decide.ts'
export { openDeviceRoutes } from './routes.ts'
export {
  endSessions,
  lookOn,
  openSession,
  renewFor,
  renewSession,
  whoAsks,
  type Door,
  type OpenedBy,
  type Opened,
} from './sessions.ts'
export { deleteExpired, type Holder } from './store.ts'
