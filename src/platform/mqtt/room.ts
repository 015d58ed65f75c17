/**
 * What a message did: stored or refused for good (both acknowledged), or not this client's to send
 * (disconnected).
 */
export type Taken = 'acknowledged' | 'disconnect'

export type SignIn = { username: string; password: Buffer; clientId: string; from: string }

/**
 * Whom the broker asks. `Session` is what `signIn` answered, given back with each message. Callbacks
 * and not promises: 60,000 messages a second go through `take`.
 */
export type MqttRoom<Session = unknown> = {
  /** Null refuses (CONNACK 4). Rejecting says "not now" (CONNACK 3). */
  signIn(who: SignIn): Promise<Session | null>
  /**
   * Calls `done` once, after COMMIT: PUBACK follows it and never precedes it. An Error drops the
   * client, which will send again. `payload` is a view of the bytes read; copy what is kept.
   */
  take(session: Session, topic: string, payload: Buffer, done: (taken: Taken | Error) => void): void
  /** Whether this client may hear what matches `filter`. No is SUBACK 0x80. */
  maySubscribe(session: Session, filter: string): boolean
  /**
   * Whether a retained copy may be kept. Never for topics that carry readings: what was refused or
   * erased must not stay in memory.
   */
  mayRetain(session: Session, topic: string): boolean
  /** The connection of this session is over. */
  left(session: Session): void
  /** For an outside broker: whose topic this is. Null is nobody's: acknowledged and never taken. */
  ownerOf(topic: string): Session | null
}

/** PEM texts. */
export type Certificate = { cert: string; key: string }
/** Port 0 takes a free one. */
export type Listener = { bind: string; port: number; tls: Certificate | null }

/** What is kept in memory for clients, here or away. */
export type Held = {
  sessions: number
  subscriptions: number
  queuedBytes: number
  partialBytes: number
  retainedBytes: number
}

export type Mqtt = {
  /** In the order of the listeners. */
  ports: number[]
  connected(): number
  held(): Held
  close(): Promise<void>
  /** New connections get the new certificate; those that are open go on. */
  renewTls(tls: Certificate): void
}
