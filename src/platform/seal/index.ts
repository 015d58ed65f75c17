/** Sealed values and the key ring that lies outside the database. */
export { keptRing, newRing, readRing, saveRing, type Key, type Ring } from './ring.ts'
export { keptKeyring, type Keyring } from './keyring.ts'
export { openRotation, type Rotation, type SealedPart } from './rotation.ts'
export { nothingSealed, sealWith, type Seal } from './seal.ts'
