import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

/** A PostgreSQL of the distribution, in a folder and on a port of its own. */
export type DistributionServer = AsyncDisposable & {
  /** its superuser, in the database `postgres` */
  url: string
  port: number
  /** the same server with another database, user or password */
  at(other: { database?: string; user?: string; password?: string }): string
  ask<Row = unknown>(statement: string, database?: string): Promise<Row[]>
  stop(): Promise<void>
  start(): Promise<void>
}

export const noDistribution =
  'no server of the distribution under /usr/lib/postgresql: install postgresql-15 or newer'

/** The newest one, 15 or newer. */
export function distributionBin(): string | undefined {
  try {
    const versions = readdirSync('/usr/lib/postgresql').map(Number)
    const newest = Math.max(...versions.filter((version) => version >= 15))
    return Number.isFinite(newest) ? `/usr/lib/postgresql/${newest}/bin` : undefined
  } catch {
    return undefined
  }
}

const secret = 'of-the-superuser'
const nobody = 65_534

export async function startDistribution(
  settings: Record<string, string> = {},
): Promise<DistributionServer> {
  const bin = distributionBin()
  if (bin === undefined) throw new Error(noDistribution)
  const folder = mkdtempSync(join(tmpdir(), 'lilong-distribution-'))
  const dir = join(folder, 'cluster')
  const password = join(folder, 'password')
  writeFileSync(password, secret, { mode: 0o644 })
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, nobody, nobody)
  else chmodSync(folder, 0o700)
  const before = isRoot
    ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
    : []
  const command = (name: string, args: string[]) => {
    const [program = '', ...rest] = [...before, join(bin, name), ...args]
    return { program, rest }
  }
  const made = command('initdb', [
    ...['-D', dir, '-U', 'super', `--pwfile=${password}`, '--auth=scram-sha-256'],
    ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
  ])
  const initdb = spawnSync(made.program, made.rest, { encoding: 'utf8', cwd: '/' })
  if (initdb.status !== 0) throw new Error(initdb.stderr)
  const port = await freePort()
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, port: `${port}` }
  const options = Object.entries({ ...fixed, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const server = command('postgres', ['-D', dir, ...options])
  const at: DistributionServer['at'] = (other) => {
    const url = new URL(`postgres://super:${secret}@127.0.0.1:${port}/postgres`)
    if (other.database) url.pathname = `/${other.database}`
    if (other.user) url.username = other.user
    if (other.password) url.password = other.password
    return url.href
  }
  const ask: DistributionServer['ask'] = (statement, database) =>
    askAt(at(database ? { database } : {}), statement)
  let child: ReturnType<typeof spawn> | undefined
  const start = async () => {
    child = spawn(server.program, server.rest, { cwd: '/', stdio: 'ignore' })
    for (let tries = 0; ; tries++) {
      const answers = await ask('select 1').catch(() => undefined)
      if (answers) return
      if (tries > 100) throw new Error('the server of the distribution does not start')
      await pause(100)
    }
  }
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const over = new Promise((done) => child?.once('exit', done))
    child.kill('SIGINT')
    await over
  }
  await start()
  return {
    ...{ url: at({}), port, at, ask, start, stop },
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function askAt<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows as Row[]
  } finally {
    await client.end()
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
