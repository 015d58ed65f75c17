/**
 * As cheap a publisher as can be: packets are written once as bytes and only their numbers change;
 * a connection keeps a ring of them in flight, and whatever is acknowledged goes out anew.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { answer } from './child.ts'
import { Latencies } from './latencies.ts'
import { connectPacket } from './packets.ts'
import { openRing, type Ring, type Sent, type Source } from './ring.ts'

/** One connection: who signs in, and what it speaks for; null says nothing and is only there. */
export type LineWish = { username: string; password: string; source: Source | null }
/**
 * `window` messages in flight a connection; connections begin spread over `spreadMs`. `phase` is 1
 * to 9, another one each time that the same devices speak.
 */
export type Opening = {
  port: number
  lines: LineWish[]
  window: number
  aheadMs: number
  phase: number
  spreadMs: number
}
/** `took`: of each connection, from its beginning to its first PUBACK (or CONNACK), in ms. */
export type Opened = { allMs: number; took: number[] }
/** Since the start; latencies in ms since the last asking. */
export type Stats = {
  acknowledged: number
  broken: number
  cpuUs: number
  atMs: number
  latency: { p50: number; p99: number; n: number }
}
export type Stopped = { unacknowledged: number; acknowledged: number; sent: Sent[] }

type Line = {
  socket: Socket
  ring: Ring | null
  rest: number[]
  isOpen: boolean
  isThere: () => void
}

/** All reads go through this one buffer: what is read is counted at once and never kept. */
const received = Buffer.alloc(65_536)
const lines: Line[] = []
let isFull = false
let upTo = Infinity
let pacing: NodeJS.Timeout | undefined
let latencies = new Latencies()
let sent = 0
let acknowledged = 0
let broken = 0

answer({ open, full, paced, stop, stats })

/** Connects every line, signs in, and sends one message on each that has something to say. */
async function open({ lines: wishes, ...more }: Opening): Promise<Opened> {
  const began = performance.now()
  const took = await Promise.all(
    wishes.map(async (wish, at) => {
      await pause((at / wishes.length) * more.spreadMs)
      const from = performance.now()
      lines.push(await openLine(wish, more))
      return performance.now() - from
    }),
  )
  return { allMs: performance.now() - began, took }
}

function openLine(wish: LineWish, { port, window, aheadMs, phase }: Omit<Opening, 'lines'>) {
  return new Promise<Line>((resolve, reject) => {
    const ring = wish.source && openRing(wish.source, window, aheadMs, phase)
    const callback = (count: number, bytes: Uint8Array) => {
      hear(line, bytes.subarray(0, count))
      return true
    }
    const onread = { buffer: received, callback }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
    const isThere = () => resolve(line)
    const line: Line = { socket, ring, rest: [], isOpen: false, isThere }
    socket.once('connect', () => {
      socket.write(connectPacket(wish.username, wish.username, wish.password))
    })
    socket.on('error', reject)
    socket.on('close', () => {
      broken++
      line.isOpen = false
      reject(new Error('a connection was closed'))
    })
  })
}

/** CONNACK, then PUBACKs and nothing else: four bytes each. A read may end in their midst. */
function hear(line: Line, bytes: Uint8Array): void {
  const now = performance.now()
  const { rest, ring } = line
  for (const byte of bytes) {
    rest.push(byte)
    if (rest.length < 4) continue
    const [type, , high = 0, low = 0] = rest
    rest.length = 0
    if (type === 0x20 && low === 0) {
      line.isOpen = true
      if (ring) send(line, 1, now)
      else line.isThere()
    } else if (type === 0x40 && ring) {
      const sentAt = ring.acknowledge((high << 8) | low)
      if (!isFull) line.isThere()
      latencies.add(now - sentAt)
      acknowledged += ring.eventsPerMessage
    } else line.socket.destroy(new Error(`unexpected packet ${type}, ${low}`))
  }
  if (isFull) send(line, Infinity, now)
}

/** Sends what is free in the ring, at most so many messages; answers how many. */
function send({ ring, socket, isOpen }: Line, most: number, at: number): number {
  let count = 0
  while (ring && isOpen && count < most && sent < upTo) {
    const taken = ring.take(most - count, at)
    if (!taken) break
    count += taken.messages
    sent += taken.messages * ring.eventsPerMessage
    socket.write(taken.bytes)
  }
  return count
}

/** Whatever is acknowledged goes out anew, until `upTo` events were sent; may be raised later. */
function full(words: { upTo: number } | null): void {
  isFull = true
  upTo = words?.upTo ?? Infinity
  for (const line of lines) send(line, Infinity, performance.now())
}

/** So many events a second over all connections, in steps of 5 ms; late steps are made up for. */
function paced({ eventsPerSecond }: { eventsPerSecond: number }): void {
  const began = performance.now()
  const before = sent
  let next = 0
  pacing = setInterval(() => {
    const due = ((performance.now() - began) / 1_000) * eventsPerSecond
    for (let tried = 0; sent - before < due && tried < lines.length; tried++) {
      const line = lines[next++ % lines.length]
      // Counted from when it was due, so that a stall is seen by all who had to wait for it.
      if (line) send(line, 1, began + ((sent - before) / eventsPerSecond) * 1_000)
    }
  }, 5)
}

/** Stops sending and waits for what is in flight, at most half a minute. */
async function stop(): Promise<Stopped> {
  isFull = false
  clearInterval(pacing)
  const inFlight = () => lines.reduce((sum, { ring }) => sum + (ring?.inFlight() ?? 0), 0)
  for (let waited = 0; inFlight() > 0 && waited < 30_000; waited += 20) await pause(20)
  const byDevice = lines.flatMap(({ ring }) => ring?.sent() ?? [])
  return { unacknowledged: inFlight(), acknowledged, sent: byDevice }
}

function stats(): Stats {
  const { user, system } = process.cpuUsage()
  const latency = latencies.read()
  latencies = new Latencies()
  return { acknowledged, broken, cpuUs: user + system, atMs: performance.now(), latency }
}
