import mqtt, { type MqttClient } from 'mqtt'
import type { Sender } from './street.ts'

/** What a device sent and had acknowledged, by sequence. */
export type Line = { sender: Sender; client: MqttClient; next: number; acknowledged: Set<number> }

/**
 * One connection a device, as in the field: it reconnects and sends again what was not
 * acknowledged.
 */
export async function connectAll(senders: Sender[], mqttPort: number): Promise<Line[]> {
  return Promise.all(
    senders.map(async (sender) => {
      const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
        ...{ username: sender.username, password: sender.password },
        ...{ clientId: sender.device, clean: false, reconnectPeriod: 100, connectTimeout: 3_000 },
      })
      client.on('error', () => undefined)
      return { sender, client, next: 1, acknowledged: new Set<number>() }
    }),
  )
}

/** Resolves at PUBACK, however many restarts lie between. */
export async function send(line: Line, at: number, state: string): Promise<void> {
  const seq = line.next++
  const payload = JSON.stringify({ seq, at: Math.round(at), state })
  await line.client.publishAsync(line.sender.topic, payload, { qos: 1 })
  line.acknowledged.add(seq)
}

export async function closeAll(lines: Line[]): Promise<void> {
  await Promise.all(lines.map((line) => line.client.endAsync(true)))
}
