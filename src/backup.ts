/**
 * Everything into one file, and back. Binds the machine's backup to the rooms, as main does for a
 * start: who is told that a backup was taken, and what a restored database must forget again.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError } from 'pg'
import { dayMs, type Clock } from './kernel/clock.ts'
import {
  BackupRefusalError,
  databaseOf,
  dropBeside,
  loadBackup,
  makeBeside,
  othersConnected,
  replacedDaysMax,
  swapDatabases,
  takeBackup,
  verifyBackup,
  type Manifest,
} from './platform/backup/index.ts'
import { bus, queueOf } from './platform/bus.ts'
import type { Given } from './platform/given.ts'
import { idsBy } from './platform/ids.ts'
import { prepareJobs, startJobs } from './platform/jobs.ts'
import { errorFacts, type Log } from './platform/log.ts'
import { migrate, readMigrations } from './platform/migrate.ts'
import { nothingSealed } from './platform/seal/index.ts'
import { openDatabase } from './platform/sql.ts'
import { streetsOpen } from './ground/duties/index.ts'
import * as privacy from './ground/privacy/index.ts'
import { keepers } from './kept.ts'
import { listeners, migrationsDir, openRooms } from './program.ts'
import { letGo } from './timetable.ts'

type Urls = { ownerUrl: string; appUrl: string }

export const erasuresFileIn = (dataDir: string): string => join(dataDir, 'erasures.jsonl')
/** Never in a backup: whoever has both reads everything. */
export const keysFileIn = (dataDir: string): string => join(dataDir, 'keys.json')

export type BackUpWish = {
  ownerUrl: string
  file: string
  version: string
  clock: Clock
  afterTable?: (name: string) => Promise<void>
}

/**
 * Writes the whole database to `file`. That everybody's data was read is on record before the file
 * has its name. `isOnRecord` is false only for a database that is older than that record.
 */
export async function backUp(
  wish: BackUpWish,
): Promise<{ manifest: Manifest; isOnRecord: boolean }> {
  const { ownerUrl, clock } = wish
  const db = openDatabase({ ownerUrl, appUrl: ownerUrl })
  let isOnRecord = true
  try {
    const beforeRelease = async ({ tables }: Manifest) => {
      const streets = await db.asOwner((tx) => streetsOpen(tx))
      const taken = { streets, at: clock.now(), rows: rowsOf({ tables }) }
      isOnRecord = await privacy.backupTaken({ db, newId: idsBy(clock) }, taken)
    }
    const manifest = await takeBackup({ ...wish, takenAt: clock.now(), beforeRelease })
    return { manifest, isOnRecord }
  } finally {
    await db.close()
  }
}

export type RestoreWish = {
  urls: Urls
  file: string
  /** `erasures.jsonl` of the data folder, and others that somebody kept. */
  erasureFiles: readonly string[]
  /** `heads.jsonl` of the data folder; null: nobody keeps one. */
  headsFile?: string | null
  dropOld: boolean
  /** A backup that should be gone by now is put back all the same: there is no other. */
  isOldAllowed?: boolean
  /** The machine's time: names and terms of the database that is replaced. */
  real: Clock
  /** The town's time, asked of the restored rows. */
  townClock(given: Pick<Given, 'db'>): Promise<Clock>
  log: Log
  say(step: 'verified' | 'loaded' | 'migrated' | 'erased'): void
}

export type Restored = {
  manifest: Manifest
  migrationsAfter: string[]
  /** Erasures that are known; of these, so many had come back with the backup and went again. */
  erasures: { known: number; again: number }
  /** The database that was replaced; undefined where nothing of it is left. */
  old: string | undefined
}

/**
 * Puts the backup in the place of the database. Until the last step, the swap of names, the
 * database in use is only read. Nobody but this program may be connected.
 * @throws BackupRefusalError where a person has to act.
 */
export async function restore(wish: RestoreWish): Promise<Restored> {
  const { urls, file, real, say } = wish
  if ((await othersConnected(urls.ownerUrl)) > 0) throw inUse(urls.ownerUrl)
  const manifest = await verifyBackup(file)
  checkKnown(manifest)
  if (wish.isOldAllowed !== true) checkAge(manifest, real.now())
  say('verified')
  const erasures = await gatherErasures(wish)
  const besideUrl = await makeBeside(urls.ownerUrl, real.now())
  try {
    const beside = { ownerUrl: besideUrl, appUrl: besideOf(urls.appUrl, besideUrl) }
    await migrateTo(beside, manifest)
    await loadBackup(besideUrl, file, manifest)
    say('loaded')
    const role = new URL(urls.appUrl).username
    const { applied: migrationsAfter } = await migrate(besideUrl, migrationsDir, undefined, role)
    say('migrated')
    const again = await settle(wish, beside, erasures)
    say('erased')
    const old = await swapDatabases(urls.ownerUrl, besideUrl, {
      now: real.now(),
      dropOld: wish.dropOld,
    })
    await voidHeads(wish)
    return { manifest, migrationsAfter, erasures: { known: erasures.length, again }, old }
  } catch (why) {
    await dropBeside(urls.ownerUrl).catch(() => undefined)
    throw why
  }
}

/** What this program does not know it cannot restore, and says so before it begins. */
function checkKnown({ version, migrations }: Manifest): void {
  const known = new Map(readMigrations(migrationsDir).map((one) => [one.name, one.sha256]))
  const strange = migrations.find(({ name, sha256 }) => known.get(name) !== sha256)
  if (!strange) return
  throw new BackupRefusalError({
    zh: `这个备份由版本 ${version} 所做，其中的 ${strange.name} 本程序不认识。请用那个版本或更新的版本恢复；数据没有改动。`,
    en: `This backup was made by version ${version}, whose ${strange.name} is unknown here. Restore it with that version or a newer one; no data was touched.`,
  })
}

/** People are told that no backup is kept longer; what this one holds should be nowhere. */
function checkAge({ takenAt }: Manifest, now: number): void {
  const days = Math.floor((now - Date.parse(takenAt)) / dayMs)
  if (days <= replacedDaysMax) return
  throw new BackupRefusalError({
    zh: `这个备份是 ${takenAt} 做的，已有 ${days} 天。备份最多留 ${replacedDaysMax} 天，居民也是这样被告知的，请把它删掉。如果没有更新的备份，加 --old 恢复：到期的内容会在任何人看到之前删去；数据没有改动。`,
    en: `This backup was taken ${takenAt}, ${days} days ago. Backups are kept for ${replacedDaysMax} days at most, and people were told so: delete it. Where there is no newer one, restore it with --old: whatever is over its term goes before anybody sees it. No data was touched.`,
  })
}

function besideOf(appUrl: string, besideUrl: string): string {
  const url = new URL(appUrl)
  url.pathname = new URL(besideUrl).pathname
  return url.href
}

/** The structure that the backup's rows were written for; later migrations change rows, too. */
async function migrateTo({ ownerUrl, appUrl }: Urls, { newestMigration }: Manifest) {
  const { username: role } = new URL(appUrl)
  await migrate(ownerUrl, migrationsDir, newestMigration, role)
  await prepareJobs(ownerUrl, [], role)
}

/** From every place that may know one, each once. */
async function gatherErasures({ urls, erasureFiles }: RestoreWish): Promise<privacy.Erasure[]> {
  const db = openDatabase(urls)
  const found = await db
    .asOwner((tx) => privacy.erasuresIn(tx))
    .catch((why: unknown) => {
      throw why instanceof DatabaseError ? cannotTell(urls.ownerUrl, why) : why
    })
    .finally(() => db.close())
  for (const file of erasureFiles) {
    found.push(
      ...(await privacy.readErasures(file).catch((why: Error) => {
        throw unreadable(file, why)
      })),
    )
  }
  return [...new Map(found.map((one) => [`${one.kind} ${one.id}`, one])).values()]
}

/**
 * The rooms, without doors: what was erased is erased again by whoever fed on it, and what is over
 * its term goes, before anybody can see a row. Answers how many erasures had come back.
 */
async function settle(
  { townClock, log, erasureFiles }: RestoreWish,
  urls: Urls,
  erasures: readonly privacy.Erasure[],
): Promise<number> {
  await using opened = new AsyncDisposableStack()
  await prepareJobs(urls.ownerUrl, listeners.map(queueOf), new URL(urls.appUrl).username)
  const db = openDatabase(urls)
  opened.defer(() => db.close())
  const clock = await townClock({ db })
  const boss = await startJobs(urls.ownerUrl, (error) => log.say('jobs', errorFacts(error)))
  opened.defer(() => boss.stop({ graceful: true, timeout: 5_000 }))
  const { tell, hearWaiting } = bus(boss, listeners)
  const given: Given = { db, clock, newId: idsBy(clock), tell, log, seal: nothingSealed }
  // Before the rooms open: nobody is judged on what is about to go.
  const again = await privacy.eraseAgain(given, erasures, keepers)
  const rooms = await openRooms(given, erasureFiles[0] ?? null)
  opened.use(rooms.sensing.intake)
  // A restore that could not erase is none, so what a room throws here ends it.
  await hearWaiting(rooms, 'privacy.consent-ended')
  await letGo(rooms)
  await hearWaiting(rooms, 'privacy.consent-ended')
  return again
}

/** What left the database about links that the backup has not: void, in a line that stays. */
async function voidHeads({ urls, headsFile = null, townClock }: RestoreWish): Promise<void> {
  if (headsFile === null) return
  const db = openDatabase(urls)
  try {
    const clock = await townClock({ db })
    await privacy.markRestored({ db }, headsFile, clock.now())
  } finally {
    await db.close()
  }
}

function inUse(ownerUrl: string): BackupRefusalError {
  return new BackupRefusalError({
    zh: `有程序正连着数据库 ${databaseOf(ownerUrl)}。请先停止里弄，再恢复。`,
    en: `Somebody is connected to the database ${databaseOf(ownerUrl)}. Stop Lilong first, then restore.`,
  })
}

function cannotTell(ownerUrl: string, cause: Error): BackupRefusalError {
  const sentence = {
    zh: `现在的数据库 ${databaseOf(ownerUrl)} 读不出已删除的记录，恢复可能让已删的内容回来。请另选一个空的 LILONG_DATA_DIR 恢复，并用 --erasures 写明原文件夹里的 erasures.jsonl。`,
    en: `The present database ${databaseOf(ownerUrl)} cannot tell what was erased, and a restore might bring that back. Restore into an empty LILONG_DATA_DIR, and name the old folder's erasures.jsonl with --erasures.`,
  }
  return new BackupRefusalError(sentence, { cause })
}

function unreadable(file: string, cause: Error): BackupRefusalError {
  const sentence = {
    zh: `读不了 ${file}：${cause.message}。里面记着哪些内容已被删除；请换一份完好的，再恢复。`,
    en: `${file} cannot be read: ${cause.message}. It holds what was erased; bring a sound copy, then restore.`,
  }
  return new BackupRefusalError(sentence, { cause })
}

/** A town that was never opened has nothing to back up, and no folder is made for it. */
export function hasTown(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres'))
}

export function rowsOf({ tables }: Pick<Manifest, 'tables'>): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0)
}
