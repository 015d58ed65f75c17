import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { median, print, round } from '../figure.ts'
import { Child } from '../load/child.ts'
import type { LineWish, Opening as Load, Stopped } from '../load/publisher.ts'
import { openPublisher, type Scene } from '../load/scene.ts'
import { rowsOf } from '../load/verify.ts'
import { freePort } from '../start.ts'
import { findMosquitto, openMosquitto, openMosquittoSub } from './mosquitto.ts'
import { installNodeRed, openNodeRed } from './node-red.ts'
import type { Opening } from './subscriber.ts'

/** Whoever takes what the broker forwards. `taken`: events so far, stored where it stores. */
type Taker = AsyncDisposable & { taken(): Promise<number> }
type Place = { folder: string; databaseUrl: string }
type Peer = { metric: string; says: string; open(place: Place, port: number): Promise<Taker> }

const warmUpMs = 3_000
const windows = 3
const windowMs = 4_000
const connections = 500
const inFlight = 32
/** So many events may wait between the publisher and a peer: about what waits in ours. */
const backlogMax = 20_000

const subscribers: readonly Peer[] = [
  {
    metric: 'peer_mosquitto_subscriber_events_per_s',
    says: 'mosquitto, mqtt.js at QoS 1, only counts; nothing is validated, judged or stored; acknowledged to the device at once',
    open: (_place, port) => openSubscriber({ port, databaseUrl: null }),
  },
  {
    metric: 'peer_mosquitto_sub_events_per_s',
    says: 'mosquitto, mosquitto_sub (C) at QoS 1, only prints; nothing is validated, judged or stored; acknowledged to the device at once',
    open: async (_place, port) => openMosquittoSub(port),
  },
  {
    metric: 'peer_mosquitto_copy_events_per_s',
    says: 'mosquitto, mqtt.js at QoS 1, JSON.parse, group COPY into one table without index in the same PostgreSQL; no validation, no de-duplication, no rules; acknowledged to the device before it is stored',
    open: ({ databaseUrl }, port) => openSubscriber({ port, databaseUrl }),
  },
]
const nodeRed = 'mosquitto, Node-RED: mqtt in at QoS 1, function with JSON.parse, '
const nodeReds: readonly (Peer & { form: 'insert' | 'batch' })[] = [
  {
    form: 'insert',
    metric: 'peer_node_red_insert_events_per_s',
    says: `${nodeRed}one INSERT a message into the same PostgreSQL through a pool of 10; acknowledged to the device before it is stored`,
    open: (place, port) => openNodeRed(place, port, 'insert'),
  },
  {
    form: 'batch',
    metric: 'peer_node_red_batched_events_per_s',
    says: `${nodeRed}batch and join of 500, one INSERT a batch into the same PostgreSQL; acknowledged to the device before it is stored, and the last incomplete batch waits for ever`,
    open: (place, port) => openNodeRed(place, port, 'batch'),
  },
]

/** Each in turn, with the same publisher, while our own program has nothing to do. */
export async function benchPeers(
  folder: string,
  { databaseUrl, aheadMs }: Scene,
  lines: LineWish[],
): Promise<void> {
  if (!findMosquitto()) {
    console.error('mosquitto is not installed (apt-get install mosquitto): no peer was measured')
    return
  }
  const isNodeRedThere = installNodeRed()
  for (const peer of [...subscribers, ...(isNodeRedThere ? nodeReds : [])]) {
    await rowsOf(databaseUrl, freshTable)
    await rowsOf(databaseUrl, 'checkpoint')
    console.error(`${peer.metric} …`)
    const opening = { lines: lines.slice(0, connections), window: inFlight, aheadMs }
    await measurePeer(peer, { folder, databaseUrl }, opening).catch((why: unknown) => {
      console.error(`${peer.metric} is left out: ${why instanceof Error ? why.message : 'failed'}`)
    })
  }
}

const freshTable = `
  create schema if not exists peer;
  drop table if exists peer.reading;
  create table peer.reading (
    id bigserial, device uuid, sequence bigint, event_at timestamptz, state text)`

async function measurePeer(
  peer: Peer,
  place: Place,
  opening: Pick<Load, 'lines' | 'window' | 'aheadMs'>,
): Promise<void> {
  const port = await freePort()
  await using _broker = await openMosquitto(place.folder, port)
  await using taker = await peer.open(place, port)
  await using publisher = openPublisher()
  await publisher.ask('open', { ...opening, port, phase: 1, spreadMs: 500 } satisfies Load)
  const feeding = feed(publisher, taker)
  await pause(warmUpMs)
  const rates: number[] = []
  for (let window = 0; window < windows; window++) {
    const [before, from] = [await taker.taken(), performance.now()]
    await pause(windowMs)
    rates.push((((await taker.taken()) - before) / (performance.now() - from)) * 1_000)
  }
  await feeding.stop()
  await publisher.ask<Stopped>('stop')
  const { metric, says } = peer
  const found = { median: round(median(rates), 0), n: windows }
  print({ bench: 'ingest', metric, unit: 'events/s', ...found, says })
}

/** Lets the publisher go as far ahead of the taker as the backlog allows, and no further. */
function feed(publisher: Child, taker: Taker) {
  let isOver = false
  const over = (async () => {
    while (!isOver) {
      await publisher.ask('full', { upTo: (await taker.taken()) + backlogMax })
      await pause(20)
    }
  })()
  // Whoever stops it hears of it; until then a taker that went away is no reason to fall.
  over.catch(() => undefined)
  return {
    async stop(): Promise<void> {
      isOver = true
      await over
    },
  }
}

async function openSubscriber(opening: Opening): Promise<Taker> {
  const child = new Child(join(import.meta.dirname, 'subscriber.ts'))
  await child.ask('open', opening)
  return {
    taken: () => child.ask<number>('taken'),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
