import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import type { Key, Ring } from './ring.ts'

/**
 * Seals what must not be readable in the database, and finds it again by a keyed hash.
 * AES-256-GCM (NIST SP 800-38D), 96-bit random nonce; the additional data say which cell it stands
 * in, so that a sealed value moved to another row does not open.
 */
export type Seal = {
  /** nonce ‖ ciphertext ‖ tag, and the id of the key. `cell` like `people.number:<person>:phone`. */
  close(cell: string, plain: string): { sealed: Buffer; key: string }
  /** @throws where it was changed, moved, or its key is not in the ring */
  open(cell: string, sealed: Buffer, key: string): string
  /** HMAC-SHA-256 of a normalised value, with the key in use. `kind` keeps phones from ID numbers. */
  find(kind: string, plain: string): Buffer
  /** The same with every key of the ring, the one in use first: for look-up during a rotation. */
  finds(kind: string, plain: string): Buffer[]
  /** The id of the key in use. */
  current(): string
  /** Ids of the keys behind it, which a rotation has not dropped yet. */
  older(): string[]
  /** The id of the key that hashes are made with now. */
  foundBy(): string
  /** With keys of its own, which open nothing else and are opened by none of the others. */
  report: Pick<Seal, 'close' | 'older'> & {
    /** Undefined where its key is not in the ring. @throws where it was changed or moved */
    open(cell: string, sealed: Buffer, key: string): string | undefined
    /**
     * For limits of a day, with every key of the ring, the one in use first: what it was made of is
     * not found with the register's keys.
     */
    finds(kind: string, plain: string): Buffer[]
  }
}

/** For work that must never meet a sealed value: whatever asks is a bug. */
export const nothingSealed: Seal = sealWith(() => {
  throw new Error('no key ring here')
})

const nonceBytes = 12
const tagBytes = 16

/** `ring` is asked at each use: a rotation takes effect without a restart. */
export function sealWith(ring: () => Ring): Seal {
  return {
    close: (cell, plain) => closed(inUse(ring().seal), cell, plain),
    open(cell, sealed, key) {
      const known = ring().seal.find(({ id }) => id === key)
      if (!known) throw new Error('sealed with a key that is not in the ring')
      return opened(known, cell, sealed)
    },
    find: (kind, plain) => keyed(inUse(ring().find), kind, plain),
    finds: (kind, plain) => ring().find.map((key) => keyed(key, kind, plain)),
    current: () => inUse(ring().seal).id,
    older: () => behind(ring().seal),
    foundBy: () => inUse(ring().find).id,
    report: {
      close: (cell, plain) => closed(inUse(ring().report), cell, plain),
      open(cell, sealed, key) {
        const known = ring().report.find(({ id }) => id === key)
        return known && opened(known, cell, sealed)
      },
      older: () => behind(ring().report),
      finds: (kind, plain) => ring().report.map((key) => keyed(key, kind, plain)),
    },
  }
}

function inUse(keys: readonly Key[]): Key {
  const [first] = keys
  if (!first) throw new Error('an empty key ring')
  return first
}

function behind([, ...older]: readonly Key[]): string[] {
  return older.map(({ id }) => id)
}

const ready = new WeakMap<Buffer, KeyObject>()

/** Made ready once: a hash with bare bytes takes 10 µs, of which the key is 8. */
function readyOf(bytes: Buffer): KeyObject {
  const known = ready.get(bytes) ?? createSecretKey(bytes)
  ready.set(bytes, known)
  return known
}

function closed({ id, bytes }: Key, cell: string, plain: string): { sealed: Buffer; key: string } {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', readyOf(bytes), nonce).setAAD(Buffer.from(cell))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { sealed: Buffer.concat([nonce, body, cipher.getAuthTag()]), key: id }
}

function opened({ bytes }: Key, cell: string, sealed: Buffer): string {
  if (sealed.length < nonceBytes + tagBytes) throw new Error('too short to be sealed')
  const nonce = sealed.subarray(0, nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', readyOf(bytes), nonce)
    .setAAD(Buffer.from(cell))
    .setAuthTag(sealed.subarray(-tagBytes))
  const body = sealed.subarray(nonceBytes, -tagBytes)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}

function keyed({ bytes }: Key, kind: string, plain: string): Buffer {
  return createHmac('sha256', readyOf(bytes)).update(`${kind}\0${plain}`).digest()
}
