import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { operatorKey } from '../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../tests/rig/streets.ts'

let town: Streets
let folder: string

beforeAll(async () => {
  town = await openStreets()
  folder = mkdtempSync(join(tmpdir(), 'lilong-command-'))
  const operatorKeyFile = join(folder, 'operator.secret')
  const { url, mqttPort } = town.program
  const mqttUrl = `mqtt://127.0.0.1:${mqttPort}`
  writeFileSync(operatorKeyFile, operatorKey)
  writeFileSync(
    join(folder, 'running.json'),
    JSON.stringify({ httpUrl: url, mqttUrl, operatorKeyFile }),
  )
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await town[Symbol.asyncDispose]()
})

type Ran = { code: number; out: string; err: string }

/** `npm run lilong -- …`, as a person types it. */
function lilong(...words: string[]): Promise<Ran> {
  const env = { ...process.env, LILONG_DATA_DIR: folder }
  return new Promise((done) => {
    execFile(process.execPath, ['scripts/lilong.ts', ...words], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

async function json(...words: string[]): Promise<any> {
  const { code, out, err } = await lilong(...words, '--json')
  if (code !== 0) throw new Error(err)
  return JSON.parse(out)
}

test('a device is added behind a gateway’s name, moved, lent, returned, replaced, revoked', async () => {
  const { committee, homes } = town.a
  const place = ['--place', committee]
  const gateway = await json('gateway', 'add', '--name', 'box', '--format', 'zigbee2mqtt', ...place)
  const listed = await lilong('gateway', 'list')
  expect(listed.out).toContain(`${gateway.gateway}  ${town.a.street}  box  zigbee2mqtt`)
  const made = await json(
    ...['device', 'add', '--kind', 'motion', ...place, '--gateway', 'box'],
    ...['--name-at-gateway', 'hall', '--heartbeat', '600'],
  )
  expect(made).toMatchObject({ password: null, mqtt: expect.stringContaining('mqtt://') })
  const { device } = made
  const [home = ''] = homes
  await json('device', 'lend', device, '--home', home, '--until', '2026-08-01')
  await json('device', 'return', device, ...place)
  await json('device', 'move', device, '--place', home, '--words', '搬家')
  const next = await json('device', 'replace', device, '--name-at-gateway', 'hall-2')
  await json('device', 'revoke', next.device)
  const [row] = await town.owner('select * from devices.device where id = $1', [next.device])
  expect(row).toMatchObject({
    ...{ place: home, heartbeat_seconds: 600, name_at_gateway: 'hall-2', replaces: device },
  })
  expect(row.revoked_at).not.toBeNull()
  await json('gateway', 'revoke', 'box')
  expect((await lilong('gateway', 'list')).out.trim()).toBe('')
})

test('what is missing or refused is said in a sentence, with 2', async () => {
  const { homes } = town.a
  const cases: [string[], RegExp][] = [
    [['device', 'add', '--kind', 'motion'], /--place/],
    [['device', 'revoke'], /编号/],
    [['device', 'add', '--kind', 'ground', '--home', homes[0] ?? ''], /\(place\)/],
    [['device', 'add', '--kind', 'smoke', '--home', homes[0] ?? '', '--gateway', 'x'], /网关/],
    [['device', 'import', join(folder, 'no-such.xlsx')], /ENOENT/],
  ]
  for (const [words, says] of cases) {
    const { code, err } = await lilong(...words)
    expect(code).toBe(2)
    expect(err).toMatch(says)
    expect(err).not.toMatch(/\n\s+at /)
  }
})

test('an Excel file is tried, then imported; passwords are written once and never over a file', async () => {
  const file = join(folder, 'devices.xlsx')
  const out = join(folder, 'passwords.xlsx')
  const rows = [
    ['种类', '地点编码'],
    ['烟感', town.a.homes[0]],
    ['烟感', 'nowhere'],
  ]
  await writeExcelFile(rows).toFile(file)
  const dry = await lilong('device', 'import', file, '--dry-run')
  expect(dry.out).toMatch(/3 地点编码: .*\n可以 · good 1 {2}有错 · bad 1/)
  const bad = await lilong('device', 'import', file, '--out', out)
  expect(bad.out).toMatch(/nothing was added/)
  expect(() => statSync(out)).toThrow()
  await writeExcelFile(rows.slice(0, 2)).toFile(file)
  const good = await json('device', 'import', file, '--out', out)
  expect(good).toEqual({ added: 1, bad: 0, file: out })
  expect(statSync(out).mode & 0o777).toBe(0o600)
  const kept = readFileSync(out)
  const again = await lilong('device', 'import', file, '--out', out)
  expect(again.code).toBe(2)
  expect(readFileSync(out).equals(kept)).toBe(true)
  const count = await town.owner(`select 1 from devices.device where kind = 'smoke'`)
  expect(count).toHaveLength(1)
})

test('labels are a page to print; what people wrote stays text', async () => {
  const { homes } = town.a
  const label = '<script>alert(1)</script>'
  const made = await json(
    'device',
    'add',
    '--kind',
    'gas',
    '--home',
    homes[0] ?? '',
    '--label',
    label,
  )
  const out = join(folder, 'labels.html')
  await json('device', 'labels', made.device, '--out', out)
  const page = readFileSync(out, 'utf8')
  expect(page).toMatch(/<article><svg .*<\/svg>/)
  expect(page).toContain('&#60;script&#62;')
  expect(page).not.toContain('<script')
  expect(page.match(/https?:\/\//g)?.length).toBe(1)
})

test('a model is a file of declared fields, found again by its name', async () => {
  const file = join(folder, 'model.json')
  const fields = [{ path: 'wet', reads: 'state', kind: 'water-leak', values: { true: 'wet' } }]
  const whole = { vendor: 'Firm', model: 'W1', format: 'chirpstack', source: 'data sheet', fields }
  writeFileSync(file, JSON.stringify(whole))
  expect((await lilong('model', 'add', file)).out).toBe('chirpstack/Firm/W1  water-leak\n')
  expect((await lilong('model', 'find', 'firm', 'w1')).out).toContain('chirpstack/Firm/W1')
})
