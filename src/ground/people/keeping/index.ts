/**
 * keeping: what workers write into the register about homes and who lives in them, and what a
 * resident sees of their own. The door of this folder.
 */
export { openKeepingRoutes } from './routes.ts'
