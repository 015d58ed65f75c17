/** What a team writes first: a subscriber that counts, or writes what it hears by group COPY. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import mqtt from 'mqtt'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { answer } from '../load/child.ts'

/** Without a database it only counts. */
export type Opening = { port: number; databaseUrl: string | null }

let taken = 0
let waiting: string[] = []
let flying: Promise<void> | undefined

answer({ open, taken: () => taken })

async function open({ port, databaseUrl }: Opening): Promise<void> {
  const database = databaseUrl === null ? null : new pg.Client({ connectionString: databaseUrl })
  await database?.connect()
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 })
  client.on('message', (topic, payload) => {
    if (!database) return void taken++
    const { seq, at, state } = JSON.parse(payload.toString()) as Record<string, string | number>
    const device = topic.split('/')[2]
    waiting.push(`${device}\t${seq}\t${new Date(at ?? 0).toISOString()}\t${state}\n`)
    flying ??= drain(database).finally(() => (flying = undefined))
  })
  await client.subscribeAsync('lilong/#', { qos: 1 })
}

async function drain(database: pg.Client): Promise<void> {
  while (waiting.length > 0) {
    const rows = waiting
    waiting = []
    const into = 'copy peer.reading (device, sequence, event_at, state) from stdin'
    await pipeline(Readable.from([rows.join('')]), database.query(copyFrom(into)))
    taken += rows.length
  }
}
