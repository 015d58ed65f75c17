import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** The product as a person starts it: a process of its own, told only by its environment. */
export type Started = AsyncDisposable & {
  pid: number
  /** The address behind `ready`. */
  url: string
  /** What it wrote so far, both streams. */
  words(): string
  running(): { httpUrl: string; mqttUrl: string; operatorKeyFile: string }
  operatorKey(): string
  /** Of the plain loopback address; never throws: 0 is no answer. */
  health(): Promise<{ status: number; ok?: boolean; says?: string[] }>
  /** Ctrl-C, and its exit code. */
  stop(): Promise<number | null>
}

export async function startProduct(dataDir: string, env: Record<string, string>): Promise<Started> {
  const free = { LILONG_HTTP_PORT: '0', LILONG_MQTT_PORT: '0', LILONG_MQTTS_PORT: '0' }
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...bare(), ...free, LILONG_TOWN: 'small', LILONG_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => void (words += part))
  }
  const over = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const stop = () => {
    child.kill('SIGINT')
    return over
  }
  const ready = () => /^ready (\S+)$/m.exec(words)?.[1]
  // Its last line: what comes before `ready` may still be at work behind it.
  while (!/More: npm run lilong|An empty town is ready/.test(words)) {
    if (child.exitCode !== null) throw new Error(words)
    await pause(50)
  }
  const running: Started['running'] = () =>
    JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8'))
  const { httpUrl } = running()
  return {
    ...{ pid: child.pid ?? 0, url: ready() ?? '', words: () => words, running, stop },
    operatorKey: () => readFileSync(running().operatorKeyFile, 'utf8').trim(),
    health: async () => {
      const answer = await ask('GET', `${safely(running) ?? httpUrl}/health`).catch(() => undefined)
      return answer ? { status: answer.status, ...JSON.parse(answer.text) } : { status: 0 }
    },
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

function safely(running: Started['running']): string | undefined {
  try {
    return running().httpUrl
  } catch {
    return undefined
  }
}

/** Nothing of the tests' own environment decides how the product runs. */
function bare(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(LILONG|VITEST|NODE_ENV)/.test(name)),
  )
}

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; text: string }

/** Plain or TLS; `ca` is the certificate to trust. */
export function ask(
  method: 'GET' | 'POST',
  url: string,
  more: { ca?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const { ca, headers = {}, body } = more
  const isTls = url.startsWith('https:')
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const options = { method, headers: { ...type, ...headers }, agent: false as const, ca }
  return new Promise((resolve, reject) => {
    const sent = (isTls ? tlsRequest : plainRequest)(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => void (text += part))
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    sent.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}
