/**
 * What the database may know of a person is a list that somebody has read: every column beside a
 * person stands in `tests/rig/person-columns.ts` with what it is for. Tags on people, saved
 * searches for people and alerts about people have no place in it (rules §12).
 */
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from './rig/database.ts'
import { termsOf } from '../src/kept.ts'
import { personColumns } from './rig/person-columns.ts'
import { openTestProgram } from './rig/program.ts'
import { terms } from './rig/terms.ts'

type Column = { table: string; name: string; type: string }

let database: TestDatabase
let client: Client

beforeAll(async () => {
  database = await openDatabase()
  client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

/** Who a row is about: a column of one of these names makes its table one of a person. */
const persons =
  /^((subject_|of_|about_)?person|(to_)?account|resident|patient|child|elder|whom)(_id)?$/

/** Every column of every table that knows somebody; partitions are their parent’s. */
async function columnsOfPersons(): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select replace(c.oid::regclass::text, '"', '') as table, a.attname as name,
      format_type(a.atttypid, null) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
      and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema$|pgboss$)'
    order by 1, a.attnum`)
  const of = new Set(
    rows
      .filter(({ table, name }) => persons.test(name) || table === 'people.person')
      .map(({ table }) => table),
  )
  return rows.filter(({ table }) => of.has(table))
}

/** What is wrong with the columns as they are, one line each. */
function wrongIn(columns: readonly Column[]): string[] {
  const there = new Set(columns.map(({ table, name }) => `${table}.${name}`))
  const listed = new Set(Object.keys(personColumns))
  return [
    ...[...there]
      .filter((one) => !listed.has(one))
      .map((one) => `${one} tells of a person, and nobody has said what for`),
    ...[...listed].filter((one) => !there.has(one)).map((one) => `${one} is listed and not there`),
    ...columns.flatMap(refused),
  ]
}

/** Names under which people are sorted, sought again and again, or watched. */
const sorts = [
  ...['tag', 'tags', 'label', 'labels', 'flag', 'flags', 'mark', 'marks', 'category', 'score'],
  ...['scores', 'rating', 'rank', 'credit', 'profile', 'risk', 'note', 'notes', 'remark'],
  ...['remarks', 'comment', 'comments'],
]
const sorting = new RegExp(`(^|_)(${sorts.join('|')})(_|$)`)
const watches = /[._](saved|watch|alert|follow)/
const saved = /(saved|stored|watch|alert|subscri|follow|filter|query|search)/

function refused({ table, name, type }: Column): string[] {
  const one = `${table}.${name}`
  if (allowedNames.has(one)) return []
  if (sorting.test(name)) return [`${one} sorts people: keep the fact and its date instead`]
  if (saved.test(name) || (watches.test(table) && table !== agreedWatch)) {
    return [`${one} saves a search for people, or watches them`]
  }
  return /json/.test(type) && personColumns[one] !== 'facts'
    ? [`${one} may hold anything about a person: give each fact its column`]
    : []
}

/** Whom a rule may watch because they agreed to it: it holds a consent, and goes with it. */
const agreedWatch = 'scenarios.watch'

/** What only looks so. */
const allowedNames = new Set([
  // What a look was for, of a closed list; a book, not a tag.
  'privacy.look.label',
  // In which order the posts of a body are asked.
  'duties.post.rank',
])

test('every column beside a person is listed with its purpose, and sorts nobody', async () => {
  const columns = await columnsOfPersons()
  expect(columns.length).toBeGreaterThan(150)
  expect(wrongIn(columns)).toEqual([])
})

test('free words about a matter stand in these columns and in no other', () => {
  const words = Object.entries(personColumns).filter(([, purpose]) => purpose === 'words')
  expect(words.map(([column]) => column)).toEqual([
    ...['authority', 'legal_basis', 'document', 'asks'].map(
      (one) => `privacy.authority_request.${one}`,
    ),
    'privacy.question.answer',
    ...['privacy.own_request.says', 'privacy.own_request.answer'],
    ...['privacy.request.words', 'privacy.request.review_words', 'tasks.task.words'],
  ])
})

describe('a column that somebody adds', () => {
  test.each([
    ['a tag', 'alter table people.person add column tag text', /people\.person\.tag sorts/],
    ['tags', 'alter table people.residence add column tags text[]', /residence\.tags sorts/],
    ['a score', 'alter table people.person add column risk_score int', /risk_score sorts/],
    ['a remark', 'alter table people.residence add column remark text', /remark sorts/],
    ['any fact', 'alter table people.person add column more jsonb', /may hold anything/],
    ['any column', 'alter table people.person add column seen_on date', /nobody has said what for/],
    [
      'a saved search',
      'create table people.saved_search (street text, person uuid, by_person uuid)',
      /saves a search/,
    ],
    [
      'an alert about a person',
      'create table tasks.person_alert (street text, subject_person uuid, to_person uuid)',
      /person_alert\.subject_person tells of a person/,
    ],
    [
      'a watch-list',
      'create table people.watched (street text, person uuid, since date)',
      /watch|nobody has said/,
    ],
  ])('%s is found', async (_what, statement, said) => {
    await client.query('begin')
    try {
      await client.query(statement)
      expect(wrongIn(await columnsOfPersons()).join('\n')).toMatch(said)
    } finally {
      await client.query('rollback')
    }
  })
})

const tablesThere = async (): Promise<string[]> =>
  (
    await client.query<{ table: string }>(`
      select replace(oid::regclass::text, '"', '') as table from pg_class
      where relkind in ('r', 'p') and not relispartition
        and relnamespace::regnamespace::text !~ '^(pg_|information_schema$|pgboss$)' order by 1`)
  ).rows.map(({ table }) => table)

/** What is wrong with the terms of these tables, one line each. */
function termless(there: readonly string[]): string[] {
  const withTerm = new Set(Object.keys(terms))
  return [
    ...there
      .filter((table) => !withTerm.has(table))
      .map((table) => `${table} is kept, and nobody has said what for and until when`),
    ...[...withTerm]
      .filter((table) => !there.includes(table))
      .map((table) => `${table} has a term and is not there`),
    ...Object.entries(terms).flatMap(([table, term]) =>
      'with' in term && !withTerm.has(term.with) && !there.includes(term.with)
        ? [`${table} goes with ${term.with}, which is not there`]
        : [],
    ),
  ]
}

describe('every table has a purpose and a term', () => {
  test('and no term is of a table that is not there', async () => {
    expect(termless(await tablesThere())).toEqual([])
    const ofPersons = new Set(Object.keys(personColumns).map((one) => one.replace(/\.\w+$/, '')))
    expect([...ofPersons].filter((table) => terms[table] === undefined)).toEqual([])
  })

  test('each term that is named is one that a room runs, for the same purpose', async () => {
    await using town = await openTestProgram()
    const run = new Map(termsOf(town.program).map(({ what, purpose }) => [what, purpose]))
    const named = Object.entries(terms).flatMap(([table, term]) =>
      'keeps' in term ? [{ table, ...term }] : [],
    )
    const unrun = named.filter(({ keeps, purpose }) => run.get(keeps) !== purpose)
    expect(unrun.map(({ table, keeps }) => `${table}: ${keeps}`)).toEqual([])
    const without = [...run.keys()].filter((what) => !named.some(({ keeps }) => keeps === what))
    expect(without.filter((what) => !ofNoTable.has(what))).toEqual([])
  })

  test.each([
    ['of a person', 'create table people.diary (street text, person uuid, at timestamptz)'],
    ['of a home', 'create table people.visitors (street text, home text, at timestamptz)'],
    ['of anything', 'create table platform.memory (one text)'],
  ])('a table %s that somebody adds is found', async (_of, statement) => {
    await client.query('begin')
    try {
      await client.query(statement)
      expect(termless(await tablesThere()).join()).toMatch(/nobody has said what for and until/)
    } finally {
      await client.query('rollback')
    }
  })
})

/** Ends what others keep, empties what stays, or lies outside this database. */
const ofNoTable = new Set([
  'consents past their date',
  'leads of 14 days ago that nobody confirmed',
  'numbers that waited for a second worker past their term',
  'databases that a restore replaced 35 days ago',
  'messages and codes in outbox.jsonl, where there is no provider, after 24 hours',
])
