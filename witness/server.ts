/** The witness's doors: it is told heads, and shows what it was told. */
import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { noticeText, toldHeadFrom, type HeadNotice } from '../src/kernel/head.ts'
import { readJson } from '../src/platform/json.ts'
import { isSigned, keptSigner, nameOfKey } from '../src/platform/signing.ts'
import { openKeeping, type Keeping } from './keeping.ts'
import type { Settings } from './settings.ts'

export type Witness = AsyncDisposable & { url: string; key: string }

type Answer = { status: number; body: object }

const bodyBytesMax = 2_048
const pageLines = 100
const callsPerMinuteMax = 60
const minuteMs = 60_000

export async function openWitness(wish: Settings & { now(): number }): Promise<Witness> {
  const { dir, bind, port, allowed, now } = wish
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const signer = keptSigner(join(dir, 'witness.secret'))
  const kept = new Map<string, Keeping>()
  for (const name of allowed) kept.set(name, await openKeeping(dir, name, signer, now))
  const scene: Scene = { kept, key: signer.key, isTooMany: openCounting(now) }
  const server = createServer(
    {
      maxHeaderSize: 8_192,
      requestTimeout: 10_000,
      headersTimeout: 5_000,
      keepAliveTimeout: 5_000,
    },
    (request, response) => {
      answer(scene, request)
        .catch((): Answer => ({ status: 500, body: { fault: 'bug' } }))
        .then((said) => say(response, said))
        .catch(() => response.destroy())
    },
  )
  server.maxConnections = 100
  server.maxRequestsPerSocket = 100
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, bind, () => done())
  })
  const { address, family, port: open } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${open}/`,
    key: signer.key,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}

type Scene = { kept: Map<string, Keeping>; key: string; isTooMany(name: string): boolean }

async function answer(scene: Scene, request: IncomingMessage): Promise<Answer> {
  const { method = '' } = request
  const url = new URL(request.url ?? '/', 'http://witness.invalid')
  const [folder = '', name = '', ...more] = url.pathname.split('/').slice(1)
  if (method === 'GET' && folder === '') return whoItIs(scene)
  if (folder !== 'heads' || more.length > 0) return { status: 404, body: { fault: 'not-found' } }
  if (method === 'GET' && name !== '')
    return shown(scene, name, url.searchParams.get('from') ?? '0')
  if (method !== 'POST' || name !== '') return { status: 405, body: { fault: 'not-allowed' } }
  const body = await bodyOf(request)
  if (body === undefined) return { status: 413, body: { fault: 'too-large' } }
  return told(scene, body)
}

function whoItIs({ key, kept }: Scene): Answer {
  const installations = [...kept].map(([name, one]) => ({ name, ...one.counts() }))
  return { status: 200, body: { is: 'lilong-witness', key, installations } }
}

function shown({ kept }: Scene, name: string, from: string): Answer {
  const known = kept.get(name)
  if (!known || !/^\d{1,9}$/.test(from)) return { status: 404, body: { fault: 'not-found' } }
  return { status: 200, body: { lines: known.lines(Number(from), pageLines), ...known.counts() } }
}

async function told({ kept, isTooMany }: Scene, body: string): Promise<Answer> {
  const notice = noticeFrom(body)
  if (!notice) return { status: 400, body: { fault: 'malformed' } }
  const name = nameOfKey(notice.key)
  const known = kept.get(name)
  if (!known) return { status: 403, body: { fault: 'not-allowed' } }
  if (!isSigned(noticeText(name, notice), notice.signature, notice.key)) {
    return { status: 403, body: { fault: 'not-signed' } }
  }
  // Behind the signature: nobody else uses up what an installation may tell.
  if (isTooMany(name)) return { status: 429, body: { fault: 'too-many' } }
  const verdict = await known.tell(notice)
  switch (verdict.is) {
    case 'seen':
      return { status: 200, body: verdict.receipt }
    case 'conflict':
      return {
        status: 409,
        body: { fault: 'conflict', known: verdict.known, restoredAt: verdict.restoredAt },
      }
    case 'full':
      return { status: 507, body: { fault: 'full' } }
    default:
      return verdict satisfies never
  }
}

/** Strictly: what is signed is all that there is. */
function noticeFrom(body: string): HeadNotice | undefined {
  const read = readJson(body, 2)
  const value = 'value' in read ? read.value : null
  const head = toldHeadFrom(value)
  if (!head || Object.keys(value as object).length !== 6) return undefined
  const { key, signature } = value as Record<string, unknown>
  const isSound =
    typeof key === 'string' &&
    /^[\w-]{43}$/.test(key) &&
    typeof signature === 'string' &&
    /^[\w-]{86}$/.test(signature)
  return isSound ? { ...head, key, signature } : undefined
}

/** Undefined: larger than anything that is told. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > bodyBytesMax) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function say(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // What was not read of a body too large must not be read as the next request.
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(text)
}

/** So many calls a minute and installation. */
function openCounting(now: () => number): (name: string) => boolean {
  const counts = new Map<string, { minute: number; calls: number }>()
  return (name) => {
    const minute = Math.floor(now() / minuteMs)
    const known = counts.get(name)
    const calls = known?.minute === minute ? known.calls + 1 : 1
    counts.set(name, { minute, calls })
    return calls > callsPerMinuteMax
  }
}
