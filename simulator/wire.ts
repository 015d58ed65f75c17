/** The town's MQTT connections: one for each gateway, and for each device that has its own. */
import { randomUUID } from 'node:crypto'
import { connectAsync, type MqttClient } from 'mqtt'
import type { TownMap } from '../town/map.ts'
import type { Said } from './devices.ts'
import { openWriter } from './formats.ts'

export type Wire = {
  /** Resolves when every message has its PUBACK, which the server sends after COMMIT. */
  publish(said: readonly Said[]): Promise<void>
  close(): Promise<void>
}

const connectMs = 15_000
/** Not all at once: the server would drop who waits when its queue of commits is full. */
const pipelinedMax = 10_000

type Sender = { username: string; password: string }

/**
 * Connects every sender; a connection that is torn comes back by itself and sends again.
 * @throws where one cannot sign in: then the town is another one than the map says.
 */
export async function openWire(
  mqttUrl: string,
  map: Pick<TownMap, 'gateways' | 'devices'>,
): Promise<Wire> {
  const mark = randomUUID().slice(0, 8)
  const clients = new Map<string, MqttClient>()
  const connected = await Promise.allSettled(
    sendersOf(map).map(async ({ username, password }) => {
      const clientId = `${username}-${mark}`
      const wish = { clientId, username, password, connectTimeout: connectMs }
      const client = await connectAsync(mqttUrl, { ...wish, reconnectPeriod: 500 }, false)
      client.on('error', () => undefined)
      clients.set(username, client)
    }),
  )
  const close = async () => {
    await Promise.all([...clients.values()].map((client) => client.endAsync(true)))
  }
  const failed = connected.find((one) => one.status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }
  const write = openWriter(map.gateways)
  return {
    async publish(said) {
      for (let at = 0; at < said.length; at += pipelinedMax) {
        const messages = write(said.slice(at, at + pipelinedMax))
        await Promise.all(
          messages.map(async ({ sender, topic, payload }) => {
            await clients.get(sender)?.publishAsync(topic, payload, { qos: 1 })
          }),
        )
      }
    },
    close,
  }
}

function sendersOf({ gateways, devices }: Pick<TownMap, 'gateways' | 'devices'>): Sender[] {
  const names = new Set<string | null>(gateways.map(({ name }) => name))
  const alone = devices.flatMap(({ gateway, username, password }) =>
    !names.has(gateway) && username && password ? [{ username, password }] : [],
  )
  return [...gateways, ...alone]
}
