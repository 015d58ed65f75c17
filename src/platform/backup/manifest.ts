import { BackupRefusalError } from './refusal.ts'

/** Raised when an older program could no longer read what a newer one writes. */
export const formatVersion = 1
export const headName = 'lilong-backup.json'
export const manifestName = 'manifest.json'
export const sealName = 'manifest.sha256'
/** No part of a table is larger, so that neither side needs more memory than a few of them. */
export const partBytesMax = 8 * 1024 * 1024

export function nameOfPart(table: string, part: number): string {
  return `tables/${table}/${String(part).padStart(6, '0')}.copy`
}

/** The table that a part belongs to; undefined for what is no part. */
export function tableOfPart(entryName: string): string | undefined {
  return /^tables\/([a-z0-9_.]+)\/\d{6}\.copy$/.exec(entryName)?.[1]
}

export type Column = { name: string; type: string }

/** Rows of one table, or of one partition that holds rows itself. `name` is `schema.table`. */
export type TableContent = {
  name: string
  columns: Column[]
  rows: number
  bytes: number
  /** of the rows in PostgreSQL's text form of COPY, in the order in which they lie */
  sha256: string
}

/** A partition, as the catalogue words it. `key` is there where it has partitions of its own. */
export type Partition = { name: string; of: string; bound: string; key: string | null }
export type Sequence = { name: string; last: string; isCalled: boolean }

export type Manifest = {
  format: number
  program: 'lilong'
  version: string
  takenAt: string
  serverVersion: string
  newestMigration: string
  migrations: { name: string; sha256: string }[]
  /** parents before children */
  partitions: Partition[]
  /** in an order in which foreign keys hold */
  tables: TableContent[]
  sequences: Sequence[]
}

/** Reads the head or the manifest: strictly, because its words become statements. */
export function readHead(bytes: Buffer): Pick<Manifest, 'format' | 'program'> {
  const read = parsed(bytes) as Partial<Manifest>
  if (read.program !== 'lilong' || typeof read.format !== 'number') throw notOurs()
  if (read.format > formatVersion) throw newerFormat(read.format)
  return { format: read.format, program: 'lilong' }
}

export function readManifest(bytes: Buffer): Manifest {
  readHead(bytes)
  const read = parsed(bytes) as Manifest
  const isSound =
    [read.version, read.takenAt, read.serverVersion, read.newestMigration].every(isText) &&
    [read.migrations, read.partitions, read.tables, read.sequences].every(Array.isArray) &&
    read.migrations.every((one) => isText(one.name) && isText(one.sha256)) &&
    read.tables.every(isTable) &&
    read.partitions.every(isPartition) &&
    read.sequences.every((one) => isName(one.name) && /^-?\d{1,19}$/.test(one.last))
  if (!isSound) throw notOurs()
  return read
}

function isTable(one: TableContent): boolean {
  return (
    isName(one.name) &&
    Number.isSafeInteger(one.rows) &&
    /^[0-9a-f]{64}$/.test(one.sha256) &&
    Array.isArray(one.columns) &&
    one.columns.every((column) => isText(column.name) && isText(column.type))
  )
}

const literal = String.raw`(?:'(?:[^'\\]|'')*'|-?\d+(?:\.\d+)?|MINVALUE|MAXVALUE|NULL|true|false)`
const literals = String.raw`\(${literal}(?:, ${literal})*\)`
const bound = new RegExp(
  String.raw`^(?:DEFAULT|FOR VALUES (?:FROM ${literals} TO ${literals}|IN ${literals}|WITH \(modulus \d+, remainder \d+\)))$`,
)

function isPartition(one: Partition): boolean {
  const isKey = one.key === null || /^(RANGE|LIST|HASH) \([a-z0-9_, ]+\)$/.test(one.key)
  return isName(one.name) && isName(one.of) && bound.test(one.bound) && isKey
}

/** `schema.table`, both in the plain letters that all our names have. */
export function isName(name: unknown): boolean {
  return isText(name) && /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/.test(name)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function parsed(bytes: Buffer): object {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below: whoever wrote this, it was not this program.
  }
  throw notOurs()
}

export function notOurs(cause?: unknown): BackupRefusalError {
  const sentence = {
    zh: '这个文件不是里弄的备份。数据没有改动。',
    en: 'This file is no backup of Lilong. No data was touched.',
  }
  return new BackupRefusalError(sentence, { cause })
}

function newerFormat(format: number): BackupRefusalError {
  return new BackupRefusalError({
    zh: `这个备份的格式（${format}）比本程序新。请用较新的版本恢复；数据没有改动。`,
    en: `The form of this backup (${format}) is newer than this program. Restore it with a newer version; no data was touched.`,
  })
}
