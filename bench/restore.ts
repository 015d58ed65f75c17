/** How long a backup of a grown street takes, and how long until it is back in place. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { backUp, restore, rowsOf } from '../src/backup.ts'
import { systemClock } from '../src/platform/clock.ts'
import { prepareJobs } from '../src/platform/jobs.ts'
import { ensureRoles, migrate } from '../src/platform/migrate.ts'
import { startPostgres } from '../src/platform/postgres.ts'
import { migrationsDir } from '../src/program.ts'
import { print, round } from './figure.ts'

const readings = 1_000_000
const tasks = 50_000
const looks = 50_000
/** Trial R9: restored within ten minutes. */
const restoreBoundS = 600

export async function benchRestore(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lilong-restore-'))
  const postgres = await startPostgres({ dataDir, say: (line) => console.error(line) })
  try {
    const { appUrl } = await ensureRoles(postgres.url, dataDir)
    await migrate(postgres.url, migrationsDir)
    await prepareJobs(postgres.url)
    await fill(postgres.url)
    const urls = { ownerUrl: postgres.url, appUrl }
    const file = join(dataDir, 'bench.lilong')
    const taking = performance.now()
    const wish = { ownerUrl: postgres.url, file, version: 'bench', clock: systemClock }
    const { manifest } = await backUp(wish)
    figure('backup_s', 's', seconds(taking))
    figure('rows', 'rows', rowsOf(manifest))
    figure('file_mb', 'MB', statSync(file).size / 1e6)
    let loadedMb = 0
    const restoring = performance.now()
    await restore({
      ...{ urls, file, erasureFiles: [], dropOld: true, real: systemClock },
      townClock: async () => systemClock,
      log: { say: (what, facts) => console.error(what, facts) },
      say: (step) => {
        if (step === 'migrated') loadedMb = process.resourceUsage().maxRSS / 1024
        console.error(`${step} after ${round(seconds(restoring))} s`)
      },
    })
    figure('restore_s', 's', seconds(restoring), restoreBoundS)
    // Up to here memory is bounded whatever the size; then the rooms open, with what they hold.
    figure('rss_loading_mb', 'MB', loadedMb)
    figure('rss_mb', 'MB', process.resourceUsage().maxRSS / 1024)
  } finally {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000
}

function figure(metric: string, unit: string, value: number, bound?: number): void {
  const held = bound === undefined ? {} : { bound, holds: value <= bound }
  print({ bench: 'restore', metric, unit, median: round(value), n: 1, ...held })
}

/** Readings of the last hour that nobody judged yet, so that none is over its term. */
async function fill(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000
    const [from = '', to = ''] = [hour, hour + 3_600_000].map((at) => new Date(at).toISOString())
    const name = `sensing.reading_${from.slice(0, 13).replaceAll(/[-T]/g, '')}`
    await client.query(`create table ${name} partition of sensing.reading
      for values from ('${from}') to ('${to}')`)
    for (const statement of [readingRows(from), taskRows, logRows, lookRows]) {
      await client.query(statement)
    }
  } finally {
    await client.end()
  }
}

const device = (n: string) => `('00000000-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`

const readingRows = (from: string) => `
  insert into sensing.reading
    (street, device, sequence, event_at, arrived_at, position, kind, state, consent)
  select '310104011', ${device('n % 2000')}, n, at, at, n, 'door-contact',
    (array['open', 'closed'])[n % 2 + 1], gen_random_uuid()
  from generate_series(1, ${readings}) n,
    lateral (select timestamptz '${from}' + n * interval '1 millisecond' as at) moment`

const taskRows = `
  insert into tasks.task (street, id, kind, rule, rule_version, subject, committee, place, person,
    state, facts, opened_at, acknowledge_by, due_at, due_kind, post, responsible, outcome,
    closed_at)
  select '310104011', ${device('n')}, 'care-visit', 'care-silence', 1, 'subject ' || n,
    '310104011013', '310104011013-01-26-501', gen_random_uuid(), 'closed',
    '{"since":null,"silentMs":172800000,"gapMs":0,"gaps":[],"devices":[],"gateway":null}',
    now(), now(), now(), 'hour', gen_random_uuid(), gen_random_uuid(), 'fine', now()
  from generate_series(1, ${tasks}) n`

const logRows = `
  insert into tasks.task_log (street, task, step, at, act, state)
  select street, id, step, now(), 'close', 'closed'
  from tasks.task, generate_series(1, 5) step`

const lookRows = `
  insert into privacy.look (street, id, person, at, by_kind, rule, rule_version, fields,
    matter_kind, matter_id, label, how, why)
  select '310104011', ${device('n')}, ${device('n % 5000')}, now(), 'rule', 'care-silence', 1,
    '{last-seen,address}', 'agreement', 'subject ' || n, 'care-silence', 'rule', 'agreed-care'
  from generate_series(1, ${looks}) n`
