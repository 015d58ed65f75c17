import type { Socket } from 'node:net'
import type { Limits } from './limits.ts'
import type { Outgoing, Will } from './packets.ts'
import type { Retained } from './retained.ts'
import type { MqttRoom, Taken } from './room.ts'
import type { Filters, QoS } from './topics.ts'

/** What the broker holds. All of it is memory: a start begins without sessions and copies. */
export type Broker = {
  room: MqttRoom
  limits: Limits
  /** Milliseconds on a coarse clock, moved by the sweep: nobody asks the time per message. */
  at: number
  connections: Set<Connection>
  /** All that are open, also those in a handshake or saying goodbye. */
  sockets: Set<Socket>
  openCount: number
  sessions: Map<string, Session>
  filters: Filters<Session>
  retained: Retained
  /** Bytes of packets that are not whole, and of messages that wait for a client. */
  partialBytes: number
  queuedBytes: number
  /** Connections with something written in this turn. */
  unflushed: Connection[]
  spareSlots: Slot[]
  failedSignIns: Map<string, number>
  isClosing: boolean
  /** Reads on after a pause; stands here because reading leans on everything else. */
  resume(connection: Connection): void
}

/** 'closed': nothing is read or written any more. */
export type Phase = 'new' | 'signing-in' | 'open' | 'closed'

export type Connection = {
  broker: Broker
  socket: Socket
  from: string
  phase: Phase
  openedAt: number
  heardAt: number
  /** 1.5 times what the client promised; 0 is no promise. */
  silentMsMax: number
  /** Null before the sign-in and after the end. */
  session: Session | null
  name: string
  /** What the room's `signIn` answered. */
  who: unknown
  will: Will | null
  /** Bytes of a packet that is not whole, or that came while nothing was read. */
  parts: Buffer[]
  partBytes: number
  neededBytes: number
  isHeld: boolean
  /** The last topic as bytes and text: a device says the same one every time. */
  topicBytes: Buffer | null
  topic: string
  /** Taken and not answered, in the order of arrival. */
  first: Slot | null
  last: Slot | null
  flying: number
  /** Answers of this turn, written at its end in one piece. */
  out: Buffer | null
  outBytes: number
  isUnflushed: boolean
  /** Since when the client does not fetch what was written; 0 while it does. */
  blockedAt: number
}

export type Waiting = { message: Outgoing; qos: QoS; bytes: number; isReleased: boolean }

export type Session = {
  key: string
  /** Of the sign-in. A client id belongs to its name: nobody takes over a stranger's. */
  name: string
  isClean: boolean
  isOver: boolean
  connection: Connection | null
  leftAt: number
  subscriptions: Set<string>
  queue: Waiting[]
  /** Of `queue` and `inflight`. */
  queuedBytes: number
  inflight: Map<number, Waiting>
  nextId: number
  /** QoS 2 messages that came: whether they are taken already. Gone with PUBREL. */
  unreleased: Map<number, boolean>
}

/** One message on its way through the room. Used again and again. */
export type Slot = {
  connection: Connection | null
  session: Session | null
  topic: string
  payload: Buffer
  qos: QoS
  retain: boolean
  id: number
  /** Null while the room has not said `done`. */
  taken: Taken | Error | null
  next: Slot | null
  done: (taken: Taken | Error) => void
}

export function newConnection(broker: Broker, socket: Socket): Connection {
  return {
    ...{ broker, socket, from: socket.remoteAddress ?? '', phase: 'new' },
    ...{ openedAt: broker.at, heardAt: broker.at, silentMsMax: 0 },
    ...{ session: null, name: '', who: null, will: null },
    ...{ parts: [], partBytes: 0, neededBytes: 0, isHeld: false, topicBytes: null, topic: '' },
    ...{ first: null, last: null, flying: 0 },
    ...{ out: null, outBytes: 0, isUnflushed: false, blockedAt: 0 },
  }
}
