import type { Limits } from './limits.ts'
import type { Outgoing } from './packets.ts'
import { isMatch } from './topics.ts'

type Kept = { message: Outgoing; name: string }
type Share = { topics: number; bytes: number }
export type Retained = { kept: Map<string, Kept>; shares: Map<string, Share>; bytes: number }

export function openRetained(): Retained {
  return { kept: new Map(), shares: new Map(), bytes: 0 }
}

/** Zero bytes let go. What goes beyond a bound is delivered and not kept. */
export function retain(retained: Retained, limits: Limits, message: Outgoing, name: string): void {
  const { topic, payload } = message
  letGo(retained, topic)
  if (payload.length === 0 || payload.length > limits.retainedBytesMax) return
  const share = retained.shares.get(name) ?? { topics: 0, bytes: 0 }
  const isFull =
    share.topics >= limits.retainedTopicsMax ||
    retained.bytes + payload.length > limits.retainedBytesInAllMax
  if (isFull) return
  share.topics++
  share.bytes += payload.length
  retained.bytes += payload.length
  retained.shares.set(name, share)
  retained.kept.set(topic, { message: { ...message, retain: true }, name })
}

export function retainedFor(retained: Retained, filter: string): Outgoing[] {
  if (!/[#+]/.test(filter)) {
    const kept = retained.kept.get(filter)
    return kept ? [kept.message] : []
  }
  const found: Outgoing[] = []
  for (const [topic, { message }] of retained.kept) {
    if (isMatch(filter, topic)) found.push(message)
  }
  return found
}

function letGo(retained: Retained, topic: string): void {
  const before = retained.kept.get(topic)
  if (!before) return
  retained.kept.delete(topic)
  retained.bytes -= before.message.payload.length
  const share = retained.shares.get(before.name)
  if (!share) return
  share.topics--
  share.bytes -= before.message.payload.length
  if (share.topics === 0) retained.shares.delete(before.name)
}
