/**
 * Counts for streets and above: fixed cells, tens, from ten on, made once a month; a figure changes
 * only where at least ten people differ from every other that was ever shown of its cell. Keeps the
 * counts that were shown, of nobody.
 */
export { openCountRoutes } from './routes.ts'
