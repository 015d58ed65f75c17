import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeCertificate } from '../rig/certificate.ts'
import { ask, startProduct, type Started } from '../rig/started.ts'

// Whole towns are opened here.
vi.setConfig({ testTimeout: 300_000 })

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lilong-ports-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const portOf = (url: string) => Number(new URL(url).port)

test('a first start opens the ports that README lists, on loopback, and no other', async () => {
  await using town = await startProduct(join(folder, 'data'), { LILONG_TOWN: 'empty' })
  const { httpUrl, mqttUrl } = town.running()
  const database = databasePort(town, folder)
  expect(openPorts(town.pid)).toEqual(
    [portOf(httpUrl), portOf(mqttUrl), database].map((port) => `127.0.0.1:${port}`).toSorted(),
  )
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const rows = readFileSync(readme, 'utf8').matchAll(/^\| [^|]*`(LILONG_[A-Z]+_PORT)`/gm)
    const listed = new Set([...rows].map(([, name = '']) => name))
    const named = ['LILONG_HTTP_PORT', 'LILONG_MQTT_PORT', 'LILONG_MQTTS_PORT']
    expect(listed, readme).toEqual(new Set(named))
  }
})

test('no secret is the same in two installations, and only their owner reads them', async () => {
  const seen = new Set<string>()
  const installations = ['one', 'two']
  for (const name of installations) {
    const dataDir = join(folder, name)
    await using town = await startProduct(dataDir, { LILONG_TOWN: 'empty' })
    const { httpUrl } = town.running()
    for (const key of ['', 'operator', 'admin', 'lilong']) {
      const headers = { authorization: `Bearer ${key}` }
      const answer = await ask('GET', `${httpUrl}/api/demo/status`, { headers })
      expect(answer.status).toBe(401)
    }
    const secrets = readdirSync(dataDir).filter((file) => file.endsWith('.secret'))
    expect(secrets.toSorted()).toEqual(
      ['app', 'operator', 'owner', 'push'].map((name) => `${name}.secret`),
    )
    for (const file of secrets) {
      const path = join(dataDir, file)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      const secret = readFileSync(path, 'utf8').trim()
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
      seen.add(secret)
    }
  }
  expect(seen.size).toBe(4 * installations.length)
})

test('with a certificate: HTTPS and MQTTS for all, plain only on loopback', async () => {
  const { cert, key } = makeCertificate({ names: ['lilong.example'] })
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
  await using town = await startProduct(join(folder, 'data'), {
    ...{ LILONG_TLS_CERT: join(folder, 'cert.pem'), LILONG_TLS_KEY: join(folder, 'key.pem') },
    ...{ LILONG_PUBLIC_URL: 'https://lilong.example:8443', LILONG_BIND: '0.0.0.0' },
  })
  const { httpUrl, mqttUrl } = town.running()
  const database = databasePort(town, folder)
  const open = openPorts(town.pid)
  const forAll = open.filter((each) => each.startsWith('0.0.0.0:')).map((each) => each.slice(8))
  const plain = [portOf(httpUrl), portOf(mqttUrl), database]
  expect(open.filter((each) => each.startsWith('127.0.0.1:'))).toEqual(
    plain.map((port) => `127.0.0.1:${port}`).toSorted(),
  )
  expect([...forAll, ...plain]).toHaveLength(open.length)
  expect(forAll).toHaveLength(2)

  // Links are made of the public address, whatever the port is called here.
  expect(town.url).toBe('https://lilong.example:8443')
  const [, link = ''] = /(https:\/\/lilong\.example:8443\/in\/\S+)/.exec(town.words()) ?? []
  expect(link).not.toBe('')
  const speaks = await Promise.all(forAll.map((port) => speaksHttp(port, cert)))
  const https = `https://127.0.0.1:${forAll[speaks.indexOf(true)]}`
  const page = await ask('GET', `${https}/sign-in`, { ca: cert })
  expect(page.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  const entered = await ask('POST', https + new URL(link).pathname, {
    ...{ ca: cert, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  })
  expect(entered.status).toBe(303)
  const kept = (entered.headers['set-cookie'] ?? []) as string[]
  for (const [n, name] of ['lilong-device', 'lilong'].entries()) {
    const host = new RegExp(`^__Host-${name}=.*; Path=/; HttpOnly; Secure; SameSite=Lax$`)
    expect(kept[n]).toMatch(host)
  }

  // A page of the public address may post, another site's may not.
  const cookie = cookieOf(entered.headers)
  const post = (origin: string) =>
    ask('POST', `${https}/api/identity/nothing`, {
      ca: cert,
      headers: { cookie, origin },
      body: {},
    })
  expect((await post('https://lilong.example:8443')).status).toBe(404)

  // MQTTS: a device that does not know the certificate ends the line; a stranger is refused.
  const mqtts = `mqtts://127.0.0.1:${forAll[speaks.indexOf(false)]}`
  const wish = { username: 'nobody', password: 'no', reconnectPeriod: 0 }
  await expect(mqtt.connectAsync(mqtts, { ...wish, ca: cert })).rejects.toThrow(
    /[Nn]ot authorized|Bad username/,
  )
  await expect(mqtt.connectAsync(mqtts, wish)).rejects.toThrow(/self-signed/)
})

test('behind a proxy that ends TLS: links and cookies are https, without a certificate here', async () => {
  await using town = await startProduct(join(folder, 'data'), {
    LILONG_PUBLIC_URL: 'https://lilong.example',
  })
  const { httpUrl } = town.running()
  const [, link = ''] = /(https:\/\/lilong\.example\/in\/\S+)/.exec(town.words()) ?? []
  const entered = await ask('POST', httpUrl + new URL(link).pathname, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'inside:8080' },
  })
  expect(String(entered.headers['set-cookie'])).toMatch(/; Secure/)
  const cookie = cookieOf(entered.headers)
  const post = (origin: string) =>
    ask('POST', `${httpUrl}/api/identity/links`, {
      ...{ headers: { cookie, origin, host: 'inside:8080' }, body: { name: '王晨光' } },
    })
  // Neither may make a link; but who comes from elsewhere is not even listened to.
  expect((await post('https://lilong.example')).status).toBe(403)
  expect((await post('https://evil.example')).status).toBe(403)
})

/** What a browser sends back: the session, and its own secret. */
function cookieOf(headers: NodeJS.Dict<string | string[]>): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function speaksHttp(port: string, ca: string): Promise<boolean> {
  return ask('GET', `https://127.0.0.1:${port}/health`, { ca }).then(
    ({ status }) => status === 200,
    () => false,
  )
}

function databasePort(town: Started, folder: string): number {
  const lines = readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')
  expect(town.pid).toBeGreaterThan(0)
  return Number(lines[3])
}

/** `address:port` of all that listens in this process and in those under it. Linux. */
function openPorts(pid: number): string[] {
  const sockets = new Set(familyOf(pid).flatMap(socketsOf))
  return ['tcp', 'tcp6', 'udp', 'udp6']
    .flatMap((kind) =>
      readFileSync(`/proc/net/${kind}`, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter(([, , , state, , , , , , inode]) => sockets.has(inode ?? '') && isOpen(kind, state))
        .map(([, local = '']) => readable(local)),
    )
    .toSorted()
}

/** TCP: listening. UDP: bound and connected to nobody. */
function isOpen(kind: string, state: string | undefined): boolean {
  return state === (kind.startsWith('tcp') ? '0A' : '07')
}

function readable(local: string): string {
  const [address = '', port = ''] = local.split(':')
  const bytes = address.match(/../g)?.toReversed() ?? []
  const name =
    bytes.length === 4 ? bytes.map((byte) => Number.parseInt(byte, 16)).join('.') : address
  return `${name}:${Number.parseInt(port, 16)}`
}

function familyOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      parents.set(Number(name), Number(fields[1]))
    } catch {
      continue
    }
  }
  const children = (of: number): number[] =>
    [...parents]
      .filter(([, parent]) => parent === of)
      .flatMap(([each]) => [each, ...children(each)])
  return [pid, ...children(pid)]
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = readlinkSync(`/proc/${pid}/fd/${fd}`)
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []
    })
  } catch {
    return []
  }
}
