/**
 * Passes: a resident lets a visitor in at one door for some hours. Whoever stands at the door
 * learns only whether the pass is valid; who comes is neither asked nor written down.
 * Keeps: a pass until 24 hours after its end.
 */
export { passKeptMs } from './decide.ts'
export { openPassRoutes } from './routes.ts'
export { deletePassesOver } from './store.ts'
