import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { keptSecret } from './kept-secret.ts'

/** Signs for whoever holds the secret. `key` is public: 32 bytes, base64url. */
export type Signer = { key: string; sign(text: string): string }

/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const secretPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** An Ed25519 key made from the secret in the file, which is made on first need. */
export function keptSigner(path: string): Signer {
  const seed = Buffer.from(keptSecret(path), 'base64url')
  const der = Buffer.concat([secretPrefix, seed])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  return {
    key: spki.subarray(publicPrefix.length).toString('base64url'),
    sign: (text) => sign(null, Buffer.from(text), secret).toString('base64url'),
  }
}

/** False also for what is no key or no signature. */
export function isSigned(text: string, signature: string, key: string): boolean {
  const bytes = Buffer.from(key, 'base64url')
  if (bytes.length !== 32 || !/^[\w-]{86}$/.test(signature)) return false
  try {
    const der = Buffer.concat([publicPrefix, bytes])
    const known = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text), known, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

/** A short name for a key, which nobody can choose: 32 hexadecimal letters. */
export function nameOfKey(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex').slice(0, 32)
}
