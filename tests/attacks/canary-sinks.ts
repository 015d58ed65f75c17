/** More places where a word of somebody could turn up: files and their names, and the machine. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isUnread, readSheet } from '../../src/platform/sheets/index.ts'
import { backUp } from '../../src/backup.ts'
import { brought, table } from '../../src/ground/people/importing/testing/index.ts'
import type { Actor, Streets } from '../rig/streets.ts'

export type Somebody = { name: string; phone: string; idNumber: string }

/**
 * Somebody comes in with a file and goes out with one, a backup is taken, and they ask for a code
 * by telephone. What the files and their neighbours are called, what is said of wrong cells, and
 * the numbers that a backup holds.
 */
export async function moveFiles(
  town: Streets,
  somebody: Somebody,
  outboxFile: string,
): Promise<Record<'fileNames' | 'cellFaults' | 'backedUpNumbers', string>> {
  const { officer } = town.a
  const row = { compound: '新村甲', stair: '26', room: '201', ...somebody }
  const wrong = ['idNumber', 'phone', 'bornOn', 'relation', 'movedIn', 'room', 'reading'].map(
    (column) => ({ ...row, [column]: `${somebody.name}${somebody.phone}` }),
  )
  const asked = (rows: object[]) => table('residents', rows as (typeof row)[])
  const dryRun = await officer.post('/api/people/imports/dry-run', asked([row, ...wrong]))
  const done = await brought(officer, asked([row]))
  if (done.state !== 'done' || dryRun.body.bad !== wrong.length) {
    throw new Error(`nobody came in: ${JSON.stringify(dryRun.body)}`)
  }
  const names = [...(await exportedNames(town, officer, somebody)), ...(await templates(officer))]
  await askCode(town, somebody, outboxFile)
  const folder = mkdtempSync(join(tmpdir(), 'lilong-canary-backup-'))
  const file = join(folder, 'of-a-test.tar')
  await backUp({ ownerUrl: town.ownerUrl, file, version: 'test', clock: town.clock })
  const folders = [folder, dirname(town.keysFile), dirname(outboxFile)]
  for (const each of folders) names.push(...readdirSync(each).map((name) => basename(name)))
  const held = gunzipSync(readFileSync(file))
  if (!held.includes(somebody.name)) throw new Error('the backup does not hold them at all')
  rmSync(folder, { recursive: true })
  const numbers = [somebody.phone, somebody.idNumber].filter((one) => held.includes(one))
  return {
    fileNames: names.join('\n'),
    cellFaults: JSON.stringify(dryRun.body),
    backedUpNumbers: `a backup of ${held.length} bytes holds ${numbers.join(' and ')}`,
  }
}

async function exportedNames(
  town: Streets,
  officer: Actor,
  { name, phone }: Somebody,
): Promise<string[]> {
  const names: string[] = []
  for (const format of ['csv', 'xlsx']) {
    const wish = { kind: 'residents', reason: 'move-to-other-system' }
    const { export: id } = (await officer.post('/api/people/exports', wish)).body
    await town.owner(`update identity.session set stepped_up_until = '2100-01-01'`)
    const { body } = await officer.post('/api/people/exports/fetch', { export: id, format })
    const bounds = { linesMax: 30_000, unfoldedBytesMax: 64_000_000 }
    const cells = await readSheet(Buffer.from(body.base64, 'base64'), bounds)
    const isIn = !isUnread(cells) && [name, phone].every((word) => cells.flat().includes(word))
    if (!isIn) throw new Error('they did not go out: there is nothing to look for')
    names.push(body.name)
  }
  return names
}

async function templates(officer: Actor): Promise<string[]> {
  const residents = await officer.get('/api/people/imports/template?kind=residents')
  const devices = await officer.get('/api/devices/import/template')
  return [residents.body.name, devices.body.name]
}

async function askCode(town: Streets, { phone }: Somebody, outboxFile: string): Promise<void> {
  const sent = () => readFileSync(outboxFile, 'utf8').split('"sign-in-code"').length
  const before = sent()
  const { status } = await town.call('', 'POST', '/api/identity/codes', { phone })
  if (status !== 200) throw new Error(`no code was sent: ${status}`)
  for (let tries = 0; sent() === before; tries++) {
    if (tries > 500) throw new Error('no code arrived')
    await new Promise((after) => setTimeout(after, 10))
  }
}

const lineFields = ['at', 'channel', 'code', 'link', 'phone', 'says', 'urgency']

/** What a line of the adapter's file holds beside what has to be in it. */
export function moreThanNeeded(outbox: string): string[] {
  return outbox
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const one = JSON.parse(line) as Partial<Record<string, string>>
      const more = Object.keys(one).filter((field) => !lineFields.includes(field))
      const isMasked = /^(•••|\d{3}••••\d{2})$/.test(one['phone'] ?? '')
      const isCode = one['code'] === undefined || /^\d{6}$/.test(one['code'])
      const isWord = /^[a-z-]{1,40}$/.test(one['says'] ?? '')
      const isPlain = more.length === 0 && isMasked && isWord
      return isPlain && isCode && (one['says'] === 'sign-in-code') === (one['code'] !== undefined)
        ? []
        : [`outbox: more than needed in ${line}`]
    })
}

/** What `ps` and the database's list of activity show to whoever is on the machine, meanwhile. */
export function watchMachine(town: Streets): { seen(): Promise<Record<string, string>> } {
  const lines = new Set<string>()
  const statements = new Set<string>()
  const look = async () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        lines.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
      } catch {
        // Ended meanwhile, or another user's.
      }
    }
    const rows = await town
      .owner<{ query: string }>(
        `select distinct query from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
      .catch(() => [])
    for (const { query } of rows) statements.add(query)
  }
  let looking = Promise.resolve()
  const timer = setInterval(() => (looking = looking.then(look)), 200)
  return {
    async seen() {
      clearInterval(timer)
      await looking
      return { processes: [...lines].join('\n'), statements: [...statements].join('\n') }
    },
  }
}
