/** Where a worker’s own device keeps what it needs without a network; see `kept.ts`. */
export const database = 'lilong-desk'

export function canKeep(): boolean {
  return globalThis.isSecureContext && 'indexedDB' in globalThis && 'subtle' in crypto
}

/** All of it, with its key. */
export async function dropKept(): Promise<void> {
  if (!canKeep()) return
  await new Promise<void>((done) => {
    const asked = indexedDB.deleteDatabase(database)
    asked.onsuccess = asked.onerror = asked.onblocked = () => done()
  })
}
