import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { becomeKeeper } from '../keeper.ts'
import { readSecret } from '../kept-secret.ts'

/** Whether a program keeps the folder: no, it does and its server is there, or not quite. */
export type Running = { is: 'stopped' } | { is: 'running'; pid: number; url: string | undefined }

/**
 * The server that another program started on `dataDir`. Its port is in PostgreSQL's own file; the
 * address is missing while it starts or stops.
 */
export function serverAt(dataDir: string): Running {
  const folder = resolve(dataDir)
  if (!existsSync(folder)) return { is: 'stopped' }
  const keeper = becomeKeeper(folder)
  if (!('keptBy' in keeper)) {
    keeper.letGo()
    return { is: 'stopped' }
  }
  return { is: 'running', pid: keeper.keptBy, url: addressOf(folder) }
}

function addressOf(dataDir: string): string | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
    const port = Number(lines[3])
    const secret = readSecret(join(dataDir, 'owner.secret'))
    if (!secret || !port || lines[7]?.trim() !== 'ready') return undefined
    return `postgres://owner:${secret}@127.0.0.1:${port}/lilong`
  } catch {
    return undefined
  }
}
