/**
 * What a street keeps and who looked, in numbers, for everybody to read. Of people only tens, from
 * ten on, made once a month: no two reports tell of a smaller group. Keeps: the figures, of nobody.
 */
export type { Counted } from './numbers.ts'
export { openNumberRoutes } from './routes.ts'
