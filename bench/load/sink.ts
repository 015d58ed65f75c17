/** Acknowledges and does nothing else: what is left is the cost of the publisher itself. */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { answer } from './child.ts'

const server = createServer({ noDelay: true }, acknowledge)
let port = 0

answer({
  open: async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
    return { port }
  },
  spent: () => {
    const { user, system } = process.cpuUsage()
    return { cpuUs: user + system, rssMb: 0, heapMb: 0 }
  },
})

function acknowledge(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const acks: number[] = []
    let at = 0
    for (;;) {
      const frame = frameAt(bytes, at)
      if (!frame) break
      const type = (bytes[at] ?? 0) >> 4
      if (type === 1) acks.push(0x20, 2, 0, 0)
      if (type === 3) {
        const id = frame.from + 2 + bytes.readUInt16BE(frame.from)
        acks.push(0x40, 2, bytes[id] ?? 0, bytes[id + 1] ?? 0)
      }
      at = frame.to
    }
    rest = bytes.subarray(at)
    if (acks.length > 0) socket.write(Buffer.from(acks))
  })
}

function frameAt(bytes: Buffer, at: number): { from: number; to: number } | undefined {
  let length = 0
  for (let index = 1, shift = 0; index <= 4; index++, shift += 7) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    length |= (byte & 127) << shift
    if (byte >= 128) continue
    const from = at + index + 1
    return from + length <= bytes.length ? { from, to: from + length } : undefined
  }
  return undefined
}
