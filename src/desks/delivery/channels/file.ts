import { appendFile, readFile, rename, stat } from 'node:fs/promises'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { sayingKeys, type Says } from '../../../kernel/saying.ts'
import { readLines, replaceLines } from '../../../platform/lines.ts'
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
/** Whoever tries things out without a provider reads it on the same day (product). */
const keptMs = dayMs
const olderOf = (file: string) => `${file}.1`

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
  return inTurn(file, async () => {
    const { size } = await stat(file).catch(() => ({ size: 0 }))
    if (size > fileBytesMax) await rename(file, olderOf(file))
    await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
    return { result: 'sent' as const, detail: 'file', retryAt: null }
  }).catch((why: NodeJS.ErrnoException) => ({
    ...{ result: 'failed' as const, detail: why.code ?? 'file', retryAt: null },
  }))
}

const turns = new Map<string, Promise<unknown>>()

/** One after the other, so that no line is lost between a reading and the writing anew. */
function inTurn<Done>(file: string, act: () => Promise<Done>): Promise<Done> {
  const before = turns.get(file) ?? Promise.resolve()
  const done = before.then(act)
  turns.set(
    file,
    done.catch(() => undefined),
  )
  return done
}

/** Lines past their term go, and those that nobody can read. Answers how many. */
export function letGoOfLines(file: string, now: Instant): Promise<number> {
  return inTurn(file, async () => {
    let gone = 0
    for (const path of [file, olderOf(file)]) gone += await letGoIn(path, now - keptMs)
    return gone
  })
}

/** A file of which nothing goes is left alone. */
async function letGoIn(path: string, before: Instant): Promise<number> {
  const { lines, torn } = await readLines(path)
  const all = torn === '' ? lines : [...lines, torn]
  const kept = all.filter((line) => (outgoingOf(line)?.at ?? before) > before)
  if (kept.length === all.length) return 0
  await replaceLines(path, kept)
  return all.length - kept.length
}

/** The newest lines first; a broken one is left out. */
export async function readOutbox(file: string): Promise<Outgoing[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.trimEnd().split('\n').slice(-shownMax).toReversed()
  return lines.flatMap((line) => outgoingOf(line) ?? [])
}

function outgoingOf(line: string): Outgoing | undefined {
  try {
    const one = JSON.parse(line) as Outgoing
    return sayingKeys.includes(one.says) && Number.isFinite(one.at) ? one : undefined
  } catch {
    return undefined
  }
}
