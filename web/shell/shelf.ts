import { canKeep } from './drop-kept.ts'
import { registerWorker } from './register-worker.ts'

/** The desk's page without anybody's data, and the files it needs: what opens without a network. */
export const shelfName = 'lilong-desk'
export const shellPath = '/desk/offline'

/** Once the page has settled: what it loads now is more urgent. */
const settledMs = 2_000

export function keepShell(): void {
  if (!canKeep() || !('serviceWorker' in navigator) || !('caches' in globalThis)) return
  setTimeout(() => void fill().catch(() => undefined), settledMs)
}

async function fill(): Promise<void> {
  await registerWorker()
  const shelf = await caches.open(shelfName)
  const shell = await fetch(shellPath)
  if (!shell.ok) return
  const text = await shell.clone().text()
  await shelf.put(shellPath, shell)
  const needed = new Set([...filesIn(text), ...filesLoaded()])
  const there = new Set((await shelf.keys()).map(({ url }) => new URL(url).pathname))
  await Promise.all([...needed].filter((file) => !there.has(file)).map((file) => shelf.add(file)))
  // an older build's files are asked for by nobody any more
  const old = [...there].filter((file) => file !== shellPath && !needed.has(file))
  await Promise.all(old.map((file) => shelf.delete(file)))
}

function filesIn(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].flatMap(([, file]) => file ?? [])
}

/** Words come by themselves, in one language: those that this page has loaded. */
function filesLoaded(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.startsWith('/assets/') && /\.(js|css)$/.test(path))
}
