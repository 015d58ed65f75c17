import { appendFile, readFile, rename, stat } from 'node:fs/promises'
import type { Instant } from '../../../kernel/clock.ts'
import { sayingKeys, type Says } from '../../../kernel/saying.ts'
import { masked } from '../decide.ts'
import type { Urgency } from '../types.ts'
import type { Channel, CodeWay, Message, Sent } from './types.ts'

/** A line of the file: what would have been sent, to a number that cannot be called. */
export type Outgoing = {
  at: Instant
  channel: 'sms' | 'wecom' | 'voice'
  phone: string
  says: Says
  urgency: Urgency
  link: string | null
  /** Of a sign-in; it is over within minutes. */
  code?: string
}

const fileBytesMax = 1024 * 1024
const shownMax = 100

/**
 * Where no provider is there yet: the message becomes a line of a file beside the database. `sent`
 * means that alone.
 */
export function fileChannel(name: Outgoing['channel'], file: string): Channel {
  return {
    name,
    async send({ at, phone, says, urgency, link }: Message) {
      if (phone === null) return { result: 'none', detail: null, retryAt: null }
      const line: Outgoing = {
        ...{ at, channel: name, phone: masked(phone), says, urgency },
        link: name === 'voice' ? null : link,
      }
      return write(file, line)
    },
  }
}

/** A sign-in code as a line of the file, where no provider is there yet. */
export function codeFile(file: string): CodeWay {
  return async ({ at, phone, code }) => {
    const says = 'sign-in-code' as const
    const line: Outgoing = { at, channel: 'sms', phone: masked(phone), says, ...usual, code }
    return write(file, line)
  }
}

const usual = { urgency: 'usual', link: null } as const

async function write(file: string, line: Outgoing): Promise<Sent> {
  try {
    const { size } = await stat(file).catch(() => ({ size: 0 }))
    if (size > fileBytesMax) await rename(file, `${file}.1`)
    await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
    return { result: 'sent', detail: 'file', retryAt: null }
  } catch (why) {
    const detail = (why as NodeJS.ErrnoException).code ?? 'file'
    return { result: 'failed', detail, retryAt: null }
  }
}

/** The newest lines first; a broken one is left out. */
export async function readOutbox(file: string): Promise<Outgoing[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.trimEnd().split('\n').slice(-shownMax).toReversed()
  return lines.flatMap((line) => {
    try {
      const one = JSON.parse(line) as Outgoing
      return sayingKeys.includes(one.says) ? one : []
    } catch {
      return []
    }
  })
}
