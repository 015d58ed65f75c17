/** Connections that stay open, and requests whose every byte is the caller's. */
import { connect, type Socket } from 'node:net'

export type Sent = { method: string; target: string; headers: readonly string[]; body?: string }
export type Got = { status: number; text: string }

export type Wire = Disposable & {
  /** One after the other; a connection that was closed is opened anew, once. */
  ask(sent: Sent): Promise<Got>
}

type Waiting = { done(got: Got): void; fail(why: Error): void }

export function openWire(url: string): Wire {
  const { hostname, port, host } = new URL(url)
  let socket: Socket | undefined
  let heard: Buffer[] = []
  let waiting: Waiting | undefined

  const lost = (why: Error) => {
    socket = undefined
    waiting?.fail(why)
    waiting = undefined
  }
  const open = () => {
    const made = connect({ host: hostname, port: Number(port), noDelay: true })
    made.on('data', (part: Buffer) => {
      heard.push(part)
      const whole = heard.length === 1 ? part : Buffer.concat(heard)
      heard = [whole]
      const got = answerIn(whole)
      if (!got) return
      heard = []
      const told = waiting
      waiting = undefined
      told?.done(got)
    })
    made.on('error', () => undefined)
    made.on('close', () => socket === made && lost(new Error('the connection was closed')))
    return made
  }
  const once = (bytes: string) =>
    new Promise<Got>((done, fail) => {
      heard = []
      waiting = { done, fail }
      socket ??= open()
      socket.write(bytes)
    })
  return {
    async ask({ method, target, headers, body }) {
      const length =
        body === undefined
          ? []
          : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]
      const lines = [`${method} ${target} HTTP/1.1`, `host: ${host}`, ...headers, ...length]
      const bytes = `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
      return once(bytes).catch(() => once(bytes))
    },
    [Symbol.dispose]() {
      const left = socket
      socket = undefined
      left?.destroy()
    },
  }
}

/** The program says the length of each answer. */
function answerIn(whole: Buffer): Got | undefined {
  const cut = whole.indexOf('\r\n\r\n')
  if (cut < 0) return undefined
  const head = whole.toString('latin1', 0, cut)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  const end = cut + 4 + length
  if (whole.length < end) return undefined
  return { status: Number(head.slice(9, 12)), text: whole.toString('utf8', cut + 4, end) }
}
