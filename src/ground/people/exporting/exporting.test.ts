import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/universal'
import { openTestProgram, operatorKey, type TestProgram } from '../../../../tests/rig/program.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { hourMs } from '../../../kernel/clock.ts'
import { readSheet as readTable } from '../../../platform/sheets/index.ts'
import { bring, brought, nextId, type Row } from '../importing/testing/index.ts'

let town: Streets
let second: Actor
let third: Actor
beforeAll(async () => {
  town = await openStreets()
  const body = (await town.a.officer.get('/api/duties/bodies')).body.bodies.find(
    (one: any) => one.kind === 'street',
  ).body
  second = await officer(body, '副值班', 2)
  third = await officer(body, '三值班', 3)
  await fill()
})
afterAll(() => town[Symbol.asyncDispose]())

async function officer(body: string, name: string, rank: number): Promise<Actor> {
  const facts = { name, bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = (await town.a.officer.post('/api/people', facts)).body
  await town.a.officer.post('/api/duties/posts', { body, title: '值班员', person, rank })
  const token = await town.tokenOf(name)
  return {
    ...{ name, token, person },
    get: (path) => town.call(token, 'GET', path),
    post: (path, asked) => town.call(token, 'POST', path, asked),
  }
}

const at = (room: string, name: string, more: Row = {}): Row => ({
  ...{ compound: '新村甲', stair: '26', room, name, ...more },
})
const known = nextId('19431111')

/** Whatever a register may hold, with names that a table program would compute. */
async function fill(): Promise<void> {
  const by = town.a.officer
  const home = (room: string, more: Row = {}): Row => ({
    ...{
      committee: town.a.committee,
      compound: '长岭"小区", 一',
      building: '１幢',
      stair: '1',
      room,
    },
    ...more,
  })
  const homes = [
    home('101', { area: '98.5', areaSource: '登记' }),
    home('102', { area: '1.15', areaSource: '合同' }),
    ...[home('B01', { floor: '-1' }), home('201', { building: '2号楼', stair: 'A' })],
  ]
  const residents = [
    at('201', '𠮷䶮·买买提', { idNumber: known, phone: '13700000001', relation: '户主' }),
    at('201', '=HYPERLINK("http://x","点我")', { phone: '021-5550-0100', tenure: '租客' }),
    at('201', "'+王五", { household: '2', movedIn: '2020-02-29' }),
    at('201', '-王六', { household: '2', movedIn: '2020-02-29', livesAlone: '是' }),
    at('202', '搬走了', { movedIn: '2001-01-01', movedOut: '2020-01-01', phone: '13700000003' }),
    at('202', '单雄信', { reading: 'shan xiong xin', bornOn: '1960-02-29' }),
  ]
  const owners = [
    at('201', '𠮷䶮·买买提', { idNumber: known, share: '1/3', area: '88.08', areaSource: '登记' }),
    at('201', '@owner 张', { share: '2/3', area: '88.08', areaSource: '登记' }),
    at('202', '长岭置业', { kind: '开发商' }),
    at('202', '旧主', { from: '2001-01-01', to: '2019-01-01', standing: '占有' }),
  ]
  const staff = [
    ...[
      {
        bodyKind: '物业',
        body: '长岭物业',
        title: '保安',
        name: '卫一',
        rank: '1',
        phone: '110-1',
      },
      {
        bodyKind: '物业',
        body: '长岭物业',
        title: '=保洁',
        name: '卫二',
        rank: '2',
        until: '2020-01-01',
      },
    ],
  ]
  for (const [kind, rows] of [
    ...([
      ['homes', homes],
      ['residents', residents],
    ] as const),
    ...([
      ['owners', owners],
      ['staff', staff],
    ] as const),
  ]) {
    expect(await bring(by, kind, rows)).toMatchObject({ state: 'done', good: rows.length })
  }
}

/** As if whoever holds the session had just shown who they are. */
async function steppedUp(where: Streets | { owner: Streets['owner'] }): Promise<void> {
  await where.owner(`update identity.session set stepped_up_until = '2100-01-01'`)
}

const ask = async (by: Actor, kind: string, more: object = {}) =>
  (await by.post('/api/people/exports', { kind, reason: 'move-to-other-system', ...more })).body
const decide = (by: Actor, id: string, verdict = 'approve') =>
  by.post('/api/people/exports/decide', { export: id, verdict })
const fetchIt = (by: Actor, id: string, format = 'csv') =>
  by.post('/api/people/exports/fetch', { export: id, format })

async function fetched(by: Actor, kind: string, more: object = {}, format = 'csv') {
  const { export: id } = await ask(by, kind, more)
  await steppedUp(town)
  const { status, body } = await fetchIt(by, id, format)
  expect(status).toBe(200)
  return { id, ...body }
}

async function rowsIn(base64: string) {
  const bounds = { linesMax: 30_000, unfoldedBytesMax: 64_000_000 }
  return (await readTable(Buffer.from(base64, 'base64'), bounds)) as (string | null)[][]
}

describe('the round trip', () => {
  test('what is exported imports into an empty street, and is exported there as the same', async () => {
    await using other = await openEmpty()
    for (const kind of ['homes', 'residents', 'owners', 'staff'] as const) {
      for (const format of ['csv', 'xlsx'] as const) {
        const { base64 } = await fetched(town.a.officer, kind, {}, format)
        if (format === 'csv') {
          const asked = { kind, base64, onDuplicate: 'leave-out' }
          const done = await brought(other.officer, asked)
          expect([kind, done.state, done.faults]).toEqual([kind, 'done', []])
        }
        const { export: id } = await ask(other.officer, kind)
        await other.stepUp()
        const again = (await fetchIt(other.officer, id, format)).body
        const [first, then] = [await rowsIn(base64), await rowsIn(again.base64)]
        const unmarked = (rows: (string | null)[][]) =>
          format === 'csv' ? rows.map((row) => row.slice(0, -1)) : rows
        expect(unmarked(then)).toEqual(unmarked(first))
        expect(first.length).toBeGreaterThan(3)
      }
    }
  })
})

/** Another program with a database of its own, in which the same street has nothing yet. */
async function openEmpty() {
  const rig: TestProgram = await openTestProgram()
  const name = town.a.officer.name
  const { body } = await rig.call(operatorKey, 'POST', '/api/duties/streets', {
    ...{ street: town.a.street, officer: name, phone: '021-5550-0100' },
  })
  const token = await rig.tokenOf(name)
  const by: Actor = {
    ...{ name, token, person: body.person },
    get: (path) => rig.call(token, 'GET', path),
    post: (path, asked) => rig.call(token, 'POST', path, asked),
  }
  const { given } = rig.program
  return {
    officer: by,
    stepUp: () =>
      given.db.ownerPool.query(`update identity.session set stepped_up_until = '2100-01-01'`),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  }
}

describe('a fetched file', () => {
  test('says who fetched it and when: in each line of a CSV, on every page of an .xlsx', async () => {
    const table = await fetched(town.a.officer, 'residents')
    const [titles, , ...lines] = await rowsIn(table.base64)
    expect(titles?.at(-1)).toBe('水印 Watermark')
    const marks = new Set(lines.map((line) => line.at(-1)))
    expect([...marks]).toHaveLength(1)
    const [mark] = marks
    expect(mark).toMatch(/ 值班长 2026-07-07 08:00 /)
    expect(mark).toContain(table.id)
    const book = await fetched(town.a.officer, 'residents', {}, 'xlsx')
    const bytes = Buffer.from(book.base64, 'base64')
    const notes = await readSheet(new Blob([new Uint8Array(bytes)]), 2)
    expect(String(notes[0]?.[0])).toContain(book.id)
  })

  test('holds no cell that a table program computes', async () => {
    for (const kind of ['residents', 'owners', 'staff']) {
      const { base64 } = await fetched(town.a.officer, kind)
      const cells: string[][] = parse(Buffer.from(base64, 'base64'), { bom: true })
      expect(cells.flat().filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([])
    }
    const { base64 } = await fetched(town.a.officer, 'residents')
    expect(Buffer.from(base64, 'base64').toString('utf8')).toContain('"\'=HYPERLINK(""http')
  })

  test('has everybody in it in the book, with what it showed and why, before it leaves', async () => {
    const before = await town.owner('select id from privacy.look')
    const { id, rows } = await fetched(town.a.officer, 'residents', { reason: 'rescue' })
    const looks = await town.owner(
      `select * from privacy.look where how = 'export' and matter_id = $1`,
      [id],
    )
    expect(looks).toHaveLength(rows)
    expect(new Set(looks.map(({ person }) => person)).size).toBe(rows)
    expect(looks.every(({ label, why }) => label === 'export-rescue' && why === 'register')).toBe(
      true,
    )
    expect((await town.owner('select id from privacy.look')).length).toBe(before.length + rows)
    const [of] = await town.owner(
      `
      select fields from privacy.look join people.person on person.id = look.person
      where name like '𠮷%' and matter_id = $1`,
      [id],
    )
    expect(of.fields.toSorted()).toEqual([
      ...['address', 'age', 'household', 'id-number', 'name', 'phone'],
    ])
    const seen = (await town.a.elder.get('/api/privacy/looks')).body.looks
    expect(seen).toContainEqual(
      expect.objectContaining({ how: 'export', label: 'export-rescue', title: '值班长' }),
    )
  })

  test('masks numbers that the reason does not need; a masked one does not import', async () => {
    const numbers = async (reason: string) => {
      const { base64 } = await fetched(town.a.officer, 'residents', { reason })
      const [titles = [], , ...lines] = await rowsIn(base64)
      const [line] = lines.filter((one) => one.some((cell) => cell?.startsWith('𠮷')))
      const cell = (title: string) => line?.[titles.indexOf(title)]
      return { base64, phone: cell('电话'), id: cell('身份证号') }
    }
    expect(await numbers('move-to-other-system')).toMatchObject({ phone: '13700000001', id: known })
    expect(await numbers('rescue')).toMatchObject({
      ...{ phone: '13700000001', id: `${'*'.repeat(14)}${known.slice(-4)}` },
    })
    expect(await numbers('census')).toMatchObject({ phone: '137****0001', id: known })
    const { base64, phone, id } = await numbers('authority')
    expect([phone, id].join()).toMatch(/^137\*{4}0001,\*{14}/)
    const asked = { kind: 'residents', base64 }
    const { body } = await town.a.officer.post('/api/people/imports/dry-run', asked)
    const masked = body.faults.filter((one: any) => one.en.includes('masked with stars'))
    expect(masked.length).toBeGreaterThanOrEqual(2)
  })

  test('is only for whoever asked, who has just shown who they are, within 72 hours', async () => {
    const { export: id } = await ask(town.a.worker, 'residents', { reason: 'rescue' })
    await town.owner('update identity.session set stepped_up_until = null')
    expect((await fetchIt(town.a.worker, id)).body.fault).toBe('step-up-needed')
    await steppedUp(town)
    for (const by of [town.a.deputy, town.a.officer, town.b.officer]) {
      expect((await fetchIt(by, id)).status).toBe(404)
    }
    expect((await fetchIt(town.a.worker, id)).status).toBe(200)
  })

  test('a committee has its own only', async () => {
    const far = { committee: '310104011016', reason: 'rescue' }
    expect(await ask(town.a.worker, 'residents', far)).toMatchObject({ fault: 'not-found' })
    expect(await ask(town.a.officer, 'residents', { committee: town.b.committee })).toMatchObject({
      fault: 'not-found',
    })
    expect(await ask(town.a.worker, 'staff')).toMatchObject({ fault: 'not-allowed' })
    expect(await ask(town.a.officer, 'residents', far)).toMatchObject({ rows: 0 })
    expect((await ask(town.a.worker, 'residents')).rows).toBeGreaterThan(5)
  })
})

describe('above 500 rows', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 520 }, (_, n) =>
      at('202', `满${String.fromCodePoint(0x4e00 + n)}`),
    )
    expect(await bring(town.a.officer, 'residents', rows)).toMatchObject({ state: 'done' })
  })

  test('two other officers approve; the asker never, nobody twice', async () => {
    const asked = await ask(town.a.officer, 'residents')
    expect(asked).toMatchObject({ approvalsNeeded: 2 })
    await steppedUp(town)
    const waits = async () => (await fetchIt(town.a.officer, asked.export)).body.fault
    expect(await waits()).toBe('export-waits')
    expect((await decide(town.a.officer, asked.export)).body.fault).toBe('own-export')
    expect((await decide(town.a.worker, asked.export)).status).toBe(403)
    expect((await decide(town.b.officer, asked.export)).status).toBe(404)
    expect((await decide(second, asked.export)).body).toMatchObject({
      state: 'waiting',
      approvals: 1,
    })
    expect((await decide(second, asked.export)).body.fault).toBe('own-export')
    expect(await waits()).toBe('export-waits')
    expect((await decide(third, asked.export)).body).toMatchObject({ state: 'ready', approvals: 2 })
    const listed = (await third.get('/api/people/exports')).body.exports.find(
      (one: any) => one.export === asked.export,
    )
    expect(listed).toMatchObject({ name: town.a.officer.name, approvals: 2, state: 'ready' })
    const { status, body } = await fetchIt(town.a.officer, asked.export, 'xlsx')
    expect([status, body.rows]).toEqual([200, asked.rows])
  })

  test('the database itself takes no approval by the asker, nor two by one', async () => {
    const { export: id } = await ask(town.a.officer, 'residents')
    const set = (first: string, then: string) =>
      town.owner('update people.export set first_by = $2, second_by = $3 where id = $1', [
        ...[id, first, then],
      ])
    await expect(set(town.a.officer.person, second.person)).rejects.toThrow(/check/)
    await expect(set(second.person, second.person)).rejects.toThrow(/check/)
  })

  test('a refusal ends it; so do 72 hours, and a register that has grown', async () => {
    const refused = await ask(town.a.officer, 'residents')
    expect((await decide(second, refused.export, 'refuse')).body).toMatchObject({
      state: 'refused',
    })
    expect((await decide(third, refused.export)).body.fault).toBe('already-so')
    await steppedUp(town)
    expect((await fetchIt(town.a.officer, refused.export)).body.fault).toBe('export-refused')

    const small = await ask(town.a.officer, 'owners')
    expect(small).toMatchObject({ approvalsNeeded: 0 })
    const rows = Array.from({ length: 600 }, (_, n) =>
      at('101', `长${String.fromCodePoint(0x4e00 + n)}`, { to: '2020-01-01', from: '2001-01-01' }),
    )
    expect(await bring(town.a.officer, 'owners', rows)).toMatchObject({ state: 'done' })
    expect((await fetchIt(town.a.officer, small.export)).body.fault).toBe('export-outgrown')

    const late = await ask(town.a.officer, 'staff')
    town.clock.set({ at: late.until - 1 })
    const token = await town.tokenOf(town.a.officer.name)
    await steppedUp(town)
    const take = () =>
      town.call(token, 'POST', '/api/people/exports/fetch', { export: late.export })
    expect((await take()).status).toBe(200)
    town.clock.set({ at: late.until })
    const again = await town.tokenOf(town.a.officer.name)
    await steppedUp(town)
    const asked = { export: late.export }
    expect((await town.call(again, 'POST', '/api/people/exports/fetch', asked)).body.fault).toBe(
      'export-over',
    )
    expect(late.until % hourMs).toBe(0)
  })
})
