import { minuteMs, type Clock } from '../../../kernel/clock.ts'
import { sayings } from '../../../kernel/saying.ts'
import { NotReached, postOutward, type Answered } from '../../../platform/outward.ts'
import { retryAt } from '../decide.ts'
import type { Channel, CodeWay, Message, Sent } from './types.ts'

/** A provider of messages: where, and the secret that it knows us by. */
export type Provider = { url: string; secret: string }

type Kind = 'sms' | 'voice' | 'wecom'

/** One POST of JSON a message. The link is not read aloud. */
export function providerChannel(
  name: Kind,
  provider: Provider,
  real: Clock,
  timeoutMs?: number,
): Channel {
  return {
    name,
    async send(message: Message): Promise<Sent> {
      const { phone } = message
      if (phone === null) return { result: 'none', detail: null, retryAt: null }
      const { url, headers, body } = requestOf(name, provider, { ...message, phone })
      return posted({ url, headers, body }, timeoutMs, (answer) =>
        sentBy(name, answer, message, real),
      )
    },
  }
}

/** The same form as any message; `text` is all that a telephone shows. */
export function codeProvider(provider: Provider, real: Clock, timeoutMs?: number): CodeWay {
  return async ({ id, phone, code, at }) => {
    const says = 'sign-in-code' as const
    const headers = { authorization: `Bearer ${provider.secret}`, 'idempotency-key': id }
    const text = `${sayings[says]['zh-CN']}${code}`
    const body = { id, phone, says, urgency: 'emergency', text, code }
    return posted({ url: provider.url, headers, body }, timeoutMs, (answer) =>
      sentBy('sms', answer, { at }, real),
    )
  }
}

async function posted(
  { url, headers, body }: { url: string; headers: Record<string, string>; body: object },
  timeoutMs: number | undefined,
  said: (answer: Answered) => Sent,
): Promise<Sent> {
  const asked = {
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
  try {
    return said(await postOutward(asked, 'chosen', timeoutMs))
  } catch (why) {
    if (!(why instanceof NotReached)) throw why
    const result = why.code === 'address' ? 'refused' : 'failed'
    return { result, detail: why.code, retryAt: null }
  }
}

function requestOf(name: Kind, { url, secret }: Provider, message: Message & { phone: string }) {
  const { id, says, urgency, link, phone } = message
  const text = sayings[says]['zh-CN']
  switch (name) {
    case 'sms':
    case 'voice': {
      const headers = { authorization: `Bearer ${secret}`, 'idempotency-key': id }
      const said = name === 'sms' ? { text: `${text} ${link}`, link } : { text }
      return { url, headers, body: { id, phone, says, urgency, ...said } }
    }
    case 'wecom': {
      // The robot of a group is known by the key in its address; it calls the colleague by phone.
      const to = new URL(url)
      to.searchParams.set('key', secret)
      const content = `${text} ${link}`
      const mentioned_mobile_list = [phone.replace(/^\+86|[ -]/g, '')]
      const body = { msgtype: 'text', text: { content, mentioned_mobile_list } }
      return { url: to.href, headers: {}, body }
    }
    default:
      return name satisfies never
  }
}

type At = Pick<Message, 'at'>

function sentBy(name: Kind, answer: Answered, message: At, real: Clock): Sent {
  const { status, body } = answer
  if (status < 200 || status > 299) {
    const result = status === 429 ? 'limited' : status >= 500 ? 'failed' : 'refused'
    const waits = retryAt(answer.retryAfter, message.at, real.now())
    return { result, detail: String(status), retryAt: waits }
  }
  return name === 'wecom' ? saidByWecom(body, message) : sentWith(String(status))
}

function sentWith(detail: string): Sent {
  return { result: 'sent', detail, retryAt: null }
}

/** WeCom says what went wrong with status 200: -1 is busy, 45009 too many in a minute. */
function saidByWecom(body: string, { at }: At): Sent {
  const code = codeIn(body)
  switch (code) {
    case 0:
      return sentWith('200')
    case -1:
      return { result: 'failed', detail: String(code), retryAt: null }
    case 45_009:
      return { result: 'limited', detail: String(code), retryAt: at + minuteMs }
    default:
      return { result: 'refused', detail: String(code ?? 'body'), retryAt: null }
  }
}

function codeIn(body: string): number | undefined {
  try {
    const { errcode } = JSON.parse(body) as { errcode?: unknown }
    return typeof errcode === 'number' ? errcode : undefined
  } catch {
    return undefined
  }
}
