/** `backup FILE` and `restore FILE`: the two commands that work on the database itself. */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readConfig, type Config } from '../../src/config.ts'
import {
  backUp,
  erasuresFileIn,
  hasTown,
  keysFileIn,
  restore,
  rowsOf,
  type Restored,
} from '../../src/backup.ts'
import { headsFileIn } from '../../src/book.ts'
import { savedAheadMs } from '../../src/outlook/demo/index.ts'
import {
  BackupRefusalError,
  databaseOf,
  replacedDaysMax,
  serverAt,
  verifyBackup,
} from '../../src/platform/backup/index.ts'
import { movableClock, systemClock } from '../../src/platform/clock.ts'
import { logTo } from '../../src/platform/log.ts'
import { startPostgres } from '../../src/platform/postgres.ts'
import { appRole, appRoleFor, ensureRoles } from '../../src/platform/roles.ts'

/** What a command answers: JSON for programs, lines for people. */
type Said = { answer: unknown; lines: string[] }

export async function backupTo(file: string): Promise<Said> {
  const config = readConfig(process.env)
  const path = resolve(file)
  removeHalfWhenEnded(path)
  const clock = systemClock
  const taken = await withTown(config, (ownerUrl) =>
    backUp({ ownerUrl, file: path, version: version(), clock }),
  )
  const { manifest, isOnRecord } = taken
  const bytes = statSync(path).size
  const rows = rowsOf(manifest)
  const { takenAt, newestMigration } = manifest
  const tables = manifest.tables.length
  return {
    answer: { file: path, bytes, tables, rows, takenAt, newestMigration, isOnRecord },
    lines: [
      `${path}  ${(bytes / 1e6).toFixed(1)} MB  ${tables} 张表 · tables  ${rows} 行 · rows`,
      `备份里是明文的个人信息，请保管好，最多留 ${replacedDaysMax} 天。`,
      `It holds personal data in clear: keep it safe, and for ${replacedDaysMax} days at most.`,
      `电话和证件号码是封存的，密钥不在备份里：请把 ${keysFileIn(config.dataDir)} 另存一份，与备份分开放；没有它，这些号码谁也打不开。`,
      `Telephones and identity numbers are sealed, and their keys are not in it: keep a copy of ${keysFileIn(config.dataDir)} apart from the backup. Without it nobody can open them.`,
      ...(isOnRecord ? [] : ['这个数据库较旧，没有登记这次备份 · too old a database to record it']),
    ],
  }
}

export async function restoreFrom(
  file: string,
  wish: { erasures: readonly string[]; dropOld: boolean; isOldAllowed: boolean },
): Promise<Said> {
  const config = readConfig(process.env)
  const { dataDir } = config
  const running = serverAt(dataDir)
  if (running.is === 'running') throw stopFirst(running.pid)
  // A mistyped name is said before a database is made for it.
  if (!existsSync(file)) await verifyBackup(file)
  const postgres = await openServer(config)
  try {
    const { appUrl } = await ensureRoles(postgres.url, dataDir, freshRole(config))
    const restored = await restore({
      urls: { ownerUrl: postgres.url, appUrl },
      file: resolve(file),
      erasureFiles: [erasuresFileIn(dataDir), ...wish.erasures.map((path) => resolve(path))],
      headsFile: headsFileIn(dataDir),
      ...{ dropOld: wish.dropOld, isOldAllowed: wish.isOldAllowed },
      real: systemClock,
      townClock: async ({ db }) => {
        if (config.town !== 'demo') return systemClock
        return movableClock(systemClock, await db.asOwner((tx) => savedAheadMs(tx)))
      },
      log: logTo(process.stderr),
      say: (step) => console.error(steps[step]),
    })
    return said(restored)
  } finally {
    await postgres.stop()
  }
}

const steps = {
  verified: '备份完好 · The backup is sound',
  loaded: '已装入并逐表核对 · Loaded, and compared table by table',
  migrated: '结构已更新 · Migrated',
  erased: '已删的内容又删了一次 · What had been erased is erased again',
}

function said({ manifest, erasures, migrationsAfter, old }: Restored): Said {
  const rows = rowsOf(manifest)
  const { takenAt, version: takenBy } = manifest
  const tables = manifest.tables.length
  const kept = old ?? null
  return {
    answer: { takenAt, takenBy, tables, rows, migrationsAfter, erasures, replaced: kept },
    lines: [
      `已恢复到 ${takenAt} · Restored as of ${takenAt}: ${tables} 张表 · tables, ${rows} 行 · rows`,
      `已知 ${erasures.known} 项删除，其中 ${erasures.again} 项随备份回来、已再次删去`,
      `${erasures.known} erasures are known; ${erasures.again} had come back and were applied again`,
      ...(kept === null
        ? ['原来的数据没有保留 · Nothing of the former database is left']
        : [
            `原来的数据库留作 ${kept}，下次恢复时删去，最迟 ${replacedDaysMax} 天；要立即删去，恢复时加 --drop-old`,
            `The former database is kept as ${kept} until the next restore, ${replacedDaysMax} days at most; --drop-old drops it at once`,
          ]),
    ],
  }
}

/** The running town's database, or one that is started for as long as this takes. */
export async function withTown<T>(
  config: Config,
  work: (ownerUrl: string) => Promise<T>,
): Promise<T> {
  const { dataDir, databaseUrl } = config
  if (databaseUrl !== null) return work(databaseUrl)
  const running = serverAt(dataDir)
  if (running.is === 'running') {
    if (running.url === undefined) throw betweenStates(running.pid)
    return work(running.url)
  }
  if (!hasTown(dataDir)) throw noTown(dataDir)
  const postgres = await openServer(config)
  try {
    return await work(postgres.url)
  } finally {
    await postgres.stop()
  }
}

/** The database's server: somebody else's, or our own for as long as this takes. */
async function openServer({ dataDir, databaseUrl }: Config) {
  if (databaseUrl !== null) return { url: databaseUrl, stop: async () => undefined }
  return startPostgres({ dataDir, say: (line) => console.error(line) })
}

/** On a server that others share the request role has the database's name behind it. */
function freshRole({ databaseUrl }: Config): string {
  return databaseUrl === null ? appRole : appRoleFor(databaseOf(databaseUrl))
}

/** Ctrl-C leaves no half of a backup behind. */
function removeHalfWhenEnded(path: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      rmSync(`${path}.part`, { force: true })
      process.exit(130)
    })
  }
}

function stopFirst(pid: number): BackupRefusalError {
  return new BackupRefusalError({
    zh: `里弄正在运行（进程 ${pid}）。请先停止它，再恢复。`,
    en: `Lilong is running (process ${pid}). Stop it first, then restore.`,
  })
}

function betweenStates(pid: number): BackupRefusalError {
  return new BackupRefusalError({
    zh: `里弄（进程 ${pid}）正在启动或停止，请稍后再试。`,
    en: `Lilong (process ${pid}) is starting or stopping. Try again in a moment.`,
  })
}

function noTown(dataDir: string): BackupRefusalError {
  return new BackupRefusalError({
    zh: `${dataDir} 里还没有数据。LILONG_DATA_DIR 要与启动时相同。`,
    en: `There are no data in ${dataDir} yet. LILONG_DATA_DIR must be the one of the start.`,
  })
}

function version(): string {
  const written = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(written) as { version: string }).version
}
