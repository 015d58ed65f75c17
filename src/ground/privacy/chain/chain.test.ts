import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import type { ToldHead } from '../../../kernel/head.ts'
import { fillBook, openBook, type TestBook } from '../../../../tests/rig/book.ts'
import { proveFileTamperings, proveTamperings } from '../../../../tests/rig/tamperings.ts'
import { thinHeads } from './heads.ts'
import { checkBook, checkDaily, lastCheck, markEmptied, markRestored, openLinker } from './index.ts'

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

test('after a town was emptied on purpose, the next chain begins anew', async () => {
  await markEmptied(book.headsFile, book.clock.at)
  expect(existsSync(book.headsFile)).toBe(false)
  await book.look(5)
  await book.link()
  await book.rows('truncate privacy.look, privacy.link cascade')
  expect((await check()).findings).toEqual([{ what: 'truncated', number: 1 }])
  await markEmptied(book.headsFile, book.clock.at)
  expect(await check()).toMatchObject({ findings: [], restored: [{ number: 0 }] })
  await book.look(2)
  await book.link()
  expect(await check()).toMatchObject({ findings: [], newest: { number: 2 } })
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

/** On a book with old looks, of which sixteen were struck by the links 25 and 36. */
const tamperings: [string, string[], string[]][] = [
  ['an edited look', [`update privacy.look set why = 'duty' where id = $look`], ['edited 30']],
  ['an edited salt', ['update privacy.look set salt = $other where id = $look'], ['edited 30']],
  ['a deleted look', ['delete from privacy.look where id = $look'], ['deleted 30']],
  [
    'a deleted look with its link',
    ['delete from privacy.look where id = $look', 'delete from privacy.link where number = 30'],
    ['missing 30', 'broken 31'],
  ],
  [
    'an end cut off',
    [
      'delete from privacy.look using privacy.link where look = id and number > 43',
      'delete from privacy.link where number > 43',
    ],
    ['truncated 44'],
  ],
  [
    'a look put in',
    ['create temp table one as select * from privacy.look where id = $look'].concat(
      'update one set id = $other',
      'insert into privacy.look select * from one',
    ),
    ['inserted 1'],
  ],
  ['a look that waits for ever', ['insert into privacy.unlinked values ($other)'], ['lost 1']],
  [
    'a look struck before its term',
    ['delete from privacy.look where id = $look', 'insert into privacy.struck values (30, 36)'],
    ['struck-early 30', 'struck-wrongly 36'],
  ],
  [
    'a look that is struck and still there',
    ['insert into privacy.struck values (30, 36)'],
    ['struck-early 30', 'struck-wrongly 30', 'struck-wrongly 36'],
  ],
  [
    'an erasure that forgets one',
    ['delete from privacy.struck where number = 2'],
    ['deleted 2', 'struck-wrongly 25'],
  ],
  [
    'an erasure of an erasure',
    ['insert into privacy.struck values (25, 36)'],
    ['struck-wrongly 36', 'struck-wrongly null'],
  ],
  [
    'an erasure after now',
    [`update privacy.link set at = at + interval '2 days' where number = 36`],
    ['broken 36', 'struck-early 36'].concat(
      Array.from({ length: 7 }, (_, i) => `struck-early ${i + 10}`),
    ),
  ],
  [
    'a bit of a head',
    ['update privacy.link set head = set_byte(head, 7, 0) where number = 64'],
    ['broken 64', 'head-differs 64'],
  ],
]

describe('of each tampering the finding says what it was', () => {
  test.each(tamperings)('%s', async (_name, statements, expected) => {
    await fillBook(book)
    const [{ look }] = await book.rows('select look from privacy.link where number = 30')
    expect((await check()).findings).toEqual([])
    const other = `'00000000-0000-7000-8000-00000000ffff'`
    const client = await book.db.ownerPool.connect()
    await client.query('set session_replication_role = replica')
    for (const statement of statements) {
      await client.query(statement.replace('$look', `'${look}'`).replace('$other', other))
    }
    client.release(true)
    const { findings } = await check()
    const said = findings.map(({ what, number }) => `${what} ${number}`)
    expect(said.toSorted()).toEqual(expected.toSorted())
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
