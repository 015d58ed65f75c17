/**
 * codes: six digits to a telephone, for five minutes and five tries, answered by the browser that
 * asked. The answer is the same whether anybody signs in with that telephone or not.
 */
export { askCode, codeFits } from './codes.ts'
export { openCodeRoutes } from './routes.ts'
export { deleteCodes } from './store.ts'
