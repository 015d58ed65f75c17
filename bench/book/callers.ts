/**
 * As cheap a browser as can be: requests are written once as bytes, a connection has one of them
 * under way, and of an answer only its beginning and its length are read.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type Asked = { method: 'GET' | 'POST'; path: string; token: string; body?: unknown }
/** `count`: within the time; `done`: with those that were under way then. */
export type Served = { count: number; done: number; seconds: number }

/** Calls again and again over so many connections, for so long. Whatever is not 200 ends it. */
export async function callFor(
  url: string,
  asked: readonly Asked[],
  { connections, ms }: { connections: number; ms: number },
): Promise<Served> {
  const { hostname, port } = new URL(url)
  const packets = asked.map((one) => packetOf(one, `${hostname}:${port}`))
  const lines = await Promise.all(
    Array.from({ length: connections }, () => openLine(Number(port), hostname)),
  )
  let done = 0
  let isOver = false
  const work = lines.map(async (line, at) => {
    for (let n = at; !isOver; n += connections) {
      await line.ask(packets[n % packets.length] ?? Buffer.alloc(0))
      done++
    }
  })
  const from = performance.now()
  await Promise.race([pause(ms), Promise.all(work)])
  const count = done
  const seconds = (performance.now() - from) / 1_000
  isOver = true
  await Promise.all(work)
  for (const line of lines) line.end()
  return { count, done, seconds }
}

function packetOf({ method, path, token, body }: Asked, host: string): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...[`host: ${host}`, `authorization: Bearer ${token}`],
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`)
}

type Line = { ask(packet: Buffer): Promise<void>; end(): void }

async function openLine(port: number, host: string): Promise<Line> {
  const socket: Socket = connect(port, host)
  socket.setNoDelay(true)
  await new Promise<void>((done, failed) => {
    socket.once('connect', done)
    socket.once('error', failed)
  })
  let answered: PromiseWithResolvers<void> | undefined
  let received = ''
  socket.setEncoding('latin1')
  socket.on('error', (why) => answered?.reject(why))
  socket.on('close', () => answered?.reject(new Error('the program closed the connection')))
  socket.on('data', (part: string) => {
    received += part
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? Number.NaN)
    if (received.length < end + 4 + length) return
    const isGood = received.startsWith('HTTP/1.1 200')
    if (isGood && !Number.isNaN(length)) answered?.resolve()
    else answered?.reject(new Error(received.slice(0, 1_000)))
    received = ''
  })
  return {
    ask(packet) {
      answered = Promise.withResolvers<void>()
      socket.write(packet)
      return answered.promise
    },
    end: () => void socket.destroy(),
  }
}
