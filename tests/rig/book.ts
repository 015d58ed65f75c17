/** A book of looks on a database of its own: written, linked, struck, and told to a file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLinker, strikeLooks } from '../../src/ground/privacy/chain/index.ts'
import { addLooks } from '../../src/ground/privacy/store.ts'
import type { Looker, Matter, WrittenLook } from '../../src/kernel/book.ts'
import { dayMs, type Instant } from '../../src/kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../../src/kernel/ids.ts'
import { idsBy } from '../../src/platform/ids.ts'
import { openDatabase, type Database } from '../../src/platform/sql.ts'
import { openDatabase as openTestDatabase } from './database.ts'

export type TestBook = AsyncDisposable & {
  db: Database
  urls: { ownerUrl: string; appUrl: string }
  /** Moved by hand. */
  clock: { now(): Instant; at: Instant }
  log: { say(what: string): void }
  logged: string[]
  headsFile: string
  folder: string
  /** Writes so many looks as a request does, at the moment of the clock; answers their ids. */
  look(count: number, more?: Partial<WrittenLook>): Promise<string[]>
  /** Gives them their links, and tells the file. */
  link(): Promise<number>
  strike(): Promise<number>
  rows(statement: string, values?: unknown[]): Promise<any[]>
}

const street = '310104011' as StreetCode

export async function openBook(): Promise<TestBook> {
  const urls = await openTestDatabase()
  const db = openDatabase(urls)
  const clock = {
    at: Date.parse('2026-07-07T08:00:00+08:00'),
    now(): Instant {
      return this.at
    },
  }
  const folder = mkdtempSync(join(tmpdir(), 'lilong-book-'))
  const headsFile = join(folder, 'heads.jsonl')
  const logged: string[] = []
  const log = { say: (what: string) => void logged.push(what) }
  const newId = idsBy(clock)
  let written = 0
  return {
    ...{ db, urls, clock, log, logged, headsFile, folder },
    async look(count, more = {}) {
      const looks = Array.from({ length: count }, () => ({
        ...{ id: newId<string>(), at: clock.now(), ...someLook(written++), ...more },
      }))
      await db.inStreet({ street }, (tx) => addLooks(tx, looks))
      return looks.map(({ id }) => id)
    },
    link: () => openLinker({ db, clock, log }, headsFile).link(),
    strike: () => strikeLooks({ db, clock }, clock.now()),
    rows: async (statement, values = []) => (await db.ownerPool.query(statement, values)).rows,
    async [Symbol.asyncDispose]() {
      await db.close()
      await urls[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Of every kind: posts, rules, contacts, with and without what may be missing. */
function someLook(n: number): Omit<WrittenLook, 'at'> {
  const id = (kind: number) =>
    `00000000-0000-7000-8000-${String(kind * 1_000 + (n % 7)).padStart(12, '0')}`
  const lookers: Looker[] = [
    {
      ...{ kind: 'post', person: id(1) as PersonId, post: id(2) as PostId },
      ...{ title: '网格员', unit: '一居委' },
    },
    { kind: 'rule', rule: 'care-silence', version: 3 },
    { kind: 'resident', person: id(3) as PersonId },
    { kind: 'operator' },
  ]
  const matters: Matter[] = [
    { kind: 'task', id: id(4), label: 'care-visit' },
    { kind: 'operation', id: null, label: 'sign-in' },
    { kind: 'request', id: id(5), label: '来电核对' },
  ]
  return {
    ...{ street, person: id(6) as PersonId, why: 'task', how: n % 2 ? 'page' : 'list' },
    fields: n % 3 ? ['name', 'address'] : ['last-seen'],
    by: lookers[n % lookers.length] ?? { kind: 'operator' },
    matter: matters[n % matters.length] ?? { kind: 'operation', id: null, label: '' },
    ...(n % 5 ? {} : { shownFrom: Date.parse('2026-07-08T00:00:00Z') + n }),
  }
}

/** Some sixty links: looks of years ago that were struck at their term, and looks of now. */
export async function fillBook(book: TestBook): Promise<void> {
  const now = book.clock.at
  for (const [daysAgo, count] of [
    [1_200, 9],
    [1_105, 7],
    [400, 8],
  ] as const) {
    book.clock.at = now - daysAgo * dayMs
    await book.look(count)
    await book.link()
  }
  for (const days of [20, 0]) {
    book.clock.at = now - days * dayMs
    await book.strike()
    await book.look(days === 0 ? 24 : 6)
    await book.link()
    await book.look(4)
    await book.link()
  }
}
