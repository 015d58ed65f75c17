/** Two installations of nobody's making, each on a folder of its own: what is the same, or open? */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { every, requestOf } from '../../tests/rig/contracts.ts'
import { startProduct, type Started } from '../../tests/rig/started.ts'
import { promiseNone, say } from './report.ts'

const users = [
  '',
  'admin',
  'root',
  'postgres',
  'owner',
  'lilong',
  'lilong_app',
  'operator',
  'guest',
]
const passwords = [
  ...['', 'admin', 'root', 'postgres', 'owner', 'lilong', 'lilong_app', 'operator', 'guest'],
  ...['password', 'passwd', '123456', '12345678', '88888888', '000000', 'changeme', 'secret'],
  ...['test', 'demo', 'default', 'letmein', 'qwerty', 'admin123', 'Admin@123', 'public', 'mqtt'],
]

export async function proveFresh(): Promise<void> {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'lilong-fresh-')))
  const [one = '', two = ''] = folders
  try {
    await using first = await startProduct(one, { LILONG_TOWN: 'empty' })
    const found = [...(await opened(first, one)), ...looseFiles(one)]
    {
      await using second = await startProduct(two, { LILONG_TOWN: 'empty' })
      found.push(...sameSecrets(one, two), ...looseFiles(two), ...saidSecrets(second, two))
    }
    found.push(...saidSecrets(first, one))
    const tried = users.length * passwords.length
    promiseNone(
      'default_secrets',
      found,
      tried,
      'log-ins that open, secrets that are alike or loose',
    )
    await sayOpen(first)
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

/** The database, the broker and the API, with every pair of words that a maker might have left. */
async function opened(town: Started, folder: string): Promise<string[]> {
  const { httpUrl, mqttUrl } = town.running()
  const pairs = users.flatMap((user) => passwords.map((password) => ({ user, password })))
  const found: string[] = []
  const port = databasePort(folder)
  for (const pair of pairs) {
    if (pair.user && (await isDatabaseOpen(port, pair))) found.push(`database ${pair.user}`)
    if (await isBrokerOpen(mqttUrl, pair)) found.push(`broker ${pair.user}`)
  }
  const doors = every.filter(({ endpoint }) => endpoint.get && !endpoint.who.anyone)
  for (const word of new Set([...users, ...passwords])) {
    for (const { endpoint, name } of doors.slice(0, 5)) {
      const { path } = requestOf(endpoint, {})
      const basic = Buffer.from(`admin:${word}`).toString('base64')
      for (const headers of [
        { authorization: `Bearer ${word}` },
        { authorization: `Basic ${basic}` },
        { cookie: `lilong=${word}; lilong-device=${word}` },
      ]) {
        const { status } = await fetch(`${httpUrl}${path}`, { headers })
        if (status === 200) found.push(`${name} with ${word}`)
      }
    }
  }
  return found
}

function databasePort(folder: string): number {
  const lines = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  return Number(lines[3])
}

async function isDatabaseOpen(port: number, pair: { user: string; password: string }) {
  const client = new Client({ host: '127.0.0.1', port, database: 'lilong', ...pair })
  client.on('error', () => undefined)
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

/** MQTT 3.1.1 CONNECT by hand: only the answer's code is of interest. */
async function isBrokerOpen(url: string, { user, password }: { user: string; password: string }) {
  const text = (words: string) => {
    const bytes = Buffer.from(words)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  }
  const flags = user ? 0xc2 : 0x02
  const body = Buffer.concat([
    ...[text('MQTT'), Buffer.from([4, flags, 0, 30]), text('prove-access')],
    ...(user ? [text(user), text(password)] : []),
  ])
  const { hostname, port } = new URL(url)
  return new Promise<boolean>((done) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(Buffer.concat([Buffer.from([0x10, body.length]), body]))
    })
    socket.setTimeout(3_000, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.once('data', (answer: Buffer) => {
      done(answer[0] === 0x20 && answer[3] === 0)
      socket.destroy()
    })
    socket.once('close', () => done(false))
  })
}

const secretFiles = (folder: string) =>
  readdirSync(folder).filter((name) => /secret|keys|running|erasures|outbox|town\.json/.test(name))

/** The owner alone may read: of each file, and of the folder as far as it is ours. */
function looseFiles(folder: string): string[] {
  return secretFiles(folder)
    .filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
    .map((name) => `${name} can be read by others`)
}

/** Any stretch of letters by chance that is in both. */
function sameSecrets(one: string, two: string): string[] {
  const secrets = (folder: string) =>
    new Set(
      secretFiles(folder).flatMap(
        (name) => readFileSync(join(folder, name), 'utf8').match(/[\w+/-]{20,}={0,2}/g) ?? [],
      ),
    )
  const known = secrets(one)
  return [...secrets(two)]
    .filter((each) => known.has(each))
    .map((each) => `alike: ${each.slice(0, 4)}…`)
}

/** Nothing of a secret file is among the words of the start. */
function saidSecrets(town: Started, folder: string): string[] {
  return secretFiles(folder)
    .filter((name) => name.endsWith('.secret'))
    .filter((name) => town.words().includes(readFileSync(join(folder, name), 'utf8').trim()))
    .map((name) => `${name} is said at the start`)
}

/** Which ports stand open, to whom, and what answers without a session. */
async function sayOpen(town: Started): Promise<void> {
  const { httpUrl } = town.running()
  const ports = portsOf(town.pid)
  for (const { address, port } of ports) console.error(`open: ${address}:${port}`)
  const outside = ports.filter(({ address }) => !/^(127\.|::1|::ffff:127\.)/.test(address))
  say(
    'ports_open',
    ports.length,
    ports.length,
    'count',
    'of the program itself; the database has its own',
  )
  say('ports_open_to_others', outside.length, ports.length)
  const paths = [
    '/',
    '/sign-in',
    '/health',
    '/openapi.json',
    '/metrics',
    '/live',
    '/ui',
    '/icon.svg',
  ]
  const gets = every.filter(({ endpoint }) => endpoint.get)
  const answering: string[] = []
  for (const path of [...paths, ...gets.map(({ endpoint }) => requestOf(endpoint, {}).path)]) {
    const { status } = await fetch(`${httpUrl}${path}`, { redirect: 'manual' })
    if (![401, 403, 404].includes(status)) answering.push(`${status} ${path}`)
  }
  for (const one of answering) console.error(`without a session: ${one}`)
  say('routes_without_session', answering.length, paths.length + gets.length)
}

/** Listening TCP sockets of a process, from /proc (proc_net(5): state 0A). */
function portsOf(pid: number): { address: string; port: number }[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const path = `/proc/self/fd/../../${pid}/fd/${fd}`
      const inode = statSync(path, { throwIfNoEntry: false })?.ino
      return inode === undefined ? [] : [String(inode)]
    }),
  )
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((parts) => parts[3] === '0A' && inodes.has(parts[9] ?? ''))
      .map(([, local = '']) => {
        const [hex = '', port = ''] = local.split(':')
        return { address: addressOf(hex), port: Number.parseInt(port, 16) }
      }),
  )
}

/** As the kernel writes it: words of four bytes, each turned round. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  if (bytes.length === 4) return [...bytes].toReversed().join('.')
  const words = Array.from({ length: 4 }, (_, n) =>
    [...bytes.subarray(n * 4, n * 4 + 4)].toReversed(),
  ).flat()
  if (words.every((byte) => byte === 0)) return '::'
  if (words.slice(0, 15).every((byte) => byte === 0) && words[15] === 1) return '::1'
  return Buffer.from(words).toString('hex')
}
