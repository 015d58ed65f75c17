import { deflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/universal'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import writeExcelFile, { type Cell } from 'write-excel-file/node'
import { isFault } from '../../../kernel/fault.ts'
import { digest } from '../../../platform/secrets.ts'
import { addDevice, addGateway, revokeGateway } from '../actions.ts'
import { home, openRegistry, otherHome, secondHome, stair, street } from '../testing/index.ts'
import type { Registry } from '../testing/index.ts'
import { dryRun, importDevices, template } from './index.ts'
import { columnNames, columns, mistakes, type Column, type Mistake } from './words.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(() => void town.events.splice(0))

type Line = Partial<Record<Column, string | number | boolean>>
const titles = columnNames.map((name) => columns[name].zh as Cell)

/** The template as somebody fills it in: two lines of titles, then one device a line. */
async function file(
  lines: Line[],
  head: Cell[][] = [titles, columnNames.map((n) => columns[n].en)],
) {
  const rows = lines.map((line) => columnNames.map((name): Cell => line[name] ?? null))
  const made = writeExcelFile([...head, ...rows])
  return { base64: (await made.toBuffer()).toString('base64') }
}

async function read(base64: string | null) {
  const bytes = Buffer.from(base64 ?? '', 'base64')
  return readSheet(new Blob([new Uint8Array(bytes)]))
}

const dry = async (lines: Line[], asker = town.officer) =>
  dryRun(town.given, asker, await file(lines))
const bring = async (lines: Line[], asker = town.officer) =>
  importDevices(town.given, asker, await file(lines))
const count = async () =>
  Number((await town.rows<any>('select count(*) as n from devices.device'))[0].n)

/** `row column mistake`, for every cell that is wrong. */
async function wrong(lines: Line[], asker = town.officer): Promise<string[]> {
  const answer = await dry(lines, asker)
  if (isFault(answer)) throw new Error(JSON.stringify(answer))
  const names = Object.keys(mistakes) as Mistake[]
  return answer.rows.flatMap(({ row, errors }) =>
    errors.map((error) => {
      const name = columnNames.find((each) => columns[each].zh === error.column)
      const mistake = names.find((each) => mistakes[each].zh === error['zh-CN'])
      return `${row} ${name} ${mistake}`
    }),
  )
}

let boxes = 0
async function box(format: 'canonical' | 'zigbee2mqtt' | 'chirpstack') {
  const name = `box-${++boxes}`
  const input = { name, format, place: stair }
  const made = await addGateway(town.given, town.officer, input, 'mqtt://x:1')
  if (isFault(made)) throw new Error('no gateway')
  return { name, gateway: made.gateway }
}

describe('the template', () => {
  test('is read back as an empty list, and holds every title in both languages', async () => {
    const made = await template()
    if (isFault(made)) throw new Error(made.fault)
    const { base64, name } = made
    expect(name).toMatch(/\.xlsx$/)
    expect(await dryRun(town.given, town.officer, { base64 })).toEqual({
      ...{ rows: [], good: 0, bad: 0 },
    })
    const sheet = await read(base64)
    expect(sheet[0]).toEqual(titles)
    expect(sheet[1]).toEqual(columnNames.map((each) => columns[each].en))
  })
})

describe('a good file', () => {
  test('is only told in the dry run, and becomes devices whose passwords work', async () => {
    const { name, gateway } = await box('zigbee2mqtt')
    const lines: Line[] = [
      { kind: '门磁', place: home, heartbeatSeconds: 600, label: '入户门' },
      { kind: 'smoke', place: stair, gateway: name, nameAtGateway: '26/烟感', keeper: 7 },
      { kind: 'Water Leak', place: stair, purpose: '公共场所' },
      { kind: '漏水', place: secondHome, gateway, nameAtGateway: 'leak' },
    ]
    const before = await count()
    town.events.splice(0)
    expect(await dry(lines)).toMatchObject({ good: 4, bad: 0 })
    expect(await count()).toBe(before)
    expect(town.events).toEqual([])

    const answer = await bring(lines)
    if (isFault(answer)) throw new Error('not imported')
    expect(answer).toMatchObject({ added: 4, bad: 0 })
    expect(await count()).toBe(before + 4)
    const [, ...told] = await read(answer.base64)
    expect(told).toHaveLength(4)
    for (const [, device, username, password, topic] of told.slice(0, 1)) {
      const [found] = await town.rows<any>('select * from devices.device where id = $1', [device])
      expect(username).toBe(device)
      expect(found.password_sha256.equals(digest(String(password)))).toBe(true)
      expect(topic).toBe(`lilong/${street}/${String(device)}/event`)
      expect(found).toMatchObject({
        ...{ kind: 'door-contact', place: home, purpose: 'agreed-care', label: '入户门' },
        ...{ heartbeat_seconds: 600, revoked_at: null },
      })
    }
    expect(told[1]?.slice(2, 5)).toEqual([null, null, `lilong/${street}/${gateway}/26/烟感`])
    expect(town.events).toHaveLength(4)
    const steps = await town.rows<any>(`select * from devices.step where device = $1`, [
      told[0]?.[1],
    ])
    expect(steps).toMatchObject([{ act: 'installed', title: '岗位' }])
  })

  test('may have its columns in another order, one line of titles, and English ones', async () => {
    const head = [['Place code', 'note', 'Kind'] as Cell[], [home, 'x', 'smoke'] as Cell[]]
    const answer = await dryRun(town.given, town.officer, await file([], head))
    expect(answer).toMatchObject({ good: 1, rows: [{ row: 2, kind: 'smoke', place: home }] })
  })

  test('of a thousand rows is one transaction', async () => {
    const { name } = await box('chirpstack')
    const lines = Array.from({ length: 1_000 }, (_, at): Line => {
      const eui = (0x24e124000000n * 65_536n + BigInt(at)).toString(16).padStart(16, '0')
      return { kind: '烟感', place: stair, gateway: name, nameAtGateway: eui.toUpperCase() }
    })
    const before = await count()
    expect(await bring(lines)).toMatchObject({ added: 1_000 })
    expect(await count()).toBe(before + 1_000)
    expect(await wrong([lines[0]!])).toEqual(['3 nameAtGateway nameTaken'])
  })

  test('is the operator’s too, for one street at a time', async () => {
    expect(await dry([{ kind: 'smoke', place: otherHome }], town.operator)).toMatchObject({
      ...{ good: 1, bad: 0 },
    })
    const lines = [
      { kind: 'smoke', place: otherHome },
      { kind: 'smoke', place: home },
    ]
    expect(await wrong(lines, town.operator)).toEqual(['4 place otherStreet'])
  })
})

describe('what is wrong is told by row and column', () => {
  test('cells', async () => {
    expect(
      await wrong([
        { kind: 'smoke' },
        { kind: 'smoke', place: 310104011013 },
        { kind: '烟雾报警', place: home },
        { kind: 'smoke', place: '310104011013-1' },
        { kind: 'smoke', place: home, heartbeatSeconds: 9 },
        { kind: 'smoke', place: home, heartbeatSeconds: '300.5' },
        { kind: 'smoke', place: home, label: true },
        { kind: 'smoke', place: home, label: 'a\u202eb' },
        { kind: 'smoke', place: home, label: '长'.repeat(41) },
        { kind: 'smoke', place: home, purpose: '随便' },
      ]),
    ).toEqual([
      '3 place missing',
      '4 place numeric',
      '5 kind unknownKind',
      '6 place placeShape',
      '7 heartbeatSeconds heartbeat',
      '8 heartbeatSeconds heartbeat',
      '9 label notText',
      '10 label control',
      '11 label tooLong',
      '12 purpose unknownPurpose',
    ])
  })

  test('places and purposes', async () => {
    expect(
      await wrong([
        { kind: 'smoke', place: `${stair}-999` },
        { kind: 'smoke', place: otherHome },
        { kind: 'ground', place: home },
        { kind: 'motion', place: home, purpose: 'door-security' },
        { kind: 'motion', place: stair, purpose: 'door-security' },
        { kind: 'water-meter', place: home, purpose: 'crowding-check' },
      ]),
    ).toEqual([
      '3 place unknownPlace',
      '4 place otherStreet',
      '5 kind kindNotHere',
      '6 purpose purposeNotHere',
      '8 purpose ruleOff',
    ])
  })

  test('gateways, names and models', async () => {
    const zigbee = await box('zigbee2mqtt')
    const lora = await box('chirpstack')
    const gone = await box('canonical')
    await revokeGateway(town.given, town.officer, { gateway: gone.gateway })
    const there = { kind: 'smoke' as const, place: home, gateway: zigbee.gateway }
    await addDevice(town.given, town.officer, { ...there, nameAtGateway: 'taken' })
    const at = (gateway: string, more: Line): Line => ({
      ...{ kind: 'smoke', place: home, gateway },
      ...more,
    })
    expect(
      await wrong([
        at('nobody', {}),
        at(gone.name, {}),
        at('', { nameAtGateway: 'x' }),
        at(zigbee.name, {}),
        at(zigbee.name, { nameAtGateway: 'bridge/state' }),
        at(lora.name, { nameAtGateway: 'door' }),
        at(zigbee.name, { nameAtGateway: 'taken' }),
        at(zigbee.name, { nameAtGateway: 'twin' }),
        at(zigbee.gateway, { nameAtGateway: 'twin' }),
        at(zigbee.name, { nameAtGateway: 12 }),
        at(zigbee.name, { nameAtGateway: 'ok', model: 'none' }),
      ]),
    ).toEqual([
      '3 gateway unknownGateway',
      '4 gateway unknownGateway',
      '5 gateway needsGateway',
      '6 nameAtGateway needsName',
      '7 nameAtGateway badName',
      '8 nameAtGateway badName',
      '9 nameAtGateway nameTaken',
      '11 nameAtGateway nameTwice',
      '12 nameAtGateway numeric',
      '13 model unknownModel',
    ])
  })

  test('one bad row keeps all the others out', async () => {
    const before = await count()
    const lines = [
      { kind: 'smoke', place: home },
      { kind: 'smoke', place: 'nowhere' },
    ]
    expect(await bring(lines)).toMatchObject({ added: 0, bad: 1, name: null, base64: null })
    expect(await count()).toBe(before)
    expect(town.events).toEqual([])
  })
})

test('what looks like a formula is text, and comes back as text', async () => {
  const label = '=HYPERLINK("http://x","y")'
  const answer = await bring([{ kind: 'smoke', place: home, label }])
  if (isFault(answer)) throw new Error('not imported')
  const zip = Buffer.from(answer.base64 ?? '', 'base64')
  const [, told] = await read(answer.base64)
  expect(told?.at(-1)).toBe(label)
  expect(zip.includes('<f>')).toBe(false)
  const [found] = await town.rows<any>('select label from devices.device where id = $1', [
    told?.[1],
  ])
  expect(found.label).toBe(label)
})

describe('a file that is no table of ours', () => {
  const take = (bytes: Buffer) =>
    dryRun(town.given, town.officer, { base64: bytes.toString('base64') })
  const unread = { fault: 'not-a-spreadsheet', field: 'base64' }
  const tooLarge = { fault: 'too-large', field: 'base64' }
  const sheetOf = (cells: string) =>
    `<?xml version="1.0"?><worksheet><sheetData>${cells}</sheetData></worksheet>`

  test('text, an old .xls, a cut file, an empty one, a ZIP of something else', async () => {
    const whole = Buffer.from((await file([])).base64, 'base64')
    const xls = Buffer.from('d0cf11e0a1b11ae1', 'hex')
    const other = zipOf([{ name: 'a.txt', text: 'hello' }])
    const cut = whole.subarray(0, whole.length / 2)
    for (const bytes of [Buffer.from('种类,地点'), xls, cut, Buffer.alloc(0), other]) {
      expect(await take(bytes)).toEqual(unread)
    }
  })

  test('other titles: the missing one is named', async () => {
    const head = [['种类', '位置'] as Cell[]]
    expect(await dryRun(town.given, town.officer, await file([], head))).toEqual({
      ...{ fault: 'not-the-template', field: '地点编码' },
    })
  })

  test('more than 5,000 rows', async () => {
    const line: Line = { kind: 'smoke', place: home }
    const fits = await dry(Array.from({ length: 5_000 }, () => line))
    expect(fits).toMatchObject({ good: 5_000 })
    expect(await dry(Array.from({ length: 5_001 }, () => line))).toEqual(tooLarge)
  })

  test('that unfolds beyond bounds, whatever size it claims', async () => {
    const text = sheetOf('<row r="1"/>'.padEnd(30_000_000, ' '))
    const name = 'xl/worksheets/sheet1.xml'
    expect(await take(zipOf([{ name, text }]))).toEqual(tooLarge)
    expect(await take(zipOf([{ name, text, claims: 100 }]))).toEqual(tooLarge)
    const many = Array.from({ length: 201 }, (_, at) => ({ name: `${at}.xml`, text: '' }))
    expect(await take(zipOf(many))).toEqual(tooLarge)
  })

  test('with a cell so far out that the gap before it would fill memory', async () => {
    for (const address of ['A1048576', 'XFD1', 'A1e9', '&#65;1']) {
      const text = sheetOf(`<row><c r="${address}"><v>1</v></c></row>`)
      expect(await take(zipOf([{ name: 'xl/any.xml', text }]))).toEqual(tooLarge)
    }
    const text = sheetOf('<row a=">" r="9999999"><c r="A2"><v>1</v></c></row>')
    expect(await take(zipOf([{ name: 'xl/any.xml', text }]))).toEqual(tooLarge)
  })
})

type Part = { name: string; text: string; claims?: number }

/** A ZIP as no honest program writes it. */
function zipOf(parts: Part[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, text, claims = Buffer.byteLength(text) } of parts) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30 + name.length)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(claims, 22)
    local.writeUInt16LE(name.length, 26)
    local.write(name, 30)
    const entry = Buffer.alloc(46 + name.length)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(claims, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    entry.write(name, 46)
    locals.push(local, packed)
    entries.push(entry)
    at += local.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(entries).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...entries, end])
}
