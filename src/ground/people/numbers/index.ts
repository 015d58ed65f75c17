/**
 * Numbers: telephones and identity numbers, sealed in the database and found by a keyed hash. A
 * number is read for one person at a time, by whoever has a matter with them.
 */
export {
  addNumbers,
  alikeBy,
  cellOfNumber,
  isNumberDoubled,
  numberOf,
  numbersOf,
  type NumberKind,
  type NumberOf,
} from './numbers.ts'
export { bornOnIn, idNumberIn, masked, phoneIn, tailOf } from './written.ts'
