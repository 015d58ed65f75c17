import { cut } from './send.ts'
import type { Broker, Connection, Session } from './state.ts'
import { removeFilter } from './topics.ts'

/** The session of a name and client id (MQTT 3.1.1, 3.1.2.4). `isPresent` is said in CONNACK. */
export function openSession(
  connection: Connection,
  name: string,
  clientId: string,
  isClean: boolean,
): { session: Session; isPresent: boolean } {
  const { broker } = connection
  const key = keyOf(name, clientId)
  const before = broker.sessions.get(key)
  if (before && (isClean || before.isClean)) end(broker, before)
  const kept = broker.sessions.get(key)
  const session = kept ?? newSession(key, name, isClean)
  session.connection = connection
  broker.sessions.set(key, session)
  if (!isClean && !kept) boundSessions(broker, name)
  return { session, isPresent: kept !== undefined }
}

export function keyOf(name: string, clientId: string): string {
  return `${name}\0${clientId}`
}

function newSession(key: string, name: string, isClean: boolean): Session {
  return {
    ...{ key, name, isClean, isOver: false, connection: null, leftAt: 0 },
    subscriptions: new Set(),
    ...{ queue: [], queuedBytes: 0, inflight: new Map(), nextId: 0, unreleased: new Map() },
  }
}

/** Everything that was kept for it goes, and its connection. */
export function end(broker: Broker, session: Session): void {
  if (session.isOver) return
  session.isOver = true
  broker.sessions.delete(session.key)
  for (const filter of session.subscriptions) removeFilter(broker.filters, filter, session)
  session.subscriptions.clear()
  broker.queuedBytes -= session.queuedBytes
  session.queuedBytes = 0
  session.queue = []
  session.inflight.clear()
  session.unreleased.clear()
  if (session.connection) cut(session.connection)
}

export function endOverdue(broker: Broker): void {
  const { sessionMsMax } = broker.limits
  for (const session of broker.sessions.values()) {
    if (!session.connection && broker.at - session.leftAt > sessionMsMax) end(broker, session)
  }
}

/** Of too many sessions of one name, the one that was away longest ends. */
function boundSessions(broker: Broker, name: string): void {
  const away: Session[] = []
  for (const session of broker.sessions.values()) {
    if (session.name === name && !session.connection) away.push(session)
  }
  const [longest] = away
  if (longest && away.length >= broker.limits.sessionsPerNameMax) end(broker, longest)
}

/** What is kept stands in the order of leaving. */
export function setAside(broker: Broker, session: Session): void {
  session.connection = null
  session.leftAt = broker.at
  if (session.isClean) return end(broker, session)
  if (session.isOver) return
  broker.sessions.delete(session.key)
  broker.sessions.set(session.key, session)
}
