export { careCount } from './counting.ts'
