import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import type { ToldHead } from '../../../kernel/head.ts'
import { fillBook, openBook, type TestBook } from '../../../../tests/rig/book.ts'
import { proveFileTamperings, proveTamperings } from '../../../../tests/rig/tamperings.ts'
import { thinHeads } from './heads.ts'
import { checkBook, checkDaily, lastCheck, markRestored, openLinker } from './index.ts'

let book: TestBook

beforeEach(async () => void (book = await openBook()))
afterEach(() => book[Symbol.asyncDispose]())

const check = (witness = null) =>
  checkBook(book, { now: book.clock.at, headsFile: book.headsFile, witness })

const lines = () => readFileSync(book.headsFile, 'utf8').trim().split('\n')

describe('a chain', () => {
  test('gives each look one link, in order, tells the file, and is whole', async () => {
    await book.look(5)
    expect(await book.rows('select * from privacy.unlinked')).toHaveLength(5)
    expect(await book.link()).toBe(5)
    await book.look(3)
    expect(await book.link()).toBe(3)
    expect(await book.link()).toBe(0)
    expect(await book.rows('select * from privacy.unlinked')).toEqual([])
    const links = await book.rows('select number, look from privacy.link order by number')
    expect(links.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(lines().map((line) => JSON.parse(line).number)).toEqual([5, 8])
    expect(await check()).toMatchObject({ findings: [], links: 8, looks: 8, unlinked: 0 })
  })

  test('covers every column that a look has', async () => {
    await book.look(1)
    await book.link()
    const columns = await book.rows(
      `select column_name as name, udt_name as type, is_nullable = 'YES' as may_miss
       from information_schema.columns where table_schema = 'privacy' and table_name = 'look'`,
    )
    expect(columns.length).toBeGreaterThan(18)
    const other: Record<string, string> = {
      ...{ uuid: 'gen_random_uuid()', text: `'operator' || 'x'`, int4: '77', _text: `'{x,y}'` },
      timestamptz: `'2026-01-01'::timestamptz`,
    }
    await book.rows('alter table privacy.look drop constraint look_by_kind_check')
    for (const { name, type } of columns) {
      const [before] = await book.rows(`select ${name}::text as was from privacy.look`)
      await book.rows(`update privacy.look set ${name} = ${other[type]}`)
      expect((await check()).findings.length, name).toBeGreaterThan(0)
      await book.rows(`update privacy.look set ${name} = $1::text::${type}`, [before.was])
      expect((await check()).findings, name).toEqual([])
    }
  })

  test('tells nothing from an empty text, and where one value ends', async () => {
    await book.look(1)
    await book.link()
    await book.rows(`update privacy.look set unit = '', title = null`)
    expect((await check()).findings).toEqual([{ what: 'edited', number: 1 }])
    await book.rows(`update privacy.look set title = '网格员', unit = '一居委'`)
    expect((await check()).findings).toEqual([])
    await book.rows(`update privacy.look set title = '网格员一', unit = '居委'`)
    expect((await check()).findings).toEqual([{ what: 'edited', number: 1 }])
  })

  test('two that link at once leave one chain', async () => {
    await book.look(4_500)
    const linked = await Promise.all([book.link(), book.link(), book.link()])
    expect(linked.reduce((sum, one) => sum + one)).toBe(4_500)
    expect(await check()).toMatchObject({ findings: [], links: 4_500 })
  })

  test('a crash between the chain and the file is made good at the next start', async () => {
    await book.look(2)
    await book.link()
    const before = readFileSync(book.headsFile)
    await book.look(2)
    await book.link()
    writeFileSync(book.headsFile, before)
    const { findings } = await check()
    expect(findings).toEqual([{ what: 'file-behind', number: 2 }])
    appendFileSync(book.headsFile, '{"number":4,"he')
    expect((await check()).findings).toContainEqual({ what: 'line-unreadable', number: 2 })
    expect(await book.link()).toBe(0)
    expect(await check()).toMatchObject({ findings: [], newest: { number: 4 } })
  })

  test('disposed of, a linker gives the last looks their links', async () => {
    await book.look(3)
    const linker = openLinker(book, book.headsFile)
    await linker.link()
    await book.look(2)
    await linker[Symbol.asyncDispose]()
    expect(await check()).toMatchObject({ findings: [], links: 5 })
  })
})

test('of old lines of the file one an hour stays, with restores and what was damaged', async () => {
  const told: ToldHead[] = []
  for (let minute = 0; minute < 300; minute++) {
    await book.look(1)
    await book.link()
    book.clock.at += minuteMs
    if (minute === 100) told.push(await markRestored(book, book.headsFile, book.clock.at))
    if (minute === 150) appendFileSync(book.headsFile, 'damaged\n')
  }
  const before = lines()
  // Four hours, a restore, and what was damaged with the line before it.
  expect(await thinHeads(book.headsFile, 60)).toBe(60 + 4 + 1 + 2)
  expect(before.filter((line) => lines().includes(line))).toEqual(lines())
  expect(lines().slice(-60)).toEqual(before.slice(-60))
  expect(lines()).toContain('damaged')
  const { findings, restored } = await check()
  expect(findings.map(({ what }) => what)).toEqual(['line-unreadable'])
  expect(restored).toEqual(told)
  await book.look(1)
  await book.link()
  expect(lines()).toHaveLength(68)
})

describe('at their term', () => {
  test('looks go, content and salt, and the chain stays whole and says so', async () => {
    await fillBook(book)
    const whole = await check()
    expect(whole).toMatchObject({ findings: [], struck: 16, looks: 46 })
    expect(whole.links).toBe(16 + 46 + 2)
    const [gone] = await book.rows(
      'select number, look from privacy.struck join privacy.link using (number) limit 1',
    )
    expect(await book.rows('select 1 from privacy.look where id = $1', [gone.look])).toEqual([])
  })

  test('one that waits for its link gets it first; none goes a moment before three years', async () => {
    const wait = 3 * 366 * dayMs
    await book.look(1)
    book.clock.at += wait
    expect(await book.strike()).toBe(0)
    book.clock.at += 1
    expect(await book.strike()).toBe(1)
    await book.link()
    expect(await check()).toMatchObject({ findings: [], links: 2, looks: 0, struck: 1 })
  })

  test('a look that was made to seem older is not let go, and is found', async () => {
    await book.look(2)
    await book.link()
    await book.rows(`update privacy.look set at = '2001-01-01' where id in
      (select look from privacy.link where number = 2)`)
    expect(await book.strike()).toBe(0)
    expect((await check()).findings).toEqual([{ what: 'edited', number: 2 }])
  })
})

describe('after a restore', () => {
  test('what the file said of later links is void from there on, and shown', async () => {
    await book.look(3)
    await book.link()
    await book.rows('create table public.kept as select * from privacy.link')
    await book.look(4)
    await book.link()
    // As a backup of three links would leave it.
    await book.rows('delete from privacy.link where number > 3')
    await book.rows('delete from privacy.look where id not in (select look from public.kept)')
    expect((await check()).findings).toEqual([{ what: 'truncated', number: 4 }])
    await markRestored(book, book.headsFile, book.clock.at)
    const restored = await check()
    expect(restored.findings).toEqual([])
    expect(restored.restored).toMatchObject([{ number: 3, restored: true }])
    await book.look(9)
    await book.link()
    expect((await check()).findings).toEqual([])
  })
})

describe('the daily check', () => {
  test('is done once a day, is kept, and is loud where the book is broken', async () => {
    const said: boolean[] = []
    const outside = { headsFile: book.headsFile, witness: async () => null }
    const daily = () => checkDaily(book, outside, (isWhole) => void said.push(isWhole))
    await book.look(3)
    await book.link()
    await daily()
    await daily()
    expect(said).toEqual([true])
    book.clock.at += dayMs
    await book.rows(`update privacy.look set label = 'x'`)
    await daily()
    expect(said).toEqual([true, false])
    expect(book.logged).toContain('book.broken')
    const last = await book.db.asOwner((tx) => lastCheck(tx))
    expect(last).toEqual({ at: book.clock.at, links: 3, looks: 3, findings: 3 })
  })
})

describe('whoever may do everything in the database', () => {
  test('is found out, whatever they do behind a head, and undo by knowing how it is made', async () => {
    const { tamperings, unnoticed } = await proveTamperings(600, 1)
    expect(unnoticed).toEqual([])
    expect(tamperings).toBe(600)
  })

  test('is found out where they touch the file of heads', async () => {
    const { unnoticed } = await proveFileTamperings(300, 1)
    expect(unnoticed).toEqual([])
  })
})
