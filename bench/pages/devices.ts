import { connect, type Socket } from 'node:net'
import { connectPacket, publishPacket } from '../load/packets.ts'

export type Credential = { device: string; username: string; password: string; topic: string }
/** `spoken`: so many messages it sent before, on other connections. */
type Returning = Credential & { spoken?(): number }

/** A signed-in device. `say` is sent at QoS 1; what is not acknowledged is counted. */
export type Device = Credential & {
  say(state: string): void
  unacknowledged(): number
  spoken(): number
  end(): void
}

/** Each on a connection of its own. */
export async function openDevices(port: number, all: readonly Returning[]): Promise<Device[]> {
  const made: Device[] = []
  for (let from = 0; from < all.length; from += 100) {
    made.push(...(await Promise.all(all.slice(from, from + 100).map((one) => open(port, one)))))
  }
  return made
}

function open(port: number, one: Returning): Promise<Device> {
  return new Promise((resolve, reject) => {
    let seq = one.spoken?.() ?? 0
    let waiting = 0
    let bytes: number[] = []
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const device: Device = {
      ...one,
      say(state) {
        seq++
        waiting++
        const payload = Buffer.from(JSON.stringify({ seq, at: Date.now(), state }))
        socket.write(publishPacket(one.topic, (seq % 65_535) + 1, payload))
      },
      unacknowledged: () => waiting,
      spoken: () => seq,
      end: () => void socket.destroy(),
    }
    socket.once('connect', () => {
      socket.write(connectPacket(one.username, one.username, one.password))
    })
    // CONNACK, then PUBACKs and nothing else: four bytes each.
    socket.on('data', (part) => {
      bytes.push(...part)
      while (bytes.length >= 4) {
        const [type] = bytes
        bytes = bytes.slice(4)
        if (type === 0x20) resolve(device)
        else waiting--
      }
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('a device was not let in')))
  })
}
