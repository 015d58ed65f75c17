import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import pg from 'pg'
import { guardsOf } from './edge.ts'
import { afterCommit, type Tx } from './sql.ts'

/** What a page is told: that something of a topic changed, never what. The page asks again. */
export type Nudge = { person: string; topic: string; note?: string }
/** A session that ended, or a person who is something else from now on: their streams close. */
type Ending = { ended: string } | { changed: string }

export type Live = {
  /**
   * Holds one page's stream open. At most `streamsPerPersonMax` a person; the oldest goes first.
   * `group`: a nudge that names it instead of a person is for them too. `session`: the stream ends
   * with it. `isShort`: it is one that is over sooner than others. `since`: the moment at which
   * what the page shows was read; what was told from then on is told again.
   */
  watch(person: string, response: ServerResponse, as?: Watcher): void
  /** Sessions that have a stream open here; all, or those that are over sooner. */
  sessions(which?: 'short'): string[]
  /** Closes the streams of these. */
  end(sessions: readonly string[]): void
  count(): number
  /** Taken before a page's first data are read, and given back with its stream. */
  moment(): string
  close(): Promise<void>
}

type Watcher = {
  group?: string
  session?: string
  isShort?: boolean
  isHttps?: boolean
  since?: string | undefined
}

/** The streams of one person, and what they were not told yet. */
type Watching = {
  streams: Set<ServerResponse>
  topics: Set<string>
  notes: Set<string>
  toldAt: number
}

const channel = 'lilong_live'
const streamsPerPersonMax = 8
const beatMs = 25_000
/**
 * A page asks again once for everything that changed in so long: the first change is told at once.
 */
const togetherMs = 60
/** A group hears of everybody's changes: once for all of so long. */
const groupTogetherMs = 1_000
/** A page that does not read so much is cut off; its browser comes back and asks anew. */
const unreadBytesMax = 16 * 1024
/** So many who were told something are remembered: of a district, the last minutes. */
const latelyMax = 10_000

/**
 * Nudges leave once the transaction has committed, in a statement of their own: a commit that
 * notifies holds a lock of the whole database until the disk has it, so that no two wait for the
 * disk together (at five calls for help a second the database took 26 % of a core so, and 16 %
 * now). A program that dies in between loses them, and with them every page's stream: pages that
 * come back ask anew.
 */
export function nudge(tx: Tx, told: readonly Nudge[]): void {
  if (told.length > 0) afterCommit(tx, (pool) => tell(pool, told))
}

const soonMs = 1_000
const untoldSoon = new WeakMap<pg.Pool, Map<string, Nudge>>()

/** As `nudge`, once a second for the same person and topic: for what comes in heaps. */
export function nudgeSoon(tx: Tx, told: readonly Nudge[]): void {
  if (told.length === 0) return
  afterCommit(tx, (pool) => {
    const waiting = untoldSoon.get(pool) ?? new Map<string, Nudge>()
    for (const each of told) waiting.set(`${each.person} ${each.topic}`, each)
    if (untoldSoon.has(pool)) return
    untoldSoon.set(pool, waiting)
    const leave = () => {
      untoldSoon.delete(pool)
      tell(pool, [...waiting.values()])
    }
    setTimeout(leave, soonMs).unref()
  })
}

/** These sessions ended in the transaction: at commit their streams close. */
export function endStreams(tx: Tx, sessions: readonly string[]): void {
  const told = sessions.map((ended) => ({ ended }))
  if (told.length > 0) afterCommit(tx, (pool) => tell(pool, told))
}

/**
 * What these persons may see changed in the transaction: at commit their streams close. A page that
 * may have one opens it anew, as who they are now.
 */
export function endStreamsOf(tx: Tx, persons: readonly string[]): void {
  const told = persons.map((changed) => ({ changed }))
  if (told.length > 0) afterCommit(tx, (pool) => tell(pool, told))
}

const untold = new WeakMap<pg.Pool, (Nudge | Ending)[]>()

/** What is committed in the same moment leaves together. */
function tell(pool: pg.Pool, told: readonly (Nudge | Ending)[]): void {
  const waiting = untold.get(pool)
  if (waiting) return void waiting.push(...told)
  const batch = [...told]
  untold.set(pool, batch)
  setImmediate(() => {
    untold.delete(pool)
    const payloads = [...new Set(batch.map((each) => JSON.stringify(each)))]
    const notify = 'select pg_notify($1, each) from unnest($2::text[]) as each'
    // Without the database the streams end, too.
    pool.query(notify, [channel, payloads]).catch(() => undefined)
  })
}

/** `onSent`: notes that reached an open stream of their person. */
export async function openLive(
  url: string,
  onSent: (told: readonly { note: string; person: string }[]) => void,
  onLost: () => void,
): Promise<Live> {
  const people = new Map<string, Watching>()
  const fanOut = openFanOut(people, onSent)
  const bySession = openSessions()
  const groups = openGroups((person, topic) => fanOut.add(person, topic, undefined))
  const lately = openLately()
  const client = new pg.Client({ connectionString: url })
  let isClosing = false
  client.on('error', () => isClosing || onLost())
  client.on('notification', (message) => {
    const told = JSON.parse(message.payload ?? '{}') as Nudge | Ending
    if ('ended' in told) return bySession.end([told.ended])
    if ('changed' in told) return endAll(people.get(told.changed)?.streams)
    const { person, topic, note } = told
    lately.note(person, topic)
    if (!groups.add(person, topic)) fanOut.add(person, topic, note)
  })
  await client.connect()
  await client.query(`listen ${channel}`)
  const beat = setInterval(() => {
    for (const { streams } of people.values()) for (const each of streams) say(each, ': \n\n')
  }, beatMs)
  return {
    watch(person, response, { group, session, isShort = false, isHttps = false, since } = {}) {
      // Who left while it was looked up who they are tells nobody so any more.
      if (response.destroyed || response.closed || response.socket?.destroyed) return
      watch(people, person, response, isHttps)
      if (group !== undefined) groups.join(group, person, response)
      if (session !== undefined) bySession.join(session, response, isShort)
      const who = group === undefined ? [person] : [person, group]
      if (since !== undefined) {
        for (const topic of lately.since(since, who)) say(response, messageOf(topic))
      }
    },
    moment: lately.now,
    ...{ sessions: bySession.all, end: bySession.end },
    count: () => [...people.values()].reduce((sum, { streams }) => sum + streams.size, 0),
    async close() {
      isClosing = true
      clearInterval(beat)
      fanOut.stop()
      groups.stop()
      for (const { streams } of people.values()) for (const each of streams) each.end()
      await client.end()
    },
  }
}

/**
 * What was told lately and to whom: between the reading of a page's data and the opening of its
 * stream nobody listens. What is not known any more, or is of another start, was perhaps told.
 */
function openLately() {
  const start = randomBytes(4).toString('hex')
  const told = new Map<string, Map<string, number>>()
  let moment = 0
  let forgotten = 0
  return {
    now: () => `${start}.${moment}`,
    note(who: string, topic: string): void {
      moment++
      const topics = told.get(who) ?? new Map<string, number>()
      told.delete(who)
      told.set(who, topics.set(topic, moment))
      const [oldest] = told
      if (!oldest || told.size <= latelyMax) return
      told.delete(oldest[0])
      forgotten = Math.max(forgotten, ...oldest[1].values())
    },
    since(then: string, who: readonly string[]): string[] {
      const [of, at] = then.split('.')
      if (of !== start || Number(at) < forgotten) return ['all']
      const topics = who.flatMap((one) => [...(told.get(one) ?? [])])
      return [...new Set(topics.filter(([, when]) => when > Number(at)).map(([topic]) => topic))]
    },
  }
}

/** Many changes for one person within a moment are one message; nobody waits for another. */
function openFanOut(
  people: Map<string, Watching>,
  onSent: (told: readonly { note: string; person: string }[]) => void,
) {
  let waiting = new Set<string>()
  let immediate: NodeJS.Immediate | undefined
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    immediate = undefined
    const now = performance.now()
    const told: { note: string; person: string }[] = []
    const left = new Set<string>()
    for (const person of waiting) {
      const one = people.get(person)
      if (!one) continue
      if (now - one.toldAt < togetherMs) {
        left.add(person)
        continue
      }
      const text = [...one.topics].map((topic) => messageOf(topic)).join('')
      for (const stream of one.streams) say(stream, text)
      for (const note of one.notes) told.push({ note, person })
      one.topics.clear()
      one.notes.clear()
      one.toldAt = now
    }
    waiting = left
    if (left.size > 0) {
      timer ??= setTimeout(() => {
        timer = undefined
        flush()
      }, togetherMs)
    }
    if (told.length > 0) onSent(told)
  }

  return {
    add(person: string, topic: string, note: string | undefined): void {
      const one = people.get(person)
      if (!one) return
      one.topics.add(topic)
      if (note !== undefined) one.notes.add(note)
      waiting.add(person)
      immediate ??= setImmediate(flush)
    },
    stop(): void {
      if (immediate) clearImmediate(immediate)
      clearTimeout(timer)
    },
  }
}

/** Which streams end with which session. */
function openSessions() {
  const sessions = new Map<string, Set<ServerResponse>>()
  const short = new Set<string>()
  return {
    join(session: string, response: ServerResponse, isShort: boolean): void {
      if (isShort) short.add(session)
      const streams = sessions.get(session) ?? new Set<ServerResponse>()
      sessions.set(session, streams.add(response))
      response.on('close', () => {
        streams.delete(response)
        if (streams.size > 0 || sessions.get(session) !== streams) return
        sessions.delete(session)
        short.delete(session)
      })
    },
    all: (which?: 'short') => [...(which === 'short' ? short : sessions.keys())],
    end(ended: readonly string[]): void {
      for (const session of ended) endAll(sessions.get(session))
    },
  }
}

/** Who is told of what a group is told of, while they have a stream. */
function openGroups(tell: (person: string, topic: string) => void) {
  const groups = new Map<string, Map<ServerResponse, string>>()
  const waiting = new Map<string, NodeJS.Timeout>()
  return {
    join(group: string, person: string, response: ServerResponse): void {
      const streams = groups.get(group) ?? new Map<ServerResponse, string>()
      groups.set(group, streams.set(response, person))
      response.on('close', () => {
        streams.delete(response)
        if (streams.size === 0 && groups.get(group) === streams) groups.delete(group)
      })
    },
    /** False: nobody watches as that group. */
    add(group: string, topic: string): boolean {
      const key = `${group} ${topic}`
      if (!groups.has(group)) return false
      if (waiting.has(key)) return true
      const flush = () => {
        waiting.delete(key)
        for (const person of new Set(groups.get(group)?.values())) tell(person, topic)
      }
      waiting.set(key, setTimeout(flush, groupTogetherMs))
      return true
    },
    stop(): void {
      for (const timer of waiting.values()) clearTimeout(timer)
    },
  }
}

function messageOf(topic: string): string {
  return `data: ${JSON.stringify({ topic })}\n\n`
}

function endAll(streams: Iterable<ServerResponse> = []): void {
  for (const each of streams) each.end()
}

/** One that was ended hears nothing more, though its socket may still be there. */
function say(stream: ServerResponse, text: string): void {
  if (stream.writableEnded) return
  if (stream.writableLength > unreadBytesMax) stream.destroy()
  else stream.write(text)
}

function watch(
  people: Map<string, Watching>,
  person: string,
  response: ServerResponse,
  isHttps: boolean,
): void {
  const one = people.get(person) ?? {
    streams: new Set(),
    topics: new Set(),
    notes: new Set(),
    toldAt: -Infinity,
  }
  people.set(person, one)
  const { streams } = one
  const [oldest] = streams
  if (oldest && streams.size >= streamsPerPersonMax) {
    streams.delete(oldest)
    oldest.end()
  }
  streams.add(response)
  response.writeHead(200, {
    ...guardsOf({ isHttps }),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.write('retry: 1000\n\n')
  response.on('close', () => {
    streams.delete(response)
    if (streams.size === 0 && people.get(person) === one) people.delete(person)
  })
}
