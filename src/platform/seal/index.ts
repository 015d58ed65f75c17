/** Sealed values and the key ring that lies outside the database. */
export { keptRing, newKey, newRing, readRing, saveRing, type Key, type Ring } from './ring.ts'
export { nothingSealed, sealWith, type Seal } from './seal.ts'
