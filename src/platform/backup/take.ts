import { createHash } from 'node:crypto'
import { DatabaseError, type Client } from 'pg'
import { openArchive, type Archive } from './archive.ts'
import { readCatalogue, readSequences, type TableShape } from './catalogue.ts'
import { connect } from './connection.ts'
import {
  formatVersion,
  headName,
  manifestName,
  nameOfPart,
  partBytesMax,
  sealName,
  type Manifest,
  type TableContent,
} from './manifest.ts'
import { BackupRefusalError, isFull, noRoom } from './refusal.ts'
import { measure, rowsOut } from './rows.ts'

export type BackupWish = {
  ownerUrl: string
  file: string
  /** of the program that takes it */
  version: string
  takenAt: number
  /** The last step before the file has its name; where this fails there is no file. */
  beforeRelease?: (manifest: Manifest) => Promise<void>
  /** After each table. For a test that does something meanwhile. */
  afterTable?: (name: string) => Promise<void>
}

const tries = 3

/**
 * Write all rows of the database as of one moment to `file`, while others go on working.
 * One transaction holds the moment and no table; each table is copied in a transaction of its own
 * that shares the moment, so that whoever drops a partition waits for one table and not for all.
 * @throws BackupRefusalError where a person has to act; no file is left then.
 */
export async function takeBackup(wish: BackupWish): Promise<Manifest> {
  for (let left = tries; ; left--) {
    try {
      return await takeOnce(wish)
    } catch (why) {
      if (isFull(why)) throw noRoom(wish.file, why)
      // 42P01: a partition was dropped between the moment and its turn.
      if (!(why instanceof DatabaseError && why.code === '42P01') || left === 1) throw why
    }
  }
}

async function takeOnce(wish: BackupWish): Promise<Manifest> {
  await using holder = await connect(wish.ownerUrl)
  await using copier = await connect(wish.ownerUrl)
  await holder.query('begin isolation level repeatable read, read only')
  const migrations = await appliedMigrations(holder)
  const { rows } = await holder.query<{ id: string; version: string }>(
    `select pg_export_snapshot() as id, current_setting('server_version') as version`,
  )
  const { id: snapshot = '', version: serverVersion = '' } = rows[0] ?? {}
  const catalogue = await readCatalogue(holder)
  const archive = await openArchive(wish.file)
  try {
    const head = { format: formatVersion, program: 'lilong' as const, version: wish.version }
    await archive.add(headName, json(head))
    const tables: TableContent[] = []
    for (const table of catalogue.tables) {
      tables.push(await copyTable(copier, snapshot, table, archive))
      await wish.afterTable?.(table.name)
    }
    const manifest: Manifest = {
      ...head,
      ...{ takenAt: new Date(wish.takenAt).toISOString(), serverVersion },
      ...{ newestMigration: migrations.at(-1)?.name ?? '', migrations },
      ...{ partitions: catalogue.partitions, tables, sequences: await readSequences(holder) },
    }
    const bytes = json(manifest)
    await archive.add(manifestName, bytes)
    await archive.add(sealName, Buffer.from(createHash('sha256').update(bytes).digest('hex')))
    await archive.close()
    await wish.beforeRelease?.(manifest)
    await archive.release()
    return manifest
  } catch (why) {
    await archive.abandon()
    throw why
  }
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`)
}

async function appliedMigrations(client: Client): Promise<Manifest['migrations']> {
  const found = await client.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  )
  if (!found.rows[0]?.there) {
    throw new BackupRefusalError({
      zh: '数据库还是空的，没有可备份的内容。',
      en: 'The database is still empty; there is nothing to back up.',
    })
  }
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from platform.migration order by name',
  )
  return rows
}

async function copyTable(
  client: Client,
  snapshot: string,
  table: TableShape,
  archive: Archive,
): Promise<TableContent> {
  await client.query('begin isolation level repeatable read, read only')
  try {
    await client.query(`set transaction snapshot '${snapshot}'`)
    const measured = measure()
    const shelf = partsOf(table.name, archive)
    for await (const chunk of rowsOut(client, table)) {
      measured.add(chunk)
      await shelf.add(chunk)
    }
    await shelf.flush()
    return { ...table, ...measured.sums() }
  } finally {
    await client.query('rollback')
  }
}

/** Gathers chunks to parts of at most 8 MB. */
function partsOf(table: string, archive: Archive) {
  let waiting: Buffer[] = []
  let bytes = 0
  let part = 0
  const flush = async () => {
    if (bytes === 0) return
    const name = nameOfPart(table, ++part)
    const content = Buffer.concat(waiting)
    waiting = []
    bytes = 0
    await archive.add(name, content)
  }
  return {
    flush,
    async add(chunk: Buffer): Promise<void> {
      for (let from = 0; from < chunk.length;) {
        const piece = chunk.subarray(from, from + partBytesMax - bytes)
        waiting.push(piece)
        bytes += piece.length
        from += piece.length
        if (bytes === partBytesMax) await flush()
      }
    },
  }
}
