/** The chain of the book in a whole program: who links, what a restore says, what all may read. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp, restore } from '../src/backup.ts'
import { checkBook } from '../src/ground/privacy/index.ts'
import { dayMs } from '../src/kernel/clock.ts'
import { openDatabase } from '../src/platform/sql.ts'
import { openProgram, type ProgramWish } from '../src/program.ts'
import { openBook, type TestBook } from './rig/book.ts'
import { operatorKey } from './rig/program.ts'

function opened(
  { urls, clock, headsFile }: TestBook,
  ticks = false,
  more: Partial<ProgramWish> = {},
) {
  return openProgram({
    ...{ urls, clock, real: clock, operatorKey, version: 'test', town: 'empty', ticks, headsFile },
    ...{ log: { say: () => undefined }, bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
    ...{ distDir: null, ...more },
  })
}

test('a program gives looks their links while it runs, and the last ones when it is closed', async () => {
  await using book = await openBook()
  await book.look(3)
  const program = await opened(book, true)
  const links = async () => (await book.rows('select number from privacy.link')).length
  await expect.poll(links, { timeout: 20_000 }).toBe(3)
  await book.look(2)
  await program.close()
  expect(await links()).toBe(5)
  const { headsFile } = book
  const checked = await checkBook(book, { now: book.clock.at, headsFile, witness: null })
  expect(checked).toMatchObject({ findings: [], links: 5, unlinked: 0 })
})

test('each day it looks itself over, and says to everybody who watches it what is wrong', async () => {
  await using book = await openBook()
  const { log, logged } = book
  await book.look(3)
  await book.link()
  await book.rows(`update privacy.look set why = 'duty'`)
  // Nobody answers there, and nobody is waited for.
  const witness = {
    ...{ url: 'http://127.0.0.1:9/', headsFile: book.headsFile },
    ...{ secretFile: join(book.folder, 'a'), pinFile: join(book.folder, 'b') },
  }
  const quick = { ...book.clock, speed: 1_000, set: () => undefined }
  const real = { now: () => Date.now() * 1_000 }
  const program = await opened(book, true, { log, witness, clock: quick, real })
  try {
    const says = async () => (await (await fetch(`${program.url}/health`)).json()).says
    await expect.poll(says, { timeout: 30_000 }).toEqual(['book-broken', 'witness-away'])
    expect((await fetch(`${program.url}/health`)).status).toBe(200)
    expect(logged).toContain('book.broken')
  } finally {
    await program.close()
  }
})

test('anybody reads the line of last week: how much, how far, and what stands for it', async () => {
  await using book = await openBook()
  const week = async () => {
    const program = await opened(book)
    try {
      const answer = await fetch(`${program.url}/api/privacy/week-line`)
      return { status: answer.status, body: await answer.json() }
    } finally {
      await program.close()
    }
  }
  const none = await week()
  expect(none).toMatchObject({ status: 200, body: { week: '2026-W27', looks: 0, number: 0 } })
  await book.look(4)
  book.clock.at = Date.parse('2026-07-12T23:59:59.999+08:00')
  await book.look(1)
  await book.link()
  const line = (await week()).body
  expect(line).toEqual(none.body)
  book.clock.at += 1
  await book.look(7)
  await book.link()
  const { head, ...counts } = (await week()).body
  expect(counts).toEqual({ week: '2026-W28', looks: 5, number: 5 })
  expect(head).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){12}[0-9A-HJKMNP-TV-Z]{4}$/)
  book.clock.at = Date.parse('2027-01-04T00:00:00+08:00')
  expect((await week()).body).toMatchObject({ week: '2026-W53', looks: 0, number: 12 })
})

test('a restored backup voids what was told of later links, in a line that stays', async () => {
  const book = await openBook()
  await book.look(4)
  await book.link()
  const { urls, clock, headsFile, folder } = book
  const file = join(folder, 'backup')
  await backUp({ ownerUrl: urls.ownerUrl, file, version: 'test', clock })
  book.clock.at += dayMs
  await book.look(6)
  await book.link()
  await book.db.close()
  await restore({
    ...{ urls, file, erasureFiles: [], headsFile, dropOld: true, real: clock },
    ...{ townClock: async () => clock, log: book.log, say: () => undefined },
  })
  const db = openDatabase(urls)
  try {
    const outside = { now: clock.at, headsFile, witness: null }
    expect(await checkBook({ db }, outside)).toMatchObject({
      ...{ findings: [], links: 4, looks: 4 },
      restored: [{ number: 4, restored: true }],
    })
    expect(existsSync(headsFile)).toBe(true)
  } finally {
    await db.close()
    await book[Symbol.asyncDispose]()
  }
})
