/**
 * Writes what is derived: each room's `tables.gen.ts`, PRIVACY.md, ACCESS.md,
 * `data/device-models.json` and `data/rule.schema.json`. `--check` only compares.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/platform/migrate.ts'
import { startPostgres } from '../src/platform/postgres.ts'
import { accessPage } from './generate/access.ts'
import { deviceModels } from './generate/device-models.ts'
import { privacyPage } from './generate/privacy.ts'
import { ruleSchema } from './generate/rule-schema.ts'
import { tablesOfRooms } from './generate/tables.ts'

const isCheck = process.argv.includes('--check')
const wanted = new Map([
  ...(await tables()),
  ['PRIVACY.md', privacyPage()],
  ['ACCESS.md', accessPage()],
  ['data/device-models.json', models()],
  ['data/rule.schema.json', ruleSchema()],
])
const stale = [...wanted].filter(([path, text]) => read(path) !== text).map(([path]) => path)

if (isCheck) {
  for (const path of stale) console.error(`${path} is stale: run \`npm run generate\``)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const path of stale) writeFileSync(path, wanted.get(path) ?? '')
  console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'nothing was stale')
}

/** From a database of its own, so that nothing but the migrations decides. */
async function tables(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-generate-'))
  const server = await startPostgres({ dataDir: folder, say: () => undefined, durable: false })
  try {
    await migrate(server.url, 'migrations')
    return await tablesOfRooms(server.url)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function models(): string {
  const parsed = (name: string): unknown => JSON.parse(read(`data/${name}.json`))
  return deviceModels(parsed('zigbee-safety-devices'), parsed('lorawan-devices'))
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
