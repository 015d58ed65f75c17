/**
 * One person's seat: an address of this machine at which the town's own pages are that person's, in
 * a frame of the tour. Only for the example town; nobody else's machine reaches it.
 */
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const sessionCookie = 'lilong'

export type Seat = { url: string; close(): Promise<void> }

/** `port` 0 takes a free one. `frame`: the one page that may show it. */
export async function openSeat(
  upstream: string,
  token: string,
  port: number,
  frame: () => string,
): Promise<Seat> {
  const to = new URL(upstream)
  const server = createServer((asked, answer) => {
    if (!isHere(asked.headers.host, server)) return void answer.writeHead(421).end()
    const passed = request(
      {
        ...{ host: to.hostname, port: to.port, method: asked.method, path: asked.url },
        headers: { ...asked.headers, cookie: cookieOf(asked.headers.cookie, token) },
      },
      (said) => {
        answer.writeHead(said.statusCode ?? 502, headersOf(said.headers, frame()))
        said.pipe(answer)
      },
    )
    passed.on('error', () => answer.headersSent || answer.writeHead(502).end())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await listen(server, port)
  return { url: urlOf(server), close: () => close(server) }
}

/** A page elsewhere cannot come here under a name of its own. */
export function isHere(host: string | undefined, server: Server): boolean {
  const { port } = server.address() as AddressInfo
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** The seat's person, whoever the browser is signed in as; the language that it chose. */
function cookieOf(given: string | undefined, token: string): string {
  const others = (given ?? '')
    .split(/;\s*/)
    .filter((one) => one !== '' && !one.startsWith(`${sessionCookie}=`))
  return [...others, `${sessionCookie}=${token}`].join('; ')
}

function headersOf(said: IncomingHttpHeaders, frame: string): IncomingHttpHeaders {
  const policy = said['content-security-policy']
  const cookies = said['set-cookie']?.filter((one) => !one.startsWith(`${sessionCookie}=`))
  return {
    ...said,
    ...(typeof policy === 'string'
      ? {
          'content-security-policy': policy.replace(
            "frame-ancestors 'none'",
            `frame-ancestors ${frame}`,
          ),
        }
      : {}),
    ...(cookies ? { 'set-cookie': cookies } : {}),
  }
}

export async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}
