import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from './sql.ts'

/** What a page is told: that something of a topic changed, never what. The page asks again. */
export type Nudge = { person: string; topic: string; note?: string }

export type Live = {
  /**
   * Holds one page's stream open. At most `streamsPerPersonMax` a person; the oldest goes first.
   */
  watch(person: string, response: ServerResponse): void
  count(): number
  close(): Promise<void>
}

const channel = 'lilong_live'
const streamsPerPersonMax = 8
const beatMs = 25_000

/** Nudges leave when the transaction commits, because PostgreSQL sends notifications at commit. */
export async function nudge(tx: Tx, told: Nudge): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(told)})`.execute(tx)
}

export async function openLive(
  url: string,
  onSent: (told: Nudge) => void,
  onLost: () => void,
): Promise<Live> {
  const streams = new Map<string, Set<ServerResponse>>()
  const client = new pg.Client({ connectionString: url })
  let isClosing = false
  client.on('error', () => isClosing || onLost())
  client.on('notification', (message) => {
    const told = JSON.parse(message.payload ?? '{}') as Nudge
    const open = streams.get(told.person)
    if (!open || open.size === 0) return
    const data = JSON.stringify({ topic: told.topic, ...(told.note ? { note: told.note } : {}) })
    for (const response of open) response.write(`data: ${data}\n\n`)
    onSent(told)
  })
  await client.connect()
  await client.query(`listen ${channel}`)
  const beat = setInterval(() => {
    for (const open of streams.values()) for (const response of open) response.write(': \n\n')
  }, beatMs)
  return {
    watch: (person, response) => watch(streams, person, response),
    count: () => [...streams.values()].reduce((sum, open) => sum + open.size, 0),
    async close() {
      isClosing = true
      clearInterval(beat)
      for (const open of streams.values()) for (const response of open) response.end()
      await client.end()
    },
  }
}

function watch(
  streams: Map<string, Set<ServerResponse>>,
  person: string,
  response: ServerResponse,
): void {
  const open = streams.get(person) ?? new Set()
  streams.set(person, open)
  const [oldest] = open
  if (oldest && open.size >= streamsPerPersonMax) {
    open.delete(oldest)
    oldest.end()
  }
  open.add(response)
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.write('retry: 1000\n\n')
  response.on('close', () => {
    open.delete(response)
    if (open.size === 0 && streams.get(person) === open) streams.delete(person)
  })
}
