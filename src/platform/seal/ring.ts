import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { StartRefusal } from '../start-refusal.ts'

/**
 * The keys that personal numbers are sealed and found with. They lie in one 0600 file beside the
 * database, never in it and never in a backup. The first of each list is the one in use; those
 * behind it still open what was sealed before a rotation. `report` is for identities of reporters
 * alone: whoever holds the register's keys opens none of them.
 */
export type Ring = { seal: readonly Key[]; find: readonly Key[]; report: readonly Key[] }
export type Key = { id: string; bytes: Buffer }

export function newKey(): Key {
  return { id: randomBytes(6).toString('base64url'), bytes: randomBytes(32) }
}

export function newRing(): Ring {
  return { seal: [newKey()], find: [newKey()], report: [newKey()] }
}

/**
 * Made on first need; never half written; the first maker wins. One from before reporters were
 * sealed gets its key for them.
 */
export function keptRing(path: string): Ring {
  const known = readRing(path)
  if (known) return known.report.length > 0 ? known : saved(path, { ...known, report: [newKey()] })
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, written(newRing()), { mode: 0o600, flush: true })
    linkSync(draft, path)
  } catch (why) {
    if ((why as NodeJS.ErrnoException).code !== 'EEXIST') throw why
  } finally {
    rmSync(draft, { force: true })
  }
  return readRing(path) ?? newRing()
}

function saved(path: string, ring: Ring): Ring {
  saveRing(path, ring)
  return ring
}

/** Replaces the file as a whole: a kill leaves the old one or the new one. */
export function saveRing(path: string, ring: Ring): void {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, written(ring), { mode: 0o600, flush: true })
  renameSync(draft, path)
}

export function readRing(path: string): Ring | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (why) {
    if ((why as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw why
  }
  const ring = parsed(text)
  if (ring) return ring
  throw new StartRefusal({
    zh: `密钥文件 ${path} 损坏，读不出来。请从另存的副本恢复这个文件；没有它，电话和证件号码无法打开。`,
    en: `The key file ${path} is damaged. Restore it from your own copy; telephones and identity numbers cannot be opened without it.`,
  })
}

type List = { id: string; key: string }[]
type Written = { seal: List; find: List; report?: List }

function written({ seal, find, report }: Ring): string {
  const of = (keys: readonly Key[]) =>
    keys.map(({ id, bytes }) => ({ id, key: bytes.toString('base64url') }))
  const lists: Written = { seal: of(seal), find: of(find), report: of(report) }
  return `${JSON.stringify(lists, null, 2)}\n`
}

function parsed(text: string): Ring | undefined {
  try {
    const { seal, find, report = [] } = JSON.parse(text) as Written
    const of = (keys: List) =>
      keys.map(({ id, key }) => ({ id, bytes: Buffer.from(key, 'base64url') }))
    const ring = { seal: of(seal), find: of(find), report: of(report) }
    const isWhole =
      ring.seal.length > 0 &&
      ring.find.length > 0 &&
      [...ring.seal, ...ring.find, ...ring.report].every(({ bytes }) => bytes.length === 32)
    return isWhole ? ring : undefined
  } catch {
    return undefined
  }
}
