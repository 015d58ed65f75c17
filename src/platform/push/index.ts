/**
 * Web Push (RFC 8030, 8291, 8292): wakes a browser that agreed to it. The library encrypts and
 * signs; the message goes out by `postOutward`. What a push service says of it is no delivery.
 */
import { createECDH } from 'node:crypto'
import { NotReached, isAllowed, postOutward } from '../outward.ts'

export type Subscription = { endpoint: string; p256dh: string; auth: string }

/** `gone`: the browser does not want it any more, or has forgotten it. */
export type Pushed = {
  result: 'sent' | 'failed' | 'refused' | 'gone' | 'limited'
  /** A status, or why nobody answered. */
  detail: string
  retryAfter: string | null
}

export type Push = {
  /** What a browser subscribes with: the public half, base64url. */
  publicKey: string
  /** Whether an address may be one of a push service. */
  isAllowed(endpoint: string): boolean
  send(
    to: Subscription,
    payload: object,
    how: { ttlSeconds: number; isUrgent: boolean; topic: string },
  ): Promise<Pushed>
}

export type PushWish = {
  /** 32 random bytes, base64url: the private half. Kept like any secret, for good. */
  secret: string
  /** An https or mailto address that a push service can turn to (RFC 8292, 2.1). */
  contact: string
  /** Only push services on this machine, for rehearsals. */
  isRehearsed: boolean
  timeoutMs?: number
}

/** Every message has one length, so that it says nothing by it. */
const payloadBytes = 320

export async function openPush(wish: PushWish): Promise<Push> {
  // With what it brings along it takes a while; nobody waits for it who wakes nobody.
  const { default: library } = await import('web-push')
  const privateKey = wish.secret
  const vapidDetails = { subject: wish.contact, publicKey: publicOf(privateKey), privateKey }
  const reach = wish.isRehearsed ? 'rehearsed' : 'public'
  return {
    publicKey: vapidDetails.publicKey,
    isAllowed: (endpoint) => endpoint.length <= 1_000 && isAllowed(endpoint, reach),
    async send({ endpoint, p256dh, auth }, payload, { ttlSeconds, isUrgent, topic }) {
      try {
        const details = library.generateRequestDetails(
          { endpoint, keys: { p256dh, auth } },
          padded(JSON.stringify(payload)),
          { vapidDetails, TTL: ttlSeconds, urgency: isUrgent ? 'high' : 'normal', topic },
        )
        const headers = Object.fromEntries(
          Object.entries(details.headers).map(([name, value]) => [name, String(value)]),
        )
        delete headers['Content-Length']
        const asked = { url: endpoint, headers, body: details.body ?? Buffer.alloc(0) }
        const answer = await postOutward(asked, reach, wish.timeoutMs)
        return pushedBy(answer.status, answer.retryAfter)
      } catch (why) {
        if (!(why instanceof NotReached)) return { ...nothing, result: 'gone', detail: 'key' }
        const result = why.code === 'address' ? 'refused' : 'failed'
        return { ...nothing, result, detail: why.code }
      }
    },
  }
}

function padded(text: string): string {
  return text + ' '.repeat(Math.max(0, payloadBytes - Buffer.byteLength(text)))
}

const nothing = { retryAfter: null }

/** RFC 8030, 5, 7.2, 7.3 and 8.4. */
function pushedBy(status: number, retryAfter: string | undefined): Pushed {
  const said = { detail: String(status), retryAfter: retryAfter ?? null }
  if (status >= 200 && status < 300) return { ...said, result: 'sent' }
  if (status === 404 || status === 410) return { ...said, result: 'gone' }
  if (status === 429) return { ...said, result: 'limited' }
  if (status >= 500) return { ...said, result: 'failed' }
  return { ...said, result: 'refused' }
}

/** 32 random bytes are a private key of P-256 (all but one in 2^32 of them). */
function publicOf(secret: string): string {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(secret, 'base64url')
  return curve.getPublicKey('base64url')
}
