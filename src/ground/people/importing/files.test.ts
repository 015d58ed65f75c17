import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import iconv from 'iconv-lite'
import { readSheet } from 'read-excel-file/universal'
import writeExcelFile, { type Cell } from 'write-excel-file/node'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { base64, brought, csv, table } from './testing/index.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const compound = '新村甲'
describe('a file', () => {
  const row = { compound, stair: '26', room: '202', name: '蒋·𠮷䶮' }
  const good = (body: any) => expect(body).toMatchObject({ good: 1, bad: 0 })
  const take = async (bytes: string | Buffer, more: object = {}) => {
    const asked = { kind: 'residents', base64: base64(bytes), ...more }
    return (await town.a.officer.post('/api/people/imports/dry-run', asked)).body
  }
  const made = async (rows: Cell[][]) => writeExcelFile(rows as any).toBuffer()

  test('may be UTF-8 with or without its mark, GB18030, UTF-16, with , ; or tabs', async () => {
    const text = csv('residents', [row])
    good(await take(text))
    good(await take(`\ufeff${text}`))
    good(await take(iconv.encode(text, 'gb18030')))
    good(await take(iconv.encode(text, 'utf-16le', { addBOM: true })))
    for (const mark of [';', '\t']) good(await take(text.replaceAll(',', mark)))
    good(await take(`sep=;\r\n${text.replaceAll(',', ';')}`))
  })

  test('has titles that tables in use have, or those that the asker names', async () => {
    const lines = (titles: string) => `${titles}\r\n${compound},26,202,蒋二`
    good(await take(lines('小区名称,门号,房号,居民姓名')))
    good(await take(lines(' Compound ,STAIR,Room,姓名（必填）')))
    const strange = await take(lines('小区,门牌号,室号,谁'))
    expect(strange).toMatchObject({ lines: 0, ignored: ['谁'] })
    const needed = strange.unmatched.filter((one: any) => one.isNeeded)
    expect(needed).toEqual([{ column: 'name', 'zh-CN': '姓名', en: 'Name', isNeeded: true }])
    const asked = { kind: 'residents', base64: base64(lines('小区,门牌号,室号,谁')) }
    expect((await town.a.officer.post('/api/people/imports', asked)).body).toMatchObject({
      ...{ fault: 'not-the-template', field: '姓名' },
    })
    good(await take(lines('小区,门牌号,室号,谁'), { mapping: [{ title: '谁', column: 'name' }] }))
    const wrongMap = { mapping: [{ title: '谁', column: 'nobody' }] }
    expect(await take(lines('小区,门牌号,室号,谁'), wrongMap)).toMatchObject({ fault: 'bad-input' })
  })

  test('of cells that compute: numbers as codes are refused, dates are days', async () => {
    const titles = ['小区', '门牌号', '室号', '姓名', '身份证号', '电话', '出生日期', '独居']
    const date = { value: new Date('1960-02-29T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }
    const moment = { ...date, value: new Date('1960-02-29T08:30:00Z') }
    const line = (...rest: unknown[]) => [compound, 26, 202, '蒋三', ...rest] as Cell[]
    const { faults, good: fine } = await take(
      await made([
        titles,
        line(null, null, date, true),
        line(Number('310104196001010011'), null, null, null),
        line(null, 13900000001, null, null),
        line(null, null, 21974, null),
        line(null, null, moment, null),
        line(date, null, null, null),
        [compound, 26.5, 202, '蒋三', null, null, null, null],
      ]),
    )
    expect(fine).toBe(1)
    expect(faults.map((one: any) => `${one.line} ${one.column}`)).toEqual([
      ...['3 身份证号', '4 电话', '5 出生日期', '6 出生日期', '7 身份证号', '8 门牌号'],
    ])
  })

  test('that is none, that does not close its quotes, or that is too long, is refused', async () => {
    const refused = async (bytes: string | Buffer) => (await take(bytes)).fault
    expect(await refused('')).toBe('not-a-table')
    expect(await refused('<html><table><tr><td>姓名</td></tr></table>')).toBe('not-a-table')
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('table-unreadable')
    expect(await refused(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe('not-a-table')
    expect(await refused(Buffer.from([0x41, 0xff, 0xff, 0x42]))).toBe('table-unreadable')
    expect(await take('姓名,室号\r\n"张,三\r\n')).toMatchObject({ fault: 'table-quotes' })
    const many = `姓名,小区,门牌号,室号\r\n${'甲乙,1,1,1\r\n'.repeat(20_001)}`
    expect(await refused(many)).toBe('table-too-large')
    const million = `姓名\r\n${'王\r\n'.repeat(1_000_000)}`
    expect(await refused(million)).toBe('table-too-large')
    const asked = { kind: 'residents', base64: 'A'.repeat(9_000_000) }
    const { status } = await town.a.officer.post('/api/people/imports', asked)
    expect(status).toBe(413)
  })

  test('the templates are empty tables that are read back, in both formats', async () => {
    for (const kind of ['homes', 'residents', 'owners', 'staff'] as const) {
      for (const format of ['xlsx', 'csv'] as const) {
        const path = `/api/people/imports/template?kind=${kind}&format=${format}`
        const { body } = await town.a.officer.get(path)
        const asked = { kind, base64: body.base64 }
        const read = await town.a.officer.post('/api/people/imports/dry-run', asked)
        expect(read.body).toMatchObject({ lines: 0, unmatched: [], ignored: [], faults: [] })
      }
    }
    const { body } = await town.a.officer.get('/api/people/imports/template?kind=residents')
    const bytes = Buffer.from(body.base64, 'base64')
    const notes = await readSheet(new Blob([new Uint8Array(bytes)]), 2)
    expect(notes.flat()).toContain('户主、本人')
  })

  test('is not kept: only what it is known by again', async () => {
    const said = `册${Date.now()}`
    const rows = [{ compound, stair: '26', room: '202', name: '韩一', note: said }]
    const text = csv('residents', rows)
      .replace('"姓名"', '"姓名","备注"')
      .replace('"韩一"', `"韩一","${said}"`)
    expect(
      await brought(town.a.officer, { kind: 'residents', base64: base64(text) }),
    ).toMatchObject({ state: 'done' })
    expect(await town.tablesHolding(said)).toEqual([])
  })
})

test('while one file is imported, another of the street waits', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => ({
    ...{ compound, stair: '26', room: '201', name: `沈${String.fromCodePoint(0x4e00 + n)}` },
  }))
  const asked = table('residents', rows)
  const answers = await Promise.all([
    town.a.officer.post('/api/people/imports', asked),
    town.a.officer.post('/api/people/imports', asked),
  ])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 429])
  const { import: id } = answers.find(({ status }) => status === 200)!.body
  const seen = new Set<number>()
  for (;;) {
    const { body } = await town.a.officer.get(`/api/people/imports/one?import=${id}`)
    seen.add(body.done)
    if (body.state === 'done') break
    expect(['reading', 'writing']).toContain(body.state)
  }
  expect(seen.has(3_000)).toBe(true)
  const { status } = await town.b.officer.get(`/api/people/imports/one?import=${id}`)
  expect(status).toBe(404)
  const { status: ofWorker } = await town.a.worker.get(`/api/people/imports/one?import=${id}`)
  expect(ofWorker).toBe(404)
})
