import type { Tx } from '../sql.ts'
import { StartRefusal } from '../start-refusal.ts'
import { keptRing, newRing, readRing, saveRing, type Ring } from './ring.ts'
import type { SealedPart } from './rotation.ts'

/** The ring in use, and its file, where it has one. */
export type Keyring = { ring(): Ring; put(ring: Ring): void }

type Sealed = Pick<SealedPart, 'name' | 'keys'>

/**
 * The ring of the file, made on first need. A database that holds values of a key which is not in
 * it is not opened: nobody could read them, and what is written from then on would hide that.
 * @throws StartRefusal where keys are missing; the file is left as it is.
 */
export async function keptKeyring(
  path: string | undefined,
  asOwner: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  parts: readonly Sealed[],
): Promise<Keyring> {
  if (path === undefined) return heldIn(newRing(), () => undefined)
  const known = new Set((readRing(path)?.seal ?? []).map(({ id }) => id))
  const held = await asOwner(async (tx) => {
    const keys: string[] = []
    for (const part of parts) keys.push(...(await part.keys(tx)))
    return keys
  })
  if (held.some((key) => !known.has(key))) throw lostKeys(path)
  return heldIn(keptRing(path), (ring) => saveRing(path, ring))
}

function heldIn(first: Ring, save: (ring: Ring) => void): Keyring {
  let ring = first
  return {
    ring: () => ring,
    put(next) {
      // The file first: what is sealed with a key must not outlive the only copy of it.
      save(next)
      ring = next
    },
  }
}

function lostKeys(path: string): StartRefusal {
  return new StartRefusal({
    zh: `数据库里的电话和证件号码是用别的密钥封存的，${path} 里没有那把密钥。请把当时另存的 keys.json 放回这个位置再启动；备份里不含密钥，没有它，这些号码谁也打不开。数据没有改动。`,
    en: `Telephones and identity numbers in the database are sealed with a key that ${path} does not hold. Put back the keys.json that you keep apart from the backups, then start again; no backup holds keys, and nobody can open the numbers without it. No data was touched.`,
  })
}
