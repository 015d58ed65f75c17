/** The devices' MQTT connections: one each, as in life. */
import { randomUUID } from 'node:crypto'
import { connectAsync, type MqttClient } from 'mqtt'
import type { TownDevice } from '../town/map.ts'
import { payloadOf, type Said } from './devices.ts'

export type Wire = {
  /** Resolves when every message has its PUBACK, which the server sends after COMMIT. */
  publish(said: readonly Said[]): Promise<void>
  close(): Promise<void>
}

const connectMs = 15_000
/** Not all at once: the server would drop who waits when its queue of commits is full. */
const pipelinedMax = 2_000

/**
 * Connects every device; a connection that is torn comes back by itself and sends again.
 * @throws where a device cannot sign in: then the town is another one than the map says.
 */
export async function openWire(mqttUrl: string, devices: readonly TownDevice[]): Promise<Wire> {
  const mark = randomUUID().slice(0, 8)
  const clients = new Map<string, MqttClient>()
  const opened = await Promise.allSettled(
    devices.map(async ({ device, username, password }) => {
      const clientId = `${device}-${mark}`
      const wish = { clientId, username, password, connectTimeout: connectMs }
      const client = await connectAsync(mqttUrl, { ...wish, reconnectPeriod: 500 }, false)
      client.on('error', () => undefined)
      clients.set(device, client)
    }),
  )
  const close = async () => {
    await Promise.all([...clients.values()].map((client) => client.endAsync(true)))
  }
  const failed = opened.find((one) => one.status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }
  return {
    async publish(said) {
      for (let at = 0; at < said.length; at += pipelinedMax) {
        await Promise.all(
          said.slice(at, at + pipelinedMax).map(async (one) => {
            const client = clients.get(one.device.device)
            await client?.publishAsync(one.device.topic, payloadOf(one), { qos: 1 })
          }),
        )
      }
    },
    close,
  }
}
