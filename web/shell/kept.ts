import { canKeep, database } from './drop-kept.ts'

/**
 * What a worker's own device keeps for when there is no network: encrypted with a key that the
 * browser does not give out, gone when the person signs out and after twelve hours. Without https
 * the browser has no such keys, and nothing is kept.
 */
const hoursKept = 12
export const keptMs = hoursKept * 3_600_000

type Locked = { name: string; until: number; nonce: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }

export async function keep(name: string, value: unknown, forMs = keptMs): Promise<void> {
  if (!canKeep()) return
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce },
    await keyKept(),
    new TextEncoder().encode(JSON.stringify(value)),
  )
  const locked: Locked = { name, until: Date.now() + forMs, nonce, sealed }
  await inStore('readwrite', 'locked', (store) => store.put(locked))
}

/** null: nothing there, too old, or not to be opened. */
export async function kept<T>(name: string): Promise<T | null> {
  if (!canKeep()) return null
  const locked = await inStore<Locked | undefined>('readonly', 'locked', (store) => store.get(name))
  if (!locked) return null
  if (locked.until <= Date.now()) {
    await inStore('readwrite', 'locked', (store) => store.delete(name))
    return null
  }
  try {
    const iv = locked.nonce
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv },
      await keyKept(),
      locked.sealed,
    )
    return JSON.parse(new TextDecoder().decode(opened)) as T
  } catch {
    return null
  }
}

export async function drop(name: string): Promise<void> {
  if (!canKeep()) return
  await inStore('readwrite', 'locked', (store) => store.delete(name))
}

/** Two pages may make one at the same time: the first one stays. */
async function keyKept(): Promise<CryptoKey> {
  const known = await inStore<CryptoKey | undefined>('readonly', 'keys', (store) =>
    store.get('key'),
  )
  if (known) return known
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  await inStore('readwrite', 'keys', (store) => store.add(made, 'key')).catch(() => undefined)
  const settled = await inStore<CryptoKey | undefined>('readonly', 'keys', (store) =>
    store.get('key'),
  )
  return settled ?? made
}

/** Opened for one thing and closed again, so that dropping it all has nobody to wait for. */
async function inStore<T>(
  mode: IDBTransactionMode,
  name: 'keys' | 'locked',
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const db = await opened()
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = db.transaction(name, mode)
      const request = ask(transaction.objectStore(name))
      transaction.oncomplete = () => done(request.result as T)
      transaction.onerror = transaction.onabort = () =>
        fail(new Error('the browser did not keep it', { cause: transaction.error }))
    })
  } finally {
    db.close()
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(database, 1)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('keys')
      asked.result.createObjectStore('locked', { keyPath: 'name' })
    }
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(new Error('the browser keeps nothing', { cause: asked.error }))
  })
}
