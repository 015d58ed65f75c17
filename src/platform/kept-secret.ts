import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes, randomUUID } from 'node:crypto'

/**
 * The random secret kept in a 0600 file; made on first need, never half written, first maker
 * wins.
 */
export function keptSecret(path: string): string {
  return keptText(path, randomBytes(32).toString('base64url'))
}

/** As `keptSecret`, of a text that is given: whoever was first has their say for ever. */
export function keptText(path: string, text: string): string {
  const known = readSecret(path)
  if (known) return known
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    linkSync(draft, path)
  } catch (why) {
    if ((why as NodeJS.ErrnoException).code !== 'EEXIST') throw why
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(path, 'utf8').trim()
}

/** The secret in the file, or nothing where there is no such file. */
export function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch (why) {
    if ((why as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw why
  }
}
