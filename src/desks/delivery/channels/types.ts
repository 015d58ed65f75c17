import type { Instant } from '../../../kernel/clock.ts'
import type { Says } from '../../../kernel/saying.ts'
import type { Subscription } from '../../../platform/push/index.ts'
import type { ChannelName, Result, Urgency } from '../types.ts'

export type Language = 'zh-CN' | 'en'

/** What goes out, and where to. */
export type Message = {
  /** The same in every try of one telling by one channel: taken twice, it is one message. */
  id: string
  note: string
  says: Says
  urgency: Urgency
  /** Where one reads and answers; absolute. */
  link: string
  phone: string | null
  browsers: readonly (Subscription & { id: string; language: Language })[]
  at: Instant
}

export type Sent = {
  result: Result
  /** The provider's code, never content. */
  detail: string | null
  retryAt: Instant | null
  /** Browsers that do not want it any more. */
  gone?: readonly string[]
}

/**
 * Takes a sign-in code to a telephone. It goes at once and stands in no table: a code that was not
 * sent is asked for anew.
 */
export type CodeWay = (code: {
  id: string
  phone: string
  code: string
  at: Instant
}) => Promise<Sent>

/** Takes one saying to a telephone whose holder is nobody of the register yet. */
export type WordWay = (word: {
  id: string
  phone: string
  says: Says
  link: string
  at: Instant
}) => Promise<Sent>

/** Never rejects for what the other side did. */
export type Channel = {
  readonly name: Exclude<ChannelName, 'page'>
  send(message: Message): Promise<Sent>
}
