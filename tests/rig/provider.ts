import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider of messages or calls. `status` and `body` are what it answers next. */
export type RigProvider = AsyncDisposable & {
  url: string
  status: number
  body: string
  asked: { headers: Record<string, any>; body: any }[]
}

/** On this machine, over plain http. */
export async function openProvider(): Promise<RigProvider> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = JSON.parse(Buffer.concat(parts).toString())
    provider.asked.push({ headers: request.headers, body })
    response.writeHead(provider.status).end(provider.body)
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const provider: RigProvider = {
    ...{ url: `http://127.0.0.1:${port}/messages`, status: 200, body: '{}', asked: [] },
    [Symbol.asyncDispose]() {
      server.closeAllConnections()
      return new Promise((done) => void server.close(() => done()))
    },
  }
  return provider
}
