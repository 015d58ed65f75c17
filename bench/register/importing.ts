/**
 * `import_20k_s`: 20,000 residents of a new street from one CSV, through the door of officers: from
 * the posting of the file until the answer says that all are in, with their numbers sealed and
 * their words to search by. Alone: `node bench/register/importing.ts`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '../../src/platform/clock.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres } from '../../src/platform/postgres.ts'
import { csvOf } from '../../src/platform/sheets/written.ts'
import { bookOf } from '../../src/platform/sheets/xlsx.ts'
import { migrationsDir, openProgram } from '../../src/program.ts'
import { print, round } from '../figure.ts'
import { inWorkshop } from '../load/workshop.ts'

export const importedRows = 20_000
const boundSeconds = 30
const roomsPerFloor = 4
const floors = 20
const stairsPerBuilding = 10
const homesPerBuilding = roomsPerFloor * floors * stairsPerBuilding

type Program = { url: string; operatorKey: string }
/** What of the answers is looked at. */
type Said = Partial<Record<'token' | 'compound' | 'import' | 'state', string>> &
  Partial<Record<'good' | 'done', number>>
type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Said>

/**
 * Founds a street that the program does not have yet and imports 20,000 residents of 8,000 homes
 * into it. The register of divisions is there already.
 */
export async function importMany(
  program: Program,
  { street, committee }: { street: string; committee: string },
  format: 'csv' | 'xlsx' = 'csv',
): Promise<{ seconds: number; megabytes: number; dryRunSeconds: number }> {
  const operator = asking(program, program.operatorKey)
  const officer = `导入员${street}`
  await operator('POST', '/duties/streets', { street, officer, phone: '021-5550-0100' })
  const { token } = await operator('POST', '/identity/tokens', { name: officer })
  const ask = asking(program, token ?? '')
  const { compound } = await ask('POST', '/places/compounds', { committee, name: '长岭新村' })
  for (let building = 0; building < 8_000 / homesPerBuilding; building++) {
    const stairs = Array.from({ length: stairsPerBuilding }, (_, at) => ({
      number: String(building * stairsPerBuilding + at + 1),
      ...{ floors, homesPerFloor: roomsPerFloor },
    }))
    await ask('POST', '/places/buildings', { compound, name: `${building + 1}幢`, stairs })
  }
  const file = await tableOf(residents(), format)
  const table = { kind: 'residents', base64: file.toString('base64') }
  const dryFrom = performance.now()
  const dry = await ask('POST', '/people/imports/dry-run', table)
  if (dry.good !== importedRows)
    throw new Error(`a dry run of ${JSON.stringify(dry).slice(0, 500)}`)
  const from = performance.now()
  const { import: id } = await ask('POST', '/people/imports', table)
  for (;;) {
    const { state, done } = await ask('GET', `/people/imports/one?import=${id}`)
    if (state === 'done' && done === importedRows) break
    if (state !== 'reading' && state !== 'writing') throw new Error(`the import is ${state}`)
    await new Promise((after) => setTimeout(after, 100))
  }
  const seconds = (performance.now() - from) / 1000
  return { seconds, megabytes: file.length / 1e6, dryRunSeconds: (from - dryFrom) / 1000 }
}

function asking({ url }: Program, token: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const said = (await answer.json()) as Said
    if (answer.status === 200) return said
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said).slice(0, 300)}`)
  }
}

async function tableOf(rows: string[][], format: 'csv' | 'xlsx'): Promise<Buffer> {
  if (format === 'csv') return csvOf(rows)
  return bookOf({ sheets: [{ name: '居民', rows, widths: rows[0]?.map(() => 14) ?? [] }] })
}

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹']
const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌']
const relations = ['户主', '配偶', '子女'] as const

/** Homes of two and three, each with an identity number and a telephone. */
function residents(): string[][] {
  const titles = ['小区', '门牌号', '室号', '姓名', '身份证号', '电话', '与户主关系', '居住性质']
  const rows = Array.from({ length: importedRows }, (_, n) => {
    const home = Math.floor((n * 2) / 5)
    const stair = Math.floor(home / (roomsPerFloor * floors))
    const inStair = home % (roomsPerFloor * floors)
    const room = (Math.floor(inStair / roomsPerFloor) + 1) * 100 + (inStair % roomsPerFloor) + 1
    const name = [n, Math.floor(n / 30), Math.floor(n / 7)]
      .map((at, part) => (part === 0 ? surnames : givenNames)[at % 30] ?? '')
      .join('')
    const year = 1940 + (n % 70)
    const first = `310104${year}${String((n % 12) + 1).padStart(2, '0')}${String((n % 28) + 1).padStart(2, '0')}`
    const idNumber = checked(`${first}${String(Math.floor(n / 20) % 1000).padStart(3, '0')}`)
    const phone = `13${String(100_000_000 + n * 4_001).slice(-9)}`
    const lives = [relations[n % 3] ?? '', n % 5 === 0 ? '租客' : '业主']
    return ['长岭新村', `${stair + 1}号`, `${room}室`, name, idNumber, phone, ...lives]
  })
  return [titles, ...rows]
}

/** GB 11643: the eighteenth character of an identity number. */
function checked(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number(first17[at]), 0)
  return `${first17}${'10X98765432'[sum % 11]}`
}

async function alone(): Promise<void> {
  await inWorkshop('importing', async (opened, folder) => {
    const dataDir = join(folder, 'data')
    const postgres = await startPostgres({ dataDir, say: () => undefined })
    opened.defer(() => postgres.stop())
    await migrate(postgres.url, migrationsDir)
    const { appUrl } = await ensureRoles(postgres.url, dataDir)
    const operatorKey = 'x'.repeat(43)
    const program = await openProgram({
      urls: { ownerUrl: postgres.url, appUrl },
      ...{ clock: systemClock, real: systemClock, log: { say: console.error }, operatorKey },
      ...{ version: 'bench', town: 'empty', bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
      ...{ distDir: null, ticks: true, keysFile: join(folder, 'keys.json') },
    })
    opened.defer(() => program.close())
    const at = { url: program.url, operatorKey }
    const text = readFileSync('data/shanghai-divisions.json', 'utf8')
    const { source, districts } = JSON.parse(text) as Record<string, unknown>
    await asking(at, operatorKey)('POST', '/places/divisions', { source, districts })
    const street = { street: '310104011', committee: '310104011013' }
    const format = process.argv.includes('--xlsx') ? 'xlsx' : 'csv'
    const { seconds, megabytes, dryRunSeconds } = await importMany(at, street, format)
    print({
      ...{ bench: 'register', metric: 'import_20k_s', unit: 's', median: round(seconds), n: 1 },
      ...{ bound: boundSeconds, holds: seconds <= boundSeconds },
      says: `20,000 residents with ID and phone in one ${format} of ${round(megabytes, 1)} MB; the dry run before it took ${round(dryRunSeconds, 1)} s`,
    })
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await alone()
