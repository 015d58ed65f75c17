import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import Fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate, type TestCertificate } from '../../tests/rig/certificate.ts'
import { openHttps } from './https.ts'
import { StartRefusal } from './start-refusal.ts'
import { openTls, readPair } from './tls.ts'

const dayMs = 86_400_000
let folder: string
const file = (name: string) => join(folder, name)
const files = () => ({ certFile: file('cert.pem'), keyFile: file('key.pem') })

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'lilong-tls-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

let written = 0
function keep({ cert, key }: TestCertificate): void {
  writeFileSync(file('cert.pem'), cert)
  writeFileSync(file('key.pem'), key, { mode: 0o600 })
  // Two writes within one tick of the file system's clock would look like one.
  const at = new Date(Date.now() + 1_000 * written++)
  for (const name of ['cert.pem', 'key.pem']) utimesSync(file(name), at, at)
}

function refusal(): string {
  try {
    readPair(files(), Date.now())
  } catch (why) {
    expect(why).toBeInstanceOf(StartRefusal)
    expect((why as StartRefusal).sentence.zh).toMatch(/\p{Script=Han}/u)
    return (why as StartRefusal).sentence.en
  }
  return 'taken'
}

describe('a pair is taken, or refused with one sentence', () => {
  test('good', () => {
    keep(makeCertificate())
    expect(refusal()).toBe('taken')
  })

  test('missing', () => {
    keep(makeCertificate())
    rmSync(file('key.pem'))
    expect(refusal()).toMatch(/LILONG_TLS_KEY names cannot be read \(ENOENT\)/)
  })

  test('no PEM', () => {
    keep(makeCertificate())
    writeFileSync(file('cert.pem'), 'no')
    expect(refusal()).toMatch(/no certificate in PEM form/)
    keep(makeCertificate())
    writeFileSync(file('key.pem'), 'no')
    expect(refusal()).toMatch(/no private key in PEM form/)
  })

  test('not a pair', () => {
    keep({ ...makeCertificate(), key: makeCertificate().key })
    expect(refusal()).toMatch(/do not belong together/)
  })

  test('ended, or not begun', () => {
    keep(makeCertificate({ to: new Date(Date.now() - 1_000) }))
    expect(refusal()).toMatch(/ended on/)
    keep(makeCertificate({ from: new Date(Date.now() + dayMs) }))
    expect(refusal()).toMatch(/good only from/)
  })

  test('a key that everybody can read', () => {
    keep(makeCertificate())
    chmodSync(file('key.pem'), 0o644)
    expect(refusal()).toMatch(/Everybody on this machine can read the key/)
  })
})

test('13 days before its end a certificate is spoken of, 15 days before it is not', () => {
  for (const [days, lines] of [
    [13, 1],
    [15, 0],
  ] as const) {
    keep(makeCertificate({ to: new Date(Date.now() + days * dayMs) }))
    const said = watched().said
    expect(said.filter((line) => /ends on/.test(line))).toHaveLength(lines)
  }
})

test('a certificate that does not name the host of the links is spoken of', () => {
  keep(makeCertificate({ names: ['lilong.example'] }))
  expect(watched('lilong.example').said).toEqual([])
  expect(watched('other.example').said.join()).toMatch(/does not name other\.example/)
})

test('a renewed certificate serves who comes next, and who is connected stays', async () => {
  const first = makeCertificate()
  keep(first)
  const { tls, said } = watched()
  const app = Fastify()
  app.get('/', async () => 'here')
  const https = await openHttps(app, tls, '127.0.0.1', 0)
  try {
    const old = await connected(https.port, first.cert)
    const renewed = makeCertificate()
    keep({ ...renewed, key: first.key })
    await until(() => said.some((line) => /was not taken, the old one stays.*belong/.test(line)))
    expect(await answer(https.port, first.cert)).toBe('here')
    keep(renewed)
    await until(() => said.some((line) => /renewed certificate is in use/.test(line)))
    expect(await answer(https.port, renewed.cert)).toBe('here')
    await expect(answer(https.port, first.cert)).rejects.toThrow(/self-signed/)
    expect(await ask(old)).toMatch(/here$/)
  } finally {
    await https.close()
    tls.close()
  }
})

function watched(host: string | null = null) {
  const said: string[] = []
  const tls = openTls(files(), {
    ...{ real: { now: Date.now }, host, lookEveryMs: 20 },
    say: ({ en }) => void said.push(en),
  })
  if (host !== null || said.length > 0) tls.close()
  return { tls, said }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 10))
}

function answer(port: number, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, ca, path: '/', agent: false }, (response) => {
      let text = ''
      response.on('data', (part) => (text += String(part))).on('end', () => resolve(text))
    }).on('error', reject)
  })
}

function connected(port: number, ca: string): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => resolve(socket))
    socket.once('error', reject)
  })
}

function ask(socket: TLSSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once('data', (part) => resolve(String(part))).once('error', reject)
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  })
}
