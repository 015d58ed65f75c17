/** The program's ports. With a certificate the plain ones open on this machine's loopback only. */
import type { FastifyInstance } from 'fastify'
import { openHttps } from './platform/https.ts'
import { followBroker, openMqtt, type Listener, type MqttRoom } from './platform/mqtt/index.ts'
import type { Sentence } from './platform/start-refusal.ts'
import type { Tls } from './platform/tls.ts'

export type PortsWish = {
  bindAddress: string
  httpPort: number
  mqttPort: number
  /** Used only with `tls`. */
  mqttsPort?: number
  tls?: Tls | null
  /** What links begin with; nothing: the address that is bound. */
  publicUrl?: string | null
  /** What one address may hold open by HTTP; nothing: as usual. */
  connectionsPerAddressMax?: number
  /** An outside broker: devices speak to that, and our own port is this machine's alone. */
  mqttUrl?: string | null
  /** Hears what a person has to mend. */
  say?: (sentence: Sentence) => void
}

export type HttpDoors = {
  /** For programs on this machine; plain. */
  url: string
  /** The port that others use. */
  port: number
  /** What links begin with. */
  publicUrl: string
  close(): Promise<void>
}

export type MqttDoors = {
  /** Plain: for programs on this machine, and without a certificate for all. */
  port: number
  mqttsPort: number | null
  connected(): number
  close(): Promise<void>
}

const loopback = '127.0.0.1'

export async function openHttpDoors(app: FastifyInstance, wish: PortsWish): Promise<HttpDoors> {
  const { bindAddress, httpPort, tls } = wish
  const host = hostOf(isAny(bindAddress) ? loopback : bindAddress)
  if (!tls) {
    const address = await app.listen({ host: bindAddress, port: httpPort })
    const port = Number(new URL(address).port)
    const url = `http://${host}:${port}`
    return { url, port, publicUrl: wish.publicUrl ?? url, close: () => app.close() }
  }
  const url = await app.listen({ host: loopback, port: 0 })
  const most = wish.connectionsPerAddressMax
  const { port, close } = await openHttps(app, tls, bindAddress, httpPort, most)
  const publicUrl = wish.publicUrl ?? `https://${host}:${port}`
  return { url, port, publicUrl, close: () => close().then(() => app.close()) }
}

export async function openMqttDoors(wish: PortsWish, room: MqttRoom): Promise<MqttDoors> {
  await using opened = new AsyncDisposableStack()
  const { bindAddress, mqttPort, tls, mqttUrl } = wish
  const isAlone = !tls && !mqttUrl
  const listeners: Listener[] = [
    { bind: isAlone ? bindAddress : loopback, port: mqttPort, tls: null },
  ]
  if (tls && !mqttUrl) {
    listeners.push({ bind: bindAddress, port: wish.mqttsPort ?? 8883, tls: tls.pair() })
  }
  const mqtt = await openMqtt(listeners, room)
  opened.defer(() => mqtt.close())
  tls?.onRenewed((pair) => mqtt.renewTls(pair))
  if (mqttUrl) {
    const outside = await followBroker(mqttUrl, room, wish.say ?? (() => undefined))
    opened.defer(() => outside.close())
  }
  const owned = opened.move()
  return {
    port: mqtt.ports[0] ?? 0,
    mqttsPort: mqtt.ports[1] ?? null,
    connected: () => mqtt.connected(),
    close: () => owned.disposeAsync(),
  }
}

/** Where a gateway on the street's network finds the broker. Without a password of ours. */
export function mqttUrlFor(
  { mqttUrl }: Pick<PortsWish, 'mqttUrl'>,
  publicUrl: string,
  doors: Pick<MqttDoors, 'port' | 'mqttsPort'>,
): string {
  if (mqttUrl) {
    const { protocol, host } = new URL(mqttUrl)
    return `${protocol}//${host}`
  }
  const { hostname } = new URL(publicUrl)
  const { port, mqttsPort } = doors
  return mqttsPort === null ? `mqtt://${hostname}:${port}` : `mqtts://${hostname}:${mqttsPort}`
}

/** Whether people reach the pages by https: then cookies are theirs alone. */
export function isHttps({ publicUrl, tls }: PortsWish): boolean {
  return publicUrl ? publicUrl.startsWith('https:') : Boolean(tls)
}

function isAny(address: string): boolean {
  return ['0.0.0.0', '::'].includes(address)
}

function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
