import { connect } from 'node:net'
import type { Streets } from '../rig/streets.ts'

/** What came back on one connection, as it was on the wire. */
export type Heard = {
  /** 0: the other side closed without an answer. */
  status: number
  /** Names in small letters, each as often as it came. */
  headers: [name: string, value: string][]
  body: string
  whole: string
}

export type Line = AsyncDisposable & {
  write(bytes: string | Buffer): void
  /** Everything until the other side closes. */
  closed: Promise<Heard>
  /** Everything so far. */
  sofar(): Heard
}

/**
 * A connection on which nothing is put right by a client: bytes go out as they are. `from`: another
 * address of this machine, such as 127.0.0.2.
 */
export async function openLine(url: string, from?: string): Promise<Line> {
  const { hostname, port } = new URL(url)
  const own = from === undefined ? {} : { localAddress: from }
  const socket = connect({ host: hostname, port: Number(port), ...own })
  await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail))
  let whole = ''
  socket.on('data', (part: Buffer) => void (whole += part.toString('latin1')))
  socket.on('error', () => undefined)
  const closed = new Promise<Heard>((done) => socket.once('close', () => done(heardIn(whole))))
  return {
    write: (bytes) => void socket.write(bytes),
    closed,
    sofar: () => heardIn(whole),
    async [Symbol.asyncDispose]() {
      socket.destroy()
      await closed
    },
  }
}

/** One request, byte for byte, on a connection of its own. */
export async function say(url: string, bytes: string | Buffer): Promise<Heard> {
  await using line = await openLine(url)
  line.write(bytes)
  return await line.closed
}

/** A request whose path and headers are nobody's but the test's. Asks to close at the end. */
export function asked(
  url: string,
  line: string,
  headers: readonly string[] = [],
  body = '',
): Promise<Heard> {
  const host = headers.some((each) => /^host:/i.test(each)) ? [] : [`Host: ${new URL(url).host}`]
  const lines = [`${line} HTTP/1.1`, ...host, ...headers, 'Connection: close']
  return say(url, `${lines.join('\r\n')}\r\n\r\n${body}`)
}

function heardIn(whole: string): Heard {
  const cut = whole.indexOf('\r\n\r\n')
  const [first = '', ...lines] = whole.slice(0, cut < 0 ? undefined : cut).split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const body = Buffer.from(cut < 0 ? '' : whole.slice(cut + 4), 'latin1').toString('utf8')
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(first)?.[1] ?? 0), headers, body, whole }
}

export function headerOf({ headers }: Pick<Heard, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1]
}

/** What a browser keeps after somebody pressed the button of their link, as a `cookie` header. */
export async function enter(town: Streets, name: string, operatorKey: string): Promise<string> {
  const { url } = await town.ask(operatorKey, 'POST', '/api/identity/links', { name })
  const answer = await fetch(url, { method: 'POST', redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`the link answered ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
